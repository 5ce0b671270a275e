//! Deductions that the wallet makes itself and that fail: tried again, left out, reported (spec/alipay-agreement.md 4.2; the days are
//! `plan_run.rs`'s).

use crate::support::{
    NOOR, SARA, SHOP, SIGN_URL, World, at, cny, day, deduct, films, monthly, order, run_by_wallet, withdraw,
};
use mithaq_domain::{
    AgreementPay, Command, Every, FailReason, GatewayNews, Operation, Plan, PlanStep, Product, Refusal, Status,
    UserNews, UserStatus,
};
use mithaq_types::{ClientId, UserId};

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
    assert_eq!(world.runs(&contract, "2026-12-31"), month);
    assert_eq!(world.next_day(&contract), ("2027-01-10".to_owned(), 2));
    world.top_up(NOOR, cny(990));
    assert_eq!(world.runs(&contract, "2027-01-31"), ["27-01-07 told", "27-01-10 paid 990"]);
    assert_eq!(world.next_day(&contract), ("2027-02-10".to_owned(), 3));
    let plan = world.plan(&contract);
    assert_eq!((plan.paid, plan.paid_minor), (1, 990), "failures do not count");
}

#[test]
fn a_try_that_succeeds_late_moves_no_later_day() {
    let mut world = World::alipay();
    let contract = world.subscribed(NOOR, films("2026-12-10"));
    world.runs(&contract, "2026-12-13");
    world.top_up(NOOR, cny(5_000));
    let expected = ["26-12-15 paid 990", "27-01-07 told", "27-01-10 paid 990"];
    assert_eq!(world.runs(&contract, "2027-01-31"), expected);
}

#[test]
fn while_it_is_tried_again_only_the_next_day_has_moved() {
    let mut world = World::alipay();
    let plan = Plan { payments: Some(3), ..monthly("2026-12-10") };
    let contract = world.subscribed(NOOR, run_by_wallet(plan));
    world.runs(&contract, "2026-12-13");
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
    let steps = world.runs(&contract, "2027-02-28");
    assert_eq!(steps.iter().filter(|step| step.ends_with(withdrawn)).count(), 8, "{steps:?}");
    assert_eq!(steps.last().map(String::as_str), Some("27-02-10 paid 990"));
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
    let steps = world.runs(&contract, "2026-12-16");
    // The next one is announced at once: its day is tomorrow.
    assert_eq!(steps[..4], expected);
    assert_eq!(world.next_day(&contract), ("2026-12-17".to_owned(), 2));
    assert_eq!(steps[4..], ["26-12-16 told"]);
    assert_eq!(world.runs(&contract, "2026-12-17"), [format!("26-12-17 {fails}")]);
}

#[test]
fn the_merchant_may_deduct_itself_while_it_is_tried_again() {
    let mut world = World::alipay();
    let contract = world.subscribed(NOOR, films("2026-12-10"));
    world.runs(&contract, "2026-12-13");
    world.top_up(NOOR, cny(5_000));
    world.now = at("2026-12-14T10:00:00+03:00");
    world.done(deduct(&contract, "own", 500));
    assert_eq!(world.next_day(&contract), ("2027-01-10".to_owned(), 2));
    assert_eq!(world.runs(&contract, "2027-01-31"), ["27-01-07 told", "27-01-10 paid 990"]);
}
