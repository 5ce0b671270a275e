//! Limits by the calendar of Asia/Baghdad: the user's month, the day, the first day of charging.

use crate::support::{OMAR, SARA, World, at, exchange, iqd, sign, terms};
use mithaq_domain::{FailReason, PaymentOutcome, Sign, Terms, UserNews};
use mithaq_types::{ContractId, Currency, Money};

/// Sara has signed with a ceiling of 10,000 IQD a month; the shop holds `T1`.
fn with_monthly_ceiling() -> (World, ContractId) {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    world.done(Sign { monthly_ceiling: Some(iqd(10_000)), ..sign(SARA, &offer, "C1") });
    world.done(exchange("C1", "T1"));
    let contract_id = world.token("T1").contract_id.expect("signed");
    (world, contract_id)
}

#[track_caller]
fn is_paid(world: &mut World, tokens: &str, dinars: i64) {
    assert_eq!(world.charge(tokens, iqd(dinars)).outcome, PaymentOutcome::Success);
}

#[track_caller]
fn is_over_user_limit(world: &mut World, tokens: &str, amount: Money) {
    assert_eq!(world.charge_fails(tokens, amount), FailReason::OverUserLimit);
}

const FILS: Money = Money::new(1, Currency::IQD);

#[test]
fn the_users_ceiling_holds_for_all_charges_of_a_calendar_month_together() {
    let (mut world, contract) = with_monthly_ceiling();
    is_paid(&mut world, "T1", 6_000);
    world.now = at("2026-12-20T09:00:00+03:00");
    is_over_user_limit(&mut world, "T1", Money::new(iqd(4_000).minor + 1, Currency::IQD));
    is_paid(&mut world, "T1", 4_000);
    is_over_user_limit(&mut world, "T1", FILS);
    assert_eq!(world.standing(&contract).month_minor, iqd(10_000).minor);
}

#[test]
fn the_month_begins_at_midnight_in_baghdad() {
    let (mut world, contract) = with_monthly_ceiling();
    is_paid(&mut world, "T1", 10_000);
    world.now = at("2026-12-31T20:59:59.999Z");
    is_over_user_limit(&mut world, "T1", FILS);
    world.now = at("2026-12-31T21:00:00Z");
    is_paid(&mut world, "T1", 10_000);
    assert_eq!(world.standing(&contract).month, Some(jiff::civil::date(2027, 1, 1)));
    assert_eq!(world.standing(&contract).charged_minor, iqd(20_000).minor, "the whole is counted on");
}

#[test]
fn a_month_without_charges_saves_nothing_for_the_next() {
    let (mut world, _) = with_monthly_ceiling();
    world.wait("P3M");
    is_paid(&mut world, "T1", 10_000);
    is_over_user_limit(&mut world, "T1", FILS);
}

#[test]
fn december_of_another_year_is_another_month() {
    let (mut world, _) = with_monthly_ceiling();
    is_paid(&mut world, "T1", 10_000);
    world.wait("P1Y");
    is_paid(&mut world, "T1", 10_000);
}

#[test]
fn failed_charges_do_not_count_against_the_month() {
    let (mut world, _) = with_monthly_ceiling();
    is_over_user_limit(&mut world, "T1", iqd(10_001));
    is_paid(&mut world, "T1", 10_000);
}

#[test]
fn each_contract_has_its_own_ceiling() {
    let (mut world, _) = with_monthly_ceiling();
    world.agreed_simply(SARA, "T2");
    is_paid(&mut world, "T1", 10_000);
    is_paid(&mut world, "T2", 20_000);
    is_over_user_limit(&mut world, "T1", FILS);
}

#[test]
fn the_day_ceiling_holds_for_all_contracts_of_a_user_together_and_for_nobody_else() {
    let mut world = World::sandbox();
    world.policy.day_ceiling_whole = 10_000;
    for (user, tokens) in [(SARA, "T1"), (SARA, "T2"), (OMAR, "T3")] {
        world.agreed_simply(user, tokens);
    }
    is_paid(&mut world, "T1", 6_000);
    is_over_user_limit(&mut world, "T2", Money::new(iqd(4_000).minor + 1, Currency::IQD));
    is_paid(&mut world, "T2", 4_000);
    is_over_user_limit(&mut world, "T1", FILS);
    is_paid(&mut world, "T3", 10_000);
}

#[test]
fn the_day_begins_at_midnight_in_baghdad() {
    let mut world = World::sandbox();
    world.policy.day_ceiling_whole = 10_000;
    world.agreed_simply(SARA, "T1");
    is_paid(&mut world, "T1", 10_000);
    world.now = at("2026-12-01T20:59:59.999Z");
    is_over_user_limit(&mut world, "T1", FILS);
    world.now = at("2026-12-01T21:00:00Z");
    is_paid(&mut world, "T1", 10_000);
}

#[test]
fn money_that_comes_in_does_not_reset_the_day() {
    let mut world = World::sandbox();
    world.policy.day_ceiling_whole = 10_000;
    world.agreed_simply(SARA, "T1");
    is_paid(&mut world, "T1", 10_000);
    world.top_up(SARA, iqd(100_000));
    is_over_user_limit(&mut world, "T1", FILS);
}

#[test]
fn charging_begins_on_the_day_that_was_agreed_at_midnight_in_baghdad() {
    let mut world = World::sandbox();
    world.agreed(SARA, Terms { start_date: Some(jiff::civil::date(2027, 1, 1)), ..terms() }, "T1");
    world.now = at("2026-12-31T20:59:59.999Z");
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::NotStarted);
    world.now = at("2026-12-31T21:00:00Z");
    is_paid(&mut world, "T1", 1);
}

#[test]
fn a_charge_on_the_thirty_first_and_the_next_on_the_first_are_in_two_months() {
    let (mut world, _) = with_monthly_ceiling();
    world.now = at("2027-01-31T12:00:00+03:00");
    is_paid(&mut world, "T1", 10_000);
    world.wait("P1D");
    is_paid(&mut world, "T1", 10_000);
    world.wait("P27D");
    is_over_user_limit(&mut world, "T1", FILS);
}

#[test]
fn the_user_hears_that_a_limit_was_in_the_way() {
    let (mut world, _) = with_monthly_ceiling();
    is_over_user_limit(&mut world, "T1", iqd(10_001));
    assert!(matches!(world.news(SARA).last(), Some(UserNews::ChargeRefused { balance_short: false, .. })));
}
