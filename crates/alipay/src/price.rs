//! Sums in whole units with at most two decimals, as this surface writes them; never a float
//! (spec/alipay-agreement.md part 2: `Price`).

use mithaq_types::{Currency, Money};
use serde::{Serialize, Serializer};

/// Characters of a sum, at most (2.1.1).
const LENGTH_MAX: usize = 32;

/// Reads `9.9`, `9.90` or `9`: the text of a JSON string or number. Not negative. What a member takes at most is its own rule.
#[must_use]
pub fn parse_price(text: &str, currency: Currency) -> Option<Money> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() > LENGTH_MAX || !digits(whole) || !digits(part) || part.len() > 2 || currency.decimals() != 2 {
        return None;
    }
    let cents = match part.len() {
        1 => part.parse::<i64>().ok()?.checked_mul(10)?,
        _ => part.parse::<i64>().ok()?,
    };
    let minor = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?;
    Some(Money::new(minor, currency))
}

/// Writes a sum with its two decimals.
#[must_use]
pub fn format_price(money: Money) -> String {
    let sign = if money.minor < 0 { "-" } else { "" };
    let minor = money.minor.unsigned_abs();
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

/// A sum in an answer or a notification: a string with two decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Price(pub Money);

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_price(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_to_the_cent_and_written_with_two_decimals() {
        let cny = Currency::parse("CNY").unwrap();
        for (text, minor) in [("9.9", 990), ("9.90", 990), ("9", 900), ("0.01", 1), ("100000000.00", 10_000_000_000)] {
            assert_eq!(parse_price(text, cny), Some(Money::new(minor, cny)), "{text}");
        }
        for text in ["", ".", "9.", ".9", "9.999", "-1", "+1", "1e3", "1,00", " 1", "１", "99999999999999999999"] {
            assert_eq!(parse_price(text, cny), None, "{text}");
        }
        assert_eq!(
            parse_price("9.90", Currency::IQD),
            None,
            "dinars have three decimals: nothing is converted silently"
        );
        assert_eq!(format_price(Money::new(11_880, cny)), "118.80");
        assert_eq!(format_price(Money::new(5, cny)), "0.05");
        assert_eq!(format_price(Money::new(i64::MIN, cny)), "-92233720368547758.08");
    }
}
