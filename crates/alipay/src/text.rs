//! Texts in UTF-8 or GBK (spec/alipay-agreement.md 1.2, 1.3).

use crate::Params;

/// What a request says its texts are in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Charset {
    /// `utf-8`.
    Utf8,
    /// `gbk` or `gb2312`.
    Gbk,
}

impl Charset {
    /// Reads the parameter `charset`, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "gbk" | "gb2312" => Some(Self::Gbk),
            _ => None,
        }
    }
}

/// The charset that a request's values really are in. Official clients declare GBK and send UTF-8, so what is valid UTF-8
/// throughout is UTF-8, whatever was declared. `None`: they are in neither, or some in one and some in the other.
#[must_use]
pub fn charset_of(params: &Params, declared: Charset) -> Option<Charset> {
    if params.iter().all(|(_, value)| std::str::from_utf8(value).is_ok()) {
        return Some(Charset::Utf8);
    }
    let all_gbk =
        || params.iter().all(|(_, value)| read_text(value, Charset::Gbk).is_some() && !is_chinese_utf8(value));
    (declared == Charset::Gbk && all_gbk()).then_some(Charset::Gbk)
}

/// Reads a text in that charset. `None`: it is not in it.
#[must_use]
pub fn read_text(bytes: &[u8], charset: Charset) -> Option<String> {
    match charset {
        Charset::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
        Charset::Gbk => {
            let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(bytes)?;
            Some(text.into_owned())
        }
    }
}

/// Whether the bytes are UTF-8 with letters of three bytes or more in it. Two letters of GBK are often valid UTF-8 of two bytes
/// by accident; three bytes hardly ever are.
fn is_chinese_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().any(|letter| letter.len_utf8() > 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBER: &[u8] = &[0xBB, 0xE1, 0xD4, 0xB1, b' ', b'0', b'1'];

    fn charset(form: &str, declared: Charset) -> Option<Charset> {
        charset_of(&Params::read(&[form.as_bytes()]).unwrap(), declared)
    }

    #[test]
    fn the_same_words_are_read_from_either_charset() {
        assert_eq!(read_text(MEMBER, Charset::Gbk).as_deref(), Some("会员 01"));
        assert_eq!(read_text("会员 01".as_bytes(), Charset::Utf8).as_deref(), Some("会员 01"));
        assert_eq!(read_text(MEMBER, Charset::Utf8), None);
        assert_eq!(read_text(&[0xFF, 0xFF], Charset::Gbk), None);
    }

    #[test]
    fn gbk_may_be_declared_and_utf8_sent_but_not_the_other_way_round() {
        assert_eq!(charset("a=%E4%BC%9A", Charset::Gbk), Some(Charset::Utf8));
        assert_eq!(charset("a=%BB%E1%D4%B1", Charset::Gbk), Some(Charset::Gbk));
        assert_eq!(charset("a=%BB%E1%D4%B1", Charset::Utf8), None);
        assert_eq!(charset("a=1", Charset::Gbk), Some(Charset::Utf8));
    }

    #[test]
    fn one_request_is_in_one_charset() {
        assert_eq!(charset("a=%BB%E1%D4%B1&b=%E4%BC%9A%E5%91%98", Charset::Gbk), None, "b is UTF-8");
        assert_eq!(charset("a=%BB%E1%D4%B1&b=%FF%FF", Charset::Gbk), None);
        let accident = "a=%BB%E1%D4%B1&b=%C1%AA%CD%A8";
        assert_eq!(charset(accident, Charset::Gbk), Some(Charset::Gbk), "b is GBK that happens to look like UTF-8");
    }

    #[test]
    fn charsets_are_named_in_any_case() {
        assert_eq!(Charset::parse("UTF-8"), Some(Charset::Utf8));
        assert_eq!(Charset::parse("GBK"), Some(Charset::Gbk));
        assert_eq!(Charset::parse("gb2312"), Some(Charset::Gbk));
        assert_eq!(Charset::parse("latin1"), None);
    }
}
