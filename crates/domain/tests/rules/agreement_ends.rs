//! An agreement ends: by whom, and who hears of it where (spec/alipay-agreement.md 1.9, 2.3, 4.1).

use crate::support::{
    GATEWAY_URL, OMAR, RIVAL, SARA, SHOP, SIGN_URL, World, at, at_will, by_shop, call_off, ends, gateway_app,
    give_back, monthly, periodic, run_by_wallet,
};
use mithaq_domain::{
    AgreementTerms, Command, ContractStatus, Done, EndReason, EndedBy, GatewayApp, GatewayNews, PinCheck, PlanStep,
    Refusal, UserNews,
};
use mithaq_types::{ClientId, ContractId, UserId};

fn by_user(user: &str) -> EndedBy {
    EndedBy::User(UserId::new(user), PinCheck::Right)
}

fn december() -> AgreementTerms {
    periodic(monthly("2026-12-05"))
}

/// Ends an agreement; where its merchant is told of that.
fn told_at(world: &mut World, by: EndedBy) -> Vec<String> {
    let contract_id = world.subscribed(SARA, december());
    world.wait("PT1H");
    world.done(ends(&contract_id, by));
    let at = world.now;
    let urls = world.gateway_news().into_iter().map(|(url, news)| {
        assert_eq!(news, GatewayNews::Unsigned { contract_id: contract_id.clone(), at });
        url
    });
    urls.collect()
}

#[test]
fn by_the_merchant_which_is_told_where_it_asked_to_be() {
    let mut world = World::alipay();
    assert_eq!(told_at(&mut world, by_shop(Some("https://shop.example/ended"))), ["https://shop.example/ended"]);
    assert_eq!(told_at(&mut world, by_shop(None)), [GATEWAY_URL], "and not at {SIGN_URL}");
}

#[test]
fn by_the_user_or_the_operator_which_the_app_hears_of() {
    let mut world = World::alipay();
    assert_eq!(told_at(&mut world, by_user(SARA)), [GATEWAY_URL]);
    assert_eq!(told_at(&mut world, EndedBy::Operator), [GATEWAY_URL]);
    world.done(Command::PutGatewayApp(Box::new(GatewayApp { gateway_url: None, ..gateway_app(SHOP) })));
    assert_eq!(told_at(&mut world, by_user(SARA)), [""; 0]);
    assert_eq!(told_at(&mut world, by_shop(None)), [""; 0]);
    world.done(Command::PutGatewayApp(Box::new(GatewayApp {
        gateway_url: Some("https://new.example".to_owned()),
        ..gateway_app(SHOP)
    })));
    assert_eq!(told_at(&mut world, by_user(SARA)), ["https://new.example"], "the address as it is then");
}

#[test]
fn by_time_which_no_merchant_hears_of() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, december());
    world.now = december().ends_at - jiff::SignedDuration::from_millis(1);
    assert_eq!(world.run(ends(&contract, EndedBy::Clock)), Ok(Done::Nothing));
    assert_eq!(world.changes, []);
    world.now = december().ends_at;
    assert_eq!(world.run(ends(&contract, EndedBy::Clock)), Ok(Done::Ended(EndReason::Expired, world.now)));
    assert_eq!(world.gateway_news(), []);
    let ended = UserNews::ContractEnded { merchant: "Zaytoun Market".to_owned(), reason: EndReason::Expired };
    assert_eq!(world.told(), [(SARA.to_owned(), ended)]);
}

#[test]
fn one_that_ran_out_is_over_for_everybody_before_anybody_has_noticed() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, december());
    world.now = december().ends_at;
    for by in [by_shop(None), by_user(SARA), EndedBy::Operator] {
        assert_eq!(world.refused_without_a_trace(ends(&contract, by)), Refusal::ContractOver);
    }
    world.done(ends(&contract, EndedBy::Clock));
    assert!(matches!(world.standing(&contract).status, ContractStatus::Ended { reason: EndReason::Expired, .. }));
}

#[test]
fn once() {
    let mut world = World::alipay();
    for by in [by_shop(None), by_user(SARA), EndedBy::Operator] {
        let contract = world.subscribed(SARA, december());
        world.done(ends(&contract, by));
        let standing = world.standing(&contract);
        for again in [by_shop(None), by_user(SARA), EndedBy::Operator] {
            assert_eq!(world.refused_without_a_trace(ends(&contract, again)), Refusal::ContractOver);
        }
        world.now = december().ends_at;
        assert_eq!(world.refused_without_a_trace(ends(&contract, EndedBy::Clock)), Refusal::ContractOver);
        assert_eq!(world.standing(&contract), standing);
        world.now = at("2026-12-01T09:00:00+03:00");
    }
}

#[test]
fn only_by_those_whose_it_is() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, december());
    let rival = EndedBy::Merchant(ClientId::new(RIVAL), None);
    for by in [rival, by_user(OMAR)] {
        assert_eq!(world.refused_without_a_trace(ends(&contract, by)), Refusal::ContractUnknown);
    }
    let wrong = EndedBy::User(UserId::new(SARA), PinCheck::Wrong);
    assert_eq!(world.refused(ends(&contract, wrong)), Refusal::PinWrong { tries_left: 4 });
    assert_eq!(world.refused_without_a_trace(ends(&ContractId::new("none"), by_shop(None))), Refusal::ContractUnknown);
    let qi = world.agreed_simply(SARA, "tokens");
    assert_eq!(
        world.refused_without_a_trace(ends(&qi, by_shop(None))),
        Refusal::ContractUnknown,
        "that one has a token"
    );
}

#[test]
fn payments_stay_as_they_are_and_can_be_given_back() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    // The fee stays with the wallet: the shop needs some money of its own to give all of it back.
    let own = world.subscribed(OMAR, AgreementTerms { external_no: None, ..at_will() });
    world.deducted(&own, 1_000);
    let first = world.deducted(&contract, 990).payment_id;
    let second = world.deducted(&contract, 10).payment_id;
    world.done(ends(&contract, by_user(SARA)));
    world.done(give_back(&first, "R1", 990));
    world.done(call_off(&second));
    assert_eq!((world.yuan(SARA), world.standing(&contract).charges), (50_000, 2));
}

#[test]
fn nothing_more_is_done_for_its_plan() {
    let mut world = World::alipay();
    for by in [by_shop(None), by_user(SARA), EndedBy::Operator] {
        let contract = world.subscribed(SARA, run_by_wallet(monthly("2026-12-10")));
        assert!(world.standing(&contract).run_due_at().is_some());
        world.done(ends(&contract, by));
        assert_eq!(world.standing(&contract).run_due_at(), None);
        world.now = at("2026-12-10T09:00:00+03:00");
        assert_eq!((world.ran(&contract), world.changes.len()), (PlanStep::Nothing, 0));
        world.now = at("2026-12-01T09:00:00+03:00");
    }
}
