//! A user signs an agreement of the Alipay surface: in force at once, once for each deal (spec/alipay-agreement.md 2.1, 4.1).

use crate::support::{
    AsCommand, GATEWAY_URL, OMAR, RIVAL, SARA, SHOP, SIGN_URL, World, at, at_will, by_shop, close, cny, day, ends,
    fresh, gateway_app, iqd, monthly, pay, periodic, prepare, run_by_wallet, sign_agreement, terms_of,
};
use mithaq_domain::{
    AgreementTerms, Command, ContractStatus, Done, EndedBy, Every, GatewayApp, GatewayNews, PinCheck, Plan, Refusal,
    Row, SignAgreement, UserNews,
};
use mithaq_types::{AuthId, ClientId, PaymentId, UserId};

fn december() -> AgreementTerms {
    periodic(monthly("2026-12-05"))
}

#[test]
fn it_is_in_force_at_once_without_a_code_or_a_token() {
    let mut world = World::alipay();
    let (contract, state) = world.agreed_on(SARA, december());
    assert_eq!((state.status, state.expires_at), (ContractStatus::Active, december().ends_at));
    assert!(state.is_live(world.now) && state.token_id.is_none());
    assert_eq!(contract.terms, terms_of(december()));
    assert_eq!((contract.user_id.as_str(), contract.client_id.as_str()), (SARA, SHOP));
    assert_eq!((contract.accepted_at, contract.monthly_ceiling), (world.now, None));
    assert!(
        contract.contract_id.as_str().len() == 20 && contract.contract_id.as_str().bytes().all(|b| b.is_ascii_digit())
    );
    assert_eq!(world.next_day(&contract.contract_id), ("2026-12-05".to_owned(), 1));
    assert_eq!(state.run, None, "the merchant makes the deductions");
    assert!(!world.rows.rows().any(|row| matches!(row, Row::Code(_) | Row::Token(_))));
    assert_eq!(
        world.told(),
        [(SARA.to_owned(), UserNews::ContractSigned { merchant: "The zaytoun market".to_owned() })]
    );
}

#[test]
fn its_merchant_hears_of_it_at_the_address_of_the_request_or_of_the_app() {
    let mut world = World::alipay();
    let contract_id = world.subscribed(SARA, december());
    assert_eq!(world.gateway_news(), [(SIGN_URL.to_owned(), GatewayNews::Signed { contract_id })]);
    let contract_id = world.subscribed(OMAR, AgreementTerms { notify_url: None, external_no: None, ..december() });
    assert_eq!(world.gateway_news(), [(GATEWAY_URL.to_owned(), GatewayNews::Signed { contract_id })]);
    let app = GatewayApp { gateway_url: None, ..gateway_app(SHOP) };
    world.done(Command::PutGatewayApp(Box::new(app)));
    world.subscribed(OMAR, AgreementTerms { notify_url: None, ..at_will() });
    assert_eq!(world.gateway_news(), [], "there is no address");
}

#[test]
fn the_same_deal_again_is_the_agreement_that_exists() {
    for external_no in [Some("EA0001".to_owned()), None] {
        let mut world = World::alipay();
        let terms = AgreementTerms { external_no, ..december() };
        let first = world.agreed_on(SARA, terms.clone());
        world.wait("PT1H");
        let later = AgreementTerms { ends_at: terms.ends_at + jiff::SignedDuration::from_hours(1), ..terms };
        assert_eq!(
            world.agreed_on(SARA, later),
            first,
            "when it ends is not what was agreed on, but when it was asked for"
        );
        assert_eq!(world.changes, [], "nothing new is written, and nobody is told");
    }
}

#[test]
fn an_offer_can_be_signed_by_several_users() {
    let mut world = World::alipay();
    let offer = world.offer(terms_of(AgreementTerms { external_no: None, ..december() }));
    world.done(sign_agreement(SARA, &offer));
    world.done(sign_agreement(OMAR, &offer));
    assert_eq!(world.rows.rows().filter(|row| matches!(row, Row::Contract(_))).count(), 2);
}

#[test]
fn a_number_is_taken_for_another_user_and_for_other_terms() {
    let mut world = World::alipay();
    world.subscribed(SARA, december());
    assert_eq!(world.signs(OMAR, december()), Err(Refusal::AgreementTaken));
    assert_eq!(world.changes, []);
    let dearer = Plan { single: cny(1_990), ..monthly("2026-12-05") };
    for other in [
        periodic(dearer),
        periodic(monthly("2026-12-06")),
        AgreementTerms { scene: "INDUSTRY|EDU".to_owned(), ..december() },
        AgreementTerms { logon_id: None, ..december() },
        AgreementTerms { wallet_deducts: true, ..december() },
        AgreementTerms { external_no: december().external_no, ..at_will() },
    ] {
        assert_eq!(world.signs(SARA, other), Err(Refusal::AgreementTaken));
    }
}

#[test]
fn without_a_number_there_is_one_agreement_for_each_product_and_scene() {
    let mut world = World::alipay();
    let unnumbered = AgreementTerms { external_no: None, ..december() };
    world.subscribed(SARA, unnumbered.clone());
    let other_plan = AgreementTerms { plan: Some(monthly("2026-12-20")), ..unnumbered.clone() };
    assert_eq!(world.signs(SARA, other_plan), Err(Refusal::AgreementTaken));
    world.subscribed(SARA, AgreementTerms { scene: "INDUSTRY|EDU".to_owned(), ..unnumbered.clone() });
    world.subscribed(SARA, AgreementTerms { external_no: None, ..at_will() });
    world.subscribed(SARA, december());
    world.subscribed(OMAR, unnumbered);
}

