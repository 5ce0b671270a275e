//! Every reason for which a deduction under an agreement is refused, and the order of those reasons
//! (spec/alipay-agreement.md 2.6.1). What is refused keeps nothing.

use crate::support::{
    NOOR, OMAR, RIVAL, SARA, SHOP, World, at_will, by_shop, call_off, cny, deduct, ends, give_back, iqd, monthly,
    order, periodic, trade, withdraw,
};
use mithaq_domain::{
    AgreementPay, AgreementTerms, Command, Deduct, EndedBy, FailReason, Illegal, Operation, PinCheck, Plan,
    PlanRefusal, Product, Refusal, Row, Status, UserStatus,
};
use mithaq_types::{ClientId, ContractId, UserId};

fn plan_refusal(refusal: PlanRefusal) -> Refusal {
    Refusal::Charge(FailReason::Plan(refusal))
}

#[test]
fn an_amount_that_is_nothing_or_less() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    for minor in [0, -1, i64::MIN] {
        assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", minor)), Refusal::AmountImpossible);
    }
}

#[test]
fn an_amount_that_no_sum_holds() {
    let mut world = World::alipay();
    (world.policy.charge_ceiling_whole, world.policy.day_ceiling_whole) = (i64::MAX, i64::MAX);
    let contract = world.subscribed(SARA, at_will());
    let refusal = world.refused_without_a_trace(deduct(&contract, "T1", i64::MAX));
    assert!(matches!(refusal, Refusal::Charge(FailReason::Balance) | Refusal::AmountImpossible), "{refusal:?}");
    world.deducted(&contract, 1);
    let refusal = world.refused_without_a_trace(deduct(&contract, "T1", i64::MAX));
    assert!(matches!(refusal, Refusal::Charge(FailReason::OverUserLimit) | Refusal::AmountImpossible), "{refusal:?}");
}

#[test]
fn a_number_that_was_used_before_is_paid() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    world.done(deduct(&contract, "T1", 990));
    let again = deduct(&contract, "T1", 990);
    assert_eq!(world.refused_without_a_trace(again.clone()), Refusal::Payment(Illegal::OrderPaid));
    world.wait("P1M");
    assert_eq!(
        world.refused_without_a_trace(again.clone()),
        Refusal::Payment(Illegal::OrderPaid),
        "in the next period too"
    );
    world.done(ends(&contract, by_shop(None)));
    assert_eq!(world.refused_without_a_trace(again), Refusal::Payment(Illegal::OrderPaid), "and after the end");
}

#[test]
fn a_number_that_was_used_for_something_else() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    let other = world.subscribed(OMAR, AgreementTerms { external_no: None, ..at_will() });
    world.done(deduct(&contract, "T1", 990));
    for different in [deduct(&contract, "T1", 991), deduct(&other, "T1", 990)] {
        assert_eq!(world.refused_without_a_trace(different), Refusal::RequestInconsistent);
    }
    let end = world.now + jiff::SignedDuration::from_mins(30);
    world.done(order("T2", Product::Online, iqd(1), end));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T2", 990)), Refusal::RequestInconsistent);
}

#[test]
fn a_number_whose_payment_was_given_back_is_closed() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    // The fee stays with the wallet: the shop needs some money of its own to give all of it back.
    world.deducted(&contract, 1_000);
    let (payment, _) = world.stands(deduct(&contract, "T1", 990));
    world.done(give_back(&payment.payment_id, "R1", 989));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), Refusal::Payment(Illegal::OrderPaid));
    world.done(give_back(&payment.payment_id, "R2", 1));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), Refusal::Payment(Illegal::OrderCancelled));
    let (payment, _) = world.stands(deduct(&contract, "T2", 990));
    world.done(call_off(&payment.payment_id));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T2", 990)), Refusal::Payment(Illegal::OrderCancelled));
}

#[test]
fn a_number_that_was_cancelled_before_it_came_is_closed() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    assert_eq!(world.refused(withdraw("T1")), Refusal::PaymentUnknown);
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), Refusal::Payment(Illegal::OrderCancelled));
    assert_eq!(world.yuan(SARA), 50_000);
    // Another merchant's number is another number.
    let theirs = Command::CancelPayment {
        client_id: ClientId::new(RIVAL),
        payment: mithaq_domain::PaymentRef::Request("T2".to_owned()),
    };
    world.refused(theirs);
    world.done(deduct(&contract, "T2", 990));
}

