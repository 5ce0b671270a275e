//! Plans that the wallet runs: announced, charged, tried again, left out; however late the scheduler is
//! (spec/alipay-agreement.md 4.2; the days are `plan_run.rs`'s).

use crate::support::{
    GATEWAY_URL, OMAR, RIVAL, SARA, SHOP, SIGN_URL, World, at, at_will, cny, day, deduct, ends, films, gateway_app,
    monthly, periodic, run_by_wallet, run_plan,
};
use mithaq_domain::{
    AgreementTerms, Command, Deduct, EndedBy, GatewayApp, GatewayNews, PaymentOutcome, Plan, PlanStep, Refusal,
    UserNews,
};
use mithaq_types::{ClientId, ContractId};

#[test]
fn each_month_the_user_is_told_three_days_before_and_charged_on_the_day() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    let expected = [
        "26-12-07 told",
        "26-12-10 paid 990",
        "27-01-07 told",
        "27-01-10 paid 990",
        "27-02-07 told",
        "27-02-10 paid 990",
    ];
    assert_eq!(world.runs(&contract, "2027-02-28"), expected);
    assert_eq!((world.yuan(SARA), world.next_day(&contract)), (50_000 - 3 * 990, ("2027-03-10".to_owned(), 4)));
    assert_eq!(world.now, at("2027-02-10T09:00:00+03:00"), "at nine in the wallet's zone");
}

#[test]
fn what_is_announced_is_what_is_taken() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.ran_when_due(&contract);
    let (merchant, amount, on) = ("Zaytoun Market".to_owned(), cny(990), day("2026-12-10"));
    assert_eq!(world.told(), [(SARA.to_owned(), UserNews::ChargeComing { merchant, amount, on })]);
    assert_eq!(world.notices(), [], "the merchant is not told what is to come");
    let (_, step) = world.ran_when_due(&contract);
    let PlanStep::Paid(payment) = step else { panic!("{step:?}") };
    assert_eq!((payment.amount, payment.outcome), (cny(990), PaymentOutcome::Success));
    assert_eq!(payment.request_id, format!("PLAN_{contract}_1"));
    assert!(matches!(&world.gateway_news()[..], [(url, GatewayNews::Trade { .. })] if url == SIGN_URL));
    assert!(matches!(&world.told()[..], [(_, UserNews::Charged { .. })]));
}

#[test]
fn its_merchant_hears_at_the_agreements_address_or_at_the_apps() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, AgreementTerms { notify_url: None, ..films("2026-12-10") });
    world.ran_when_due(&contract);
    world.ran_when_due(&contract);
    assert!(matches!(&world.gateway_news()[..], [(url, GatewayNews::Trade { .. })] if url == GATEWAY_URL));
    world.done(Command::PutGatewayApp(Box::new(GatewayApp { gateway_url: None, ..gateway_app(SHOP) })));
    world.ran_when_due(&contract);
    assert!(matches!(world.ran_when_due(&contract).1, PlanStep::Paid(_)));
    assert_eq!(world.notices(), [], "where there is no address nobody is told");
}

#[test]
fn it_is_done_when_it_is_due_and_once() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    assert_eq!((world.ran(&contract), world.changes.len()), (PlanStep::Nothing, 0));
    world.now = at("2026-12-07T08:59:59.999+03:00");
    assert_eq!(world.ran(&contract), PlanStep::Nothing);
    world.now = at("2026-12-07T09:00:00+03:00");
    assert_eq!(world.ran(&contract), PlanStep::Announced);
    assert_eq!((world.ran(&contract), world.changes.len()), (PlanStep::Nothing, 0));
    world.now = at("2026-12-10T09:00:00+03:00");
    assert!(matches!(world.ran(&contract), PlanStep::Paid(_)));
    assert_eq!((world.ran(&contract), world.changes.len()), (PlanStep::Nothing, 0));
}

#[test]
fn only_where_the_merchant_asked_for_it() {
    let mut world = World::alipay();
    for agreement in [periodic(monthly("2026-12-01")), at_will()] {
        let contract = world.subscribed(SARA, agreement);
        assert_eq!((world.ran(&contract), world.changes.len()), (PlanStep::Nothing, 0));
    }
    assert_eq!(world.refused_without_a_trace(run_plan(&ContractId::new("none"))), Refusal::ContractUnknown);
    let qi = world.agreed_simply(SARA, "tokens");
    assert_eq!(world.ran(&qi), PlanStep::Nothing);
}

#[test]
fn who_signs_on_the_eve_is_not_told_again() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-02"));
    assert_eq!(world.runs(&contract, "2026-12-31"), ["26-12-02 paid 990", "26-12-30 told"]);
}

#[test]
fn it_ends_with_the_last_deduction_that_was_agreed_on() {
    let mut world = World::alipay();
    let by_count =
        world.subscribed(SARA, run_by_wallet(Plan { total: None, payments: Some(2), ..monthly("2026-12-10") }));
    assert_eq!(world.runs(&by_count, "2030-01-01").len(), 4);
    assert_eq!((world.standing(&by_count).run, world.plan(&by_count).paid), (None, 2));
    world.now = at("2026-12-01T09:00:00+03:00");
    let plan = Plan { single: cny(1_000), total: Some(cny(2_500)), payments: None, ..monthly("2026-12-10") };
    let by_sum = world.subscribed(OMAR, AgreementTerms { external_no: None, ..run_by_wallet(plan) });
    let steps = world.runs(&by_sum, "2030-01-01");
    assert_eq!(steps.last().map(String::as_str), Some("27-02-10 paid 500"), "{steps:?}");
    assert!(world.standing(&by_sum).is_live(at("2027-03-01T00:00:00Z")), "the agreement is in force all the same");
}

#[test]
fn it_ends_with_the_agreement() {
    let mut world = World::alipay();
    let ends_at = at("2027-01-09T09:00:00+03:00");
    let contract = world.subscribed(SARA, AgreementTerms { ends_at, ..films("2026-12-10") });
    let expected = ["26-12-07 told", "26-12-10 paid 990", "27-01-07 nothing"];
    assert_eq!(world.runs(&contract, "2027-03-01"), expected, "nobody is told of what cannot come");
    assert_eq!(world.standing(&contract).run, None);
    // One that ran out before anybody noticed is not charged either.
    world.now = at("2026-12-01T09:00:00+03:00");
    let contract = world.subscribed(OMAR, AgreementTerms { ends_at, external_no: None, ..films("2026-12-08") });
    world.ran_when_due(&contract);
    world.now = ends_at;
    assert_eq!(world.ran(&contract), PlanStep::Nothing);
    assert_eq!(world.yuan(OMAR), 50_000);
    world.done(ends(&contract, EndedBy::Clock));
}

#[test]
fn the_merchants_own_deduction_of_what_was_announced_replaces_the_wallets() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.ran_when_due(&contract);
    world.now = at("2026-12-10T08:00:00+03:00");
    world.done(deduct(&contract, "own", 990));
    assert_eq!(world.runs(&contract, "2027-01-31"), ["27-01-07 told", "27-01-10 paid 990"]);
    let theirs = Deduct { client_id: ClientId::new(RIVAL), ..deduct(&contract, "theirs", 990) };
    assert_eq!(world.refused_without_a_trace(theirs), Refusal::ContractUnknown);
}
