//! What readers find of orders and what lies around them.

use crate::support::{
    House, SARA, Stage, add_user, approve, call_off, confirm, confirm_from, iqd, link, on_every_database, operate,
    send_money, top_up,
};
use jiff::SignedDuration;
use mithaq_domain::{Command, OperationKind, PaymentStatus, PinCheck, Product, Source, Wish};
use mithaq_types::{CardId, Clock as _, OrderId, PaymentId, UserId};

on_every_database!(
    an_order_is_found_by_its_address_with_all_that_happened_to_it,
    what_is_held_of_a_user_is_listed_while_it_is,
    time_and_issuers_have_their_lists,
    cards_codes_and_transfers_are_listed,
);

async fn an_order_is_found_by_its_address_with_all_that_happened_to_it(stage: Stage) {
    let house = House::open(stage).await;
    let id = house.place("box", Product::Online, iqd(10_000)).await;
    house.done(confirm(SARA, &id)).await;
    house.done(operate(&id, "first", Wish::Refund(iqd(1_000), None))).await;
    house.clock.set(house.clock.now() + SignedDuration::from_secs(1));
    house.done(operate(&id, "too much", Wish::Refund(iqd(10_000), None))).await;
    let reader = house.stage.reader();
    let view = reader.payment_of_order(OrderId::new("order box")).await.expect("readable").expect("there");
    assert_eq!((&view.payment.payment_id, view.state.refunded), (&id, iqd(1_000).minor));
    let requests: Vec<_> = view.operations.iter().map(|one| (one.request_id.as_str(), one.is_done())).collect();
    assert_eq!(requests, [("first", true), ("too much", false)]);
    assert!(reader.payment_of_order(OrderId::new("another")).await.expect("readable").is_none());
    assert!(reader.payment(PaymentId::new("none")).await.expect("readable").is_none());
    assert_eq!(reader.operations().await.expect("readable").len(), 2);
    let causes: Vec<_> = reader.postings(id).await.expect("readable").into_iter().map(|line| line.cause).collect();
    assert_eq!(causes, ["payment", "payment", "payment", "refund", "refund"]);
}

async fn what_is_held_of_a_user_is_listed_while_it_is(stage: Stage) {
    let house = House::open(stage).await;
    let kept = house.place("kept", Product::AuthCapture, iqd(1_000)).await;
    let gone = house.place("gone", Product::Escrow, iqd(1_000)).await;
    for id in [&kept, &gone] {
        house.done(confirm(SARA, id)).await;
    }
    house.done(call_off(&gone)).await;
    let reader = house.stage.reader();
    let held = reader.holds_of(UserId::new(SARA)).await.expect("readable");
    assert_eq!(held.iter().map(|(payment, _)| &payment.payment_id).collect::<Vec<_>>(), [&kept]);
    assert!(reader.holds_of(UserId::new("omar")).await.expect("readable").is_empty());
    let all = reader.standings().await.expect("readable");
    let ends: Vec<_> = all.iter().map(|(payment, state)| (&payment.payment_id, state.status.is_final())).collect();
    assert_eq!(ends, [(&gone, true), (&kept, false)], "the newest first");
}

async fn time_and_issuers_have_their_lists(stage: Stage) {
    let house = House::open(stage).await;
    let (reader, now) = (house.stage.reader(), house.clock.now());
    assert_eq!(reader.next_payment_due().await.expect("readable"), None);
    let open = house.place("open", Product::Online, iqd(1_000)).await;
    let held = house.place("held", Product::AuthCapture, iqd(1_000)).await;
    let asking = house.place("asking", Product::Online, iqd(1_000)).await;
    house.done(confirm(SARA, &held)).await;
    house.done(link(SARA, "card", now)).await;
    house.done(confirm_from(SARA, &asking, Source::Card(CardId::new("card")))).await;
    let asked: Vec<_> = reader.payments_asking().await.expect("readable");
    assert_eq!(asked.iter().map(|state| &state.payment_id).collect::<Vec<_>>(), [&asking]);
    house.done(approve(SARA, &asking, "card")).await;
    assert!(reader.payments_asking().await.expect("readable").is_empty());

    let end = now + SignedDuration::from_mins(30);
    assert_eq!(reader.next_payment_due().await.expect("readable"), Some(end));
    assert!(reader.payments_due(end - SignedDuration::from_millis(1)).await.expect("readable").is_empty());
    assert_eq!(reader.payments_due(end).await.expect("readable"), std::slice::from_ref(&open));
    let week = now + SignedDuration::from_hours(7 * 24);
    assert_eq!(reader.payments_due(week).await.expect("readable"), [open.clone(), held.clone()]);
    house.done(Command::FreezePayment { payment_id: open.clone(), frozen: true }).await;
    assert_eq!(reader.payments_due(week).await.expect("readable"), std::slice::from_ref(&held), "not in dispute");
    house.clock.set(week);
    house.done(Command::ExpirePayment { payment_id: held.clone() }).await;
    assert!(matches!(house.standing(&held).await.status, PaymentStatus::Cancelled(_)));
    assert_eq!(reader.next_payment_due().await.expect("readable"), None);
    let by_time = reader.operations_of(held).await.expect("readable");
    assert_eq!(by_time.iter().map(|one| one.kind).collect::<Vec<_>>(), [OperationKind::Void]);
    house.verified().await;
}

async fn cards_codes_and_transfers_are_listed(stage: Stage) {
    let house = House::open(stage).await;
    let (reader, now) = (house.stage.reader(), house.clock.now());
    house.done(add_user("omar")).await;
    house.done(top_up("omar", iqd(1))).await;
    for (user, card) in [(SARA, "a"), (SARA, "b"), ("omar", "c")] {
        house.done(link(user, card, now)).await;
    }
    house.done(Command::RemoveCard { card_id: CardId::new("a"), user_id: UserId::new(SARA) }).await;
    let cards = async |user: Option<&str>| {
        let cards = reader.cards(user.map(UserId::new)).await.expect("readable");
        cards.into_iter().map(|card| card.card_id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!((cards(Some(SARA)).await, cards(None).await.len()), (vec!["b".to_owned()], 2));
    let code = crate::support::hash("28");
    house.done(Command::IssueCode { user_id: UserId::new(SARA), pin: PinCheck::Right, code }).await;
    let codes = reader.payment_codes().await.expect("readable");
    assert_eq!(codes.iter().map(|code| code.hash).collect::<Vec<_>>(), [code]);
    for (number, id) in ["z", "a"].into_iter().enumerate() {
        house.clock.set(now + SignedDuration::from_secs(i64::try_from(number).expect("small")));
        house.done(send_money(id, SARA, "omar", iqd(1), now)).await;
    }
    let sent = reader.transfers().await.expect("readable");
    assert_eq!(sent.iter().map(|one| one.transfer_id.as_str()).collect::<Vec<_>>(), ["a", "z"], "the newest first");
    house.verified().await;
}