#[test]
fn a_client_that_may_not() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    let stranger = Deduct { client_id: ClientId::new("nobody"), ..deduct(&contract, "T1", 990) };
    assert_eq!(world.refused_without_a_trace(stranger), Refusal::ClientUnknown);
    for (status, agreement_pay, refusal) in [
        (Status::Suspended, AgreementPay::Allowed, Refusal::ClientSuspended),
        (Status::Active, AgreementPay::Suspended, Refusal::AgreementPaySuspended),
        (Status::Active, AgreementPay::NotAgreed, Refusal::AgreementPayNotAgreed),
    ] {
        world.done(Command::SetClient { client_id: ClientId::new(SHOP), status, agreement_pay });
        assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), refusal);
    }
}

#[test]
fn a_merchant_that_may_not_be_paid() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    let set = |status| Operation::SetMerchantStatus { client_id: ClientId::new(SHOP), status };
    world.done(Command::Operate(Box::new(set(Status::Suspended))));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), Refusal::MerchantSuspended);
    world.done(Command::Operate(Box::new(set(Status::Active))));
    world.done(deduct(&contract, "T1", 990));
}

#[test]
fn an_agreement_that_is_not_there_or_another_merchants() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    let nothing = deduct(&ContractId::new("20265305000000000001"), "T1", 990);
    assert_eq!(world.refused_without_a_trace(nothing), Refusal::ContractUnknown);
    let theirs = Deduct { client_id: ClientId::new(RIVAL), ..deduct(&contract, "T1", 990) };
    assert_eq!(world.refused_without_a_trace(theirs), Refusal::ContractUnknown);
    let qi = world.agreed_simply(SARA, "tokens");
    assert_eq!(
        world.refused_without_a_trace(deduct(&qi, "T1", 990)),
        Refusal::ContractUnknown,
        "no agreement of this surface"
    );
    world.done(ends(&contract, by_shop(None)));
    let theirs = Deduct { client_id: ClientId::new(RIVAL), ..deduct(&contract, "T1", 990) };
    assert_eq!(world.refused_without_a_trace(theirs), Refusal::ContractUnknown, "what became of it is not told either");
}

#[test]
fn an_agreement_that_was_ended() {
    let user = EndedBy::User(UserId::new(SARA), PinCheck::Right);
    for by in [user, EndedBy::Operator, by_shop(None)] {
        let mut world = World::alipay();
        let contract = world.subscribed(SARA, at_will());
        world.done(ends(&contract, by));
        assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), Refusal::ContractOver);
    }
}

#[test]
fn an_agreement_that_ran_out_whether_or_not_time_has_ended_it() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    world.now = at_will().ends_at - jiff::SignedDuration::from_millis(1);
    world.done(deduct(&contract, "T1", 990));
    world.now = at_will().ends_at;
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T2", 990)), Refusal::ContractExpired);
    world.done(ends(&contract, EndedBy::Clock));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T2", 990)), Refusal::ContractExpired);
}

#[test]
fn a_product_that_the_agreement_is_not_for() {
    let mut world = World::alipay();
    let at_will = world.subscribed(SARA, at_will());
    let periodic = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    let of =
        |contract: &ContractId, product: &str| Deduct { gateway: trade(product), ..deduct(contract, product, 990) };
    assert_eq!(world.refused_without_a_trace(of(&at_will, "CYCLE_PAY_AUTH")), Refusal::OtherProduct);
    world.done(of(&at_will, "GENERAL_WITHHOLDING"));
    world.done(of(&periodic, "CYCLE_PAY_AUTH"));
    world.wait("P1M");
    let newer = Deduct { gateway: trade("GENERAL_WITHHOLDING"), ..deduct(&periodic, "newer", 990) };
    world.done(newer);
}

#[test]
fn a_payer_who_may_not_pay() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    for (status, reason) in
        [(UserStatus::Frozen, FailReason::UserFrozen), (UserStatus::Restricted, FailReason::Restricted)]
    {
        world.done(Command::SetUser { user_id: UserId::new(SARA), status });
        assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 990)), Refusal::Charge(reason));
    }
}

#[test]
fn another_currency() {
    let mut world = World::alipay();
    for agreement in [at_will(), periodic(monthly("2026-12-05"))] {
        let contract = world.subscribed(SARA, agreement);
        let dinars = Deduct { amount: iqd(1), ..deduct(&contract, "T1", 1) };
        assert_eq!(world.refused_without_a_trace(dinars), Refusal::Charge(FailReason::Currency));
    }
}

#[test]
fn more_than_one_deduction_all_of_them_or_their_number_may_be() {
    let mut world = World::alipay();
    let plan = Plan { total: Some(cny(1_500)), payments: Some(2), ..monthly("2026-12-05") };
    let contract = world.subscribed(SARA, periodic(plan));
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 991)), plan_refusal(PlanRefusal::OverSingle));
    world.done(deduct(&contract, "T1", 990));
    world.wait("P1M");
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T2", 511)), plan_refusal(PlanRefusal::OverTotal));
    world.done(deduct(&contract, "T2", 10));
    world.wait("P1M");
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T3", 1)), plan_refusal(PlanRefusal::OverCount));
}

