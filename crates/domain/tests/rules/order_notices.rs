//! What leaves the wallet at each step of an order, and nothing else (spec/qicard.md 7.3, 7.8).

use crate::support::{
    OMAR, PAID_URL, REFUND_URL, SARA, VOID_URL, World, accept, by_code, call_off, confirm, expire, iqd, issue, operate,
    order, refund,
};
use jiff::SignedDuration;
use mithaq_domain::{
    CancelReason, FailReason, NoticeStep, OperateRequest, OrderRequest, OutboxKind, PaymentOperation, Product,
    UserNews, Wish,
};
use mithaq_types::{PaymentId, UserId};

const SHOP_NAME: &str = "The zaytoun market";

fn payment_notice(id: &PaymentId, step: NoticeStep) -> (String, OutboxKind) {
    (PAID_URL.to_owned(), OutboxKind::PaymentNotice { payment_id: id.clone(), step: Some(step) })
}

fn operation_notice(url: &str, operation: &PaymentOperation) -> (String, OutboxKind) {
    (url.to_owned(), OutboxKind::OperationNotice { operation_id: operation.operation_id.clone() })
}

/// The void that the wallet made itself.
fn by_the_clock(world: &World) -> PaymentOperation {
    let id = world.posted.last().expect("posted").id.clone();
    world.rows.operation(&mithaq_types::OperationId::new(id)).expect("an operation").clone()
}

#[test]
fn a_payment_is_notified_and_told_once() {
    let mut world = World::sandbox();
    let id = world.bought(SARA, Product::Online, 10_000);
    let step = NoticeStep::Paid { at: world.now, minor: iqd(10_000).minor };
    assert_eq!(world.notices(), [payment_notice(&id, step)]);
    let (merchant, description) = (SHOP_NAME.to_owned(), "A box".to_owned());
    let news = UserNews::Paid { merchant, amount: iqd(10_000), description, balance: iqd(240_000) };
    assert_eq!(world.told(), [(SARA.to_owned(), news.clone())]);
    // The same by SMS and mail, about the same payment.
    let rows = world.outgoing();
    let sms = rows.iter().find(|row| row.client_id.is_none()).expect("a row");
    assert_eq!((&sms.kind, &sms.payment_id), (&OutboxKind::UserNews { user_id: UserId::new(SARA), news }, &Some(id)));
}

#[test]
fn a_hold_is_notified_when_it_is_placed_and_again_with_what_was_taken() {
    let mut world = World::sandbox();
    let id = world.bought(SARA, Product::AuthCapture, 10_000);
    assert_eq!(world.notices(), [payment_notice(&id, NoticeStep::Authorized { at: world.now })]);
    let until = world.now + SignedDuration::from_hours(7 * 24);
    let (merchant, description) = (SHOP_NAME.to_owned(), "A box".to_owned());
    let held = UserNews::Held { merchant: merchant.clone(), amount: iqd(10_000), description, until };
    assert_eq!(world.told(), [(SARA.to_owned(), held)]);
    world.wait("P1D");
    world.operated(&id, Wish::Capture(Some(iqd(4_000))));
    let step = NoticeStep::Paid { at: world.now, minor: iqd(4_000).minor };
    assert_eq!(world.notices(), [payment_notice(&id, step)]);
    let news = UserNews::Captured { merchant, amount: iqd(4_000), released: iqd(6_000) };
    assert_eq!(world.told(), [(SARA.to_owned(), news)]);
}

#[test]
fn a_void_is_notified_where_voids_are_wanted_and_the_last_of_it_as_the_payments_end_too() {
    let mut world = World::sandbox();
    let id = world.bought(SARA, Product::AuthCapture, 10_000);
    let part = world.operated(&id, Wish::Void(Some(iqd(4_000))));
    assert_eq!(world.notices(), [operation_notice(VOID_URL, &part)]);
    let news = |dinars| UserNews::Released { merchant: SHOP_NAME.to_owned(), amount: iqd(dinars) };
    assert_eq!(world.told(), [(SARA.to_owned(), news(4_000))]);
    let rest = world.operated(&id, Wish::Void(None));
    let end = payment_notice(&id, NoticeStep::Cancelled(CancelReason::Voided));
    assert_eq!(world.notices(), [end, operation_notice(VOID_URL, &rest)]);
    assert_eq!(world.told(), [(SARA.to_owned(), news(6_000))]);
}

#[test]
fn a_hold_that_runs_out_is_notified_as_a_void_of_the_wallets_and_as_the_end() {
    let mut world = World::sandbox();
    let id = world.bought(SARA, Product::AuthCapture, 10_000);
    world.wait("P7D");
    world.done(expire(&id));
    let void = by_the_clock(&world);
    let end = payment_notice(&id, NoticeStep::Cancelled(CancelReason::HoldExpired));
    let mut notices = world.notices();
    notices.sort_by_key(|(url, _)| url.clone());
    assert_eq!(notices, [end, operation_notice(VOID_URL, &void)]);
    assert_eq!(world.told().len(), 1);
}

