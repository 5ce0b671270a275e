//! Plans that the wallet runs: announced, charged, tried again, left out; however late the scheduler is
//! (spec/alipay-agreement.md 4.2; the days are `plan_run.rs`'s).

use crate::support::{
    GATEWAY_URL, NOOR, OMAR, RIVAL, SARA, SHOP, SIGN_URL, World, at, at_will, cny, day, deduct, ends, gateway_app,
    monthly, order, periodic, run_by_wallet, run_plan, withdraw,
};
use jiff::tz::TimeZone;
use mithaq_domain::{
    AgreementPay, AgreementTerms, Command, EndedBy, Every, FailReason, GatewayApp, GatewayNews, Operation,
    PaymentOutcome, Plan, PlanStep, Product, Refusal, Status, UserNews, UserStatus,
};
use mithaq_types::{ClientId, ContractId, UserId};

fn films(first: &str) -> AgreementTerms {
    run_by_wallet(monthly(first))
}

/// What is done for a plan until `until`, each with its day: `told`, `paid 990`, `failed Balance`.
fn runs(world: &mut World, contract: &ContractId, until: &str) -> Vec<String> {
    let mut steps = Vec::new();
    while let Some(run) = world.standing(contract).run.filter(|run| run.due_at < at(&format!("{until}T23:59:59+03:00")))
    {
        world.now = world.now.max(run.due_at);
        let step = match world.ran(contract) {
            PlanStep::Nothing => "nothing".to_owned(),
            PlanStep::Announced => "told".to_owned(),
            PlanStep::Paid(payment) => format!("paid {}", payment.amount.minor),
            PlanStep::Failed(reason) => format!("failed {reason:?}"),
        };
        steps.push(format!("{} {step}", &world.today()[2..]));
        assert!(steps.len() < 500, "it never ends: {steps:?}");
    }
    steps
}

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
    assert_eq!(runs(&mut world, &contract, "2027-02-28"), expected);
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
    assert_eq!(runs(&mut world, &contract, "2026-12-31"), ["26-12-02 paid 990", "26-12-30 told"]);
}

#[test]
fn a_plan_that_begins_in_the_past_begins_with_the_period_that_is_running() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2020-01-20"));
    assert_eq!(world.next_day(&contract), ("2026-11-20".to_owned(), 1), "nobody pays for years before signing");
    let expected = ["26-12-01 paid 990", "26-12-17 told", "26-12-20 paid 990", "27-01-17 told", "27-01-20 paid 990"];
    assert_eq!(runs(&mut world, &contract, "2027-01-31"), expected);
    let ancient = Plan { every: Every::Days(7), ..monthly("0001-01-01") };
    let ancient = world.subscribed(OMAR, AgreementTerms { external_no: None, ..run_by_wallet(ancient) });
    assert!(matches!(world.ran(&ancient), PlanStep::Paid(_)), "and nothing is reported of two thousand years");
}

#[test]
fn without_money_it_is_tried_again_after_one_three_and_five_days_and_then_left_out() {
    let mut world = World::alipay();
    let contract = world.subscribed(NOOR, films("2026-12-10"));
    let month = [
        "26-12-07 told",
        "26-12-10 failed Balance",
        "26-12-11 failed Balance",
        "26-12-13 failed Balance",
        "26-12-15 failed Balance",
    ];
    assert_eq!(runs(&mut world, &contract, "2026-12-31"), month);
    assert_eq!(world.next_day(&contract), ("2027-01-10".to_owned(), 2));
    world.top_up(NOOR, cny(990));
    assert_eq!(runs(&mut world, &contract, "2027-01-31"), ["27-01-07 told", "27-01-10 paid 990"]);
    assert_eq!(world.next_day(&contract), ("2027-02-10".to_owned(), 3));
    let plan = world.plan(&contract);
    assert_eq!((plan.paid, plan.paid_minor), (1, 990), "failures do not count");
}

#[test]
fn a_try_that_succeeds_late_moves_no_later_day() {
    let mut world = World::alipay();
    let contract = world.subscribed(NOOR, films("2026-12-10"));
    runs(&mut world, &contract, "2026-12-13");
    world.top_up(NOOR, cny(5_000));
    let expected = ["26-12-15 paid 990", "27-01-07 told", "27-01-10 paid 990"];
    assert_eq!(runs(&mut world, &contract, "2027-01-31"), expected);
}

