//! A code becomes a pair of tokens, once; an answer that got lost can be asked for again for a minute
//! (spec/openapi.md 3.2, 5.2).

use crate::support::{OMAR, RIVAL, SARA, SHOP, World, at, cancel, exchange, fresh, grant, iqd, refresh, terms};
use mithaq_domain::{
    AgreementPay, Command, ContractStatus, Done, EndReason, EndedBy, ExchangeCode, FailReason, PaymentOutcome,
    PinCheck, Refusal, Status,
};
use mithaq_types::{ClientId, TokenId, UserId};

#[test]
fn the_first_exchange_gives_a_pair_for_ten_years_and_activates_the_contract() {
    let mut world = World::sandbox();
    let contract = world.signed(SARA, terms(), "C1");
    let Done::Tokens(given) = world.done(exchange("C1", "T1")) else { panic!("tokens") };
    assert_eq!(given.token, world.token("T1"));
    assert_eq!(given.token.customer_id, contract.customer_id);
    let in_ten_years = at("2036-11-30T09:00:00+03:00");
    assert_eq!((given.token.access_expires_at, given.token.refresh_expires_at), (in_ten_years, in_ten_years));
    let standing = world.standing(&contract.contract_id);
    assert_eq!((standing.status, standing.expires_at), (ContractStatus::Active, in_ten_years));
}

#[test]
fn a_repeat_within_sixty_seconds_gets_a_fresh_pair_and_the_unused_first_one_dies() {
    let mut world = World::sandbox();
    let contract = world.signed(SARA, terms(), "C1").contract_id;
    world.done(exchange("C1", "T1"));
    world.wait("PT60S");
    world.done(exchange("C1", "T2"));
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
    assert_eq!(world.charge("T2", iqd(1)).outcome, PaymentOutcome::Success);
    assert_eq!(world.standing(&contract).token_id, Some(TokenId::new("T2")));
}

#[test]
fn the_minute_is_counted_from_the_first_exchange_not_from_the_last_repeat() {
    let mut world = World::sandbox();
    world.signed(SARA, terms(), "C1");
    world.done(exchange("C1", "T1"));
    world.wait("PT40S");
    world.done(exchange("C1", "T2"));
    world.wait("PT40S");
    assert_eq!(world.refused(exchange("C1", "T3")), Refusal::CodeUsed);
}

#[test]
fn a_repeat_is_refused_once_the_access_token_was_used_and_hurts_nobody() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    world.charge("T1", iqd(1));
    assert_eq!(world.refused(exchange("code of T1", "T2")), Refusal::CodeUsed);
    assert_eq!(world.status(&contract), ContractStatus::Active);
    assert_eq!(world.charge("T1", iqd(1)).outcome, PaymentOutcome::Success);
}

#[test]
fn a_deduction_that_fails_is_a_use_of_the_token_too() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    assert_eq!(world.charge_fails("T1", iqd(1_000_000)), FailReason::Balance);
    assert_eq!(world.refused(exchange("code of T1", "T2")), Refusal::CodeUsed);
}

#[test]
fn a_repeat_is_refused_once_the_refresh_token_was_used() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(refresh("T1", "T2"));
    assert_eq!(world.refused(exchange("code of T1", "T3")), Refusal::CodeUsed);
    assert_eq!(world.charge("T2", iqd(1)).outcome, PaymentOutcome::Success);
}

#[test]
fn a_repeat_after_the_minute_is_taken_for_theft_and_ends_the_contract() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    world.charge("T1", iqd(1));
    world.wait("PT61S");
    assert_eq!(world.refused(exchange("code of T1", "T2")), Refusal::CodeUsed);
    assert_eq!(world.status(&contract), ContractStatus::Ended { reason: EndReason::Wallet, at: world.now });
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
    assert!(world.rows.token(&TokenId::new("T2")).is_none());
    let line = world.audit.iter().find(|line| line.action == "code.reused").expect("it is on the record");
    assert_eq!((line.actor.as_str(), line.subject.as_str()), ("client:zaytoun", "token:T1"));
}

