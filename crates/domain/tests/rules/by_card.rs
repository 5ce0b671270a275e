//! The user pays with a card: its issuer is asked, and what it gives is in the wallet in that moment, once.

use crate::support::{
    NOOR, OMAR, SARA, SHOP, World, by_card, call_off, card, confirm, expire, freeze, iqd, page, settle,
};
use mithaq_domain::{
    Command, ConfirmOrder, Illegal, Interaction, InteractionState, PaymentStatus, PinCheck, Product, Refusal,
    SettleCard, Source, UserNews, UserStatus, Verdict,
};
use mithaq_types::{CardId, InteractionId, PaymentId, UserId};

/// Noor has 1,000 dinars and a card, and an order about more than that.
fn noor_with_card(product: Product) -> (World, PaymentId) {
    let mut world = World::sandbox();
    world.done(card(NOOR, "visa", world.now));
    let id = world.placed(product, 5_000);
    (world, id)
}

#[test]
fn the_order_is_being_processed_until_the_issuer_has_answered() {
    let (mut world, id) = noor_with_card(Product::Online);
    let state = world.stands(by_card(NOOR, &id, "visa")).1;
    assert_eq!((state.status, state.asked, state.asked_at), (PaymentStatus::Processing, 1, Some(world.now)));
    assert_eq!((state.user_id, state.source), (Some(UserId::new(NOOR)), Some(Source::Card(CardId::new("visa")))));
    assert_eq!((world.notices(), world.told()), (vec![], vec![]));
    assert_eq!(world.balance(NOOR), iqd(1_000).minor);
    for user in [NOOR, OMAR] {
        assert_eq!(world.refused(confirm(user, &id)), Refusal::Payment(Illegal::Running));
    }
}

#[test]
fn what_the_issuer_approves_is_loaded_and_paid_in_one_step() {
    for product in [Product::Online, Product::AuthCapture] {
        let (mut world, id) = noor_with_card(product);
        world.done(by_card(NOOR, &id, "visa"));
        let state = world.stands(settle(NOOR, &id, "visa", 1, Verdict::Approved)).1;
        let paid = if product.holds() { PaymentStatus::Authorized } else { PaymentStatus::Success };
        assert_eq!(state.status, paid);
        assert_eq!(world.balance(NOOR), iqd(1_000).minor, "the card paid all of it");
        assert_eq!(world.on_hold(NOOR), if product.holds() { iqd(5_000).minor } else { 0 });
        let news: Vec<_> = world.told().into_iter().map(|(_, news)| news).collect();
        assert!(matches!(&news[..], [UserNews::Paid { .. } | UserNews::Held { .. }]), "one message: {news:?}");
        assert!(world.rows.deposit(&format!("card:{id}:1")).is_some());
    }
}

#[test]
fn the_same_answer_again_changes_nothing() {
    let (mut world, id) = noor_with_card(Product::Online);
    world.done(by_card(NOOR, &id, "visa"));
    let first = world.stands(settle(NOOR, &id, "visa", 1, Verdict::Approved));
    assert_eq!(world.stands(settle(NOOR, &id, "visa", 1, Verdict::Approved)), first);
    assert!(world.changes.is_empty());
    assert_eq!(world.takings(SHOP), iqd(4_950).minor);
}

#[test]
fn each_refusal_of_the_issuer_leaves_an_order_that_can_be_paid_otherwise() {
    for verdict in [Verdict::NotEnough, Verdict::CardExpired, Verdict::Blocked, Verdict::OverLimit] {
        let (mut world, id) = noor_with_card(Product::Online);
        world.done(by_card(NOOR, &id, "visa"));
        assert_eq!(world.refused(settle(NOOR, &id, "visa", 1, verdict)), Refusal::CardDeclined(verdict));
        let state = world.state(&id);
        assert_eq!((state.status, &state.user_id, &state.source), (PaymentStatus::Open, &None, &None));
        assert_eq!(world.balance(NOOR), iqd(1_000).minor);
        assert_eq!(world.refused(settle(NOOR, &id, "visa", 1, verdict)), Refusal::CardDeclined(verdict));
        assert!(world.changes.is_empty(), "told twice, it happens once");
        assert_eq!(world.stands(by_card(NOOR, &id, "visa")).1.asked, 2, "a new asking has a new number");
        world.refused(settle(NOOR, &id, "visa", 2, verdict));
        world.done(confirm(SARA, &id));
    }
}

#[test]
fn an_answer_to_an_earlier_asking_does_not_pay() {
    let (mut world, id) = noor_with_card(Product::Online);
    world.done(by_card(NOOR, &id, "visa"));
    world.refused(settle(NOOR, &id, "visa", 1, Verdict::NotEnough));
    world.done(by_card(NOOR, &id, "visa"));
    // The issuer changes its mind about the first: that money is Noor's, the order still waits for the second.
    world.done(settle(NOOR, &id, "visa", 1, Verdict::Approved));
    assert_eq!(world.payment_status(&id), PaymentStatus::Processing);
    assert_eq!(world.balance(NOOR), iqd(6_000).minor);
    world.done(settle(NOOR, &id, "visa", 1, Verdict::Blocked));
    assert_eq!(world.payment_status(&id), PaymentStatus::Processing, "nor does it open the order");
    world.done(settle(NOOR, &id, "visa", 2, Verdict::Approved));
    assert_eq!((world.payment_status(&id), world.balance(NOOR)), (PaymentStatus::Success, iqd(6_000).minor));
}