#[test]
fn a_number_is_free_again_after_the_end() {
    let mut world = World::alipay();
    let first = world.subscribed(SARA, december());
    world.done(ends(&first, by_shop(None)));
    let second = world.subscribed(OMAR, december());
    assert_ne!(first, second);
    let number = world.rows.agreement_number(&ClientId::new(SHOP), "EA0001").expect("known");
    assert_eq!(number.contract_id, second, "the number names the newest");
    world.done(ends(&second, EndedBy::Operator));
    let third = world.subscribed(SARA, december());
    assert_ne!(first, third, "signing again makes a new agreement");
}

#[test]
fn a_number_is_free_again_when_time_is_up_even_before_anybody_has_noticed() {
    let mut world = World::alipay();
    let ends_at = at("2027-01-01T09:00:00+03:00");
    for external_no in [Some("short".to_owned()), None] {
        world.now = at("2026-12-01T09:00:00+03:00");
        let short = AgreementTerms { ends_at, external_no, ..december() };
        let first = world.subscribed(SARA, short.clone());
        world.now = ends_at;
        let second = world.subscribed(SARA, AgreementTerms { ends_at: at("2028-01-01T09:00:00+03:00"), ..short });
        assert_ne!(first, second);
        world.done(ends(&first, EndedBy::Clock));
        assert!(world.standing(&second).is_live(world.now), "the clock ends the old one alone");
        let holder = world.rows.agreement_holder(&UserId::new(SARA), &ClientId::new(SHOP)).expect("held");
        assert!(holder.live.iter().any(|live| live.contract_id == second));
        assert!(holder.live.iter().all(|live| live.contract_id != first));
    }
}

#[test]
fn numbers_are_of_one_merchant() {
    let mut world = World::alipay();
    world.subscribed(SARA, december());
    let offer = AuthId::new("rival's");
    let app_id = gateway_app(RIVAL).app_id;
    let terms = Box::new(terms_of(AgreementTerms { app_id, ..december() }));
    let client_id = ClientId::new(RIVAL);
    world.done(Command::Prepare {
        client_id: client_id.clone(),
        reference_client_id: None,
        terms,
        auth_id: offer.clone(),
    });
    world.done(SignAgreement { client_id, ..sign_agreement(OMAR, &offer) });
}

#[test]
fn a_user_has_ten_periodic_agreements_with_a_merchant_at_most() {
    let mut world = World::alipay();
    let numbered = |number: usize| AgreementTerms { external_no: Some(format!("EA{number}")), ..december() };
    let first = world.subscribed(SARA, numbered(0));
    for number in 1..10 {
        world.subscribed(SARA, numbered(number));
    }
    assert_eq!(world.signs(SARA, numbered(10)), Err(Refusal::TooManyAgreements));
    assert!(world.signs(SARA, numbered(3)).is_ok(), "one that exists is not one more");
    assert!(world.signs(SARA, at_will()).is_ok(), "deductions at will do not count");
    assert!(world.signs(OMAR, numbered(10)).is_ok(), "another user's do not");
    world.done(ends(&first, EndedBy::User(UserId::new(SARA), PinCheck::Right)));
    assert!(world.signs(SARA, numbered(11)).is_ok());
}

#[test]
fn one_that_has_run_out_leaves_room_before_anybody_has_noticed() {
    let mut world = World::alipay();
    let ends_at = at("2027-01-01T09:00:00+03:00");
    for number in 0..10 {
        let external_no = Some(format!("EA{number}"));
        let short = AgreementTerms { external_no, ..december() };
        world.subscribed(SARA, if number == 0 { AgreementTerms { ends_at, ..short } } else { short });
    }
    world.now = ends_at - jiff::SignedDuration::from_millis(1);
    let one_more = AgreementTerms { external_no: Some("EA10".to_owned()), ..december() };
    assert_eq!(world.signs(SARA, one_more.clone()), Err(Refusal::TooManyAgreements));
    world.now = ends_at;
    assert!(world.signs(SARA, one_more).is_ok());
}

#[test]
fn a_plan_that_breaks_the_rules_is_not_offered() {
    let mut world = World::alipay();
    let right = monthly("2026-12-05");
    let dinars = Plan { single: iqd(1), total: None, ..right };
    for plan in [Plan { every: Every::Days(6), ..right }, Plan { first: day("2026-12-29"), ..right }, dinars] {
        let terms = terms_of(periodic(plan));
        let command = prepare(&AuthId::new("offer"), terms);
        assert_eq!(world.refused_without_a_trace(command), Refusal::AmountImpossible, "{plan:?}");
    }
}

#[test]
fn an_app_stays_its_clients() {
    let mut world = World::alipay();
    let stolen = GatewayApp { client_id: ClientId::new(RIVAL), ..gateway_app(SHOP) };
    assert_eq!(world.refused_without_a_trace(Command::PutGatewayApp(Box::new(stolen))), Refusal::Exists);
    let orphan = GatewayApp { client_id: ClientId::new("nobody"), ..gateway_app(SHOP) };
    assert_eq!(world.refused_without_a_trace(Command::PutGatewayApp(Box::new(orphan))), Refusal::ClientUnknown);
}

#[test]
fn no_token_and_no_code_reach_an_agreement() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, run_by_wallet(monthly("2026-12-05")));
    let token = pay("none", "R1", cny(1)).command();
    assert!(matches!(world.done(token), Done::Paid(payment) if payment.paid_at.is_none()));
    assert_eq!(
        world.refused(Command::CancelToken { client_id: ClientId::new(SHOP), access: fresh("none").access }),
        Refusal::TokenUnknown
    );
    assert_eq!(world.refused_without_a_trace(close(&PaymentId::new(contract.as_str()))), Refusal::PaymentUnknown);
    assert!(world.standing(&contract).is_live(world.now));
}
