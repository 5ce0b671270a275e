//! Contracts end by the user, the operator, or time; for good, and with what they gave (spec/openapi.md 5.1).

use crate::support::{OMAR, SARA, World, at, exchange, iqd, refresh, terms};
use mithaq_domain::{
    Command, ContractState, ContractStatus, Done, EndReason, EndedBy, FailReason, PinCheck, Refusal, Row, UserStatus,
};
use mithaq_types::{ContractId, UserId};

fn end(contract_id: &ContractId, by: EndedBy) -> Command {
    Command::EndContract { contract_id: contract_id.clone(), by }
}

fn by_user(user: &str) -> EndedBy {
    EndedBy::User(UserId::new(user), PinCheck::Right)
}

#[test]
fn a_user_ends_a_contract_at_once_and_for_good() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    assert_eq!(world.done(end(&contract, by_user(SARA))), Done::Ended(EndReason::User, world.now));
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
    assert_eq!(world.refused(end(&contract, by_user(SARA))), Refusal::ContractOver);
    assert_eq!(world.refused(end(&contract, EndedBy::Operator)), Refusal::ContractOver);
}

#[test]
fn a_contract_that_was_not_exchanged_yet_can_be_ended_too() {
    let mut world = World::sandbox();
    let contract = world.signed(SARA, terms(), "C1").contract_id;
    world.done(end(&contract, by_user(SARA)));
    assert!(world.standing(&contract).has_ended());
}

#[test]
fn nobody_elses_contract_can_be_ended_or_even_seen() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    assert_eq!(world.refused(end(&contract, by_user(OMAR))), Refusal::ContractUnknown);
    assert_eq!(world.refused(end(&ContractId::new("none"), by_user(SARA))), Refusal::ContractUnknown);
    assert_eq!(world.status(&contract), ContractStatus::Active);
}

#[test]
fn a_wrong_pin_ends_nothing() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    let by = EndedBy::User(UserId::new(SARA), PinCheck::Wrong);
    assert_eq!(world.refused(end(&contract, by)), Refusal::PinWrong { tries_left: 4 });
    assert_eq!(world.status(&contract), ContractStatus::Active);
}

#[test]
fn a_frozen_user_can_still_end_contracts() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    world.done(Command::SetUser { user_id: UserId::new(SARA), status: UserStatus::Frozen });
    world.done(end(&contract, by_user(SARA)));
}

#[test]
fn the_operator_ends_a_contract_in_the_wallets_name() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    assert_eq!(world.done(end(&contract, EndedBy::Operator)), Done::Ended(EndReason::Wallet, world.now));
}

#[test]
fn time_ends_a_signed_contract_when_its_code_expires() {
    let mut world = World::sandbox();
    let contract = world.signed(SARA, terms(), "C1").contract_id;
    world.now = at("2026-12-01T09:09:59+03:00");
    assert_eq!(world.done(end(&contract, EndedBy::Clock)), Done::Nothing);
    world.now = at("2026-12-01T09:10:00+03:00");
    assert_eq!(world.done(end(&contract, EndedBy::Clock)), Done::Ended(EndReason::Expired, world.now));
    assert_eq!(world.refused(exchange("C1", "T1")), Refusal::CodeExpired);
}

#[test]
fn time_ends_an_active_contract_when_its_refresh_token_expires_and_not_a_moment_earlier() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    world.wait("P5Y");
    world.done(refresh("T1", "T2"));
    world.now = at("2036-12-01T09:00:00+03:00");
    assert_eq!(world.done(end(&contract, EndedBy::Clock)), Done::Nothing, "the refresh gave it more time");
    world.now = at("2041-11-30T09:00:00+03:00");
    assert_eq!(world.done(end(&contract, EndedBy::Clock)), Done::Ended(EndReason::Expired, world.now));
}

#[test]
fn a_contract_whose_time_is_up_is_not_charged_even_before_anybody_has_ended_it() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    let ends_now = ContractState { expires_at: world.now, ..world.standing(&contract) };
    world.put(Row::ContractState(ends_now));
    assert_eq!(world.status(&contract), ContractStatus::Active);
    assert!(world.token("T1").access_lives(world.now));
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
}

#[test]
fn ending_a_contract_does_not_touch_what_was_paid() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    let payment = world.charge("T1", iqd(5_000));
    world.done(end(&contract, by_user(SARA)));
    assert_eq!(world.rows.payment(&payment.payment_id), Some(&payment));
    assert_eq!(world.balance(SARA), iqd(245_000).minor);
    assert_eq!(world.standing(&contract).charges, 1);
}
