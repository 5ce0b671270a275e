//! A refresh token becomes a new pair, once; the old access token works on until the new one is first
//! used, at the latest for a day (spec/openapi.md 3.2, 5.3).

use crate::support::{RIVAL, SARA, SHOP, World, at, cancel, exchange, fresh, grant, iqd, refresh};
use mithaq_domain::{
    AgreementPay, Command, ContractStatus, FailReason, PaymentOutcome, RefreshTokens, Refusal, Scope, Status,
};
use mithaq_types::{ClientId, TokenId};

#[test]
fn a_refresh_gives_a_new_pair_of_the_same_contract() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    world.wait("P1Y");
    world.done(refresh("T1", "T2"));
    let (old, new) = (world.token("T1"), world.token("T2"));
    assert_eq!(
        (new.contract_id.as_ref(), &new.scopes, &new.customer_id),
        (Some(&contract), &old.scopes, &old.customer_id)
    );
    assert_eq!(new.refresh_expires_at, at("2037-11-30T09:00:00+03:00"));
    let standing = world.standing(&contract);
    assert_eq!((standing.token_id, standing.expires_at), (Some(TokenId::new("T2")), new.refresh_expires_at));
    assert_eq!(standing.status, ContractStatus::Active);
}

#[test]
fn the_old_access_token_works_until_the_new_one_is_first_used() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    assert_eq!(world.charge("T1", iqd(1)).outcome, PaymentOutcome::Success);
    assert_eq!(world.charge("T2", iqd(1)).outcome, PaymentOutcome::Success);
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
}

#[test]
fn the_old_access_token_works_for_a_day_at_most() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    world.now = at("2026-12-02T08:59:59+03:00");
    assert_eq!(world.charge("T1", iqd(1)).outcome, PaymentOutcome::Success);
    world.now = at("2026-12-02T09:00:00+03:00");
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
}

#[test]
fn a_repeat_within_sixty_seconds_gets_a_fresh_pair_and_the_unused_one_dies() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    world.wait("PT60S");
    world.done(refresh("T1", "T3"));
    assert_eq!(world.charge_fails("T2", iqd(1)), FailReason::TokenDead);
    assert_eq!(world.charge("T3", iqd(1)).outcome, PaymentOutcome::Success);
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
}

#[test]
fn a_repeat_does_not_lengthen_the_life_of_the_old_access_token() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    world.wait("PT60S");
    world.done(refresh("T1", "T3"));
    assert_eq!(world.token("T1").access_expires_at, at("2026-12-02T09:00:00+03:00"));
}

#[test]
fn a_repeat_after_the_minute_is_refused_and_hurts_nobody() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    world.wait("PT61S");
    assert_eq!(world.refused(refresh("T1", "T3")), Refusal::RefreshUsed);
    assert_eq!(world.charge("T2", iqd(1)).outcome, PaymentOutcome::Success);
}

#[test]
fn a_repeat_is_refused_once_either_new_token_was_used() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    world.charge("T2", iqd(1));
    assert_eq!(world.refused(refresh("T1", "T3")), Refusal::RefreshUsed);
    world.done(refresh("T2", "T4"));
    world.done(refresh("T4", "T5"));
    assert_eq!(world.refused(refresh("T2", "T6")), Refusal::RefreshUsed);
}

#[test]
fn refreshing_a_pair_kills_the_one_it_replaced_though_its_access_token_was_never_used() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    world.done(refresh("T2", "T3"));
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
    assert_eq!(world.charge("T2", iqd(1)).outcome, PaymentOutcome::Success, "T3 was not used yet");
}

#[test]
fn a_refresh_token_lives_as_long_as_the_access_token_it_came_with() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.now = at("2036-11-30T09:00:00+03:00");
    assert_eq!(world.refused(refresh("T1", "T2")), Refusal::RefreshExpired);
    world.now = at("2036-11-30T08:59:59+03:00");
    world.done(refresh("T1", "T2"));
}

#[test]
fn a_refresh_token_is_unknown_to_other_clients_and_unknown_once_cancelled() {
    let mut world = World::sandbox();
    world.done(grant(SARA, &["auth_base"], "C1"));
    world.done(exchange("C1", "T1"));
    let stolen = RefreshTokens { client_id: ClientId::new(RIVAL), ..refresh("T1", "T2") };
    assert_eq!(world.refused(stolen), Refusal::RefreshUnknown);
    assert_eq!(world.refused(refresh("no such pair", "T2")), Refusal::RefreshUnknown);
    world.done(cancel("T1"));
    assert_eq!(world.refused(refresh("T1", "T2")), Refusal::RefreshUnknown);
}

#[test]
fn tokens_of_a_contract_that_is_over_cannot_be_refreshed() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    world.done(Command::EndContract { contract_id, by: mithaq_domain::EndedBy::Operator });
    assert_eq!(world.refused(refresh("T1", "T2")), Refusal::RefreshUnknown);
}

#[test]
fn tokens_of_a_contract_are_not_refreshed_while_the_clients_agreement_is_suspended() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let set = |status, agreement_pay| Command::SetClient { client_id: ClientId::new(SHOP), status, agreement_pay };
    world.done(set(Status::Active, AgreementPay::Suspended));
    assert_eq!(world.refused(refresh("T1", "T2")), Refusal::AgreementPaySuspended);
    world.done(set(Status::Suspended, AgreementPay::Allowed));
    assert_eq!(world.refused(refresh("T1", "T2")), Refusal::ClientSuspended);
    world.done(set(Status::Active, AgreementPay::Allowed));
    world.done(refresh("T1", "T2"));
}

#[test]
fn reading_with_the_new_token_is_a_first_use_too() {
    let mut world = World::sandbox();
    world.done(grant(SARA, &["auth_base"], "C1"));
    world.done(exchange("C1", "T1"));
    world.done(refresh("T1", "T2"));
    world.done(use_token("T2"));
    assert_eq!(world.token("T2").first_used_at, Some(world.now));
    assert_eq!(world.token("T1").revoked_at, Some(world.now));
    assert_eq!(world.refused(use_token("T1")), Refusal::TokenDead);
    let first = world.now;
    world.wait("PT1H");
    world.done(use_token("T2"));
    assert_eq!(world.token("T2").first_used_at, Some(first), "only the first use is noted");
}

#[test]
fn a_token_that_is_over_is_not_used() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    assert_eq!(world.refused(use_token("no such pair")), Refusal::TokenUnknown);
    world.done(Command::EndContract { contract_id, by: mithaq_domain::EndedBy::Operator });
    assert_eq!(world.refused(use_token("T1")), Refusal::TokenDead);
    assert!(world.token("T1").allows(Scope::AGREEMENT_PAY));
}

fn use_token(tokens: &str) -> Command {
    Command::UseToken { access: fresh(tokens).access }
}

#[test]
fn the_minute_is_counted_from_the_first_refresh_not_from_the_last_repeat() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    world.wait("PT40S");
    world.done(refresh("T1", "T3"));
    world.wait("PT40S");
    assert_eq!(world.refused(refresh("T1", "T4")), Refusal::RefreshUsed);
}

#[test]
fn a_charge_with_a_dead_new_pair_does_not_kill_the_old_one() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    world.done(refresh("T1", "T3"));
    assert_eq!(world.charge_fails("T2", iqd(1)), FailReason::TokenDead);
    assert_eq!(world.token("T2").first_used_at, None);
    assert_eq!(world.charge("T1", iqd(1)).outcome, PaymentOutcome::Success);
}
