//! Login names as merchants see them (spec/alipay-agreement.md 2.1.3): enough to recognize, too little to use.

/// `138****2877` of a telephone number, `abc***@mail.com` of an e-mail address.
#[must_use]
pub fn mask_logon_id(name: &str) -> String {
    let first = |text: &str, count: usize| text.chars().take(count).collect::<String>();
    if let Some((local, host)) = name.rsplit_once('@') {
        return format!("{}***@{host}", first(local, 3));
    }
    let length = name.chars().count();
    // Of a short name less is shown, so that most of it stays hidden.
    let (head, tail) = if length >= 10 { (3, 4) } else { (1, 0) };
    let last: String = name.chars().skip(length - tail.min(length)).collect();
    format!("{}****{last}", first(name, head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_shows_its_ends_only() {
        for (name, masked) in [
            ("13852852877", "138****2877"),
            ("9647700000001", "964****0001"),
            ("abcdef@mail.com", "abc***@mail.com"),
            ("a@mail.com", "a***@mail.com"),
            ("123456789", "1****"),
            ("", "****"),
            ("会员会员会员会员会员", "会员会****会员会员"),
        ] {
            assert_eq!(mask_logon_id(name), masked);
        }
    }
}
