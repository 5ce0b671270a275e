//! The merchant cancels: whatever was paid or held goes back, and nothing more can come of it (spec/qicard.md 7.9).

use crate::support::{
    NOOR, OMAR, RIVAL, SARA, SHOP, World, accept, by_code, call_off, confirm, expire, iqd, issue, operate, order, pay,
    refund, withdraw,
};
use jiff::SignedDuration;
use mithaq_domain::{
    CancelReason, Command, FailReason, Illegal, OperationKind, PaymentOutcome, PaymentRef, PaymentStatus, Product,
    Refusal, Wish,
};
use mithaq_types::{ClientId, PaymentId};

const CANCELLED: PaymentStatus = PaymentStatus::Cancelled(CancelReason::Merchant);

#[test]
fn an_unpaid_order_is_closed() {
    let mut world = World::sandbox();
    let id = world.placed(Product::Online, 1_000);
    let state = world.stands(call_off(&id)).1;
    assert_eq!((state.status, state.ended_at), (CANCELLED, Some(world.now)));
    assert_eq!(world.refused(confirm(SARA, &id)), Refusal::Payment(Illegal::OrderCancelled));
    assert_eq!(world.stands(call_off(&id)).1, state, "again, it is cancelled as far as the merchant is concerned");
    assert!(world.changes.is_empty());
    world.wait("P1D");
    world.done(expire(&id));
    assert_eq!(world.payment_status(&id), CANCELLED);
}

#[test]
fn what_is_held_goes_back_until_it_was_accepted_taken_or_given_back() {
    let mut world = World::sandbox();
    for product in [Product::AuthCapture, Product::Escrow] {
        let id = world.bought(SARA, product, 10_000);
        world.wait("P1D");
        assert_eq!(world.stands(call_off(&id)).1.status, CANCELLED, "on any day");
        assert_eq!((world.balance(SARA), world.on_hold(SARA)), (iqd(250_000).minor, 0));
    }
    let accepted = world.bought(SARA, Product::Escrow, 10);
    world.done(accept(&accepted));
    let voided = world.bought(SARA, Product::AuthCapture, 10);
    world.operated(&voided, Wish::Void(Some(iqd(1))));
    let captured = world.bought(SARA, Product::AuthCapture, 10);
    world.operated(&captured, Wish::Capture(None));
    for id in [accepted, voided.clone(), captured] {
        assert_eq!(world.refused(call_off(&id)), Refusal::Payment(Illegal::Status));
        assert!(world.changes.is_empty());
    }
    world.operated(&voided, Wish::Void(None));
    assert_eq!(world.refused(call_off(&voided)), Refusal::Payment(Illegal::Status), "after a void");
}

#[test]
fn what_was_paid_goes_back_on_the_same_day_with_the_fee_and_stays_a_success() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(issue(SARA, "28"));
    let shown = world.paid_by_code(by_code("28", "code", iqd(10_000))).payment_id;
    let ids = [world.bought(SARA, Product::Online, 10_000), world.charge("T1", iqd(10_000)).payment_id, shown];
    assert_eq!((world.takings(SHOP), world.fees()), (iqd(29_700).minor, iqd(300).minor));
    for id in &ids {
        let state = world.stands(call_off(id)).1;
        assert_eq!((state.status, state.reversed, state.fee), (PaymentStatus::Success, true, 0));
        assert_eq!(state.refundable(), 0);
        let by = world.rows.operation_by_request(&ClientId::new(SHOP), OperationKind::Cancel, id.as_str());
        assert_eq!(by.expect("a transaction").amount, iqd(10_000));
        assert_eq!(world.stands(call_off(id)).1, state);
        assert!(world.changes.is_empty());
        assert_eq!(world.operation_fails(id, refund(1)), mithaq_domain::OperationRefusal::ExceedsTaken);
    }
    assert_eq!((world.balance(SARA), world.takings(SHOP), world.fees()), (iqd(250_000).minor, 0, 0));
}

