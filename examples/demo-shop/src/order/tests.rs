//! The rules of an order, one test each.

use super::*;
use crate::goods::AT_THE_TILL;
use mithaq_merchant::Currency;
use serde_json::{Value, json};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_796_104_800 + minute * 60).expect("in range")
}

fn iqd(minor: i64) -> Money {
    Money::new(minor, Currency::IQD)
}

fn order(way: Way) -> Order {
    let wish = Wish {
        id: "Z-1".into(),
        once: "SECRET-KEY".into(),
        customer: (way != Way::InStore).then(|| CustomerId::new("C1")),
        goods: None,
        way,
        amount: iqd(1_000),
        description: AT_THE_TILL.english,
        payment_code: (way == Way::InStore).then(|| "281234567890123456".into()),
        at: at(0),
    };
    let mut order = Order::new(wish);
    order.begin_pay(at(0));
    order
}

fn open_url() -> Fact {
    Fact::Open { url: "http://wallet.example/cashier?orderId=1".into() }
}

fn paid() -> Fact {
    Fact::Paid { taken: None }
}

fn closed(code: &str) -> Fact {
    Fact::Closed { code: code.into() }
}

/// An order that the wallet told `facts` about.
fn told(way: Way, facts: impl IntoIterator<Item = Fact>) -> Order {
    let mut order = order(way);
    order.pay_answered(Some("P1".into()), open_url(), at(1));
    for fact in facts {
        notify(&mut order, fact);
    }
    order
}

fn notify(order: &mut Order, fact: Fact) -> bool {
    order.notified("Z-1", iqd(1_000), "P1".into(), fact, at(2))
}

fn begin(order: &mut Order, act: Act, amount: Option<i64>) -> Result<Attempt, NotNow> {
    let who = if act == Act::Confirm { Who::Customer } else { Who::Office };
    order.begin(who, act, amount.map(iqd), at(3))
}

/// Begins `act` and lets the wallet answer with `outcome`.
fn operate(order: &mut Order, act: Act, amount: Option<i64>, outcome: Outcome) {
    let attempt = begin(order, act, amount).expect("it may begin");
    order.operated(&attempt.request_id, &outcome, at(4));
}

fn seen(order: &Order) -> Value {
    serde_json::to_value(order.view(Who::Office)).expect("serialises")
}

fn fils(value: &Value) -> &str {
    value["value"].as_str().expect("a text of fils")
}

#[test]
fn the_askers_key_and_a_shown_code_are_never_shown() {
    let shown = seen(&order(Way::InStore)).to_string();
    assert!(!shown.contains("SECRET-KEY") && !shown.contains("281234567890123456"));
}

#[test]
fn asking_for_the_payment_again_is_known_as_again() {
    let mut order = order(Way::Buy);
    assert!(order.begin_pay(at(1)), "the first time was when it was made");
}

#[test]
fn the_cashiers_address_is_told_while_it_may_be_paid() {
    let mut order = told(Way::Buy, []);
    assert_eq!((&seen(&order)["state"], &seen(&order)["can"]), (&json!("OPEN"), &json!(["cancel"])));
    let customer = serde_json::to_value(order.view(Who::Customer)).expect("serialises");
    assert_eq!(customer["can"], json!(["pay", "cancel"]));
    assert!(seen(&order)["paymentUrl"].is_string());
    notify(&mut order, paid());
    assert!(seen(&order)["paymentUrl"].is_null());
}

#[test]
fn a_lost_answer_closes_nothing() {
    let mut order = order(Way::Buy);
    order.pay_answered(None, Fact::Unknown { code: "NO_ANSWER".into() }, at(1));
    assert_eq!((&seen(&order)["state"], &seen(&order)["code"]), (&json!("ASKED"), &json!("NO_ANSWER")));
    order.pay_answered(Some("P1".into()), open_url(), at(2));
    assert_eq!(seen(&order)["code"], Value::Null);
}

#[test]
fn what_is_known_never_goes_back() {
    let mut order = told(Way::Escrow, [Fact::Held]);
    operate(&mut order, Act::Accept, None, Outcome::Done);
    order.pay_answered(Some("P1".into()), open_url(), at(5));
    notify(&mut order, Fact::Held);
    assert_eq!(seen(&order)["state"], "ACCEPTED");
}