#[test]
fn what_comes_after_the_end_of_the_order_is_in_the_wallet_once_and_told() {
    for late in ["cancelled", "expired", "past its time"] {
        let (mut world, id) = noor_with_card(Product::Online);
        world.done(by_card(NOOR, &id, "visa"));
        match late {
            "cancelled" => drop(world.done(call_off(&id))),
            _ => world.wait("PT30M"),
        }
        if late == "expired" {
            world.done(expire(&id));
        }
        world.done(settle(NOOR, &id, "visa", 1, Verdict::Approved));
        assert_eq!(world.balance(NOOR), iqd(6_000).minor, "{late}");
        let expected = UserNews::ToppedUp { amount: iqd(5_000), balance: iqd(6_000) };
        assert_eq!(world.told(), [(NOOR.to_owned(), expected)]);
        world.done(settle(NOOR, &id, "visa", 1, Verdict::Approved));
        assert_eq!((world.balance(NOOR), world.changes.len()), (iqd(6_000).minor, 0), "{late}");
        world.done(expire(&id));
        assert!(!matches!(world.payment_status(&id), PaymentStatus::Success | PaymentStatus::Processing), "{late}");
        assert_eq!(world.takings(SHOP), 0);
    }
}

#[test]
fn whoever_may_not_pay_any_more_keeps_the_money_and_the_order_waits_for_others() {
    let (mut world, id) = noor_with_card(Product::Online);
    world.done(by_card(NOOR, &id, "visa"));
    world.done(Command::SetUser { user_id: UserId::new(NOOR), status: UserStatus::Restricted });
    let state = world.stands(settle(NOOR, &id, "visa", 1, Verdict::Approved)).1;
    assert_eq!((state.status, world.balance(NOOR)), (PaymentStatus::Open, iqd(6_000).minor));
    world.done(confirm(SARA, &id));
    let (mut world, id) = noor_with_card(Product::Online);
    world.done(by_card(NOOR, &id, "visa"));
    world.done(freeze(&id, true));
    world.done(settle(NOOR, &id, "visa", 1, Verdict::Approved));
    assert_eq!((world.payment_status(&id), world.balance(NOOR)), (PaymentStatus::Open, iqd(6_000).minor));
}

#[test]
fn only_an_own_card_that_is_still_linked_pays() {
    let (mut world, id) = noor_with_card(Product::Online);
    assert_eq!(world.refused(by_card(SARA, &id, "visa")), Refusal::CardUnknown);
    assert_eq!(world.refused(by_card(NOOR, &id, "none")), Refusal::CardUnknown);
    world.done(Command::RemoveCard { card_id: CardId::new("visa"), user_id: UserId::new(NOOR) });
    assert_eq!(world.refused(by_card(NOOR, &id, "visa")), Refusal::CardUnknown);
    assert_eq!(world.payment_status(&id), PaymentStatus::Open);
}

#[test]
fn a_wrong_pin_asks_no_issuer() {
    let (mut world, id) = noor_with_card(Product::Online);
    let wrong = ConfirmOrder { pin: PinCheck::Wrong, ..by_card(NOOR, &id, "visa") };
    assert_eq!(world.refused(wrong), Refusal::PinWrong { tries_left: 4 });
    assert_eq!((world.payment_status(&id), world.state(&id).asked), (PaymentStatus::Open, 0));
}

#[test]
fn the_page_ends_when_the_issuer_has_paid_and_not_before() {
    let (mut world, id) = noor_with_card(Product::Online);
    world.done(Interaction { payment_id: Some(id.clone()), ..page("P1", None, world.now) });
    let on_page = Some((InteractionId::new("P1"), "9000".to_owned()));
    world.done(ConfirmOrder { page: on_page.clone(), ..by_card(NOOR, &id, "visa") });
    let state = |world: &World| world.rows.interaction(&InteractionId::new("P1")).expect("a page").state;
    assert_eq!(state(&world), InteractionState::Open);
    world.done(SettleCard { page: on_page.clone(), ..settle(NOOR, &id, "visa", 1, Verdict::Approved) });
    assert!(matches!(state(&world), InteractionState::Final(_)));
    // A page that was closed meanwhile stops nothing: the money has come.
    let (mut world, id) = noor_with_card(Product::Online);
    world.done(by_card(NOOR, &id, "visa"));
    world.done(SettleCard { page: on_page, ..settle(NOOR, &id, "visa", 1, Verdict::Approved) });
    assert_eq!(world.payment_status(&id), PaymentStatus::Success);
}

#[test]
fn what_a_card_paid_comes_back_to_the_wallet() {
    let (mut world, id) = noor_with_card(Product::Online);
    world.done(by_card(NOOR, &id, "visa"));
    world.done(settle(NOOR, &id, "visa", 1, Verdict::Approved));
    world.bought(SARA, Product::Online, 1_000);
    world.done(call_off(&id));
    assert_eq!(world.balance(NOOR), iqd(6_000).minor);
}
