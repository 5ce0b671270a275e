//! Texts in UTF-8 or GBK (spec/alipay-agreement.md 1.2, 1.3).

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

/// Reads a text. What is valid UTF-8 is taken for UTF-8 even where GBK is declared: official clients declare GBK and send
/// UTF-8, while Chinese in GBK is hardly ever valid UTF-8 by accident. `None`: it is neither.
#[must_use]
pub fn read_text(bytes: &[u8], declared: Charset) -> Option<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    match declared {
        Charset::Utf8 => None,
        Charset::Gbk => {
            encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_read_from_either_charset() {
        let gbk = [0xBB, 0xE1, 0xD4, 0xB1, b' ', b'0', b'1'];
        assert_eq!(read_text(&gbk, Charset::Gbk).as_deref(), Some("会员 01"));
        assert_eq!(read_text("会员 01".as_bytes(), Charset::Gbk).as_deref(), Some("会员 01"));
        assert_eq!(read_text(&gbk, Charset::Utf8), None);
        assert_eq!(read_text(&[0xFF, 0xFF], Charset::Gbk), None);
    }

    #[test]
    fn charsets_are_named_in_any_case() {
        assert_eq!(Charset::parse("UTF-8"), Some(Charset::Utf8));
        assert_eq!(Charset::parse("GBK"), Some(Charset::Gbk));
        assert_eq!(Charset::parse("latin1"), None);
    }
}