#[test]
fn while_it_is_tried_again_only_the_next_day_has_moved() {
    let mut world = World::alipay();
    let plan = Plan { payments: Some(3), ..monthly("2026-12-10") };
    let contract = world.subscribed(NOOR, run_by_wallet(plan));
    runs(&mut world, &contract, "2026-12-13");
    let days: Vec<_> =
        world.standing(&contract).days_left(&plan, 12).iter().map(|(n, day)| format!("{n} {day}")).collect();
    assert_eq!(days, ["1 2026-12-15", "2 2027-01-10", "3 2027-02-10"]);
}

#[test]
fn the_user_and_the_merchant_hear_of_each_failure() {
    let mut world = World::alipay();
    let contract = world.subscribed(NOOR, films("2026-12-10"));
    world.ran_when_due(&contract);
    for again in [Some("2026-12-11"), Some("2026-12-13"), Some("2026-12-15"), None] {
        world.ran_when_due(&contract);
        let again_on = again.map(day);
        let news = GatewayNews::DeductionFailed {
            contract_id: contract.clone(),
            number: 1,
            planned: day("2026-12-10"),
            reason: FailReason::Balance,
            again_on,
            at: world.now,
        };
        assert_eq!(world.gateway_news(), [(SIGN_URL.to_owned(), news)]);
        let (merchant, amount) = ("The zaytoun market".to_owned(), cny(990));
        let refused = UserNews::ChargeRefused { merchant, amount, balance_short: true, again_on };
        assert_eq!(world.told(), [(NOOR.to_owned(), refused)]);
        assert!(world.rows.payment_by_request(&ClientId::new(SHOP), &format!("PLAN_{contract}_1")).is_none());
    }
}

#[test]
fn what_the_user_cannot_mend_only_the_merchant_hears_of() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.ran_when_due(&contract);
    world.done(Command::SetUser { user_id: UserId::new(SARA), status: UserStatus::Frozen });
    assert_eq!(world.ran_when_due(&contract).1, PlanStep::Failed(FailReason::UserFrozen));
    assert_eq!((world.told(), world.gateway_news().len()), (vec![], 1));
    world.done(Command::SetUser { user_id: UserId::new(SARA), status: UserStatus::Active });
    world.policy.day_ceiling_whole = 1;
    assert_eq!(world.ran_when_due(&contract).1, PlanStep::Failed(FailReason::OverUserLimit));
    assert!(matches!(&world.told()[..], [(_, UserNews::ChargeRefused { balance_short: false, .. })]));
}

#[test]
fn a_merchant_that_cannot_be_paid_is_a_failure_like_any_other() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.ran_when_due(&contract);
    let client_id = ClientId::new(SHOP);
    let merchant =
        |status| Command::Operate(Box::new(Operation::SetMerchantStatus { client_id: client_id.clone(), status }));
    let client = |status, agreement_pay| Command::SetClient { client_id: client_id.clone(), status, agreement_pay };
    let suspended = PlanStep::Failed(FailReason::MerchantSuspended);
    world.done(merchant(Status::Suspended));
    assert_eq!(world.ran_when_due(&contract), ("2026-12-10".to_owned(), suspended.clone()));
    world.done(merchant(Status::Active));
    world.done(client(Status::Suspended, AgreementPay::Allowed));
    assert_eq!(world.ran_when_due(&contract), ("2026-12-11".to_owned(), suspended.clone()));
    world.done(client(Status::Active, AgreementPay::Suspended));
    assert_eq!(world.ran_when_due(&contract), ("2026-12-13".to_owned(), suspended));
    world.done(client(Status::Active, AgreementPay::Allowed));
    let (today, step) = world.ran_when_due(&contract);
    assert!(today == "2026-12-15" && matches!(step, PlanStep::Paid(_)), "{today} {step:?}");
}

