//! Figures as people of a language read them: amounts, counts, and what they type.
//!
//! Iraqi Arabic uses Eastern digits in prose, amounts and dates. Phone numbers, ids and the PIN keep the digits they
//! are typed with. Grouping and decimal marks are those of the digits, so that a number is one left-to-right run.

use crate::Language;
use crate::plain::{ISOLATE, POP_ISOLATE};
use mithaq_types::{Currency, Money};

/// An amount in its two parts, for pages that set the currency smaller than the figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Amount {
    /// `5,000` or `٥٬٠٠٠`.
    pub figures: String,
    /// `IQD` or `د.ع`.
    pub currency: String,
}

/// The parts of an amount: grouped, whole amounts without decimals, others with all of the currency's.
#[must_use]
pub fn amount(language: Language, money: Money) -> Amount {
    // `Money` prints `-5,000.250 IQD`; only digits, marks and the currency's name differ between the languages.
    let printed = money.to_string();
    let figures = printed.split(' ').next().unwrap_or_default();
    Amount { figures: digits(language, figures), currency: currency(language, money.currency) }
}

/// An amount in running text: `5,000 IQD`, `٥٬٠٠٠ د.ع`.
#[must_use]
pub fn money(language: Language, money: Money) -> String {
    let Amount { figures, currency } = amount(language, money);
    format!("{figures}\u{A0}{currency}")
}

/// The currency's short name.
#[must_use]
pub fn currency(language: Language, currency: Currency) -> String {
    match language {
        Language::ArIq if currency == Currency::IQD => "د.ع".to_owned(),
        Language::ArIq if currency.code() == "CNY" => "يوان".to_owned(),
        _ => currency.code().to_owned(),
    }
}

/// The currency's name in a sentence about a balance: `CNY`, `اليوان`.
pub(crate) fn currency_name(language: Language, of: Currency) -> String {
    match language {
        Language::ArIq if of == Currency::IQD => "الدينار".to_owned(),
        Language::ArIq if of.code() == "CNY" => "اليوان".to_owned(),
        _ => currency(language, of),
    }
}

/// A count: `3`, `٣`.
pub(crate) fn count(language: Language, count: u32) -> String {
    digits(language, &count.to_string())
}

/// The digits of `text`, with `,` and `.` between them, as the language writes them.
pub(crate) fn digits(language: Language, text: &str) -> String {
    match language {
        Language::EnUs => text.to_owned(),
        Language::ArIq => text.chars().map(eastern).collect(),
    }
}

fn eastern(letter: char) -> char {
    match letter {
        '0'..='9' => shifted(letter, '0', '\u{0660}'),
        ',' => '\u{066C}',
        '.' => '\u{066B}',
        other => other,
    }
}

/// What keyboards and copied texts put between digits: grouping marks, hyphens, marks of direction.
const BETWEEN_DIGITS: [char; 7] = [',', '\u{066C}', '-', '\u{200E}', '\u{200F}', ISOLATE, POP_ISOLATE];

/// What a person typed on an Arabic or Persian keyboard, with Western digits and without spaces, grouping marks and
/// hyphens. For PINs, phone numbers and amounts in forms, before they are checked.
#[must_use]
pub fn typed_digits(text: &str) -> String {
    let plain = text.chars().map(|letter| match letter {
        '\u{0660}'..='\u{0669}' => shifted(letter, '\u{0660}', '0'),
        '\u{06F0}'..='\u{06F9}' => shifted(letter, '\u{06F0}', '0'),
        other => other,
    });
    plain.filter(|letter| !letter.is_whitespace() && !BETWEEN_DIGITS.contains(letter)).collect()
}

fn shifted(letter: char, from: char, to: char) -> char {
    u32::from(letter)
        .checked_sub(u32::from(from))
        .and_then(|step| char::from_u32(u32::from(to) + step))
        .unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::{amount, money, typed_digits};
    use crate::Language::{ArIq, EnUs};
    use mithaq_types::{Currency, Money};

    const fn iqd(minor: i64) -> Money {
        Money::new(minor, Currency::IQD)
    }

    #[test]
    fn whole_dinars_show_no_decimals_and_fils_show_three() {
        assert_eq!(money(EnUs, iqd(10_000_000_000)), "10,000,000\u{A0}IQD");
        assert_eq!(money(EnUs, iqd(1_250)), "1.250\u{A0}IQD");
        assert_eq!(money(EnUs, iqd(-50_005)), "-50.005\u{A0}IQD");
    }

    #[test]
    fn arabic_amounts_are_in_eastern_digits_with_their_own_marks() {
        assert_eq!(money(ArIq, iqd(250_000_000)), "٢٥٠٬٠٠٠\u{A0}د.ع");
        assert_eq!(money(ArIq, iqd(1_250)), "١٫٢٥٠\u{A0}د.ع");
    }

    #[test]
    fn a_currency_without_an_arabic_name_keeps_its_code() {
        let yuan = Money::new(11_880, Currency::parse("CNY").expect("known"));
        assert_eq!((money(EnUs, yuan), money(ArIq, yuan)), ("118.80\u{A0}CNY".into(), "١١٨٫٨٠\u{A0}يوان".into()));
        let yen = Money::new(1_500, Currency::parse("JPY").expect("known"));
        assert_eq!(amount(ArIq, yen).currency, "JPY");
        assert_eq!(amount(ArIq, yen).figures, "١٬٥٠٠");
    }

    #[test]
    fn digits_typed_on_an_arabic_keyboard_are_understood() {
        assert_eq!(typed_digits("١٢٣٤٥٦"), "123456");
        assert_eq!(typed_digits("۷۷۰ ۰۰۰-1"), "7700001");
        assert_eq!(typed_digits("٢٠٬٠٠٠"), "20000");
        assert_eq!(typed_digits("ten"), "ten");
    }
}
