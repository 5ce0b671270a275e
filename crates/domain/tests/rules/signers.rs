//! Who may sign an agreement of the Alipay surface, until when, and what the page that it is signed on ends with
//! (spec/alipay-agreement.md 2.1).

use crate::support::{
    RIVAL, SARA, SHOP, World, at_will, by_shop, ends, monthly, page, periodic, sign, sign_agreement, terms, terms_of,
    user,
};
use mithaq_domain::{
    AgreementPay, AgreementTerms, Command, Done, Interaction, InteractionOutcome, InteractionState, Operation,
    PersonName, PinCheck, Refusal, Row, SignAgreement, Signer, Status, User, UserStatus,
};
use mithaq_types::{AuthId, ClientId, CustomerId, InteractionId, MerchantId, PaymentId, UserId};

fn december() -> AgreementTerms {
    periodic(monthly("2026-12-05"))
}

#[test]
fn whom_the_merchant_expects_must_sign() {
    let mut world = World::alipay();
    let name = PersonName { full: "Sara Ali Hasan".to_owned(), ..PersonName::default() };
    let born = User { name, birth_date: Some("1994-12-02".to_owned()), ..user("born") };
    world.done(born);
    let expects = |signer: Signer| AgreementTerms { signer: Some(signer), external_no: None, ..december() };
    let named = |name: &str| Signer { name: Some(name.to_owned()), ..Signer::default() };
    let aged = |age_min, age_max| Signer { age_min, age_max, ..Signer::default() };
    // It is the day before the birthday: thirty-one years.
    for signer in [named("Sara Ali"), aged(Some(32), None), aged(None, Some(30)), aged(Some(40), Some(20))] {
        assert_eq!(world.signs("born", expects(signer)), Err(Refusal::OtherSigner));
        assert_eq!(world.changes, []);
    }
    let stranger = Signer { customer_id: Some(CustomerId::new("216610000000000000000009")), ..Signer::default() };
    assert_eq!(world.signs("born", expects(stranger)), Err(Refusal::OtherSigner));
    assert_eq!(
        world.signs(SARA, expects(aged(Some(18), None))),
        Err(Refusal::OtherSigner),
        "an age nobody knows fits none"
    );
    let contract = world.subscribed("born", expects(named("Sara Ali Hasan")));
    world.done(ends(&contract, by_shop(None)));
    let contract = world.subscribed("born", expects(aged(Some(31), Some(31))));
    world.done(ends(&contract, by_shop(None)));
    let known =
        world.rows.customer(&UserId::new("born"), &MerchantId::new(SHOP)).expect("they have met").customer_id.clone();
    world.subscribed("born", expects(Signer { customer_id: Some(known), ..Signer::default() }));
}

#[test]
fn an_offer_can_be_signed_until_its_time_is_up() {
    let mut world = World::alipay();
    let offer = world.offer(terms_of(december()));
    world.now += world.policy.offer_life;
    assert_eq!(world.refused_without_a_trace(sign_agreement(SARA, &offer)), Refusal::OfferExpired);
    let gone = AgreementTerms { ends_at: world.now, ..december() };
    assert_eq!(world.signs(SARA, gone), Err(Refusal::OfferExpired), "the agreement itself would be over");
}

#[test]
fn an_offer_of_an_agreement_is_not_signed_as_a_contract_of_the_other_surface_nor_the_other_way_round() {
    let mut world = World::alipay();
    let offer = world.offer(terms_of(december()));
    assert_eq!(world.refused_without_a_trace(sign(SARA, &offer, "code")), Refusal::OfferUnknown);
    let other = world.offer(terms());
    assert_eq!(world.refused_without_a_trace(sign_agreement(SARA, &other)), Refusal::OfferUnknown);
    let foreign = SignAgreement { client_id: ClientId::new(RIVAL), ..sign_agreement(SARA, &offer) };
    assert_eq!(world.refused_without_a_trace(foreign), Refusal::OfferUnknown);
    assert_eq!(world.refused_without_a_trace(sign_agreement(SARA, &AuthId::new("none"))), Refusal::OfferUnknown);
}

