//! A user grants scopes other than charging; asked once, remembered (spec/qicard.md 9).

use crate::support::{OMAR, SARA, SHOP, World, at, exchange, grant, iqd};
use mithaq_domain::{Command, Done, FailReason, Grant, Refusal, Scope, UserStatus};
use mithaq_types::{ClientId, UserId};

fn scopes(names: &[&str]) -> Vec<Scope> {
    names.iter().map(|name| Scope((*name).to_owned())).collect()
}

fn consented(world: &World) -> Vec<Scope> {
    world.rows.consent(&UserId::new(SARA), &ClientId::new(SHOP)).expect("a consent").scopes.clone()
}

#[test]
fn a_grant_gives_a_code_for_exactly_the_scopes_that_were_asked() {
    let mut world = World::sandbox();
    let Done::Granted(customer) = world.done(grant(SARA, &["USER_NAME", "auth_base"], "C1")) else { panic!("granted") };
    world.done(exchange("C1", "T1"));
    let token = world.token("T1");
    assert_eq!((token.scopes, token.customer_id), (scopes(&["USER_NAME", "auth_base"]), customer));
    assert_eq!(token.contract_id, None);
}

#[test]
fn what_was_granted_is_remembered_and_only_grows() {
    let mut world = World::sandbox();
    world.done(grant(SARA, &["USER_NAME"], "C1"));
    world.done(grant(SARA, &["CARD_LIST", "USER_NAME"], "C2"));
    world.done(grant(SARA, &["CARD_LIST"], "C3"));
    assert_eq!(consented(&world), scopes(&["CARD_LIST", "USER_NAME"]));
}

#[test]
fn a_grant_of_what_was_granted_before_leaves_the_consent_as_it_is() {
    let mut world = World::sandbox();
    world.done(grant(SARA, &["USER_NAME"], "C1"));
    world.wait("P1D");
    world.done(grant(SARA, &["USER_NAME"], "C2"));
    let consent = world.rows.consent(&UserId::new(SARA), &ClientId::new(SHOP)).expect("a consent");
    assert_eq!(consent.at, at("2026-12-01T09:00:00+03:00"));
}

#[test]
fn nobody_can_grant_the_right_to_charge_without_signing() {
    let mut world = World::sandbox();
    world.done(grant(SARA, &["auth_base", Scope::AGREEMENT_PAY], "C1"));
    world.done(exchange("C1", "T1"));
    assert!(!world.token("T1").allows(Scope::AGREEMENT_PAY));
    assert_eq!(consented(&world), scopes(&["auth_base"]));
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenForeign);
}

#[test]
fn a_frozen_user_grants_nothing_and_a_suspended_client_is_granted_nothing() {
    let mut world = World::sandbox();
    let unknown = Grant { client_id: ClientId::new("nobody"), ..grant(SARA, &["auth_base"], "C1") };
    assert_eq!(world.refused(unknown), Refusal::ClientUnknown);
    world.done(Command::SetUser { user_id: UserId::new(SARA), status: UserStatus::Frozen });
    assert_eq!(world.refused(grant(SARA, &["auth_base"], "C1")), Refusal::UserFrozen);
    assert_eq!(world.refused(grant("nobody", &["auth_base"], "C1")), Refusal::UserUnknown);
    world.done(Command::SetClient {
        client_id: ClientId::new(SHOP),
        status: mithaq_domain::Status::Suspended,
        agreement_pay: mithaq_domain::AgreementPay::Allowed,
    });
    assert_eq!(world.refused(grant(OMAR, &["auth_base"], "C1")), Refusal::ClientSuspended);
}

#[test]
fn a_client_needs_no_agreement_for_agreement_payment_to_be_granted_scopes() {
    let mut world = World::sandbox();
    world.done(Command::SetClient {
        client_id: ClientId::new(SHOP),
        status: mithaq_domain::Status::Active,
        agreement_pay: mithaq_domain::AgreementPay::NotAgreed,
    });
    world.done(grant(SARA, &["auth_base"], "C1"));
}

#[test]
fn a_code_is_never_given_twice() {
    let mut world = World::sandbox();
    world.done(grant(SARA, &["auth_base"], "C1"));
    assert_eq!(world.refused(grant(OMAR, &["auth_base"], "C1")), Refusal::Exists);
}
