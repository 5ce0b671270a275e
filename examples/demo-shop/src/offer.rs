//! What the shop sells: one plan, its price, its words in two languages, its delivery days.

use jiff::civil::{Date, Weekday};
use jiff::tz::{self, TimeZone};
use mithaq_merchant::{Currency, Language, Money, Timestamp};
use serde::Deserialize;

/// The plans, as the Mini Program names them in `POST /api/prepare`.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plan {
    /// A crate of vegetables and fruit each month.
    FreshBox,
}

impl Plan {
    /// What the user agrees to be charged at most, and what each charge takes.
    pub const fn price(self) -> Money {
        match self {
            // 5,000 dinars, 1000 fils each.
            Self::FreshBox => Money::new(5_000_000, Currency::IQD),
        }
    }

    /// The contract's heading on the wallet's authorization page.
    pub const fn title(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::FreshBox, Language::EnUs) => "Fresh Box",
            (Self::FreshBox, Language::ArIq) => "صندوق طازج",
        }
    }

    /// What the user reads before agreeing (`contractDesc`): what, how much, how often, how to end it.
    pub const fn description(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::FreshBox, Language::EnUs) => {
                "Fresh Box: a crate of seasonal vegetables and fruit, delivered on the first Saturday of each month. \
                 Zaytoun Market takes 5,000 IQD each month from your wallet balance. \
                 You can end this at any time, in the shop or in your wallet."
            }
            (Self::FreshBox, Language::ArIq) => {
                "صندوق طازج: صندوق من خضار الموسم وفواكهه يصلك في أول سبت من كل شهر. \
                 يخصم سوق زيتون ٥٬٠٠٠ دينار كل شهر من رصيد محفظتك. \
                 يمكنك إنهاء ذلك متى شئت، من المتجر أو من محفظتك."
            }
        }
    }
}

/// The day of the next box after `now`: a first Saturday of a month in Baghdad, never today (today's has left).
/// `None` only at the end of the calendar.
pub fn next_delivery(now: Timestamp) -> Option<Date> {
    // Iraq keeps +03:00 all year: the fixed offset needs no time zone database.
    let today = TimeZone::fixed(tz::offset(3)).to_datetime(now).date();
    let first_saturday = |day: Date| day.nth_weekday_of_month(1, Weekday::Saturday).ok();
    let this_month = first_saturday(today)?;
    if this_month > today { Some(this_month) } else { first_saturday(today.last_of_month().tomorrow().ok()?) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn after(instant: &str) -> Option<Date> {
        next_delivery(instant.parse().expect("an instant"))
    }

    #[test]
    fn the_next_box_comes_on_the_first_saturday_after_today() {
        assert_eq!(after("2026-12-01T09:00:00+03:00"), Some(date(2026, 12, 5)));
        assert_eq!(after("2026-12-05T09:00:00+03:00"), Some(date(2027, 1, 2)), "the box of today has left");
        assert_eq!(after("2026-12-31T09:00:00+03:00"), Some(date(2027, 1, 2)));
    }

    #[test]
    fn the_day_is_baghdads() {
        assert_eq!(after("2026-12-04T22:30:00Z"), Some(date(2027, 1, 2)), "already Saturday in Baghdad");
    }

    #[test]
    fn both_descriptions_fit_the_protocol() {
        for language in [Language::EnUs, Language::ArIq] {
            assert!((1..=1024).contains(&Plan::FreshBox.description(language).chars().count()));
        }
    }
}
