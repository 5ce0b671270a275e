//! What becomes of payments of the gateway: closed, cancelled, given back; what is refused keeps nothing
//! (spec/alipay-agreement.md 2.8, 2.10, 2.11, 4.3).

use crate::support::{
    PAID_URL, RIVAL, SARA, SHOP, TRADE_URL, World, at_will, call_off, close, cny, confirm, deduct, expire, freeze,
    give_back, iqd, operate, order, trade, withdraw,
};
use mithaq_domain::{
    CancelReason, Command, Done, FailReason, GatewayNews, Illegal, OperateRequest, Operation, OperationRefusal,
    OrderRequest, PaymentOperation, PaymentRef, PaymentState, PaymentStatus, Product, RefundNews, Refusal, Row, Status,
    Wish, trade_request_id,
};
use mithaq_types::{ClientId, PaymentId, UserId};

/// Sara's deduction of 9.90.
fn bought(world: &mut World) -> PaymentId {
    let contract = world.subscribed(SARA, at_will());
    world.deducted(&contract, 990).payment_id
}

/// An order that the shop's app has made and nobody has paid; it can be paid for half an hour.
fn made(world: &mut World, request_id: &str) -> PaymentId {
    let end = world.now + jiff::SignedDuration::from_mins(30);
    let gateway = Some(Box::new(trade("QUICK_MSECURITY_PAY")));
    world.stands(OrderRequest { gateway, ..order(request_id, Product::Online, cny(500), end) }).0.payment_id
}

fn done(world: &mut World, request: OperateRequest) -> PaymentOperation {
    match world.done(request) {
        Done::Operated(operation) => *operation,
        other => panic!("{other:?}"),
    }
}

/// What the merchant is told, if it is told anything: of the payment, with what was refunded, closed or not.
fn news(world: &World, id: &PaymentId, state: &PaymentState, refund: Option<(&str, i64)>) -> GatewayNews {
    let closed = state.refunded >= state.taken;
    GatewayNews::Trade {
        payment_id: id.clone(),
        user_id: state.user_id.clone(),
        paid_at: state.paid_at,
        closed_at: closed.then_some(world.now),
        refunded: state.refunded,
        refund: refund.map(|(request_no, minor)| RefundNews {
            minor,
            request_no: request_no.to_owned(),
            at: world.now,
        }),
    }
}

#[test]
fn parts_go_back_until_all_has_and_each_is_told() {
    let mut world = World::alipay();
    let id = bought(&mut world);
    // The fee stays with the wallet: the shop needs some money of its own to give all of it back.
    bought(&mut world);
    world.wait("P1D");
    for (number, minor, left) in [("R1", 300, 690), ("R2", 689, 1), ("R3", 1, 0)] {
        world.wait("PT1M");
        let operation = done(&mut world, give_back(&id, number, minor));
        assert_eq!((operation.request_no(), operation.amount), (number, cny(minor)));
        let state = world.state(&id);
        assert_eq!(state.refundable(), left);
        let expected = news(&world, &id, &state, Some((number, minor)));
        assert_eq!(world.gateway_news(), [(TRADE_URL.to_owned(), expected)]);
        assert_eq!(world.told().len(), 1, "the payer too");
    }
    assert_eq!(world.payment_status(&id), PaymentStatus::Success);
    assert_eq!((world.yuan(SARA), world.yuan_takings()), (50_000 - 990, 981 - 9));
}

#[test]
fn a_number_of_a_refund_is_unique_within_its_trade_only() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    for _ in 0..3 {
        let id = world.deducted(&contract, 990).payment_id;
        let first = done(&mut world, give_back(&id, "R1", 100));
        assert_eq!((first.payment_id.clone(), first.request_no()), (id.clone(), "R1"));
        let again = world.done(give_back(&id, "R1", 100));
        assert_eq!(again, Done::OperatedBefore(Box::new(first)), "the same again, and the merchant is told so");
        assert_eq!(world.changes, []);
        assert_eq!(world.refused_without_a_trace(give_back(&id, "R1", 101)), Refusal::RequestInconsistent);
        assert_eq!(world.state(&id).refunded, 100);
    }
}

#[test]
fn a_number_may_hold_anything_and_still_comes_back_as_it_was() {
    let mut world = World::alipay();
    let id = bought(&mut world);
    for number in [id.as_str(), ":", "a:b", "", "20261128070000800100166252393344983:R1"] {
        let operation = done(&mut world, give_back(&id, number, 1));
        assert_eq!((operation.request_no(), &operation.request_id), (number, &trade_request_id(&id, number)));
    }
}

