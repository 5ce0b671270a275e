//! Money that is held: captured or confirmed once, given back in parts or as a whole, accepted, timed out (spec/qicard.md 7.6,
//! 7.7, 7.10).

use crate::support::{
    OMAR, RIVAL, SARA, SHOP, World, accept, call_off, confirm, expire, freeze, hash, iqd, operate, usd,
};
use mithaq_domain::{
    CancelReason, Command, Done, Illegal, Merchant, OperateRequest, OperationBy, OperationKind, OperationOutcome,
    OperationRefusal, PaymentRef, PaymentStatus, Product, Refusal, Row, Status, Wish,
};
use mithaq_types::{ClientId, MerchantId, Money, PaymentId};

fn held(product: Product) -> (World, PaymentId) {
    let mut world = World::sandbox();
    let id = world.bought(SARA, product, 10_000);
    (world, id)
}

fn capture(dinars: i64) -> Wish {
    Wish::Capture(Some(iqd(dinars)))
}

#[test]
fn a_capture_takes_a_part_once_and_lets_the_rest_go() {
    let (mut world, id) = held(Product::AuthCapture);
    let done = world.operated(&id, capture(4_000));
    assert_eq!((done.kind, done.outcome, done.amount), (OperationKind::Capture, OperationOutcome::Done, iqd(4_000)));
    assert_eq!((done.by, done.at, &done.payment_id), (OperationBy::Merchant, world.now, &id));
    assert_eq!((world.balance(SARA), world.on_hold(SARA)), (iqd(246_000).minor, 0));
    assert_eq!((world.takings(SHOP), world.fees()), (iqd(3_960).minor, iqd(40).minor));
    let state = world.state(&id);
    assert_eq!((state.status, state.taken_by), (PaymentStatus::Success, Some(done.operation_id.clone())));
    assert_eq!(world.posted.last().map(|posted| posted.id.clone()), Some(done.operation_id.to_string()));
    assert_eq!(world.operation_fails(&id, capture(1)), OperationRefusal::Status);
}

#[test]
fn a_capture_without_an_amount_takes_all_that_is_left_of_the_hold() {
    let (mut world, id) = held(Product::AuthCapture);
    world.operated(&id, Wish::Void(Some(iqd(1_000))));
    assert_eq!(world.operated(&id, Wish::Capture(None)).amount, iqd(9_000));
    assert_eq!(world.balance(SARA), iqd(241_000).minor);
}

#[test]
fn no_more_is_taken_or_given_back_than_is_held() {
    let (mut world, id) = held(Product::AuthCapture);
    assert_eq!(world.operation_fails(&id, capture(10_001)), OperationRefusal::ExceedsHold);
    assert_eq!(world.operation_fails(&id, Wish::Void(Some(iqd(10_001)))), OperationRefusal::ExceedsHold);
    for minor in [0, -1] {
        let amount = Money::new(minor, iqd(1).currency);
        for wish in [Wish::Capture(Some(amount)), Wish::Void(Some(amount)), Wish::Refund(amount, None)] {
            assert_eq!(world.refused(operate(&id, "R1", wish)), Refusal::AmountImpossible);
            assert!(world.changes.is_empty(), "the id stays free");
        }
    }
    assert_eq!(world.operation_fails(&id, Wish::Capture(Some(usd(1)))), OperationRefusal::Currency);
    assert_eq!(world.on_hold(SARA), iqd(10_000).minor);
}

#[test]
fn the_same_request_is_done_once_and_heard_again_also_when_it_was_refused() {
    let (mut world, id) = held(Product::AuthCapture);
    let refused = world.done(operate(&id, "void 1", Wish::Void(Some(iqd(20_000)))));
    let done = world.done(operate(&id, "void 2", Wish::Void(Some(iqd(4_000)))));
    for (request, first) in [("void 1", refused), ("void 2", done)] {
        let Done::Operated(operation) = &first else { panic!("{first:?}") };
        let again = operate(&id, request, Wish::Void(Some(operation.amount)));
        assert_eq!(world.done(again.clone()), first);
        assert!(world.changes.is_empty());
        let named = OperateRequest { payment: PaymentRef::Request("order-1".to_owned()), ..again.clone() };
        assert_eq!(world.done(named), first, "whichever way the payment is named");
        assert_eq!(world.refused(OperateRequest { content: hash("x"), ..again }), Refusal::RequestInconsistent);
    }
    assert_eq!(world.on_hold(SARA), iqd(6_000).minor);
}