#[test]
fn more_than_the_wallet_lets_through() {
    let mut world = World::alipay();
    world.policy.charge_ceiling_whole = 100;
    let dear = Plan { single: cny(20_000), total: None, ..monthly("2026-12-05") };
    for agreement in [at_will(), periodic(dear)] {
        let contract = world.subscribed(SARA, agreement);
        assert_eq!(
            world.refused_without_a_trace(deduct(&contract, "T1", 10_001)),
            Refusal::Charge(FailReason::OverLimit)
        );
    }
}

#[test]
fn too_little_money_whatever_there_is_in_another_currency() {
    let mut world = World::alipay();
    let contract = world.subscribed(NOOR, at_will());
    assert!(world.balance(NOOR) > 0);
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T1", 1)), Refusal::Charge(FailReason::Balance));
    assert_eq!(world.told(), [], "the merchant tries again; the user is not told of every try");
}

/// Everything is wrong at once; what is mended is not what is told next but the rule after it.
#[test]
fn the_reasons_are_told_in_the_order_of_the_specification() {
    let mut world = World::alipay();
    world.policy.charge_ceiling_whole = 5;
    world.policy.day_ceiling_whole = 4;
    let plan = Plan { total: Some(cny(980)), payments: Some(1), ..monthly("2026-12-05") };
    let contract = world.subscribed(NOOR, periodic(plan));
    let noor = UserId::new(NOOR);
    let merchant =
        |status| Command::Operate(Box::new(Operation::SetMerchantStatus { client_id: ClientId::new(SHOP), status }));
    let client = |status, agreement_pay| Command::SetClient { client_id: ClientId::new(SHOP), status, agreement_pay };
    let mut wrong = Deduct { gateway: trade("CYCLE_PAY_AUTH"), amount: iqd(0), ..deduct(&contract, "T1", 991) };
    world.now += jiff::SignedDuration::from_hours(24 * 30);
    world.done(client(Status::Suspended, AgreementPay::Suspended));
    world.done(merchant(Status::Suspended));
    world.done(Command::SetUser { user_id: noor.clone(), status: UserStatus::Frozen });

    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::ClientSuspended);
    world.done(client(Status::Active, AgreementPay::Suspended));
    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::AgreementPaySuspended);
    world.done(client(Status::Active, AgreementPay::Allowed));
    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::AmountImpossible);
    wrong.amount = iqd(1);
    wrong.contract_id = ContractId::new("none");
    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::ContractUnknown);
    wrong.contract_id = contract.clone();
    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::MerchantSuspended);
    world.done(merchant(Status::Active));
    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::Charge(FailReason::UserFrozen));
    world.done(Command::SetUser { user_id: noor, status: UserStatus::Active });
    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::Charge(FailReason::Currency));
    wrong.amount = cny(991);
    assert_eq!(world.refused_without_a_trace(wrong.clone()), plan_refusal(PlanRefusal::OverSingle));
    wrong.amount = cny(990);
    assert_eq!(world.refused_without_a_trace(wrong.clone()), plan_refusal(PlanRefusal::OverTotal));
    wrong.amount = cny(980);
    let planned = "2026-12-05".parse().expect("a day");
    assert_eq!(world.refused_without_a_trace(wrong.clone()), plan_refusal(PlanRefusal::TooLate(planned)));
    world.done(crate::support::put_off(&contract, "2027-01-01"));
    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::Charge(FailReason::OverLimit));
    wrong.amount = cny(500);
    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::Charge(FailReason::OverUserLimit));
    wrong.amount = cny(400);
    assert_eq!(world.refused_without_a_trace(wrong.clone()), Refusal::Charge(FailReason::Balance));
    world.top_up(NOOR, cny(400));
    world.done(wrong);
    world.wait("P2M");
    let more = Deduct { gateway: trade("CYCLE_PAY_AUTH"), ..deduct(&contract, "T2", 400) };
    assert_eq!(world.refused_without_a_trace(more), plan_refusal(PlanRefusal::OverCount), "before the day");
}

#[test]
fn nothing_is_left_of_all_these_refusals() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, periodic(monthly("2026-12-05")));
    let (rows, audit, standing) = (world.rows.rows().count(), world.audit.len(), world.standing(&contract));
    for number in 0..50 {
        world.refused_without_a_trace(deduct(&contract, &format!("T{number}"), 991 + number));
    }
    assert_eq!((world.rows.rows().count(), world.audit.len(), world.standing(&contract)), (rows, audit, standing));
    assert!(!world.rows.rows().any(|row| matches!(row, Row::Payment(_))));
}
