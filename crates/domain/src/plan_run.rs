//! Plans whose deductions the wallet makes itself: when the user is told, when is charged, and what happens when that fails.
//!
//! A deduction is announced some days before its planned day, made on it, and tried again on later days if it fails. The planned
//! day moves along, so that the rules of the plan hold for every attempt; the days of later deductions do not: they follow from
//! the day that was planned first. A period that is over when the wallet gets to it is left out: nobody pays for two periods at
//! once because the scheduler was off. Pure: the caller says which day it is.

use crate::{Plan, PlanState};
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mithaq_types::Timestamp;
use serde::{Deserialize, Serialize};

/// The operator's policy for plans that the wallet runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dunning {
    /// How many days before the planned one the user is told.
    pub announce_days: u16,
    /// How many days after the planned one it is tried again, growing. After the last of them the period is left out.
    pub retry_days: Vec<u16>,
    /// The hour of the day, in the wallet's zone, at which users are told and charged: 0 to 23.
    pub hour: i8,
}

impl Default for Dunning {
    fn default() -> Self {
        Self { announce_days: 3, retry_days: vec![1, 3, 5], hour: 9 }
    }
}

/// How far the wallet is with the next deduction of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlanRun {
    /// The day that was planned first, before any attempt failed.
    pub planned: Date,
    /// Whether the user knows that it is coming.
    pub announced: bool,
    /// How many attempts failed.
    pub failed: u8,
    /// When there is something to do next.
    pub due_at: Timestamp,
}

/// What is to be done about a deduction that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterFailure {
    /// It is tried again on that day.
    Again(Date),
    /// The period is left out; the next deduction is planned for that day.
    LeftOut(Date),
}

impl PlanRun {
    /// The run of the deduction that is planned next. `told` says that the user has just agreed to it: what comes too soon to be
    /// announced needs no announcement then.
    #[must_use]
    pub fn begin(state: &PlanState, now: Timestamp, told: bool, dunning: &Dunning, zone: &TimeZone) -> Self {
        let tell_at = at_hour(state.next, -i64::from(dunning.announce_days), dunning, zone);
        let announced = told && tell_at <= now;
        let due_at = if announced { at_hour(state.next, 0, dunning, zone) } else { tell_at };
        Self { planned: state.next, announced, failed: 0, due_at }
    }

    /// The run and the plan after the user was told. Nobody is charged on the day on which they are told: where the scheduler was
    /// late, the planned day moves.
    #[must_use]
    pub fn announced(&self, state: &PlanState, today: Date, dunning: &Dunning, zone: &TimeZone) -> (Self, PlanState) {
        let next = if state.next > today { state.next } else { later(today, 1) };
        let run = Self { announced: true, due_at: at_hour(next, 0, dunning, zone), ..*self };
        (run, PlanState { next, ..*state })
    }

    /// Whether the period was over before the deduction could be made: on its first possible day the next one is planned already.
    #[must_use]
    pub fn is_missed(&self, plan: &Plan, today: Date) -> bool {
        let first = if self.announced { today } else { later(today, 1) };
        first >= plan.after(self.planned)
    }

    /// What follows from an attempt on `today` that failed, or from a period that was missed. However many were missed, this
    /// leaves out one: the days of the plan stay what was agreed on.
    #[must_use]
    pub fn failed(&self, plan: &Plan, today: Date, dunning: &Dunning) -> AfterFailure {
        let following = plan.after(self.planned);
        let wait = dunning.retry_days.get(usize::from(self.failed)).copied().unwrap_or(0);
        let again = later(self.planned, i64::from(wait)).max(later(today, 1));
        if wait > 0 && again < following { AfterFailure::Again(again) } else { AfterFailure::LeftOut(following) }
    }

    /// The run and the plan after that.
    #[must_use]
    pub fn after_failure(
        &self,
        state: &PlanState,
        next: AfterFailure,
        now: Timestamp,
        dunning: &Dunning,
        zone: &TimeZone,
    ) -> (Self, PlanState) {
        match next {
            AfterFailure::Again(day) => {
                let due_at = at_hour(day, 0, dunning, zone);
                let run = Self { announced: true, failed: self.failed.saturating_add(1), due_at, ..*self };
                (run, PlanState { next: day, ..*state })
            }
            AfterFailure::LeftOut(day) => {
                let state = PlanState { next: day, number: state.number.saturating_add(1), ..*state };
                (Self::begin(&state, now, false, dunning, zone), state)
            }
        }
    }
}

