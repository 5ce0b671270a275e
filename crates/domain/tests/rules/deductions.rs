//! A merchant deducts under an agreement: what it moves, what it counts, who is told (spec/alipay-agreement.md 2.6).

use crate::support::{
    GATEWAY_URL, OMAR, SARA, SHOP, TRADE_URL, World, at, at_will, cny, deduct, monthly, pay, periodic, run_by_wallet,
    trade,
};
use mithaq_domain::{
    Deduct, Done, Every, FailReason, GatewayNews, Illegal, Owner, PaymentOutcome, PaymentState, PaymentStatus, Plan,
    PlanRefusal, Product, Refusal, UserNews,
};
use mithaq_types::{Currency, UserId};

#[test]
fn the_money_moves_at_once_and_the_plan_goes_on() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    let (payment, state) = world.stands(deduct(&contract, "T1", 990));
    assert_eq!((payment.outcome, payment.product), (PaymentOutcome::Success, Product::Agreement));
    assert_eq!((payment.amount, payment.fee, payment.paid_at), (cny(990), cny(9), Some(world.now)));
    assert_eq!((payment.contract_id.as_ref(), payment.user_id), (Some(&contract), Some(UserId::new(SARA))));
    assert_eq!(payment.gateway.as_deref(), Some(&trade("GENERAL_WITHHOLDING")));
    assert_eq!((state.status, state.taken, state.refunded), (PaymentStatus::Success, 990, 0));
    assert_eq!((world.yuan(SARA), world.yuan_takings()), (50_000 - 990, 981));
    assert_eq!(world.account(Owner::Fees, Currency::CNY).balance, 9);
    let plan = world.plan(&contract);
    assert_eq!((plan.paid, plan.paid_minor, plan.last_at), (1, 990, Some(world.now)));
    assert_eq!(world.next_day(&contract), ("2027-01-05".to_owned(), 2));
    let standing = world.standing(&contract);
    assert_eq!((standing.charges, standing.charged_minor, standing.last_payment), (1, 990, Some(payment.payment_id)));
}

#[test]
fn the_next_day_follows_from_the_planned_one_and_not_from_the_day_of_payment() {
    let mut world = World::alipay();
    let weekly = Plan { every: Every::Days(7), total: None, payments: None, ..monthly("2026-12-05") };
    let contract = world.subscribed(SARA, periodic(weekly));
    for (today, next) in [("2026-11-30", "2026-12-12"), ("2026-12-12", "2026-12-19"), ("2026-12-15", "2026-12-26")] {
        world.now = at(&format!("{today}T12:00:00+03:00"));
        world.deducted(&contract, 1);
        assert_eq!(world.next_day(&contract).0, next);
    }
}

#[test]
fn the_day_is_the_wallets_and_begins_at_its_midnight() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-08")));
    world.now = at("2026-12-02T23:59:59.999+03:00");
    let early = FailReason::Plan(PlanRefusal::TooEarly("2026-12-03".parse().expect("a day")));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), Refusal::Charge(early));
    world.now = at("2026-12-03T00:00:00+03:00");
    world.done(deduct(&contract, "T1", 990));
    world.now = at("2027-01-08T23:59:59.999+03:00");
    world.done(deduct(&contract, "T2", 990));
    world.now = at("2027-02-09T00:00:00+03:00");
    let late = FailReason::Plan(PlanRefusal::TooLate("2027-02-08".parse().expect("a day")));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T3", 990)), Refusal::Charge(late));
}

#[test]
fn the_operator_sets_the_window() {
    let mut world = World::alipay();
    world.policy.plan_window_days = 3;
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    let opens = FailReason::Plan(PlanRefusal::TooEarly("2026-12-02".parse().expect("a day")));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), Refusal::Charge(opens));
    world.wait("P1D");
    world.done(deduct(&contract, "T1", 990));
}

#[test]
fn a_window_that_is_wider_than_the_period_allows_no_second_deduction_in_it() {
    let mut world = World::alipay();
    world.policy.plan_window_days = 60;
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    world.done(deduct(&contract, "T1", 990));
    let opens = FailReason::Plan(PlanRefusal::TooEarly("2026-12-06".parse().expect("a day")));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T2", 990)), Refusal::Charge(opens));
}

#[test]
fn a_plan_may_begin_before_it_is_signed_and_then_waits_to_be_moved() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-11-05")));
    assert_eq!(world.next_day(&contract).0, "2026-11-05");
    let late = FailReason::Plan(PlanRefusal::TooLate("2026-11-05".parse().expect("a day")));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), Refusal::Charge(late));
    world.done(crate::support::put_off(&contract, "2026-12-01"));
    world.done(deduct(&contract, "T1", 990));
}

#[test]
fn less_may_be_taken_than_agreed_and_the_period_is_used_up_all_the_same() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    world.done(deduct(&contract, "T1", 1));
    assert!(matches!(
        world.refused_without_a_trace(deduct(&contract, "T2", 1)),
        Refusal::Charge(FailReason::Plan(PlanRefusal::TooEarly(_)))
    ));
}