#[test]
fn a_request_id_belongs_to_one_payment_and_to_one_kind() {
    let (mut world, id) = held(Product::AuthCapture);
    let other = world.bought(OMAR, Product::AuthCapture, 10_000);
    world.done(operate(&id, "X", Wish::Void(Some(iqd(1)))));
    assert_eq!(world.refused(operate(&other, "X", Wish::Void(Some(iqd(1))))), Refusal::RequestInconsistent);
    let nowhere = PaymentId::new("none");
    assert_eq!(world.refused(operate(&nowhere, "X", Wish::Void(Some(iqd(1))))), Refusal::RequestInconsistent);
    world.done(operate(&id, "X", capture(1)));
    assert_eq!(world.state(&id).taken, iqd(1).minor);
}

#[test]
fn another_clients_payment_is_as_unknown_as_none() {
    let (mut world, id) = held(Product::Escrow);
    let rival = ClientId::new(RIVAL);
    for wish in [Wish::Confirm, Wish::Void(None), Wish::Refund(iqd(1), None), Wish::Capture(None)] {
        for payment in [PaymentRef::Id(id.clone()), PaymentRef::Request("order-1".to_owned())] {
            let theirs = OperateRequest { client_id: rival.clone(), payment, ..operate(&id, "R1", wish.clone()) };
            assert_eq!(world.refused(theirs), Refusal::PaymentUnknown);
            assert!(world.changes.is_empty());
        }
        assert_eq!(world.refused(operate(&PaymentId::new("none"), "R1", wish)), Refusal::PaymentUnknown);
    }
    let payment = PaymentRef::Id(id);
    let command = Command::AcceptOrder { client_id: rival.clone(), payment: payment.clone() };
    assert_eq!(world.refused(command), Refusal::PaymentUnknown);
    assert_eq!(world.refused(Command::CancelPayment { client_id: rival, payment }), Refusal::PaymentUnknown);
}

#[test]
fn what_is_not_of_this_product_is_refused_for_good() {
    let (mut world, id) = held(Product::AuthCapture);
    assert_eq!(world.operation_fails(&id, Wish::Confirm), OperationRefusal::Unsupported);
    assert_eq!(world.refused(accept(&id)), Refusal::Payment(Illegal::Unsupported));
    let (mut world, id) = held(Product::Escrow);
    assert_eq!(world.operation_fails(&id, Wish::Capture(None)), OperationRefusal::Unsupported);
    let (mut world, id) = held(Product::Online);
    assert_eq!(world.operation_fails(&id, Wish::Void(None)), OperationRefusal::Unsupported);
}

#[test]
fn an_order_of_the_escrow_is_accepted_and_confirmed() {
    let (mut world, id) = held(Product::Escrow);
    assert_eq!(world.operation_fails(&id, Wish::Confirm), OperationRefusal::Status);
    assert_eq!(world.operation_fails(&id, Wish::Void(None)), OperationRefusal::Status);
    let accepted = world.stands(accept(&id)).1;
    assert_eq!((accepted.status, accepted.accepted_at), (PaymentStatus::Authorized, Some(world.now)));
    assert_eq!(world.audit.last().map(|line| line.action.as_str()), Some("payment.accepted"));
    assert_eq!(world.refused(accept(&id)), Refusal::Payment(Illegal::Accepted));
    assert_eq!(world.operated(&id, Wish::Confirm).amount, iqd(10_000));
    assert_eq!((world.takings(SHOP), world.on_hold(SARA)), (iqd(9_900).minor, 0));
    assert_eq!(world.refused(accept(&id)), Refusal::Payment(Illegal::Status));
}

#[test]
fn a_void_gives_back_a_part_and_with_the_last_of_it_ends_the_payment() {
    let (mut world, id) = held(Product::AuthCapture);
    assert_eq!(world.operated(&id, Wish::Void(Some(iqd(4_000)))).amount, iqd(4_000));
    assert_eq!((world.balance(SARA), world.on_hold(SARA)), (iqd(244_000).minor, iqd(6_000).minor));
    assert_eq!(world.payment_status(&id), PaymentStatus::Authorized);
    assert_eq!(world.operated(&id, Wish::Void(None)).amount, iqd(6_000));
    assert_eq!(world.payment_status(&id), PaymentStatus::Cancelled(CancelReason::Voided));
    assert_eq!((world.balance(SARA), world.on_hold(SARA)), (iqd(250_000).minor, 0));
    assert_eq!(world.operation_fails(&id, Wish::Void(None)), OperationRefusal::HoldCancelled);
    assert_eq!(world.operation_fails(&id, Wish::Capture(None)), OperationRefusal::HoldCancelled);
}

