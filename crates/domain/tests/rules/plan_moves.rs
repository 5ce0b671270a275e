//! A merchant puts the next deduction of a plan off (spec/alipay-agreement.md 2.4).

use crate::support::{
    OMAR, RIVAL, SARA, World, at, at_will, by_shop, day, deduct, ends, monthly, periodic, put_off, run_by_wallet,
};
use mithaq_domain::{Command, Done, EndedBy, Every, FailReason, Plan, PlanRefusal, PlanStep, Refusal, UserNews};
use mithaq_types::{ClientId, ContractId};

#[test]
fn the_next_day_moves_and_the_days_after_it_follow() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    match world.done(put_off(&contract, "2026-12-20")) {
        Done::ContractStanding(state) => assert_eq!(*state, world.standing(&contract)),
        other => panic!("{other:?}"),
    }
    assert_eq!(world.next_day(&contract), ("2026-12-20".to_owned(), 1), "it is still the first");
    assert_eq!((world.told(), world.notices()), (vec![], vec![]));
    assert!(world.refused_without_a_trace(deduct(&contract, "T1", 990)) != Refusal::ContractOver);
    world.now = at("2026-12-15T09:00:00+03:00");
    world.done(deduct(&contract, "T1", 990));
    assert_eq!(world.next_day(&contract), ("2027-01-20".to_owned(), 2), "the twentieth is its day from now on");
}

#[test]
fn only_later_and_not_into_the_past() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    for to in ["2026-12-05", "2026-12-04", "2025-12-20"] {
        assert_eq!(world.refused_without_a_trace(put_off(&contract, to)), Refusal::Plan(PlanRefusal::NotLater));
    }
    world.now = at("2026-12-10T09:00:00+03:00");
    assert_eq!(world.refused_without_a_trace(put_off(&contract, "2026-12-09")), Refusal::Plan(PlanRefusal::NotLater));
    world.done(put_off(&contract, "2026-12-10"));
    world.done(deduct(&contract, "T1", 990));
}

#[test]
fn by_the_month_only_to_days_that_every_month_has() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    for to in ["2026-12-29", "2026-12-30", "2026-12-31", "2027-01-29"] {
        assert_eq!(world.refused_without_a_trace(put_off(&contract, to)), Refusal::Plan(PlanRefusal::DayOfMonth));
    }
    world.done(put_off(&contract, "2026-12-28"));
    let weekly = Plan { every: Every::Days(7), ..monthly("2026-12-05") };
    let weekly = world.subscribed(OMAR, mithaq_domain::AgreementTerms { external_no: None, ..periodic(weekly) });
    world.done(put_off(&weekly, "2026-12-31"));
}

#[test]
fn any_number_of_times() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    for month in 1..=12 {
        world.done(put_off(&contract, &format!("2027-{month:02}-05")));
    }
    assert_eq!(world.next_day(&contract), ("2027-12-05".to_owned(), 1));
}

#[test]
fn only_a_plan_of_the_merchants_that_is_in_force() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    let to = day("2026-12-20");
    let theirs = Command::MovePlan { client_id: ClientId::new(RIVAL), contract_id: contract.clone(), to };
    assert_eq!(world.refused_without_a_trace(theirs), Refusal::ContractUnknown);
    assert_eq!(
        world.refused_without_a_trace(put_off(&ContractId::new("none"), "2026-12-20")),
        Refusal::ContractUnknown
    );
    let unplanned = world.subscribed(SARA, at_will());
    assert_eq!(world.refused_without_a_trace(put_off(&unplanned, "2026-12-20")), Refusal::OtherProduct);
    world.done(ends(&contract, by_shop(None)));
    assert_eq!(world.refused_without_a_trace(put_off(&contract, "2026-12-20")), Refusal::ContractOver);
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    world.now = at("2028-12-01T09:00:00+03:00");
    assert_eq!(world.refused_without_a_trace(put_off(&contract, "2028-12-20")), Refusal::ContractExpired);
    world.done(ends(&contract, EndedBy::Clock));
    assert_eq!(world.refused_without_a_trace(put_off(&contract, "2028-12-20")), Refusal::ContractExpired);
}

#[test]
fn a_deduction_that_was_announced_is_announced_again_for_its_new_day() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, run_by_wallet(monthly("2026-12-10")));
    assert_eq!(world.ran_when_due(&contract), ("2026-12-07".to_owned(), PlanStep::Announced));
    world.done(put_off(&contract, "2026-12-20"));
    let run = world.standing(&contract).run.expect("it goes on");
    assert_eq!((run.announced, run.due_at), (false, at("2026-12-17T09:00:00+03:00")));
    assert_eq!(world.ran(&contract), PlanStep::Nothing);
    assert_eq!(world.ran_when_due(&contract), ("2026-12-17".to_owned(), PlanStep::Announced));
    let on = day("2026-12-20");
    assert!(matches!(&world.told()[..], [(_, UserNews::ChargeComing { on: told, .. })] if *told == on));
    let (today, step) = world.ran_when_due(&contract);
    assert!(today == "2026-12-20" && matches!(step, PlanStep::Paid(_)), "{today} {step:?}");
    assert_eq!(world.next_day(&contract), ("2027-01-20".to_owned(), 2));
}

#[test]
fn nobody_is_charged_on_the_day_to_which_it_was_moved_without_being_told_the_day_before() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, run_by_wallet(monthly("2026-12-05")));
    world.now = at("2026-12-06T08:00:00+03:00");
    world.done(put_off(&contract, "2026-12-06"));
    assert_eq!(world.ran(&contract), PlanStep::Announced);
    assert_eq!(world.next_day(&contract), ("2026-12-07".to_owned(), 1));
    let (today, step) = world.ran_when_due(&contract);
    assert!(today == "2026-12-07" && matches!(step, PlanStep::Paid(_)), "{today} {step:?}");
    assert_eq!(world.next_day(&contract).0, "2027-01-06", "the sixth is its day");
}

#[test]
fn tries_that_failed_are_forgotten() {
    let mut world = World::alipay();
    let contract = world.subscribed(crate::support::NOOR, run_by_wallet(monthly("2026-12-05")));
    world.ran_when_due(&contract);
    assert_eq!(world.ran_when_due(&contract).1, PlanStep::Failed(FailReason::Balance));
    assert_eq!(world.next_day(&contract), ("2026-12-06".to_owned(), 1));
    assert_eq!(world.refused_without_a_trace(put_off(&contract, "2026-12-06")), Refusal::Plan(PlanRefusal::NotLater));
    world.done(put_off(&contract, "2026-12-15"));
    let run = world.standing(&contract).run.expect("it goes on");
    assert_eq!((run.failed, run.announced, run.planned), (0, false, day("2026-12-15")));
}