#[test]
fn the_next_day_or_after_a_refund_it_is_too_late() {
    let mut world = World::sandbox();
    world.now = crate::support::at("2026-12-01T23:59:59+03:00");
    let [kept, refunded] = [(); 2].map(|()| world.bought(SARA, Product::Online, 1_000));
    world.operated(&refunded, refund(1));
    assert_eq!(world.refused(call_off(&refunded)), Refusal::Payment(Illegal::Status));
    world.wait("PT1S");
    assert_eq!(world.refused(call_off(&kept)), Refusal::Payment(Illegal::Window));
    assert!(world.changes.is_empty());
}

#[test]
fn a_merchant_that_has_spent_it_cannot_give_it_back() {
    let mut world = World::sandbox();
    let [first, second] = [(); 2].map(|()| world.bought(SARA, Product::Online, 10_000));
    world.operated(&first, refund(10_000));
    assert_eq!(world.refused(call_off(&second)), Refusal::MerchantBalanceShort);
    assert!(world.changes.is_empty());
    world.bought(OMAR, Product::Online, 10_000);
    assert!(world.stands(call_off(&second)).1.reversed);
}

#[test]
fn what_came_to_nothing_is_cancelled_already() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    let failed = world.charge("T1", iqd(5_000)).payment_id;
    let late = world.placed(Product::Online, 1);
    let held = world.bought(SARA, Product::AuthCapture, 1);
    world.wait("P8D");
    world.done(expire(&late));
    world.done(expire(&held));
    for id in [failed, late, held] {
        let before = world.state(&id);
        assert_eq!(world.stands(call_off(&id)).1, before);
        assert!(world.changes.is_empty());
    }
}

#[test]
fn a_request_that_never_came_cannot_come_any_more() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(issue(SARA, "28"));
    for request in ["order", "pay", "code"] {
        assert_eq!(world.refused(withdraw(request)), Refusal::PaymentUnknown);
        assert_eq!(world.audit.last().map(|line| line.action.as_str()), Some("request.withdrawn"));
        assert_eq!(world.refused(withdraw(request)), Refusal::PaymentUnknown);
        assert!(world.changes.is_empty(), "once is enough");
    }
    let withdrawn = PaymentOutcome::Fail(FailReason::Withdrawn);
    let late = order("order", Product::Online, iqd(1), world.now + SignedDuration::from_mins(30));
    let (payment, state) = world.stands(late);
    assert_eq!((payment.outcome, state.status), (withdrawn, PaymentStatus::Failed(FailReason::Withdrawn)));
    assert_eq!(world.refused(confirm(SARA, &payment.payment_id)), Refusal::PaymentUnknown);
    assert_eq!(world.paid(pay("T1", "pay", iqd(1))).outcome, withdrawn);
    assert_eq!(world.paid_by_code(by_code("28", "code", iqd(1))).outcome, withdrawn);
    assert!(world.changes.is_empty());
    assert_eq!(world.balance(SARA), iqd(250_000).minor);
    // It never was a payment: nothing can be done to it.
    assert_eq!(world.refused(operate(&payment.payment_id, "R1", refund(1))), Refusal::PaymentUnknown);
    assert_eq!(world.refused(call_off(&payment.payment_id)), Refusal::PaymentUnknown);
}

#[test]
fn only_the_clients_own_request_is_withdrawn_and_no_payment_that_has_an_id() {
    let mut world = World::sandbox();
    assert_eq!(world.refused(call_off(&PaymentId::new("none"))), Refusal::PaymentUnknown);
    assert!(world.changes.is_empty());
    let payment = PaymentRef::Request("R1".to_owned());
    let by = |client: &str| Command::CancelPayment { client_id: ClientId::new(client), payment: payment.clone() };
    assert_eq!(world.refused(by("stranger")), Refusal::PaymentUnknown);
    assert!(world.changes.is_empty());
    assert_eq!(world.refused(by(RIVAL)), Refusal::PaymentUnknown);
    let ours = order("R1", Product::Online, iqd(1), world.now + SignedDuration::from_mins(30));
    let id = world.stands(ours).0.payment_id;
    assert_eq!(world.stands(withdraw("R1")).0.payment_id, id, "one that came is cancelled");
    assert_eq!(world.payment_status(&id), CANCELLED);
}
