//! Periodic plans: on which days how much may be deducted (spec/alipay-agreement.md 2.1.1, 2.6.1, 4.2).
//!
//! Days are calendar days of the wallet's zone; which day it is, the caller says.

use jiff::ToSpan as _;
use jiff::civil::Date;
use mithaq_types::{Money, Timestamp};
use serde::{Deserialize, Serialize};

/// How often is deducted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Every {
    /// Every so many days.
    Days(u16),
    /// Every so many calendar months, on the same day of the month.
    Months(u16),
}

/// What was agreed on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// How often.
    pub every: Every,
    /// The planned day of the first deduction.
    pub first: Date,
    /// The most that one deduction takes.
    pub single: Money,
    /// The most that all of them take.
    pub total: Option<Money>,
    /// How many there may be.
    pub payments: Option<u32>,
}

/// How far it has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlanState {
    /// The planned day of the next deduction.
    pub next: Date,
    /// Which deduction that is, from 1.
    pub number: u32,
    /// How many succeeded.
    pub paid: u32,
    /// What they took together, in minor units.
    pub paid_minor: i64,
    /// When the last one succeeded.
    pub last_at: Option<Timestamp>,
}

/// Why a deduction, or a change of its day, is not allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PlanRefusal {
    /// It is too early: the window opens on that day.
    TooEarly(Date),
    /// It is too late: the planned day is past, and until it is moved nothing can be deducted.
    TooLate(Date),
    /// More than one deduction may take.
    OverSingle,
    /// More than all of them may take.
    OverTotal,
    /// There were as many as there may be.
    OverCount,
    /// A day can only be moved to a later one that is not past.
    NotLater,
    /// Plans by the month keep to the days 1 to 28, which every month has.
    DayOfMonth,
}

impl Plan {
    /// Whether the rules of periodic plans allow it: at least seven days or one month apart, by the month on a day from 1 to 28,
    /// sums above zero and in one currency.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        let every = match self.every {
            Every::Days(days) => days >= 7,
            Every::Months(months) => months >= 1 && self.first.day() <= 28,
        };
        let total = self.total.is_none_or(|total| total.minor > 0 && total.currency == self.single.currency);
        every && self.single.minor > 0 && total && self.payments != Some(0)
    }

    /// The state before the first deduction.
    #[must_use]
    pub const fn begin(&self) -> PlanState {
        PlanState { next: self.first, number: 1, paid: 0, paid_minor: 0, last_at: None }
    }

    /// The planned day after `day`. It counts from the planned day, not from when was paid.
    #[must_use]
    pub fn after(&self, day: Date) -> Date {
        let later = match self.every {
            Every::Days(days) => day.checked_add(i64::from(days).days()),
            Every::Months(months) => day.checked_add(i64::from(months).months()),
        };
        later.unwrap_or(Date::MAX)
    }

    /// The last planned day by `today`, counted from `day`; `day` itself where that is still to come.
    #[must_use]
    pub fn latest(&self, day: Date, today: Date) -> Date {
        if today <= day {
            return day;
        }
        let later = |periods: i64, each: u16| match self.every {
            Every::Days(_) => day.checked_add((periods * i64::from(each)).days()),
            Every::Months(_) => day.checked_add((periods * i64::from(each)).months()),
        };
        let found = match self.every {
            Every::Days(days) => {
                let between = day.duration_until(today).as_hours() / 24;
                later(between / i64::from(days.max(1)), days)
            }
            Every::Months(months) => {
                let between = (i64::from(today.year()) - i64::from(day.year())) * 12 + i64::from(today.month())
                    - i64::from(day.month())
                    - i64::from(today.day() < day.day());
                later(between / i64::from(months.max(1)), months)
            }
        };
        found.unwrap_or(day)
    }

    /// The planned day before `day`.
    fn before(&self, day: Date) -> Date {
        let earlier = match self.every {
            Every::Days(days) => day.checked_sub(i64::from(days).days()),
            Every::Months(months) => day.checked_sub(i64::from(months).months()),
        };
        earlier.unwrap_or(Date::MIN)
    }

    /// What a deduction takes that nobody names an amount for: all that one may. Nothing once the plan is done.
    #[must_use]
    pub fn due(&self, state: &PlanState) -> Option<Money> {
        if self.payments.is_some_and(|most| state.paid >= most) {
            return None;
        }
        let left = self.total.map_or(self.single.minor, |total| total.minor.saturating_sub(state.paid_minor));
        let minor = self.single.minor.min(left);
        (minor > 0).then(|| Money::new(minor, self.single.currency))
    }

    /// The first day on which the next deduction may be made: `window` days before the planned one, but not before the period
    /// that the planned day before it belongs to is over, however wide the window.
    #[must_use]
    pub fn opens(&self, state: &PlanState, window: u16) -> Date {
        let opens = state.next.checked_sub(i64::from(window).days()).unwrap_or(Date::MIN);
        let before = self.before(state.next);
        opens.max(before.tomorrow().unwrap_or(before)).min(state.next)
    }

    /// Whether `minor` may be deducted `today`: the sums first, then the day.
    ///
    /// # Errors
    /// Why not.
    pub fn may_deduct(&self, state: &PlanState, today: Date, minor: i64, window: u16) -> Result<(), PlanRefusal> {
        if minor > self.single.minor {
            return Err(PlanRefusal::OverSingle);
        }
        let sum = state.paid_minor.checked_add(minor);
        if self.total.is_some_and(|total| sum.is_none_or(|sum| sum > total.minor)) {
            return Err(PlanRefusal::OverTotal);
        }
        if self.payments.is_some_and(|most| state.paid >= most) {
            return Err(PlanRefusal::OverCount);
        }
        let opens = self.opens(state, window);
        if today < opens {
            return Err(PlanRefusal::TooEarly(opens));
        }
        if today > state.next {
            return Err(PlanRefusal::TooLate(state.next));
        }
        Ok(())
    }

    /// The state after a deduction that succeeded. One that failed changes nothing.
    #[must_use]
    pub fn deducted(&self, state: &PlanState, minor: i64, at: Timestamp) -> PlanState {
        PlanState {
            next: self.after(state.next),
            number: state.number.saturating_add(1),
            paid: state.paid.saturating_add(1),
            paid_minor: state.paid_minor.saturating_add(minor),
            last_at: Some(at),
        }
    }

    /// The state with another planned day; the days after it follow from the new one.
    ///
    /// # Errors
    /// When the day is not later than the planned one, is past, or is one that not every month has.
    pub fn moved(&self, state: &PlanState, to: Date, today: Date) -> Result<PlanState, PlanRefusal> {
        if to <= state.next || to < today {
            return Err(PlanRefusal::NotLater);
        }
        if matches!(self.every, Every::Months(_)) && to.day() > 28 {
            return Err(PlanRefusal::DayOfMonth);
        }
        Ok(PlanState { next: to, ..*state })
    }

    /// The planned days that are left, at most so many: the number of each, and its day. None once nothing may be taken.
    #[must_use]
    pub fn left(&self, state: &PlanState, most: u32) -> Vec<(u32, Date)> {
        if self.due(state).is_none() {
            return Vec::new();
        }
        let left = self.payments.map_or(most, |payments| payments.saturating_sub(state.paid).min(most));
        let mut day = state.next;
        (0..left)
            .map(|index| {
                let entry = (state.number.saturating_add(index), day);
                day = self.after(day);
                entry
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
