//! Plans over the years: whatever merchants ask for and whenever, no plan takes more than was agreed on, nor twice for one period.

use super::config;
use crate::support::{cny, day};
use jiff::ToSpan as _;
use jiff::civil::Date;
use mithaq_domain::{Every, Plan, PlanRefusal};
use mithaq_types::Timestamp;
use proptest::prelude::*;

/// Every plan that is possible.
pub fn plan() -> impl Strategy<Value = Plan> {
    let every = prop_oneof![
        3 => Just(Every::Months(1)),
        2 => (1..=13_u16).prop_map(Every::Months),
        2 => Just(Every::Days(7)),
        2 => (7..=400_u16).prop_map(Every::Days),
    ];
    let total = prop::option::of(1..40_000_i64);
    let payments = prop::option::of(1..40_u32);
    (every, 0..4_000_i64, 1..2_000_i64, total, payments).prop_map(|(every, after, single, total, payments)| {
        let first = day("2024-01-01").checked_add(after.days()).expect("in range");
        let first = if matches!(every, Every::Months(_)) && first.day() > 28 { first.first_of_month() } else { first };
        Plan { every, first, single: cny(single), total: total.map(cny), payments }
    })
}

/// What a merchant does, so many days after what it did before.
#[derive(Clone, Copy, Debug)]
enum Try {
    Deduct(i64),
    PutOff(i64),
}

fn tries() -> impl Strategy<Value = Vec<(i64, Try)>> {
    let wait = prop_oneof![4 => 0..6_i64, 4 => 6..40_i64, 1 => 40..800_i64];
    let what = prop_oneof![
        5 => (1..2_100_i64).prop_map(Try::Deduct),
        2 => Just(Try::Deduct(1)),
        2 => (-10..70_i64).prop_map(Try::PutOff),
    ];
    prop::collection::vec((wait, what), 1..200)
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn over_years_no_plan_takes_more_than_was_agreed_nor_twice_in_a_period(
        plan in plan(), window in prop_oneof![Just(5_u16), 0..40_u16], tries in tries(),
    ) {
        prop_assert!(plan.is_possible());
        let mut state = plan.begin();
        let (mut sum, mut count) = (0, 0);
        let mut today = plan.first.checked_sub(20.days()).expect("in range");
        let mut last: Option<(Date, Date)> = None;
        for (wait, what) in tries {
            today = today.checked_add(wait.days()).expect("in range");
            match what {
                Try::Deduct(minor) => {
                    let may = plan.may_deduct(&state, today, minor, window);
                    let opens = plan.opens(&state, window);
                    prop_assert!(opens <= state.next, "there is always a day for it");
                    match may {
                        Ok(()) => {}
                        Err(PlanRefusal::TooEarly(from)) => {
                            prop_assert!(today < from && from == opens);
                            continue;
                        }
                        Err(PlanRefusal::TooLate(planned)) => {
                            prop_assert!(today > planned && planned == state.next);
                            continue;
                        }
                        Err(PlanRefusal::OverSingle) => { prop_assert!(minor > plan.single.minor); continue }
                        Err(PlanRefusal::OverTotal) => {
                            prop_assert!(plan.total.is_some_and(|total| sum + minor > total.minor));
                            continue;
                        }
                        Err(PlanRefusal::OverCount) => { prop_assert_eq!(Some(count), plan.payments); continue }
                        Err(other) => panic!("{other:?}"),
                    }
                    prop_assert!((opens..=state.next).contains(&today));
                    if let Some((paid_on, planned)) = last {
                        prop_assert!(today > planned && planned >= paid_on, "two windows overlap");
                    }
                    last = Some((today, state.next));
                    let after = plan.deducted(&state, minor, Timestamp::UNIX_EPOCH);
                    if let Every::Months(months) = plan.every {
                        prop_assert_eq!(after.next.day(), state.next.day());
                        let apart = (i32::from(after.next.year()) - i32::from(state.next.year())) * 12
                            + i32::from(after.next.month()) - i32::from(state.next.month());
                        prop_assert_eq!(apart, i32::from(months));
                    }
                    state = after;
                    (sum, count) = (sum + minor, count + 1);
                    prop_assert!(plan.total.is_none_or(|total| sum <= total.minor));
                    prop_assert!(plan.payments.is_none_or(|most| count <= most));
                    prop_assert_eq!((state.paid, state.paid_minor, state.number), (count, sum, count + 1));
                }
                Try::PutOff(by) => {
                    let to = state.next.checked_add(by.days()).expect("in range");
                    match plan.moved(&state, to, today) {
                        Ok(moved) => {
                            prop_assert!(to > state.next && to >= today);
                            prop_assert_eq!((moved.number, moved.paid), (state.number, state.paid));
                            state = moved;
                        }
                        Err(PlanRefusal::NotLater) => prop_assert!(to <= state.next || to < today),
                        Err(PlanRefusal::DayOfMonth) => prop_assert!(to.day() > 28),
                        Err(other) => panic!("{other:?}"),
                    }
                }
            }
            let left = plan.left(&state, 5);
            prop_assert_eq!(left.is_empty(), plan.due(&state).is_none());
            prop_assert!(left.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0 && pair[0].1 < pair[1].1));
            prop_assert!(left.first().is_none_or(|first| *first == (state.number, state.next)));
        }
    }
}