#[test]
fn at_will_means_any_day_and_any_number_of_times() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    for minor in [1, 5_000, 1] {
        world.deducted(&contract, minor);
    }
    world.wait("P3M");
    world.deducted(&contract, 40_000);
    assert_eq!((world.yuan(SARA), world.standing(&contract).charges), (50_000 - 45_002, 4));
    assert_eq!(world.standing(&contract).plan, None);
}

#[test]
fn the_user_and_the_merchant_hear_of_it_where_the_request_says() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    let payment = world.deducted(&contract, 990);
    let news = GatewayNews::Trade {
        payment_id: payment.payment_id.clone(),
        user_id: Some(UserId::new(SARA)),
        paid_at: Some(world.now),
        closed_at: None,
        refunded: 0,
        refund: None,
    };
    assert_eq!(world.gateway_news(), [(TRADE_URL.to_owned(), news)]);
    assert!(world.outgoing().iter().all(|row| row.payment_id.as_ref() == Some(&payment.payment_id)));
    let charged = UserNews::Charged {
        merchant: "Zaytoun Market".to_owned(),
        amount: cny(990),
        description: "Films".to_owned(),
        balance: cny(49_010),
    };
    assert_eq!(world.told(), [(SARA.to_owned(), charged)]);
    world.done(Deduct { notify_url: None, ..deduct(&contract, "T2", 990) });
    assert_eq!(world.gateway_news(), [], "of trades nobody hears at {GATEWAY_URL}");
}

#[test]
fn the_payments_of_an_agreement_are_a_chain_that_refusals_leave_no_gap_in() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    let first = world.deducted(&contract, 1);
    world.refused_without_a_trace(deduct(&contract, "too much", 60_000));
    let second = world.deducted(&contract, 2);
    assert_eq!((first.previous, second.previous), (None, Some(first.payment_id)));
    assert_eq!(world.standing(&contract).last_payment, Some(second.payment_id));
}

#[test]
fn a_number_that_was_refused_may_succeed_later() {
    let mut world = World::alipay();
    let contract = world.subscribed(OMAR, at_will());
    let request = deduct(&contract, "T1", 50_001);
    assert_eq!(world.refused_without_a_trace(request.clone()), Refusal::Charge(FailReason::Balance));
    world.top_up(OMAR, cny(1));
    let (payment, _) = world.stands(request.clone());
    assert_eq!(payment.paid_at, Some(world.now));
    assert_eq!(world.refused_without_a_trace(request), Refusal::Payment(Illegal::OrderPaid));
}

#[test]
fn the_day_ceiling_counts_every_deduction_of_the_day_whatever_it_was_made_under() {
    let mut world = World::alipay();
    world.policy.day_ceiling_whole = 100;
    let contract = world.subscribed(SARA, at_will());
    let other = world.subscribed(SARA, periodic(Plan { single: cny(9_000), total: None, ..monthly("2026-12-05") }));
    world.deducted(&contract, 9_000);
    assert_eq!(world.refused_without_a_trace(deduct(&other, "T1", 1_001)), Refusal::Charge(FailReason::OverUserLimit));
    world.deducted(&other, 1_000);
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T2", 1)), Refusal::Charge(FailReason::OverUserLimit));
    // Sums of another currency are another account's.
    world.agreed_simply(SARA, "dinars");
    assert!(
        matches!(world.done(pay("dinars", "R1", crate::support::iqd(100))), Done::Paid(one) if one.paid_at.is_some())
    );
    world.wait("P1D");
    world.deducted(&contract, 10_000);
}

#[test]
fn the_remainder_of_the_total_may_be_less_than_one_deduction() {
    let mut world = World::alipay();
    let plan = Plan { single: cny(1_000), total: Some(cny(2_500)), payments: None, ..monthly("2026-12-05") };
    let contract = world.subscribed(SARA, periodic(plan));
    for _ in 0..2 {
        world.deducted(&contract, 1_000);
        world.wait("P1M");
    }
    let over = Refusal::Charge(FailReason::Plan(PlanRefusal::OverTotal));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T3", 501)), over);
    world.done(deduct(&contract, "T3", 500));
    world.wait("P1M");
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T4", 1)), over);
    assert_eq!(world.standing(&contract).days_left(&plan, 12), []);
}

#[test]
fn a_deduction_that_was_made_while_the_wallet_runs_the_plan_is_not_made_again() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, run_by_wallet(monthly("2026-12-05")));
    world.done(deduct(&contract, "own", 990));
    let run = world.standing(&contract).run.expect("it goes on");
    assert_eq!((run.planned.to_string().as_str(), run.announced, run.failed), ("2027-01-05", false, 0));
    assert_eq!(run.due_at, at("2027-01-02T09:00:00+03:00"));
    world.now = at("2026-12-05T09:00:00+03:00");
    assert_eq!(world.ran(&contract), mithaq_domain::PlanStep::Nothing);
    assert_eq!(world.standing(&contract).charges, 1);
}

#[test]
fn what_a_payment_of_it_says_is_what_its_state_says() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    let (payment, state) = world.stands(deduct(&contract, "T1", 990));
    assert_eq!(state, PaymentState::of(&payment));
    assert_eq!(world.rows.payment_by_request(&mithaq_types::ClientId::new(SHOP), "T1"), Some(&payment));
}
