//! The user pays an order with what is in the wallet (openapi.md 5.4).

use crate::support::{NOOR, OMAR, RIVAL, SARA, SHOP, World, confirm, expire, freeze, iqd, order, page};
use jiff::SignedDuration;
use mithaq_domain::{
    Change, Command, ConfirmOrder, Illegal, Interaction, InteractionOutcome, InteractionState, Merchant, PaymentStatus,
    PinCheck, Product, Refusal, Row, Source, Status, UserStatus,
};
use mithaq_types::{ClientId, InteractionId, MerchantId, PaymentId, UserId};

#[test]
fn paying_moves_the_money_at_once_and_notes_who_paid() {
    let mut world = World::sandbox();
    let id = world.placed(Product::Online, 10_000);
    let (payment, state) = world.stands(confirm(SARA, &id));
    assert_eq!(
        (state.status, state.taken, state.paid_at),
        (PaymentStatus::Success, iqd(10_000).minor, Some(world.now))
    );
    assert_eq!((&state.user_id, &state.source), (&Some(UserId::new(SARA)), &Some(Source::Balance)));
    assert_eq!(world.balance(SARA), iqd(240_000).minor);
    assert_eq!(world.takings(SHOP), iqd(9_900).minor);
    assert_eq!(world.rows.payment(&id), Some(&payment), "the payment is written once");
    assert_eq!(world.posted.last().map(|posted| posted.id.as_str()), Some(id.as_str()));
    assert_eq!(world.audit.last().map(|line| line.action.as_str()), Some("order.paid"));
}

#[test]
fn a_hold_leaves_the_money_the_users_and_out_of_reach() {
    let mut world = World::sandbox();
    for product in [Product::AuthCapture, Product::Escrow] {
        let before = (world.balance(SARA), world.on_hold(SARA));
        let id = world.placed(product, 10_000);
        let state = world.stands(confirm(SARA, &id)).1;
        assert_eq!((state.status, state.held, state.taken), (PaymentStatus::Authorized, iqd(10_000).minor, 0));
        assert_eq!(world.balance(SARA), before.0 - iqd(10_000).minor);
        assert_eq!(world.on_hold(SARA), before.1 + iqd(10_000).minor);
    }
    assert_eq!((world.takings(SHOP), world.fees()), (0, 0));
}

#[test]
fn an_order_for_one_buyer_is_nobody_elses() {
    let mut world = World::sandbox();
    let mut request = order("R1", Product::Online, iqd(1_000), world.now + SignedDuration::from_mins(30));
    request.order.buyer = Some(UserId::new(SARA));
    let id = world.stands(request).0.payment_id;
    let wrong = ConfirmOrder { pin: PinCheck::Wrong, ..confirm(OMAR, &id) };
    assert_eq!(world.refused(wrong), Refusal::OrderForeign, "before anything else is said");
    assert!(world.changes.is_empty());
    world.done(confirm(SARA, &id));
    assert_eq!(world.refused(confirm(OMAR, &id)), Refusal::OrderForeign, "paid or not");
}

#[test]
fn whoever_may_not_pay_does_not() {
    let mut world = World::sandbox();
    let id = world.placed(Product::Online, 1_000);
    for (status, refusal) in
        [(UserStatus::Frozen, Refusal::UserFrozen), (UserStatus::Restricted, Refusal::UserRestricted)]
    {
        world.done(Command::SetUser { user_id: UserId::new(SARA), status });
        assert_eq!(world.refused(confirm(SARA, &id)), refusal);
    }
    assert_eq!(world.refused(confirm("nobody", &id)), Refusal::UserUnknown);
    let merchant = world.rows.merchant(&MerchantId::new(SHOP)).expect("a merchant").clone();
    world.put(Row::Merchant(Merchant { status: Status::Suspended, ..merchant }));
    assert_eq!(world.refused(confirm(OMAR, &id)), Refusal::MerchantSuspended);
    assert_eq!(world.payment_status(&id), PaymentStatus::Open);
}

#[test]
fn a_payment_that_is_no_order_is_not_paid_in_the_cashier() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let deducted = world.charge("T1", iqd(1));
    assert_eq!(world.refused(confirm(SARA, &deducted.payment_id)), Refusal::PaymentUnknown);
    assert_eq!(world.refused(confirm(SARA, &PaymentId::new("none"))), Refusal::PaymentUnknown);
}

#[test]
fn without_enough_money_the_order_stays_open() {
    let mut world = World::sandbox();
    let id = world.placed(Product::Online, 1_001);
    assert_eq!(world.refused(confirm(NOOR, &id)), Refusal::BalanceShort);
    assert!(world.changes.is_empty());
    world.top_up(NOOR, iqd(1));
    world.done(confirm(NOOR, &id));
    assert_eq!(world.balance(NOOR), 0);
}

#[test]
fn wrong_pins_count_and_lock_and_the_order_stays_open() {
    let mut world = World::sandbox();
    let id = world.placed(Product::AuthCapture, 1_000);
    let with = |pin| ConfirmOrder { pin, ..confirm(SARA, &id) };
    for tries_left in [4, 3, 2, 1] {
        assert_eq!(world.refused(with(PinCheck::Wrong)), Refusal::PinWrong { tries_left });
    }
    let until = world.now + SignedDuration::from_mins(15);
    assert_eq!(world.refused(with(PinCheck::Wrong)), Refusal::PinLocked { until });
    assert_eq!(world.refused(with(PinCheck::Right)), Refusal::PinLocked { until });
    assert_eq!(world.payment_status(&id), PaymentStatus::Open);
    world.wait("PT15M");
    world.done(with(PinCheck::Right));
    let user = world.rows.user(&UserId::new(SARA)).expect("a user");
    assert_eq!((user.pin_failures, user.pin_locked_until), (0, None));
}