#[test]
fn who_may_not_act_signs_nothing() {
    let mut world = World::alipay();
    let offer = world.offer(terms_of(december()));
    let set = |status| Command::SetUser { user_id: UserId::new(SARA), status };
    for (status, refusal) in
        [(UserStatus::Frozen, Refusal::UserFrozen), (UserStatus::Restricted, Refusal::UserRestricted)]
    {
        world.done(set(status));
        assert_eq!(world.refused_without_a_trace(sign_agreement(SARA, &offer)), refusal);
    }
    world.done(set(UserStatus::Active));
    assert_eq!(world.refused_without_a_trace(sign_agreement("nobody", &offer)), Refusal::UserUnknown);
    for (agreement_pay, refusal) in [
        (AgreementPay::NotAgreed, Refusal::AgreementPayNotAgreed),
        (AgreementPay::Suspended, Refusal::AgreementPaySuspended),
    ] {
        let client_id = ClientId::new(SHOP);
        world.done(Command::SetClient { client_id, status: Status::Active, agreement_pay });
        assert_eq!(world.refused_without_a_trace(sign_agreement(SARA, &offer)), refusal);
    }
    let (client_id, agreement_pay) = (ClientId::new(SHOP), AgreementPay::Allowed);
    world.done(Command::SetClient { client_id: client_id.clone(), status: Status::Active, agreement_pay });
    let suspended = Operation::SetMerchantStatus { client_id, status: Status::Suspended };
    world.done(Command::Operate(Box::new(suspended)));
    assert_eq!(world.refused_without_a_trace(sign_agreement(SARA, &offer)), Refusal::ClientSuspended);
}

#[test]
fn a_wrong_pin_signs_nothing_and_counts() {
    let mut world = World::alipay();
    let offer = world.offer(terms_of(december()));
    let wrong = || SignAgreement { pin: PinCheck::Wrong, ..sign_agreement(SARA, &offer) };
    assert_eq!(world.refused(wrong()), Refusal::PinWrong { tries_left: 4 });
    for _ in 0..4 {
        world.refused(wrong());
    }
    assert!(matches!(world.refused(sign_agreement(SARA, &offer)), Refusal::PinLocked { .. }));
    world.wait("PT15M");
    world.done(sign_agreement(SARA, &offer));
    assert_eq!(
        world.refused(wrong()),
        Refusal::PinWrong { tries_left: 4 },
        "what exists is not shown without the PIN either"
    );
}

#[test]
fn the_page_ends_with_the_contract_and_carries_no_reply() {
    let mut world = World::alipay();
    let offer = world.offer(terms_of(december()));
    let mut ids = Vec::new();
    for name in ["first", "second"] {
        world.done(page(name, Some(&offer), world.now));
        let on_page = SignAgreement { page: Some(InteractionId::new(name)), ..sign_agreement(SARA, &offer) };
        let Done::Agreed(contract, _) = world.done(on_page.clone()) else { panic!("not signed") };
        let page = world.rows.interaction(&InteractionId::new(name)).expect("there").clone();
        assert_eq!(page.state, InteractionState::Final(InteractionOutcome::Done));
        assert_eq!((page.contract_id.as_ref(), page.reply_sealed), (Some(&contract.contract_id), None));
        assert_eq!(world.refused_without_a_trace(on_page), Refusal::InteractionOver, "a page has one outcome");
        ids.push(contract.contract_id);
    }
    assert_eq!(ids[0], ids[1], "the second page found the agreement of the first");
}

#[test]
fn a_page_that_is_over_or_for_something_else_signs_nothing() {
    let mut world = World::alipay();
    let offer = world.offer(terms_of(december()));
    let other = world.offer(terms_of(at_will()));
    let on = |id: &str| SignAgreement { page: Some(InteractionId::new(id)), ..sign_agreement(SARA, &offer) };
    world.done(page("other", Some(&other), world.now));
    world.done(page("scopes", None, world.now));
    let paying = Interaction { payment_id: Some(PaymentId::new("p")), ..page("paying", Some(&offer), world.now) };
    world.done(paying);
    for id in ["other", "scopes", "paying", "none"] {
        assert_eq!(world.refused_without_a_trace(on(id)), Refusal::InteractionUnknown, "{id}");
    }
    world.done(page("late", Some(&offer), world.now));
    world.now += world.policy.interaction_life;
    assert_eq!(world.refused_without_a_trace(on("late")), Refusal::InteractionOver);
    assert!(!world.rows.rows().any(|row| matches!(row, Row::Contract(_))));
}