#[test]
fn a_refund_that_is_refused_keeps_nothing_and_may_succeed_later() {
    let mut world = World::alipay();
    let id = bought(&mut world);
    let too_much = give_back(&id, "R1", 991);
    assert_eq!(world.refused_without_a_trace(too_much), Refusal::Operation(OperationRefusal::ExceedsTaken));
    let dinars = OperateRequest { wish: Wish::Refund(iqd(1), None), ..give_back(&id, "R1", 1) };
    assert_eq!(world.refused_without_a_trace(dinars), Refusal::Operation(OperationRefusal::Currency));
    for minor in [0, -1] {
        assert_eq!(world.refused_without_a_trace(give_back(&id, "R1", minor)), Refusal::AmountImpossible);
    }
    // The shop has 9.81 of it; with the rest paid out it cannot give back what it does not have.
    assert_eq!(
        world.refused_without_a_trace(give_back(&id, "R1", 990)),
        Refusal::Operation(OperationRefusal::MerchantBalance)
    );
    world.done(freeze(&id, true));
    assert_eq!(world.refused_without_a_trace(give_back(&id, "R1", 1)), Refusal::Operation(OperationRefusal::Frozen));
    world.done(freeze(&id, false));
    let suspend = |status| Operation::SetMerchantStatus { client_id: ClientId::new(SHOP), status };
    world.done(Command::Operate(Box::new(suspend(Status::Suspended))));
    assert_eq!(
        world.refused_without_a_trace(give_back(&id, "R1", 1)),
        Refusal::Operation(OperationRefusal::MerchantSuspended)
    );
    world.done(Command::Operate(Box::new(suspend(Status::Active))));
    let theirs = OperateRequest { client_id: ClientId::new(RIVAL), ..give_back(&id, "R1", 1) };
    assert_eq!(world.refused_without_a_trace(theirs), Refusal::PaymentUnknown);
    done(&mut world, give_back(&id, "R1", 981));
    assert_eq!(world.rows.rows().filter(|row| matches!(row, Row::Operation(_))).count(), 1);
}

#[test]
fn what_was_not_paid_or_too_long_ago_is_not_given_back() {
    let mut world = World::alipay();
    let open = made(&mut world, "T1");
    assert_eq!(world.refused_without_a_trace(give_back(&open, "R1", 1)), Refusal::Operation(OperationRefusal::Status));
    let id = bought(&mut world);
    world.now += world.policy.refund_life;
    done(&mut world, give_back(&id, "R1", 1));
    world.now += jiff::SignedDuration::from_millis(1);
    assert_eq!(world.refused_without_a_trace(give_back(&id, "R2", 1)), Refusal::Operation(OperationRefusal::Window));
}

#[test]
fn of_other_payments_a_refused_refund_is_kept() {
    let mut world = World::alipay();
    let id = world.bought(SARA, Product::Online, 1_000);
    assert_eq!(world.operation_fails(&id, Wish::Refund(iqd(1_001), None)), OperationRefusal::ExceedsTaken);
    assert!(world.rows.rows().any(|row| matches!(row, Row::Operation(_))));
    let request = operate(&id, "R1", Wish::Refund(iqd(1), None));
    let first = world.done(request.clone());
    assert_eq!(world.done(request), first, "and a repeat is answered as it was");
}

#[test]
fn whoever_pays_a_trade_is_known_to_its_merchant_from_then_on() {
    let mut world = World::alipay();
    let known = |world: &World| {
        world.rows.customer(&UserId::new(SARA), &mithaq_types::MerchantId::new(SHOP)).map(|one| one.customer_id.clone())
    };
    let id = made(&mut world, "T1");
    assert_eq!(known(&world), None);
    world.refused_without_a_trace(mithaq_domain::ConfirmOrder {
        source: mithaq_domain::Source::Card(mithaq_types::CardId::new("none")),
        ..confirm(SARA, &id)
    });
    world.done(confirm(SARA, &id));
    let first = known(&world).expect("the notice names them");
    let id = made(&mut world, "T2");
    world.done(confirm(SARA, &id));
    assert_eq!(known(&world), Some(first), "and always by the same number");
}

#[test]
fn an_order_that_nobody_has_paid_is_closed_once() {
    let mut world = World::alipay();
    let id = made(&mut world, "T1");
    let (_, state) = world.stands(close(&id));
    assert_eq!((state.status, state.ended_at), (PaymentStatus::Cancelled(CancelReason::Merchant), Some(world.now)));
    let expected = news(&world, &id, &state, None);
    assert_eq!(world.gateway_news(), [(PAID_URL.to_owned(), expected)]);
    assert_eq!((world.stands(close(&id)).1, world.changes.len()), (state, 0), "and left so");
    assert_eq!(world.refused_without_a_trace(confirm(SARA, &id)), Refusal::Payment(Illegal::OrderCancelled));
}

#[test]
fn an_order_whose_time_is_up_is_closed_already() {
    let mut world = World::alipay();
    let id = made(&mut world, "T1");
    world.wait("PT30M");
    let (_, state) = world.stands(expire(&id));
    assert_eq!(world.gateway_news(), [(PAID_URL.to_owned(), news(&world, &id, &state, None))]);
    let (_, after) = world.stands(close(&id));
    assert_eq!((after.status, world.changes.len()), (PaymentStatus::Failed(FailReason::Expired), 0));
}