#[test]
fn a_pin_is_not_tried_on_an_order_that_cannot_be_paid() {
    let mut world = World::sandbox();
    let id = world.bought(OMAR, Product::Online, 1_000);
    let wrong = ConfirmOrder { pin: PinCheck::Wrong, ..confirm(SARA, &id) };
    assert_eq!(world.refused(wrong), Refusal::Payment(Illegal::OrderPaid));
    assert!(world.changes.is_empty());
}

#[test]
fn an_order_is_paid_once_in_time_and_while_it_is_not_in_dispute() {
    let mut world = World::sandbox();
    let id = world.placed(Product::Online, 1_000);
    world.done(freeze(&id, true));
    assert_eq!(world.refused(confirm(SARA, &id)), Refusal::Payment(Illegal::Frozen));
    world.done(freeze(&id, false));
    world.done(confirm(SARA, &id));
    assert_eq!(world.refused(confirm(SARA, &id)), Refusal::Payment(Illegal::OrderPaid));
    let late = world.placed(Product::Online, 1_000);
    world.wait("PT30M");
    assert_eq!(world.refused(confirm(SARA, &late)), Refusal::Payment(Illegal::OrderExpired));
    world.done(expire(&late));
    assert_eq!(world.refused(confirm(SARA, &late)), Refusal::Payment(Illegal::OrderExpired));
}

#[test]
fn time_that_has_not_come_changes_nothing() {
    let mut world = World::sandbox();
    let id = world.placed(Product::Online, 1_000);
    assert_eq!(world.done(expire(&id)), mithaq_domain::Done::Nothing);
    assert!(world.changes.is_empty());
    assert_eq!(world.refused(expire(&PaymentId::new("none"))), Refusal::PaymentUnknown);
}

fn paying_page(world: &mut World, payment_id: &PaymentId, name: &str) -> Option<(InteractionId, String)> {
    let page = Interaction { payment_id: Some(payment_id.clone()), ..page(name, None, world.now) };
    world.done(page);
    Some((InteractionId::new(name), "9000".to_owned()))
}

#[test]
fn paying_ends_the_page_with_its_reply() {
    let mut world = World::sandbox();
    let id = world.placed(Product::Online, 1_000);
    let page = paying_page(&mut world, &id, "P1");
    world.refused(ConfirmOrder { page: page.clone(), pin: PinCheck::Wrong, ..confirm(SARA, &id) });
    let stored = |world: &World| world.rows.interaction(&InteractionId::new("P1")).expect("a page").clone();
    assert_eq!(stored(&world).state, InteractionState::Open);
    world.done(ConfirmOrder { page: page.clone(), ..confirm(SARA, &id) });
    assert_eq!(stored(&world).state, InteractionState::Final(InteractionOutcome::Done));
    assert_eq!(stored(&world).reply_sealed.as_deref(), Some("9000"));
    assert_eq!(world.refused(ConfirmOrder { page, ..confirm(SARA, &id) }), Refusal::InteractionOver);
}

#[test]
fn a_page_serves_only_the_order_and_the_client_it_was_opened_for() {
    let mut world = World::sandbox();
    let [id, other] = [1_000, 2_000].map(|dinars| world.placed(Product::Online, dinars));
    let page = paying_page(&mut world, &other, "P1");
    assert_eq!(world.refused(ConfirmOrder { page, ..confirm(SARA, &id) }), Refusal::InteractionUnknown);
    let theirs = Interaction {
        payment_id: Some(id.clone()),
        client_id: ClientId::new(RIVAL),
        ..crate::support::page("P2", None, world.now)
    };
    world.done(theirs);
    let page = Some((InteractionId::new("P2"), String::new()));
    assert_eq!(world.refused(ConfirmOrder { page, ..confirm(SARA, &id) }), Refusal::InteractionUnknown);
    let page = paying_page(&mut world, &id, "P3");
    world.wait("PT15M");
    assert_eq!(world.refused(ConfirmOrder { page, ..confirm(SARA, &id) }), Refusal::InteractionOver);
    assert_eq!(world.payment_status(&id), PaymentStatus::Open);
}

#[test]
fn freezing_changes_nothing_but_that() {
    let mut world = World::sandbox();
    let id = world.bought(SARA, Product::AuthCapture, 1_000);
    let before = world.state(&id);
    let frozen = world.stands(freeze(&id, true)).1;
    let frozen_at = Some(world.now);
    assert_eq!(frozen, mithaq_domain::PaymentState { frozen: true, frozen_at, ..before.clone() });
    world.wait("PT1S");
    assert_eq!(world.stands(freeze(&id, true)).1, frozen, "the first time counts");
    assert!(!world.changes.iter().any(|change| matches!(change, Change::Post(_) | Change::Inbox(_))));
    let due_at = before.due_at + jiff::SignedDuration::from_secs(1);
    assert_eq!(world.stands(freeze(&id, false)).1, mithaq_domain::PaymentState { due_at, ..before });
    assert_eq!(world.refused(freeze(&PaymentId::new("none"), true)), Refusal::PaymentUnknown);
}