#[test]
fn a_number_that_the_merchant_has_used_up_itself_is_a_failure_and_the_next_one_is_free() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    assert_eq!(world.refused(withdraw(&format!("PLAN_{contract}_1"))), Refusal::PaymentUnknown);
    let end = world.now + jiff::SignedDuration::from_mins(30);
    world.done(order(&format!("PLAN_{contract}_2"), Product::Online, cny(1), end));
    let withdrawn = "failed Withdrawn";
    let steps = runs(&mut world, &contract, "2027-02-28");
    assert_eq!(steps.iter().filter(|step| step.ends_with(withdrawn)).count(), 8, "{steps:?}");
    assert_eq!(steps.last().map(String::as_str), Some("27-02-10 paid 990"));
}

#[test]
fn it_ends_with_the_last_deduction_that_was_agreed_on() {
    let mut world = World::alipay();
    let by_count =
        world.subscribed(SARA, run_by_wallet(Plan { total: None, payments: Some(2), ..monthly("2026-12-10") }));
    assert_eq!(runs(&mut world, &by_count, "2030-01-01").len(), 4);
    assert_eq!((world.standing(&by_count).run, world.plan(&by_count).paid), (None, 2));
    world.now = at("2026-12-01T09:00:00+03:00");
    let plan = Plan { single: cny(1_000), total: Some(cny(2_500)), payments: None, ..monthly("2026-12-10") };
    let by_sum = world.subscribed(OMAR, AgreementTerms { external_no: None, ..run_by_wallet(plan) });
    let steps = runs(&mut world, &by_sum, "2030-01-01");
    assert_eq!(steps.last().map(String::as_str), Some("27-02-10 paid 500"), "{steps:?}");
    assert!(world.standing(&by_sum).is_live(at("2027-03-01T00:00:00Z")), "the agreement is in force all the same");
}

#[test]
fn it_ends_with_the_agreement() {
    let mut world = World::alipay();
    let ends_at = at("2027-01-09T09:00:00+03:00");
    let contract = world.subscribed(SARA, AgreementTerms { ends_at, ..films("2026-12-10") });
    let expected = ["26-12-07 told", "26-12-10 paid 990", "27-01-07 nothing"];
    assert_eq!(runs(&mut world, &contract, "2027-03-01"), expected, "nobody is told of what cannot come");
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
fn where_the_scheduler_is_late_nobody_is_charged_on_the_day_on_which_they_are_told() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.now = at("2026-12-20T15:00:00+03:00");
    let expected = ["26-12-20 told", "26-12-21 paid 990", "27-01-07 told", "27-01-10 paid 990"];
    assert_eq!(runs(&mut world, &contract, "2027-01-31"), expected);
}

#[test]
fn where_it_was_told_and_then_late_it_is_charged_at_once() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.ran_when_due(&contract);
    world.now = at("2026-12-30T02:00:00+03:00");
    assert_eq!(runs(&mut world, &contract, "2027-01-31"), ["26-12-30 paid 990", "27-01-07 told", "27-01-10 paid 990"]);
}

#[test]
fn a_period_that_went_by_is_left_out_and_reported_and_nobody_pays_twice_for_one() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.now = at("2027-03-15T12:00:00+03:00");
    let late = |day: &str| format!("27-03-15 failed Plan(TooLate({day}))");
    let expected = [
        late("2026-12-10"),
        late("2027-01-10"),
        late("2027-02-10"),
        "27-03-15 told".to_owned(),
        "27-03-16 paid 990".to_owned(),
        "27-04-07 told".to_owned(),
        "27-04-10 paid 990".to_owned(),
    ];
    assert_eq!(runs(&mut world, &contract, "2027-04-30"), expected);
    assert_eq!(world.next_day(&contract), ("2027-05-10".to_owned(), 6));
    let told = world.news(SARA).iter().filter(|news| matches!(news, UserNews::ChargeRefused { .. })).count();
    assert_eq!(told, 0, "the user has done nothing wrong");
}

