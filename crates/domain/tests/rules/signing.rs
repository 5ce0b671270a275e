//! A user signs an offer: each signing is a contract of its own, and the row is the evidence.

use crate::support::{NOOR, OMAR, RIVAL, SARA, SEEN, SHOP, World, at, fresh, hash, iqd, prepare, sign, terms, usd};
use mithaq_domain::{
    AgreementPay, Command, ContractStatus, Done, Refusal, Scope, Sign, Signed, Status, Terms, UserStatus,
};
use mithaq_types::{AuthId, ClientId, CustomerId, Money, UserId};

fn signed(world: &mut World, request: Sign) -> Signed {
    match world.done(request) {
        Done::Signed(signed) => *signed,
        other => panic!("{other:?}"),
    }
}

fn customer_of(world: &World, user: &str, merchant: &str) -> CustomerId {
    let customer = world.rows.customer(&UserId::new(user), &mithaq_types::MerchantId::new(merchant));
    customer.expect("they have met").customer_id.clone()
}

#[test]
fn a_contract_holds_what_was_accepted_by_whom_when_and_what_they_saw() {
    let mut world = World::sandbox();
    let terms = Terms { agreed_amount: Some(iqd(5_000)), ..terms() };
    let offer = world.offer(terms.clone());
    world.wait("PT1M");
    let contract = signed(&mut world, sign(SARA, &offer, "C1")).contract;
    assert_eq!(contract.terms, terms);
    assert_eq!(contract.user_id, UserId::new(SARA));
    assert_eq!(contract.accepted_at, at("2026-12-01T09:01:00+03:00"));
    assert_eq!((contract.page_text.as_str(), contract.page_hash), (SEEN, hash(SEEN).to_string()));
    assert_eq!(contract.merchant_name, "Zaytoun Market");
}

#[test]
fn a_contract_can_be_charged_only_once_the_code_is_exchanged() {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    let Signed { contract, code } = signed(&mut world, sign(SARA, &offer, "C1"));
    assert_eq!(world.status(&contract.contract_id), ContractStatus::Signed);
    assert_eq!(code.scopes, [Scope(Scope::AGREEMENT_PAY.to_owned())]);
    assert_eq!(code.contract_id, Some(contract.contract_id));
    assert_eq!(code.expires_at, at("2026-12-01T09:10:00+03:00"));
}

#[test]
fn an_offer_may_be_signed_by_several_users_and_again_by_the_same() {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    let contracts = [(SARA, "C1"), (OMAR, "C2"), (SARA, "C3")]
        .map(|(user, code)| signed(&mut world, sign(user, &offer, code)).contract.contract_id);
    assert!(contracts[0] != contracts[1] && contracts[0] != contracts[2]);
}

#[test]
fn an_offer_can_be_signed_until_it_expires_and_not_from_that_moment() {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    world.now = at("2026-12-31T08:59:59.999+03:00");
    world.done(sign(SARA, &offer, "C1"));
    world.now = at("2026-12-31T09:00:00+03:00");
    assert_eq!(world.refused(sign(SARA, &offer, "C2")), Refusal::OfferExpired);
}

#[test]
fn an_offer_is_unknown_to_every_other_client() {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    let by_rival = Sign { client_id: ClientId::new(RIVAL), ..sign(SARA, &offer, "C1") };
    assert_eq!(world.refused(by_rival), Refusal::OfferUnknown);
    assert_eq!(world.refused(sign(SARA, &AuthId::new("none"), "C1")), Refusal::OfferUnknown);
}

#[test]
fn the_business_line_of_the_call_must_be_the_one_that_was_prepared() {
    let mut world = World::sandbox();
    let prepared = |line: Option<&str>, id: &str| Command::Prepare {
        client_id: ClientId::new(SHOP),
        reference_client_id: line.map(str::to_owned),
        terms: Box::new(terms()),
        auth_id: AuthId::new(id),
    };
    world.done(prepared(Some("food"), "A1"));
    world.done(prepared(None, "A2"));
    let mut line_of = |offer: &str, called: Option<&str>, code: &str| {
        let called = called.map(str::to_owned);
        match world.run(Sign { sub_client_id: called, ..sign(SARA, &AuthId::new(offer), code) }) {
            Ok(Done::Signed(signed)) => Ok(signed.contract.reference_client_id),
            Ok(other) => panic!("{other:?}"),
            Err(refusal) => Err(refusal),
        }
    };
    assert_eq!(line_of("A1", Some("books"), "C1"), Err(Refusal::ReferenceClientMismatch));
    assert_eq!(line_of("A1", Some("food"), "C2"), Ok(Some("food".to_owned())));
    assert_eq!(line_of("A1", None, "C3"), Ok(Some("food".to_owned())), "prepare named it already");
    assert_eq!(line_of("A2", Some("books"), "C4"), Ok(Some("books".to_owned())), "the call may name it");
    assert_eq!(line_of("A2", None, "C5"), Ok(None));
}

