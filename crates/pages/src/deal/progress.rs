//! How far a signed agreement has come.

use super::Deal;
use jiff::civil::Date;
use mithaq_types::Money;

/// What an agreement of the Alipay surface has beside every other one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signed {
    /// What was agreed on.
    pub deal: Deal,
    /// How far its plan has come; none without a plan.
    pub progress: Option<PlanProgress>,
}

/// How far a plan has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlanProgress {
    /// How many deductions succeeded.
    pub paid: u32,
    /// What they took together.
    pub taken: Money,
    /// The planned day of the next one; none when nothing is left to be taken.
    pub next: Option<Date>,
    /// What stands in its way.
    pub trouble: Option<PlanTrouble>,
}

/// What stands in the way of the next deduction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlanTrouble {
    /// The wallet could not make it. It tries again on the next day of the progress.
    TriedAgain {
        /// The day that was planned first.
        planned: Date,
    },
    /// The planned day is past and the merchant did not take it. Nothing can be taken until the merchant names a later day.
    Missed,
}