#[test]
fn the_end_of_an_unpaid_order_is_notified_and_told_to_nobody_else() {
    let mut world = World::sandbox();
    let cancelled = world.placed(Product::Online, 1);
    let expired = world.placed(Product::Escrow, 1);
    world.done(call_off(&cancelled));
    let end = NoticeStep::Cancelled(CancelReason::Merchant);
    assert_eq!((world.notices(), world.told()), (vec![payment_notice(&cancelled, end)], vec![]));
    world.done(call_off(&cancelled));
    assert_eq!(world.notices(), []);
    world.wait("PT30M");
    world.done(expire(&expired));
    let end = NoticeStep::Failed(FailReason::Expired);
    assert_eq!((world.notices(), world.told()), (vec![payment_notice(&expired, end)], vec![]));
    world.done(expire(&expired));
    assert_eq!(world.notices(), []);
}

#[test]
fn a_refund_is_notified_where_it_asks_for_that_and_the_payment_is_not_again() {
    let mut world = World::sandbox();
    world.bought(OMAR, Product::Online, 10_000);
    let id = world.bought(SARA, Product::Online, 10_000);
    let done = world.operated(&id, refund(4_000));
    assert_eq!(world.notices(), [operation_notice(REFUND_URL, &done)]);
    let news = UserNews::Refunded { merchant: SHOP_NAME.to_owned(), amount: iqd(4_000), balance: iqd(244_000) };
    assert_eq!(world.told(), [(SARA.to_owned(), news)]);
    world.done(OperateRequest { notify_url: None, ..operate(&id, "quiet", refund(1_000)) });
    assert_eq!((world.notices(), world.told().len()), (vec![], 1));
    world.operation_fails(&id, refund(10_000));
    assert_eq!((world.notices(), world.told()), (vec![], vec![]), "nothing happened");
    world.done(operate(&id, "quiet", refund(1_000)));
    assert_eq!((world.notices(), world.told()), (vec![], vec![]), "nor for a repeat");
}

#[test]
fn cancelling_tells_the_payer_and_notifies_only_the_end_of_what_was_not_final() {
    let mut world = World::sandbox();
    let paid = world.bought(SARA, Product::Online, 10_000);
    world.done(call_off(&paid));
    assert_eq!(world.notices(), [], "it succeeded, and stays so");
    let news = UserNews::Refunded { merchant: SHOP_NAME.to_owned(), amount: iqd(10_000), balance: iqd(250_000) };
    assert_eq!(world.told(), [(SARA.to_owned(), news)]);
    let held = world.bought(SARA, Product::Escrow, 10_000);
    world.done(call_off(&held));
    assert_eq!(world.notices(), [payment_notice(&held, NoticeStep::Cancelled(CancelReason::Merchant))]);
    let news = UserNews::Released { merchant: SHOP_NAME.to_owned(), amount: iqd(10_000) };
    assert_eq!(world.told(), [(SARA.to_owned(), news)]);
}

#[test]
fn accepting_is_no_news_and_confirming_is() {
    let mut world = World::sandbox();
    let id = world.bought(SARA, Product::Escrow, 10_000);
    world.done(accept(&id));
    assert_eq!((world.notices(), world.told()), (vec![], vec![]));
    world.operated(&id, Wish::Confirm);
    let step = NoticeStep::Paid { at: world.now, minor: iqd(10_000).minor };
    assert_eq!(world.notices(), [payment_notice(&id, step)]);
    let (merchant, released) = (SHOP_NAME.to_owned(), iqd(0));
    let news = UserNews::Captured { merchant, amount: iqd(10_000), released };
    assert_eq!(world.told(), [(SARA.to_owned(), news)]);
}

#[test]
fn a_payment_by_code_is_notified_as_what_is_decided_at_once() {
    let mut world = World::sandbox();
    world.done(issue(SARA, "28"));
    for request in ["R1", "R2"] {
        let payment = world.paid_by_code(by_code("28", request, iqd(1_000)));
        let notice = OutboxKind::PaymentNotice { payment_id: payment.payment_id, step: None };
        assert_eq!(world.notices(), [(PAID_URL.to_owned(), notice)], "paid or, the second time, not");
    }
    assert_eq!(world.told(), [], "the user hears of what was paid");
}

#[test]
fn who_named_no_address_hears_nothing() {
    let mut world = World::sandbox();
    let mut number = 0;
    let mut quiet = |world: &mut World, product| {
        number += 1;
        let end = world.now + SignedDuration::from_mins(30);
        let mut request = order(&format!("quiet {number}"), product, iqd(1_000), end);
        request.order.void_notify_url = None;
        let id = world.stands(OrderRequest { notify_url: None, ..request }).0.payment_id;
        world.done(confirm(SARA, &id));
        assert_eq!(world.notices(), []);
        id
    };
    let id = quiet(&mut world, Product::AuthCapture);
    for wish in [Wish::Void(Some(iqd(1))), Wish::Capture(Some(iqd(1)))] {
        world.operated(&id, wish);
        assert_eq!(world.notices(), []);
    }
    let id = quiet(&mut world, Product::AuthCapture);
    world.wait("P7D");
    world.done(expire(&id));
    assert_eq!(world.notices(), []);
    let id = quiet(&mut world, Product::Online);
    world.done(call_off(&id));
    assert_eq!(world.notices(), []);
}