#[test]
fn what_was_paid_is_not_closed() {
    let mut world = World::alipay();
    let id = bought(&mut world);
    assert_eq!(world.refused_without_a_trace(close(&id)), Refusal::Payment(Illegal::Status));
    let order = made(&mut world, "T1");
    world.done(confirm(SARA, &order));
    assert_eq!(world.refused_without_a_trace(close(&order)), Refusal::Payment(Illegal::Status));
    world.done(call_off(&order));
    assert_eq!(world.refused_without_a_trace(close(&order)), Refusal::Payment(Illegal::Status));
}

#[test]
fn what_is_not_there_is_not_closed_and_its_number_stays_free() {
    let mut world = World::alipay();
    let (client_id, payment) = (ClientId::new(SHOP), PaymentRef::Request("T1".to_owned()));
    assert_eq!(world.refused_without_a_trace(Command::ClosePayment { client_id, payment }), Refusal::PaymentUnknown);
    let id = made(&mut world, "T1");
    let theirs = Command::ClosePayment { client_id: ClientId::new(RIVAL), payment: PaymentRef::Id(id) };
    assert_eq!(world.refused_without_a_trace(theirs), Refusal::PaymentUnknown);
}

#[test]
fn an_order_is_told_of_once_when_it_is_paid() {
    let mut world = World::alipay();
    let id = made(&mut world, "T1");
    assert_eq!(world.notices(), [], "not when it is made");
    world.done(confirm(SARA, &id));
    let state = world.state(&id);
    assert_eq!(world.gateway_news(), [(PAID_URL.to_owned(), news(&world, &id, &state, None))]);
    assert_eq!(world.payment_status(&id), PaymentStatus::Success);
}

#[test]
fn cancelling_on_the_same_day_gives_everything_back_with_the_fee() {
    let mut world = World::alipay();
    let id = bought(&mut world);
    world.now = crate::support::at("2026-12-01T23:59:59+03:00");
    let (_, state) = world.stands(call_off(&id));
    assert!(state.reversed && state.refunded == 990);
    assert_eq!((world.yuan(SARA), world.yuan_takings()), (50_000, 0));
    assert_eq!(world.gateway_news(), [(TRADE_URL.to_owned(), news(&world, &id, &state, None))]);
    assert_eq!((world.stands(call_off(&id)).1, world.changes.len()), (state, 0), "once");
    assert_eq!(
        world.refused_without_a_trace(give_back(&id, "R1", 1)),
        Refusal::Operation(OperationRefusal::ExceedsTaken)
    );
}

#[test]
fn cancelling_on_another_day_or_after_a_refund_is_refused() {
    let mut world = World::alipay();
    let id = bought(&mut world);
    done(&mut world, give_back(&id, "R1", 1));
    assert_eq!(world.refused_without_a_trace(call_off(&id)), Refusal::Payment(Illegal::Status));
    let contract = world.subscribed(SARA, at_will());
    let id = world.deducted(&contract, 10).payment_id;
    world.now = crate::support::at("2026-12-02T00:00:00+03:00");
    assert_eq!(world.refused_without_a_trace(call_off(&id)), Refusal::Payment(Illegal::Window));
}

#[test]
fn cancelling_closes_what_nobody_has_paid_and_burns_what_never_came() {
    let mut world = World::alipay();
    let id = made(&mut world, "T1");
    world.done(call_off(&id));
    assert_eq!(world.gateway_news().len(), 1);
    assert_eq!(world.refused(withdraw("T2")), Refusal::PaymentUnknown);
    assert_eq!(world.notices(), []);
    assert_eq!(world.refused_without_a_trace(withdraw("T2")), Refusal::PaymentUnknown, "there is still nothing");
    let contract = world.subscribed(SARA, at_will());
    assert_eq!(world.refused_without_a_trace(deduct(&contract, "T2", 1)), Refusal::Payment(Illegal::OrderCancelled));
}

#[test]
fn refunds_and_cancelling_give_no_period_back() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, crate::support::periodic(crate::support::monthly("2026-12-05")));
    let id = world.deducted(&contract, 990).payment_id;
    let plan = world.plan(&contract);
    world.done(call_off(&id));
    assert_eq!(world.plan(&contract), plan);
    assert!(world.refused_without_a_trace(deduct(&contract, "again", 990)) != Refusal::ContractUnknown);
    world.wait("P1M");
    let id = world.deducted(&contract, 990).payment_id;
    let plan = world.plan(&contract);
    done(&mut world, give_back(&id, "R1", 500));
    assert_eq!(world.plan(&contract), plan);
}

#[test]
fn one_without_an_address_is_told_of_nowhere() {
    let mut world = World::alipay();
    let contract = world.subscribed(SARA, at_will());
    let silent = mithaq_domain::Deduct { notify_url: None, ..deduct(&contract, "T1", 990) };
    let id = world.stands(silent).0.payment_id;
    done(&mut world, give_back(&id, "R1", 1));
    let told_itself = operate(&id, &trade_request_id(&id, "R2"), Wish::Refund(cny(1), None));
    done(&mut world, told_itself);
    assert_eq!(world.notices(), [], "a refund has no address of its own on this surface");
    assert_eq!(world.state(&id).user_id, Some(UserId::new(SARA)));
}
