//! The rules of plans, by the documents' examples and over years.

use super::*;
use mithaq_types::Currency;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn plan(every: Every, first: &str) -> Plan {
    let yuan = |minor| Money::new(minor, Currency::parse("CNY").unwrap());
    Plan { every, first: day(first), single: yuan(990), total: Some(yuan(11_880)), payments: Some(12) }
}

#[test]
fn the_worked_example_of_the_documents() {
    let plan = plan(Every::Months(1), "2019-07-06");
    let state = plan.begin();
    let may = |state: &PlanState, today: &str| plan.may_deduct(state, day(today), 990, 5);
    assert_eq!(may(&state, "2019-06-30"), Err(PlanRefusal::TooEarly(day("2019-07-01"))));
    assert_eq!(may(&state, "2019-07-01"), Ok(()));
    assert_eq!(may(&state, "2019-07-06"), Ok(()));
    assert_eq!(may(&state, "2019-07-07"), Err(PlanRefusal::TooLate(day("2019-07-06"))));
    let paid = plan.deducted(&state, 990, Timestamp::UNIX_EPOCH);
    assert_eq!(paid.next, day("2019-08-06"), "from the planned day, not from the day of payment");
    assert_eq!(may(&paid, "2019-07-06"), Err(PlanRefusal::TooEarly(day("2019-08-01"))), "once in a period");
    assert_eq!(
        plan.moved(&state, day("2019-07-20"), day("2019-07-07")).map(|state| plan.after(state.next)),
        Ok(day("2019-08-20"))
    );
}

#[test]
fn a_window_reaches_back_into_the_month_before() {
    let plan = plan(Every::Months(1), "2020-03-01");
    assert_eq!(plan.opens(&plan.begin(), 5), day("2020-02-25"), "a leap year");
}

#[test]
fn days_only_move_to_later_ones_that_every_month_has() {
    let plan = plan(Every::Months(1), "2026-02-05");
    let moved = |to: &str, today: &str| plan.moved(&plan.begin(), day(to), day(today));
    assert_eq!(moved("2026-02-05", "2026-02-01"), Err(PlanRefusal::NotLater));
    assert_eq!(moved("2026-02-04", "2026-02-01"), Err(PlanRefusal::NotLater));
    assert_eq!(moved("2026-02-06", "2026-02-07"), Err(PlanRefusal::NotLater));
    assert_eq!(moved("2026-03-29", "2026-02-07"), Err(PlanRefusal::DayOfMonth));
    assert!(moved("2026-03-28", "2026-02-07").is_ok());
    let daily = super::tests::plan(Every::Days(7), "2026-01-31");
    assert!(daily.moved(&daily.begin(), day("2026-03-31"), day("2026-02-01")).is_ok());
}

#[test]
fn over_forty_years_every_period_has_one_day_and_no_day_two_periods() {
    for every in [Every::Months(1), Every::Months(3), Every::Days(7), Every::Days(30)] {
        for first in ["2023-12-28", "2024-02-28", "2026-01-01", "2027-10-15"] {
            let plan = Plan { total: None, payments: None, ..plan(every, first) };
            assert!(plan.is_possible());
            let mut state = plan.begin();
            for number in 1..480 {
                assert_eq!(state.number, number);
                let (opens, planned) = (plan.opens(&state, 5), state.next);
                let open = |today| plan.may_deduct(&state, today, 990, 5).is_ok();
                assert!(open(opens) && open(planned));
                assert!(!open(opens.yesterday().unwrap()) && !open(planned.tomorrow().unwrap()));
                let next = plan.deducted(&state, 990, Timestamp::UNIX_EPOCH);
                assert!(next.next > planned && plan.opens(&next, 5) > planned, "windows never overlap");
                if matches!(every, Every::Months(_)) {
                    assert_eq!(next.next.day(), planned.day());
                }
                state = next;
            }
        }
    }
}

#[test]
fn sums_and_counts_end_a_plan() {
    let plan = plan(Every::Months(1), "2026-02-05");
    let mut state = plan.begin();
    assert_eq!(plan.left(&state, 3).iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(plan.may_deduct(&state, state.next, 991, 5), Err(PlanRefusal::OverSingle));
    for _ in 0..12 {
        assert_eq!(plan.may_deduct(&state, state.next, 990, 5), Ok(()));
        state = plan.deducted(&state, 990, Timestamp::UNIX_EPOCH);
    }
    assert_eq!(plan.may_deduct(&state, state.next, 1, 5), Err(PlanRefusal::OverTotal));
    let more = Plan { total: None, ..plan };
    assert_eq!(more.may_deduct(&state, state.next, 1, 5), Err(PlanRefusal::OverCount));
    assert_eq!(plan.left(&state, 3), []);
    let by_sum = Plan { payments: None, ..plan };
    assert_eq!(by_sum.left(&state, 3), [], "no number ends it, but the sum does");
}

#[test]
fn however_wide_the_window_a_period_opens_after_the_one_before() {
    let weekly = plan(Every::Days(7), "2026-02-05");
    let (wide, state) = (30, weekly.begin());
    assert_eq!(weekly.opens(&state, wide), day("2026-01-30"));
    let paid = weekly.deducted(&state, 990, Timestamp::UNIX_EPOCH);
    let today = day("2026-02-05");
    assert_eq!(weekly.may_deduct(&paid, today, 990, wide), Err(PlanRefusal::TooEarly(day("2026-02-06"))));
    let monthly = plan(Every::Months(1), "2026-03-01");
    assert_eq!(monthly.opens(&monthly.begin(), wide), day("2026-02-02"));
}

#[test]
fn the_latest_planned_day_is_the_one_that_counting_finds() {
    for every in [Every::Months(1), Every::Months(5), Every::Days(7), Every::Days(31)] {
        let plan = plan(every, "2024-02-28");
        let mut counted = plan.first;
        let mut today = day("2024-02-01");
        while today < day("2031-01-01") {
            while plan.after(counted) <= today {
                counted = plan.after(counted);
            }
            assert_eq!(plan.latest(plan.first, today), counted, "{every:?} {today}");
            today = today.tomorrow().unwrap();
        }
    }
}

#[test]
fn a_plan_that_breaks_the_rules_is_not_possible() {
    let right = plan(Every::Months(1), "2026-02-28");
    assert!(right.is_possible());
    let zero = Money::new(0, right.single.currency);
    for wrong in [
        Plan { every: Every::Months(0), ..right },
        Plan { every: Every::Days(6), ..right },
        Plan { first: day("2026-01-29"), ..right },
        Plan { single: zero, ..right },
        Plan { total: Some(zero), ..right },
        Plan { payments: Some(0), ..right },
    ] {
        assert!(!wrong.is_possible(), "{wrong:?}");
    }
}