#[test]
fn what_is_final_is_never_overwritten() {
    for (first, late) in [(paid(), closed("ORDER_IS_CLOSED")), (closed("ORDER_IS_CLOSED"), paid())] {
        let mut order = told(Way::Buy, [first]);
        let state = seen(&order)["state"].clone();
        notify(&mut order, late);
        assert_eq!(seen(&order)["state"], state);
    }
}

#[test]
fn a_repeated_notification_changes_nothing() {
    let mut order = told(Way::Buy, [paid()]);
    let events = seen(&order)["events"].clone();
    assert!(notify(&mut order, paid()));
    assert_eq!(seen(&order)["events"], events);
}

#[test]
fn a_notification_of_another_order_or_amount_is_not_taken() {
    let mut order = told(Way::Buy, []);
    assert!(!order.notified("Z-2", iqd(1_000), "P1".into(), paid(), at(2)));
    assert!(!order.notified("Z-1", iqd(1), "P1".into(), paid(), at(2)));
    assert_eq!(seen(&order)["state"], "OPEN");
}

#[test]
fn a_part_is_captured_and_then_refunded_in_parts() {
    let mut order = told(Way::Reserve, [Fact::Held]);
    assert_eq!(seen(&order)["can"], json!(["capture", "void", "cancel"]));
    operate(&mut order, Act::Capture, Some(700), Outcome::Done);
    assert_eq!((&seen(&order)["state"], fils(&seen(&order)["taken"])), (&json!("PAID"), "700"));
    assert_eq!(begin(&mut order, Act::Refund, Some(701)), Err(NotNow::Amount), "no more than was taken");
    operate(&mut order, Act::Refund, Some(300), Outcome::Done);
    operate(&mut order, Act::Refund, None, Outcome::Done);
    assert_eq!(fils(&seen(&order)["refunded"]), "700");
    assert_eq!(begin(&mut order, Act::Refund, Some(1)), Err(NotNow::Act), "nothing is left");
}

#[test]
fn the_notification_of_a_capture_under_way_says_no_amount_so_the_captures_counts() {
    let mut order = told(Way::Reserve, [Fact::Held]);
    begin(&mut order, Act::Capture, Some(700)).expect("held");
    notify(&mut order, paid());
    assert_eq!(fils(&seen(&order)["taken"]), "700");
}

#[test]
fn an_operation_without_an_answer_is_repeated_and_no_other_begins() {
    let mut order = told(Way::Reserve, [Fact::Held]);
    let first = begin(&mut order, Act::Capture, Some(700)).expect("held");
    order.operated(&first.request_id, &Outcome::Unknown("NO_ANSWER".into()), at(4));
    assert_eq!(seen(&order)["can"], json!(["capture"]));
    assert_eq!(begin(&mut order, Act::Void, None), Err(NotNow::Act));
    assert_eq!(begin(&mut order, Act::Capture, Some(100)), Ok(first.clone()), "the same id and the same amount");
    order.operated(&first.request_id, &Outcome::Done, at(5));
    assert_eq!(seen(&order)["state"], "PAID");
}

#[test]
fn a_refused_operation_is_final_and_the_next_is_another() {
    let mut order = told(Way::Buy, [paid()]);
    let first = begin(&mut order, Act::Refund, None).expect("paid");
    order.operated(&first.request_id, &Outcome::Refused("MERCHANT_BALANCE_NOT_ENOUGH".into()), at(4));
    order.operated(&first.request_id, &Outcome::Done, at(5));
    assert_eq!(fils(&seen(&order)["refunded"]), "0", "what is final stands");
    let second = begin(&mut order, Act::Refund, None).expect("paid");
    assert_ne!(second.request_id, first.request_id);
}

#[test]
fn a_void_of_a_part_leaves_the_rest_held_and_one_of_all_closes_the_order() {
    let mut order = told(Way::Reserve, [Fact::Held]);
    operate(&mut order, Act::Void, Some(400), Outcome::Done);
    assert_eq!((&seen(&order)["state"], fils(&seen(&order)["held"])), (&json!("HELD"), "600"));
    assert_eq!(begin(&mut order, Act::Capture, Some(601)), Err(NotNow::Amount));
    assert_eq!(begin(&mut order, Act::Cancel, None), Err(NotNow::Act), "cancelling is all or nothing");
    operate(&mut order, Act::Void, None, Outcome::Done);
    assert_eq!(seen(&order)["state"], "CLOSED");
}

