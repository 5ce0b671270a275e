//! What an agreement of the Alipay surface says (spec/alipay-agreement.md 2.1): what is taken, on which days, by whom.

mod days;
mod lines;
mod progress;
mod words;

pub(crate) use lines::{of, offered};
pub use progress::{PlanProgress, PlanTrouble, Signed};

use jiff::civil::Date;
use mithaq_types::{Currency, Money};

/// The terms of an agreement of the Alipay surface, as its `page.sign` stated them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deal {
    /// `sign_scene`, as it was sent: `INDUSTRY|CARRENTAL`. Scenes that have words are shown in them, the default is not
    /// shown.
    pub scene: String,
    /// `external_logon_id`: the user's login name at the merchant.
    pub logon_id: Option<String>,
    /// What may be taken, and when.
    pub taking: Taking,
    /// The day on which it runs out; none if it has no end that was stated.
    pub ends_on: Option<Date>,
}

/// What may be taken, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taking {
    /// On planned days.
    Planned(Plan),
    /// Whenever the merchant needs to.
    AtWill {
        /// The most that the wallet lets any charge take: the only limit there is.
        wallet_limit: Money,
    },
}

/// A periodic plan (spec/alipay-agreement.md 2.1.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// How far its days are apart.
    pub rhythm: Rhythm,
    /// `execute_time`: the first planned day.
    pub first: Date,
    /// `single_amount`: the most that one deduction takes.
    pub single: Money,
    /// `total_amount`: the most that all of them take.
    pub total: Option<Money>,
    /// `total_payments`: how many there may be.
    pub payments: Option<u32>,
    /// Who makes them.
    pub taker: Taker,
}

/// How far the days of a plan are apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rhythm {
    /// So many days; at least seven.
    Days(u16),
    /// So many calendar months, on the same day of the month.
    Months(u16),
}

/// Who makes the deductions of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taker {
    /// The merchant, each time.
    Merchant {
        /// How many days before the planned one it may.
        window_days: u16,
    },
    /// The wallet, by itself, in full.
    Wallet {
        /// How many days before the planned one the user is told.
        told_days: u16,
        /// For how many days after the planned one it is tried again; zero if it is not.
        retry_days: u16,
    },
}

impl Deal {
    /// What is taken in: the balance in it pays, and no other.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        match self.taking {
            Taking::Planned(plan) => plan.single.currency,
            Taking::AtWill { wallet_limit } => wallet_limit.currency,
        }
    }

    /// The plan, if there is one.
    #[must_use]
    pub const fn plan(&self) -> Option<&Plan> {
        match &self.taking {
            Taking::Planned(plan) => Some(plan),
            Taking::AtWill { .. } => None,
        }
    }
}