#[test]
fn a_merchant_knows_a_user_by_one_name_and_no_two_merchants_by_the_same() {
    let mut world = World::sandbox();
    let first = world.signed(SARA, terms(), "C1").customer_id;
    assert_eq!(world.signed(SARA, terms(), "C2").customer_id, first);
    assert_ne!(world.signed(OMAR, terms(), "C3").customer_id, first);
    world.done(mithaq_domain::Command::Prepare {
        client_id: ClientId::new(RIVAL),
        reference_client_id: None,
        terms: Box::new(terms()),
        auth_id: AuthId::new("R1"),
    });
    world.done(Sign { client_id: ClientId::new(RIVAL), ..sign(SARA, &AuthId::new("R1"), "C4") });
    assert_eq!(customer_of(&world, SARA, SHOP), first);
    assert_ne!(customer_of(&world, SARA, RIVAL), first);
}

#[test]
fn a_frozen_user_signs_nothing_and_an_unknown_one_neither() {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    world.done(Command::SetUser { user_id: UserId::new(SARA), status: UserStatus::Frozen });
    assert_eq!(world.refused(sign(SARA, &offer, "C1")), Refusal::UserFrozen);
    assert_eq!(world.refused(sign("nobody", &offer, "C1")), Refusal::UserUnknown);
}

#[test]
fn nothing_is_signed_for_a_client_whose_agreement_is_suspended_meanwhile() {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    let mut refusal_of = |status, agreement_pay| {
        world.done(Command::SetClient { client_id: ClientId::new(SHOP), status, agreement_pay });
        world.refused(sign(SARA, &offer, "C1"))
    };
    assert_eq!(refusal_of(Status::Active, AgreementPay::Suspended), Refusal::AgreementPaySuspended);
    assert_eq!(refusal_of(Status::Suspended, AgreementPay::Allowed), Refusal::ClientSuspended);
}

#[test]
fn a_users_own_ceiling_is_positive_and_in_the_contracts_currency() {
    let mut world = World::sandbox();
    let dinars = world.offer(terms());
    let dollars = world.offer(Terms { agreed_amount: Some(usd(5)), ..terms() });
    let mut with = |offer: &AuthId, ceiling: Money, code: &str| {
        world.run(Sign { monthly_ceiling: Some(ceiling), ..sign(NOOR, offer, code) }).map(|_| ())
    };
    assert_eq!(with(&dinars, iqd(0), "C1"), Err(Refusal::AmountImpossible));
    assert_eq!(with(&dinars, usd(5), "C1"), Err(Refusal::AmountImpossible));
    assert_eq!(with(&dollars, iqd(5), "C1"), Err(Refusal::AmountImpossible));
    assert_eq!(with(&dinars, iqd(5), "C1"), Ok(()));
    assert_eq!(with(&dollars, usd(5), "C2"), Ok(()));
}

#[test]
fn a_code_is_never_given_twice() {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    world.done(sign(SARA, &offer, "C1"));
    assert_eq!(world.refused(sign(OMAR, &offer, "C1")), Refusal::Exists);
}

#[test]
fn an_offer_that_is_prepared_anew_changes_no_signed_contract() {
    let mut world = World::sandbox();
    let contract = world.signed(SARA, terms(), "C1");
    world.done(prepare(&AuthId::new("later"), Terms { agreed_amount: Some(iqd(1)), ..terms() }));
    world.done(crate::support::exchange("C1", "T1"));
    assert_eq!(world.rows.contract(&contract.contract_id), Some(&contract));
    assert_eq!(world.standing(&contract.contract_id).token_id, Some(fresh("T1").token_id));
}
