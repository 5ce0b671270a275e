//! A merchant cancels a token; the contract behind it ends (spec/openapi.md 3.3).

use crate::support::{RIVAL, SARA, World, cancel, exchange, fresh, grant, iqd, refresh};
use mithaq_domain::{Cancelled, Command, ContractStatus, Done, EndReason, FailReason, PaymentOutcome, Refusal};
use mithaq_types::ClientId;

#[test]
fn cancelling_ends_the_contract_and_both_tokens() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    let done = world.done(cancel("T1"));
    assert_eq!(done, Done::Cancelled(Cancelled { contract_id: Some(contract_id.clone()) }));
    assert_eq!(world.status(&contract_id), ContractStatus::Ended { reason: EndReason::Merchant, at: world.now });
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
    assert_eq!(world.refused(refresh("T1", "T2")), Refusal::RefreshUnknown);
}

#[test]
fn cancelling_again_succeeds_and_changes_nothing() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let first = world.done(cancel("T1"));
    world.wait("P1D");
    assert_eq!(world.done(cancel("T1")), first);
    assert!(world.changes.is_empty());
}

#[test]
fn an_expired_token_can_be_cancelled() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    world.wait("P11Y");
    world.done(cancel("T1"));
    assert!(matches!(world.status(&contract_id), ContractStatus::Ended { reason: EndReason::Merchant, .. }));
}

#[test]
fn a_contract_that_the_user_has_ended_keeps_that_reason() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    world.done(Command::EndContract { contract_id: contract_id.clone(), by: mithaq_domain::EndedBy::Operator });
    world.done(cancel("T1"));
    assert!(matches!(world.status(&contract_id), ContractStatus::Ended { reason: EndReason::Wallet, .. }));
}

#[test]
fn another_clients_token_is_unknown() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let by_rival = Command::CancelToken { client_id: ClientId::new(RIVAL), access: fresh("T1").access };
    assert_eq!(world.refused(by_rival), Refusal::TokenUnknown);
    assert_eq!(world.refused(cancel("no such pair")), Refusal::TokenUnknown);
    assert_eq!(world.charge("T1", iqd(1)).outcome, PaymentOutcome::Success);
}

#[test]
fn what_the_token_was_refreshed_to_dies_with_it() {
    let mut world = World::sandbox();
    world.done(grant(SARA, &["auth_base"], "C1"));
    world.done(exchange("C1", "T1"));
    world.done(refresh("T1", "T2"));
    assert_eq!(world.done(cancel("T1")), Done::Cancelled(Cancelled { contract_id: None }));
    assert_eq!(["T1", "T2"].map(|tokens| world.token(tokens).revoked_at), [Some(world.now); 2]);
}

#[test]
fn another_contract_of_the_same_user_lives_on() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let other = world.agreed_simply(SARA, "T2");
    world.done(cancel("T1"));
    assert_eq!(world.status(&other), ContractStatus::Active);
    assert_eq!(world.charge("T2", iqd(1)).outcome, PaymentOutcome::Success);
}