#[test]
fn an_escrow_order_is_accepted_by_the_shop_and_confirmed_by_its_buyer() {
    let mut order = told(Way::Escrow, [Fact::Held]);
    assert_eq!(order.begin(Who::Customer, Act::Confirm, None, at(3)), Err(NotNow::Act), "not before it is accepted");
    operate(&mut order, Act::Accept, None, Outcome::Done);
    assert_eq!(order.begin(Who::Customer, Act::Cancel, None, at(3)), Err(NotNow::Act), "too late to cancel");
    assert_eq!(
        order.begin(Who::Office, Act::Confirm, None, at(3)),
        Err(NotNow::Act),
        "the shop cannot say it for the buyer"
    );
    operate(&mut order, Act::Confirm, None, Outcome::Done);
    assert_eq!((&seen(&order)["state"], fils(&seen(&order)["taken"])), (&json!("PAID"), "1000"));
}

#[test]
fn a_buyer_can_neither_refund_nor_capture() {
    let mut held = told(Way::Reserve, [Fact::Held]);
    assert_eq!(held.begin(Who::Customer, Act::Capture, None, at(3)), Err(NotNow::Act));
    let mut paid = told(Way::Buy, [paid()]);
    for act in [Act::Refund, Act::Cancel] {
        assert_eq!(paid.begin(Who::Customer, act, None, at(3)), Err(NotNow::Act));
    }
}

#[test]
fn a_payment_that_overtakes_its_cancellation_is_given_back_as_a_whole() {
    let mut order = told(Way::Buy, []);
    let attempt = begin(&mut order, Act::Cancel, None).expect("open");
    notify(&mut order, paid());
    order.operated(&attempt.request_id, &Outcome::Done, at(4));
    let seen = seen(&order);
    assert_eq!((&seen["state"], fils(&seen["refunded"])), (&json!("PAID"), "1000"));
}

#[test]
fn a_refunds_notification_may_come_before_its_answer() {
    let mut order = told(Way::Buy, [paid()]);
    let attempt = begin(&mut order, Act::Refund, Some(300)).expect("paid");
    let ids = (Some("P1"), attempt.request_id.as_str());
    assert!(!order.operation_notified(ids, Some(iqd(301)), &Outcome::Done, at(4)), "another amount is not believed");
    assert!(order.operation_notified(ids, Some(iqd(300)), &Outcome::Done, at(4)));
    order.operated(&attempt.request_id, &Outcome::Unknown("NO_ANSWER".into()), at(5));
    assert_eq!(fils(&seen(&order)["refunded"]), "300");
}

#[test]
fn what_the_wallet_gave_back_by_itself_is_told_once() {
    let mut order = told(Way::Reserve, [Fact::Held]);
    for _ in 0..2 {
        assert!(order.operation_notified((Some("P1"), "W-9"), Some(iqd(1_000)), &Outcome::Done, at(4)));
    }
    assert!(
        !order.operation_notified((Some("P2"), "W-9"), Some(iqd(1_000)), &Outcome::Done, at(4)),
        "of another order"
    );
    let told = seen(&order)["events"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|one| one["what"] == "OPERATION_NOTIFIED")
        .count();
    assert_eq!(told, 1);
}

#[test]
fn at_the_till_the_office_asks_again() {
    let mut order = order(Way::InStore);
    order.pay_answered(None, Fact::Unknown { code: "NO_ANSWER".into() }, at(1));
    assert_eq!(seen(&order)["can"], json!(["pay", "cancel"]));
}

#[test]
fn every_change_has_a_higher_revision() {
    let mut order = order(Way::Reserve);
    let mut revisions = vec![order.revision()];
    order.pay_answered(Some("P1".into()), open_url(), at(1));
    revisions.push(order.revision());
    notify(&mut order, Fact::Held);
    revisions.push(order.revision());
    let attempt = begin(&mut order, Act::Capture, None).expect("held");
    revisions.push(order.revision());
    order.operated(&attempt.request_id, &Outcome::Done, at(4));
    revisions.push(order.revision());
    assert!(revisions.is_sorted_by(|one, next| one < next), "{revisions:?}");
}