#[test]
fn theft_of_a_code_without_a_contract_revokes_what_it_gave_and_what_that_was_refreshed_to() {
    let mut world = World::sandbox();
    world.done(grant(SARA, &["auth_base"], "C1"));
    world.done(exchange("C1", "T1"));
    world.done(refresh("T1", "T2"));
    world.wait("PT61S");
    assert_eq!(world.refused(exchange("C1", "T3")), Refusal::CodeUsed);
    assert_eq!(["T1", "T2"].map(|tokens| world.token(tokens).revoked_at), [Some(world.now); 2]);
}

#[test]
fn another_client_cannot_use_a_code_nor_burn_it() {
    let mut world = World::sandbox();
    world.signed(SARA, terms(), "C1");
    let stolen = ExchangeCode { client_id: ClientId::new(RIVAL), ..exchange("C1", "T1") };
    assert_eq!(world.refused(stolen.clone()), Refusal::CodeUnknown);
    world.done(exchange("C1", "T1"));
    world.wait("PT2M");
    assert_eq!(world.refused(ExchangeCode { fresh: fresh("T2"), ..stolen }), Refusal::CodeUnknown);
    assert_eq!(world.charge("T1", iqd(1)).outcome, PaymentOutcome::Success);
    assert_eq!(world.refused(exchange("no such code", "T3")), Refusal::CodeUnknown);
}

#[test]
fn a_code_lives_for_ten_minutes() {
    let mut world = World::sandbox();
    world.signed(SARA, terms(), "C1");
    world.signed(OMAR, terms(), "C2");
    world.now = at("2026-12-01T09:09:59.999+03:00");
    world.done(exchange("C1", "T1"));
    world.now = at("2026-12-01T09:10:00+03:00");
    assert_eq!(world.refused(exchange("C2", "T2")), Refusal::CodeExpired);
    // The lost answer of an exchange in the last moment can still be asked for.
    world.done(exchange("C1", "T3"));
}

#[test]
fn a_code_of_a_contract_that_is_over_is_worthless() {
    let mut world = World::sandbox();
    let contract_id = world.signed(SARA, terms(), "C1").contract_id;
    let by = EndedBy::User(UserId::new(SARA), PinCheck::Right);
    world.done(Command::EndContract { contract_id: contract_id.clone(), by });
    assert_eq!(world.refused(exchange("C1", "T1")), Refusal::CodeExpired);
    assert!(matches!(world.status(&contract_id), ContractStatus::Ended { reason: EndReason::User, .. }));
}

#[test]
fn a_lost_answer_cannot_be_asked_for_once_the_contract_is_over() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(cancel("T1"));
    assert_eq!(world.refused(exchange("code of T1", "T2")), Refusal::CodeUsed);
}

#[test]
fn a_business_line_that_is_named_must_be_the_codes_and_a_wrong_one_burns_nothing() {
    let mut world = World::sandbox();
    world.signed(SARA, terms(), "C1");
    let named = ExchangeCode { reference_client_id: Some("food".to_owned()), ..exchange("C1", "T1") };
    assert_eq!(world.refused(named), Refusal::ReferenceClientMismatch);
    world.done(exchange("C1", "T1"));
}

#[test]
fn a_client_without_a_live_agreement_gets_no_tokens_for_a_contract() {
    let mut world = World::sandbox();
    world.signed(SARA, terms(), "C1");
    world.done(grant(SARA, &["auth_base"], "C2"));
    let set = |status, agreement_pay| Command::SetClient { client_id: ClientId::new(SHOP), status, agreement_pay };
    world.done(set(Status::Suspended, AgreementPay::Allowed));
    assert_eq!(world.refused(exchange("C1", "T1")), Refusal::ClientSuspended);
    world.done(set(Status::Active, AgreementPay::Suspended));
    assert_eq!(world.refused(exchange("C1", "T1")), Refusal::AgreementPaySuspended);
    world.done(exchange("C2", "T2"));
}

#[test]
fn a_pair_is_never_given_twice() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.signed(OMAR, terms(), "C2");
    assert_eq!(world.refused(exchange("C2", "T1")), Refusal::Exists);
}
