//! A merchant prepares a contract: an offer that users may sign (spec/qicard.md 5.1).

use crate::support::{RIVAL, SHOP, World, at, client, iqd, prepare, terms};
use mithaq_domain::{AgreementPay, Command, Done, Refusal, Row, Status, Terms};
use mithaq_types::{AuthId, ClientId, MerchantId, Money};

#[test]
fn an_offer_belongs_to_the_client_that_prepared_it_and_lives_for_thirty_days() {
    let mut world = World::sandbox();
    let auth_id = AuthId::new("A1");
    let Done::Offered(offer) = world.done(prepare(&auth_id, terms())) else { panic!("an offer") };
    assert_eq!((&offer.client_id, &offer.merchant_id), (&ClientId::new(SHOP), &MerchantId::new(SHOP)));
    assert_eq!((offer.created_at, offer.expires_at), (world.now, at("2026-12-31T09:00:00+03:00")));
    assert_eq!(world.rows.offer(&auth_id), Some(&*offer));
}

#[test]
fn an_amount_that_is_not_stated_is_not_zero() {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    assert_eq!(world.rows.offer(&offer).expect("stored").terms.agreed_amount, None);
    let nothing = Terms { agreed_amount: Some(iqd(0)), ..terms() };
    assert_eq!(world.refused(prepare(&AuthId::new("A1"), nothing)), Refusal::AmountImpossible);
    let less = Terms { agreed_amount: Some(Money::new(-1, iqd(0).currency)), ..terms() };
    assert_eq!(world.refused(prepare(&AuthId::new("A1"), less)), Refusal::AmountImpossible);
}

#[test]
fn an_offer_is_never_overwritten() {
    let mut world = World::sandbox();
    let auth_id = world.offer(terms());
    let other = Terms { description: "Something else".to_owned(), ..terms() };
    assert_eq!(world.refused(prepare(&auth_id, other)), Refusal::Exists);
}

#[test]
fn an_unknown_client_prepares_nothing() {
    let mut world = World::empty();
    assert_eq!(world.refused(prepare(&AuthId::new("A1"), terms())), Refusal::ClientUnknown);
}

#[test]
fn a_client_without_an_agreement_for_agreement_payment_prepares_nothing() {
    let mut world = World::sandbox();
    let mut refusal_of = |status, agreement_pay| {
        world.done(Command::SetClient { client_id: ClientId::new(SHOP), status, agreement_pay });
        world.refused(prepare(&AuthId::new("A1"), terms()))
    };
    assert_eq!(refusal_of(Status::Active, AgreementPay::NotAgreed), Refusal::AgreementPayNotAgreed);
    assert_eq!(refusal_of(Status::Active, AgreementPay::Suspended), Refusal::AgreementPaySuspended);
    assert_eq!(refusal_of(Status::Suspended, AgreementPay::Allowed), Refusal::ClientSuspended);
}

#[test]
fn a_suspended_merchant_prepares_nothing() {
    let mut world = World::sandbox();
    let mut merchant = world.rows.merchant(&MerchantId::new(SHOP)).expect("known").clone();
    merchant.status = Status::Suspended;
    world.put(Row::Merchant(merchant));
    assert_eq!(world.refused(prepare(&AuthId::new("A1"), terms())), Refusal::ClientSuspended);
    // Its client is active all the same; another merchant is not touched.
    assert_eq!(client(SHOP).status, Status::Active);
    let rival = Command::Prepare {
        client_id: ClientId::new(RIVAL),
        reference_client_id: None,
        terms: Box::new(terms()),
        auth_id: AuthId::new("A1"),
    };
    world.done(rival);
}
