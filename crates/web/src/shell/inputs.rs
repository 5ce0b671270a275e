//! What people type: phone numbers, PINs, amounts, in the digits of their keyboard.

use mithaq_pages::typed_digits;
use mithaq_types::{Currency, Money};

/// A phone number as it is stored: digits with country code. `0770…` and `770…` are Iraqi.
pub fn phone(typed: &str) -> String {
    let digits: String = typed_digits(typed).chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    match digits.strip_prefix('0') {
        Some(local) => format!("964{local}"),
        None if digits.len() == 10 && digits.starts_with('7') => format!("964{digits}"),
        None => digits.to_owned(),
    }
}

/// Six digits, or nothing.
pub fn pin(typed: &str) -> Option<String> {
    let digits = typed_digits(typed);
    (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// Whether a PIN is among the first that anybody would try: one digit six times, or six in a row.
pub fn is_weak_pin(pin: &str) -> bool {
    let digits = pin.as_bytes();
    let steps = |step: i16| digits.windows(2).all(|two| i16::from(two[1]) - i16::from(two[0]) == step);
    [0, 1, -1].into_iter().any(steps)
}

/// A limit in whole units, as `50,000`; nothing typed is no limit. `Err`: not a whole number above zero.
pub fn whole_amount(typed: &str, currency: Currency) -> Result<Option<Money>, ()> {
    // Between digits a hyphen only separates, but before an amount it says something.
    if typed.contains('-') {
        return Err(());
    }
    // Some keyboards have the Arabic comma where others have the mark between thousands.
    let kept = typed_digits(typed).replace('،', "");
    if kept.is_empty() {
        return Ok(None);
    }
    let digits = kept.len() <= 12 && kept.bytes().all(|byte| byte.is_ascii_digit());
    let whole = kept.parse::<i64>().ok().filter(|whole| digits && *whole > 0).ok_or(())?;
    Money::whole(whole, currency).map(Some).map_err(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_read_in_every_form_people_use() {
        for typed in
            ["9647700000001", "+964 770 000 0001", "00964-7700000001", "07700000001", "7700000001", "٠٧٧٠٠٠٠٠٠٠١"]
        {
            assert_eq!(phone(typed), "9647700000001", "{typed}");
        }
    }

    #[test]
    fn a_pin_has_six_digits_of_either_kind() {
        assert_eq!(pin("111111").as_deref(), Some("111111"));
        assert_eq!(pin("١٢٣٤٥٦").as_deref(), Some("123456"));
        assert!(["", "12345", "1234567", "12345a", "١٢٣٤٥"].iter().all(|typed| pin(typed).is_none()));
    }

    #[test]
    fn what_anybody_would_try_first_is_weak() {
        assert!(["111111", "123456", "654321", "000000"].into_iter().all(is_weak_pin));
        assert!(!["111112", "135790", "203040", "890123"].into_iter().any(is_weak_pin));
    }

    #[test]
    fn a_limit_is_whole_units_or_nothing() {
        assert_eq!(whole_amount("", Currency::IQD), Ok(None));
        assert_eq!(whole_amount("50,000", Currency::IQD), Ok(Some(Money::new(50_000_000, Currency::IQD))));
        for typed in ["٥٠٬٠٠٠", "٥٠،٠٠٠", "50 000", "۵۰۰۰۰"] {
            assert_eq!(whole_amount(typed, Currency::IQD), Ok(Some(Money::new(50_000_000, Currency::IQD))), "{typed}");
        }
        for typed in ["0", "-5", "1-000", "1.5", "٥٫٥", "abc", "9999999999999"] {
            assert_eq!(whole_amount(typed, Currency::IQD), Err(()), "{typed}");
        }
    }
}
