//! Plans that the wallet runs, at unusual times: a scheduler that is late, clocks that change, the first and the last of days.

use crate::support::{OMAR, SARA, World, at, deduct, films, monthly, put_off, run_by_wallet};
use jiff::tz::TimeZone;
use mithaq_domain::{AgreementTerms, Every, Plan, PlanStep, UserNews};

#[test]
fn a_plan_that_begins_in_the_past_begins_with_the_period_that_is_running() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2020-01-20"));
    assert_eq!(world.next_day(&contract), ("2026-11-20".to_owned(), 1), "nobody pays for years before signing");
    let expected = ["26-12-01 paid 990", "26-12-17 told", "26-12-20 paid 990", "27-01-17 told", "27-01-20 paid 990"];
    assert_eq!(world.runs(&contract, "2027-01-31"), expected);
    let ancient = Plan { every: Every::Days(7), ..monthly("0001-01-01") };
    let ancient = world.subscribed(OMAR, AgreementTerms { external_no: None, ..run_by_wallet(ancient) });
    assert!(matches!(world.ran(&ancient), PlanStep::Paid(_)), "and nothing is reported of two thousand years");
}

#[test]
fn where_the_scheduler_is_late_nobody_is_charged_on_the_day_on_which_they_are_told() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.now = at("2026-12-20T15:00:00+03:00");
    let expected = ["26-12-20 told", "26-12-21 paid 990", "27-01-07 told", "27-01-10 paid 990"];
    assert_eq!(world.runs(&contract, "2027-01-31"), expected);
}

#[test]
fn where_it_was_told_and_then_late_it_is_charged_at_once() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.ran_when_due(&contract);
    world.now = at("2026-12-30T02:00:00+03:00");
    assert_eq!(world.runs(&contract, "2027-01-31"), ["26-12-30 paid 990", "27-01-07 told", "27-01-10 paid 990"]);
}

#[test]
fn a_period_that_went_by_is_left_out_and_reported_and_nobody_pays_twice_for_one() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.now = at("2027-03-15T12:00:00+03:00");
    let late = |day: &str| format!("27-03-15 failed Plan(TooLate({day}))");
    let expected = [
        late("2026-12-10"),
        late("2027-01-10"),
        late("2027-02-10"),
        "27-03-15 told".to_owned(),
        "27-03-16 paid 990".to_owned(),
        "27-04-07 told".to_owned(),
        "27-04-10 paid 990".to_owned(),
    ];
    assert_eq!(world.runs(&contract, "2027-04-30"), expected);
    assert_eq!(world.next_day(&contract), ("2027-05-10".to_owned(), 6));
    let told = world.news(SARA).iter().filter(|news| matches!(news, UserNews::ChargeRefused { .. })).count();
    assert_eq!(told, 0, "the user has done nothing wrong");
}

#[test]
fn days_and_hours_are_those_of_the_zone_when_its_clocks_change() {
    // Midnight does not exist on 26 April 2024 in Cairo, and is there twice on 31 October.
    for (zone, first, spoken) in [
        ("Africa/Cairo", "2024-04-26", ["2024-04-26T01:00:00+03:00", "2024-05-26T00:00:00+03:00"]),
        ("Africa/Cairo", "2024-10-26", ["2024-10-26T00:00:00+03:00", "2024-11-26T00:00:00+02:00"]),
        ("America/New_York", "2024-02-10", ["2024-02-10T00:00:00-05:00", "2024-03-10T00:00:00-05:00"]),
    ] {
        let mut world = World::alipay();
        world.policy.zone = TimeZone::get(zone).expect("a zone");
        world.policy.dunning.hour = 0;
        world.now = at("2024-01-01T00:00:00Z");
        let contract = world.subscribed(SARA, films(first));
        for at_ in spoken {
            world.ran_when_due(&contract);
            let run = world.standing(&contract).run.expect("it goes on");
            assert_eq!(run.due_at, at(at_), "{zone} {first}");
            assert!(matches!(world.ran_when_due(&contract).1, PlanStep::Paid(_)));
        }
    }
}

#[test]
fn the_last_days_that_there_are_end_a_plan_without_a_panic() {
    let mut world = World::alipay();
    let last = at("9999-12-28T00:00:00Z");
    for every in [Every::Days(7), Every::Days(u16::MAX), Every::Months(u16::MAX)] {
        let plan = Plan { every, total: None, payments: None, ..monthly("2026-12-10") };
        let terms = AgreementTerms { external_no: None, ends_at: last, ..run_by_wallet(plan) };
        let contract = world.subscribed(SARA, AgreementTerms { scene: format!("{every:?}"), ..terms });
        world.done(put_off(&contract, "9999-12-28"));
        world.now = last - jiff::SignedDuration::from_hours(24);
        for _ in 0..4 {
            world.ran(&contract);
            let _ = world.run(deduct(&contract, "late", 1));
        }
        assert_eq!(world.standing(&contract).days_left(&plan, 3).len(), 3);
        world.now = at("2026-12-01T09:00:00+03:00");
    }
}
