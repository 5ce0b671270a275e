//! Deals of every kind, for the pages that show them.

use crate::{Deal, Plan, Rhythm, Taker, Taking};
use jiff::civil::{Date, date};
use mithaq_types::{Currency, Money};

/// Yuan, by the fen.
pub(super) fn yuan(fen: i64) -> Money {
    Money::new(fen, Currency::parse("CNY").unwrap_or(Currency::IQD))
}

/// The day on which the samples are shown.
pub(super) const TODAY: Date = date(2026, 1, 5);

impl Plan {
    /// 9.90 yuan at most, every month on the 5th, twelve times.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            rhythm: Rhythm::Months(1),
            first: date(2026, 2, 5),
            single: yuan(990),
            total: Some(yuan(11_880)),
            payments: Some(12),
            taker: Taker::Merchant { window_days: 5 },
        }
    }

    /// The same, with nothing stated that need not be.
    #[must_use]
    pub fn endless_sample() -> Self {
        Self { total: None, payments: None, ..Self::sample() }
    }
}

impl Deal {
    /// Music by the month.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            scene: "INDUSTRY|DIGITAL_MEDIA".into(),
            logon_id: Some("sara@zaytoun.example".into()),
            taking: Taking::Planned(Plan::sample()),
            ends_on: None,
        }
    }

    /// Another plan.
    #[must_use]
    pub fn planned_sample(plan: Plan) -> Self {
        Self { taking: Taking::Planned(plan), ..Self::sample() }
    }

    /// Whenever the merchant needs to: the seed's, of a car rental, for two months.
    #[must_use]
    pub fn at_will_sample() -> Self {
        Self {
            scene: "INDUSTRY|CARRENTAL".into(),
            logon_id: Some("13852852877".into()),
            taking: Taking::AtWill { wallet_limit: yuan(5_000_000) },
            ends_on: Some(date(2026, 3, 5)),
        }
    }
}

/// Plans of every rhythm and with every limit, by name.
pub(super) fn plans() -> [(&'static str, Plan); 10] {
    let plan = Plan::sample();
    let of = |rhythm, first| Plan { rhythm, first, ..plan };
    let wallet = Taker::Wallet { told_days: 3, retry_days: 5 };
    [
        ("sign-quarterly", Plan { payments: Some(4), total: None, ..of(Rhythm::Months(3), date(2026, 1, 28)) }),
        ("sign-yearly", Plan { single: yuan(9_800), total: None, ..of(Rhythm::Months(12), date(2026, 3, 1)) }),
        ("sign-weekly", Plan { payments: None, total: Some(yuan(50_000)), ..of(Rhythm::Days(7), date(2026, 1, 8)) }),
        ("sign-thirty-days", Plan { payments: Some(3), total: None, ..of(Rhythm::Days(30), date(2026, 1, 30)) }),
        ("sign-endless", Plan::endless_sample()),
        ("sign-once", Plan { payments: Some(1), total: None, ..plan }),
        ("sign-twice", Plan { payments: Some(2), total: None, ..plan }),
        ("sign-wallet", Plan { taker: wallet, ..plan }),
        ("sign-past", Plan { first: date(2025, 12, 5), ..plan }),
        ("sign-on-the-day", Plan { taker: Taker::Merchant { window_days: 0 }, single: yuan(123_456_789), ..plan }),
    ]
}