#[test]
fn no_try_reaches_into_the_next_period() {
    let mut world = World::alipay();
    world.policy.dunning.retry_days = vec![5, 6, 7, 30];
    let weekly = Plan { every: Every::Days(7), total: None, payments: None, ..monthly("2026-12-10") };
    let contract = world.subscribed(NOOR, run_by_wallet(weekly));
    let fails = "failed Balance";
    let expected = [
        "26-12-07 told".to_owned(),
        format!("26-12-10 {fails}"),
        format!("26-12-15 {fails}"),
        format!("26-12-16 {fails}"),
    ];
    let steps = runs(&mut world, &contract, "2026-12-16");
    // The next one is announced at once: its day is tomorrow.
    assert_eq!(steps[..4], expected);
    assert_eq!(world.next_day(&contract), ("2026-12-17".to_owned(), 2));
    assert_eq!(steps[4..], ["26-12-16 told"]);
    assert_eq!(runs(&mut world, &contract, "2026-12-17"), [format!("26-12-17 {fails}")]);
}

#[test]
fn the_merchant_may_deduct_itself_while_it_is_tried_again() {
    let mut world = World::alipay();
    let contract = world.subscribed(NOOR, films("2026-12-10"));
    runs(&mut world, &contract, "2026-12-13");
    world.top_up(NOOR, cny(5_000));
    world.now = at("2026-12-14T10:00:00+03:00");
    world.done(deduct(&contract, "own", 500));
    assert_eq!(world.next_day(&contract), ("2027-01-10".to_owned(), 2));
    assert_eq!(runs(&mut world, &contract, "2027-01-31"), ["27-01-07 told", "27-01-10 paid 990"]);
}

#[test]
fn the_merchants_own_deduction_of_what_was_announced_replaces_the_wallets() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, films("2026-12-10"));
    world.ran_when_due(&contract);
    world.now = at("2026-12-10T08:00:00+03:00");
    world.done(deduct(&contract, "own", 990));
    assert_eq!(runs(&mut world, &contract, "2027-01-31"), ["27-01-07 told", "27-01-10 paid 990"]);
    let theirs = mithaq_domain::Deduct { client_id: ClientId::new(RIVAL), ..deduct(&contract, "theirs", 990) };
    assert_eq!(world.refused_without_a_trace(theirs), Refusal::ContractUnknown);
}

#[test]
fn days_and_hours_are_those_of_the_zone_when_its_clocks_change() {
    // Midnight does not exist on 26 April 2024 in Cairo, and is there twice on 31 October.
    for (zone, first, spoken) in [
        ("Africa/Cairo", "2024-04-26", ["2024-04-26T01:00:00+03:00", "2024-05-26T00:00:00+03:00"]),
        ("Africa/Cairo", "2024-10-26", ["2024-10-26T00:00:00+03:00", "2024-11-26T00:00:00+02:00"]),
        ("America/New_York", "2024-02-10", ["2024-02-10T00:00:00-05:00", "2024-03-10T00:00:00-05:00"]),
    ] {
        let mut world = World::alipay();
        world.policy.zone = TimeZone::get(zone).expect("a zone");
        world.policy.dunning.hour = 0;
        world.now = at("2024-01-01T00:00:00Z");
        let contract = world.subscribed(SARA, films(first));
        for at_ in spoken {
            world.ran_when_due(&contract);
            let run = world.standing(&contract).run.expect("it goes on");
            assert_eq!(run.due_at, at(at_), "{zone} {first}");
            assert!(matches!(world.ran_when_due(&contract).1, PlanStep::Paid(_)));
        }
    }
}

#[test]
fn the_last_days_that_there_are_end_a_plan_without_a_panic() {
    let mut world = World::alipay();
    let last = at("9999-12-28T00:00:00Z");
    for every in [Every::Days(7), Every::Days(u16::MAX), Every::Months(u16::MAX)] {
        let plan = Plan { every, total: None, payments: None, ..monthly("2026-12-10") };
        let terms = AgreementTerms { external_no: None, ends_at: last, ..run_by_wallet(plan) };
        let contract = world.subscribed(SARA, AgreementTerms { scene: format!("{every:?}"), ..terms });
        world.done(crate::support::put_off(&contract, "9999-12-28"));
        world.now = last - jiff::SignedDuration::from_hours(24);
        for _ in 0..4 {
            world.ran(&contract);
            let _ = world.run(deduct(&contract, "late", 1));
        }
        assert_eq!(world.standing(&contract).days_left(&plan, 3).len(), 3);
        world.now = at("2026-12-01T09:00:00+03:00");
    }
}