#[test]
fn a_hold_that_nobody_takes_goes_back_by_itself_as_a_void_of_the_wallets() {
    let (mut world, id) = held(Product::AuthCapture);
    world.wait("P7D");
    assert_eq!(world.operation_fails(&id, Wish::Capture(None)), OperationRefusal::HoldExpired);
    let state = world.stands(expire(&id)).1;
    assert_eq!(state.status, PaymentStatus::Cancelled(CancelReason::HoldExpired));
    assert_eq!((world.balance(SARA), world.on_hold(SARA)), (iqd(250_000).minor, 0));
    let posted = world.posted.last().expect("posted").id.clone();
    let by_clock = world.rows.operation(&mithaq_types::OperationId::new(posted)).expect("an operation").clone();
    assert_eq!((by_clock.kind, by_clock.by, by_clock.amount), (OperationKind::Void, OperationBy::System, iqd(10_000)));
    assert_eq!(by_clock.request_id, by_clock.operation_id.as_str());
    assert_eq!(world.done(expire(&id)), Done::Nothing);
    assert_eq!(world.operation_fails(&id, Wish::Void(None)), OperationRefusal::HoldExpired);
}

#[test]
fn an_open_order_has_nothing_to_take_and_one_that_is_being_paid_may_have() {
    let mut world = World::sandbox();
    let id = world.placed(Product::AuthCapture, 1_000);
    assert_eq!(world.operation_fails(&id, Wish::Capture(None)), OperationRefusal::NeverHeld);
    assert_eq!(world.operation_fails(&id, Wish::Void(None)), OperationRefusal::NeverHeld);
    world.done(crate::support::card(SARA, "visa", world.now));
    world.done(crate::support::by_card(SARA, &id, "visa"));
    // Not for good: the same request may succeed a moment later.
    assert_eq!(world.refused(operate(&id, "R1", Wish::Capture(None))), Refusal::Payment(Illegal::Running));
    assert!(world.changes.is_empty());
    world.done(crate::support::settle(SARA, &id, "visa", 1, mithaq_domain::Verdict::Approved));
    world.done(operate(&id, "R1", Wish::Capture(None)));
    assert_eq!(world.payment_status(&id), PaymentStatus::Success);
}

#[test]
fn a_suspended_merchant_takes_nothing_and_may_give_back() {
    let (mut world, id) = held(Product::AuthCapture);
    let merchant = world.rows.merchant(&MerchantId::new(SHOP)).expect("a merchant").clone();
    world.put(Row::Merchant(Merchant { status: Status::Suspended, ..merchant }));
    assert_eq!(world.operation_fails(&id, Wish::Capture(None)), OperationRefusal::MerchantSuspended);
    assert_eq!(world.operation_fails(&id, Wish::Refund(iqd(1), None)), OperationRefusal::MerchantSuspended);
    assert_eq!(world.operated(&id, Wish::Void(Some(iqd(1)))).outcome, OperationOutcome::Done);
    assert_eq!(world.refused(call_off(&id)), Refusal::Payment(Illegal::Status), "after a void");
}

#[test]
fn what_is_in_dispute_stands_still() {
    let (mut world, id) = held(Product::AuthCapture);
    world.done(freeze(&id, true));
    assert_eq!(world.operation_fails(&id, Wish::Capture(None)), OperationRefusal::Frozen);
    assert_eq!(world.operation_fails(&id, Wish::Void(None)), OperationRefusal::Frozen);
    assert_eq!(world.refused(call_off(&id)), Refusal::Payment(Illegal::Frozen));
    world.wait("P30D");
    assert_eq!(world.done(expire(&id)), Done::Nothing);
    assert_eq!(world.operation_fails(&id, Wish::Capture(None)), OperationRefusal::Frozen);
    world.done(freeze(&id, false));
    assert_eq!(world.done(expire(&id)), Done::Nothing, "it has as much time as it had when the dispute began");
    world.wait("P7D");
    world.done(expire(&id));
    assert_eq!(world.balance(SARA), iqd(250_000).minor);
}

#[test]
fn a_payer_who_was_frozen_meanwhile_stops_no_merchant() {
    let (mut world, id) = held(Product::AuthCapture);
    let status = mithaq_domain::UserStatus::Frozen;
    world.done(Command::SetUser { user_id: mithaq_types::UserId::new(SARA), status });
    assert_eq!(world.operated(&id, capture(1)).outcome, OperationOutcome::Done);
    assert_eq!(world.refused(confirm(SARA, &id)), Refusal::UserFrozen);
}