/// The hour at which the wallet acts, so many days after `day`.
fn at_hour(day: Date, days: i64, dunning: &Dunning, zone: &TimeZone) -> Timestamp {
    let day = later(day, days);
    let civil = day.at(dunning.hour.clamp(0, 23), 0, 0, 0);
    civil.to_zoned(zone.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Every;
    use mithaq_types::{Currency, Money};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn plan() -> Plan {
        let single = Money::new(990, Currency::parse("CNY").unwrap());
        Plan { every: Every::Months(1), first: day("2026-02-05"), single, total: None, payments: None }
    }

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    #[test]
    fn a_deduction_is_announced_three_days_before_and_made_on_its_day() {
        let dunning = Dunning::default();
        let now = "2026-01-10T00:00:00Z".parse().unwrap();
        let state = plan().begin();
        let run = PlanRun::begin(&state, now, true, &dunning, &zone());
        assert_eq!((run.announced, run.due_at), (false, "2026-02-02T09:00:00+08:00".parse().unwrap()));
        let (run, state) = run.announced(&state, day("2026-02-02"), &dunning, &zone());
        assert_eq!((run.due_at, state.next), ("2026-02-05T09:00:00+08:00".parse().unwrap(), day("2026-02-05")));
    }

    #[test]
    fn who_has_just_signed_is_not_told_again_what_comes_at_once() {
        let now = "2026-02-04T12:00:00Z".parse().unwrap();
        let run = PlanRun::begin(&plan().begin(), now, true, &Dunning::default(), &zone());
        assert_eq!((run.announced, run.due_at), (true, "2026-02-05T09:00:00+08:00".parse().unwrap()));
    }

    #[test]
    fn nobody_is_charged_on_the_day_on_which_they_are_told() {
        let (dunning, state) = (Dunning::default(), plan().begin());
        let run = PlanRun::begin(&state, Timestamp::UNIX_EPOCH, false, &dunning, &zone());
        let (run, state) = run.announced(&state, day("2026-02-09"), &dunning, &zone());
        assert_eq!((run.planned, state.next), (day("2026-02-05"), day("2026-02-10")));
        assert_eq!(run.due_at, "2026-02-10T09:00:00+08:00".parse().unwrap());
    }

    #[test]
    fn what_fails_is_tried_again_after_one_three_and_five_days_and_then_left_out() {
        let dunning = Dunning::default();
        let (mut state, now) = (plan().begin(), Timestamp::UNIX_EPOCH);
        let mut run = PlanRun::begin(&state, now, false, &dunning, &zone());
        for again in ["2026-02-06", "2026-02-08", "2026-02-10"] {
            let next = run.failed(&plan(), state.next, &dunning);
            assert_eq!(next, AfterFailure::Again(day(again)));
            (run, state) = run.after_failure(&state, next, now, &dunning, &zone());
            assert_eq!((state.next, state.number, run.announced), (day(again), 1, true));
        }
        let next = run.failed(&plan(), state.next, &dunning);
        assert_eq!(next, AfterFailure::LeftOut(day("2026-03-05")));
        let (run, state) = run.after_failure(&state, next, now, &dunning, &zone());
        assert_eq!((state.next, state.number, state.paid), (day("2026-03-05"), 2, 0));
        assert_eq!((run.planned, run.announced, run.failed), (day("2026-03-05"), false, 0));
    }

    #[test]
    fn a_period_that_is_over_is_left_out_and_the_days_of_the_plan_stay() {
        let dunning = Dunning::default();
        let (mut state, now) = (plan().begin(), "2026-05-20T00:00:00Z".parse().unwrap());
        let mut run = PlanRun::begin(&state, Timestamp::UNIX_EPOCH, false, &dunning, &zone());
        let today = day("2026-05-20");
        for following in ["2026-03-05", "2026-04-05", "2026-05-05"] {
            assert!(run.is_missed(&plan(), today));
            let next = run.failed(&plan(), today, &dunning);
            assert_eq!(next, AfterFailure::LeftOut(day(following)));
            (run, state) = run.after_failure(&state, next, now, &dunning, &zone());
            assert!(run.due_at < now, "what comes next is due at once");
        }
        assert!(!run.is_missed(&plan(), today), "May's is late, and June's is not planned yet");
        let (run, state) = run.announced(&state, today, &dunning, &zone());
        assert_eq!((run.planned, state.next, state.number), (day("2026-05-05"), day("2026-05-21"), 4));
    }

    #[test]
    fn nobody_is_told_of_a_deduction_on_the_day_of_the_next_one() {
        let dunning = Dunning::default();
        let run = PlanRun::begin(&plan().begin(), Timestamp::UNIX_EPOCH, false, &dunning, &zone());
        assert!(!run.is_missed(&plan(), day("2026-03-03")));
        assert!(run.is_missed(&plan(), day("2026-03-04")), "it would be made tomorrow, when March's is planned");
        let told = PlanRun { announced: true, ..run };
        assert!(!told.is_missed(&plan(), day("2026-03-04")) && told.is_missed(&plan(), day("2026-03-05")));
    }

    #[test]
    fn no_attempt_is_made_in_the_period_after() {
        let weekly = Plan { every: Every::Days(7), ..plan() };
        let dunning = Dunning { retry_days: vec![6, 7, 20], ..Dunning::default() };
        let run = PlanRun::begin(&weekly.begin(), Timestamp::UNIX_EPOCH, false, &dunning, &zone());
        assert_eq!(run.failed(&weekly, weekly.first, &dunning), AfterFailure::Again(day("2026-02-11")));
        let run = PlanRun { failed: 1, ..run };
        assert_eq!(run.failed(&weekly, day("2026-02-11"), &dunning), AfterFailure::LeftOut(day("2026-02-12")));
    }
}
