//! The rules of a subscription, one test each.

use super::*;
use serde_json::{Value, json};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_796_104_800 + minute * 60).expect("in range")
}

fn signed() -> Subscription {
    let tokens = Tokens {
        access_token: "SECRET-TOKEN".into(),
        access_token_expires: None,
        refresh_token: None,
        refresh_token_expires: None,
        customer_id: None,
    };
    Subscription::signed("SECRET-ID".into(), "REF".into(), "SECRET-CODE".into(), tokens, at(0))
}

fn notified(subscription: &mut Subscription, state: ChargeState, code: &str, minute: i64) -> bool {
    subscription.payment_notified("BOX-REF-1", Plan::FreshBox.price(), &verdict(state, code), at(minute))
}

fn verdict(state: ChargeState, code: &str) -> Verdict {
    Verdict { state, code: code.into(), payment_id: Some("20261201".into()) }
}

fn seen(subscription: &Subscription) -> Value {
    serde_json::to_value(subscription.view(at(9))).expect("serialises")
}

#[test]
fn the_access_token_and_the_code_are_never_shown() {
    let shown = seen(&signed()).to_string();
    assert!(!shown.contains("SECRET-TOKEN") && !shown.contains("SECRET-CODE"));
}

#[test]
fn a_charge_is_written_down_before_it_is_asked_for() {
    let mut subscription = signed();
    let attempt = subscription.begin_charge(at(1)).expect("active");
    assert_eq!((attempt.request_id.as_str(), attempt.is_repeated), ("BOX-REF-1", false));
    let charge = &seen(&subscription)["charges"][0];
    assert_eq!(charge["paymentRequestId"], "BOX-REF-1");
    assert_eq!(charge["state"], "PENDING");
    assert_eq!(charge["amount"], json!({ "currency": "IQD", "value": "5000000" }));
}

#[test]
fn a_request_id_does_not_give_the_key_to_the_subscription_away() {
    let attempt = signed().begin_charge(at(1)).expect("active");
    assert!(!attempt.request_id.contains("SECRET-ID"));
}

#[test]
fn an_unknown_result_is_asked_again_under_the_same_id() {
    let mut subscription = signed();
    let first = subscription.begin_charge(at(1)).expect("active");
    subscription.charge_answered(&first.request_id, &verdict(ChargeState::Unknown, "UNKNOWN_EXCEPTION"), at(1));
    let second = subscription.begin_charge(at(2)).expect("active");
    assert_eq!(second, Attempt { is_repeated: true, ..first });
    assert_eq!(seen(&subscription)["charges"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_second_click_joins_the_charge_under_way() {
    let mut subscription = signed();
    let first = subscription.begin_charge(at(1)).expect("active");
    let second = subscription.begin_charge(at(1)).expect("active");
    assert_eq!(second.request_id, first.request_id);
}

#[test]
fn a_charge_after_a_final_answer_is_a_new_one() {
    let mut subscription = signed();
    let outcomes =
        [("BOX-REF-1", ChargeState::Success), ("BOX-REF-2", ChargeState::Fail), ("BOX-REF-3", ChargeState::Success)];
    for (expected, state) in outcomes {
        let attempt = subscription.begin_charge(at(1)).expect("active");
        assert_eq!((attempt.request_id.as_str(), attempt.is_repeated), (expected, false));
        subscription.charge_answered(&attempt.request_id, &verdict(state, "CODE"), at(1));
    }
    assert_eq!(seen(&subscription)["charges"][0]["paymentRequestId"], "BOX-REF-3", "newest first");
}

#[test]
fn a_notification_settles_a_charge_whose_answer_was_lost() {
    let mut subscription = signed();
    let attempt = subscription.begin_charge(at(1)).expect("active");
    subscription.charge_answered(&attempt.request_id, &verdict(ChargeState::Unknown, "NO_ANSWER"), at(1));
    assert!(notified(&mut subscription, ChargeState::Success, "SUCCESS", 2));
    assert_eq!(seen(&subscription)["charges"][0]["state"], "SUCCESS");
}

#[test]
fn a_notification_that_overtakes_the_answer_is_not_undone_by_a_lost_answer() {
    let mut subscription = signed();
    let attempt = subscription.begin_charge(at(1)).expect("active");
    assert!(notified(&mut subscription, ChargeState::Success, "SUCCESS", 1));
    subscription.charge_answered(&attempt.request_id, &verdict(ChargeState::Unknown, "NO_ANSWER"), at(2));
    assert_eq!(seen(&subscription)["charges"][0]["state"], "SUCCESS");
}

#[test]
fn a_repeated_notification_changes_nothing() {
    let mut subscription = signed();
    let attempt = subscription.begin_charge(at(1)).expect("active");
    subscription.charge_answered(&attempt.request_id, &verdict(ChargeState::Success, "SUCCESS"), at(1));
    assert!(notified(&mut subscription, ChargeState::Success, "SUCCESS", 2));
    let once = seen(&subscription);
    assert_eq!(once["charges"][0]["notified"], true);
    assert!(notified(&mut subscription, ChargeState::Success, "SUCCESS", 3));
    assert!(
        notified(&mut subscription, ChargeState::Fail, "PROCESS_FAIL", 4),
        "a late contradiction is not taken over"
    );
    assert_eq!(seen(&subscription), once);
}

#[test]
fn a_notification_of_another_payment_or_amount_is_not_taken() {
    let mut subscription = signed();
    assert!(!notified(&mut subscription, ChargeState::Success, "SUCCESS", 1), "nothing was asked for");
    let attempt = subscription.begin_charge(at(1)).expect("active");
    let (less, paid) = (Money::new(1, attempt.amount.currency), verdict(ChargeState::Success, "SUCCESS"));
    assert!(!subscription.payment_notified(&attempt.request_id, less, &paid, at(1)));
    assert_eq!(seen(&subscription)["charges"][0]["state"], "PENDING");
}

#[test]
fn a_dead_token_ends_the_subscription() {
    for code in ["INVALID_ACCESS_TOKEN", "EXPIRED_ACCESS_TOKEN"] {
        let mut subscription = signed();
        let attempt = subscription.begin_charge(at(1)).expect("active");
        subscription.charge_answered(&attempt.request_id, &verdict(ChargeState::Fail, code), at(1));
        assert_eq!(seen(&subscription)["state"], "ENDED");
        assert_eq!(subscription.begin_charge(at(2)), Err(AlreadyEnded));
    }
}

#[test]
fn an_empty_balance_does_not_end_it() {
    let mut subscription = signed();
    let attempt = subscription.begin_charge(at(1)).expect("active");
    subscription.charge_answered(&attempt.request_id, &verdict(ChargeState::Fail, "USER_BALANCE_NOT_ENOUGH"), at(1));
    assert_eq!(seen(&subscription)["state"], "ACTIVE");
}

#[test]
fn who_ended_the_contract_is_told_by_the_notice() {
    let mut subscription = signed();
    subscription.contract_ended(EndedBy::User, at(1));
    assert_eq!(seen(&subscription)["endedBy"], "USER");
    assert_eq!(seen(&subscription)["state"], "ENDED");
}

#[test]
fn the_notice_of_its_own_cancellation_may_come_before_or_after_the_answer() {
    let (mut before, mut after) = (signed(), signed());
    before.contract_ended(EndedBy::Merchant, at(1));
    before.cancelled(at(2));
    after.cancelled(at(1));
    after.contract_ended(EndedBy::Merchant, at(2));
    for subscription in [&before, &after] {
        assert_eq!(seen(subscription)["endedBy"], "MERCHANT");
        assert_eq!(seen(subscription)["events"].as_array().map(Vec::len), Some(4));
    }
}

#[test]
fn a_late_confirmation_does_not_revive_a_contract() {
    let mut subscription = signed();
    subscription.contract_ended(EndedBy::User, at(1));
    subscription.contract_confirmed(at(2));
    assert_eq!(seen(&subscription)["state"], "ENDED");
}

#[test]
fn what_is_told_twice_changes_nothing() {
    let mut subscription = signed();
    subscription.contract_confirmed(at(1));
    subscription.cancelled(at(2));
    subscription.contract_ended(EndedBy::Merchant, at(2));
    let once = seen(&subscription);
    subscription.contract_confirmed(at(3));
    subscription.cancelled(at(3));
    subscription.contract_ended(EndedBy::User, at(3));
    assert_eq!(seen(&subscription), once);
}

#[test]
fn every_change_has_a_higher_revision() {
    let mut subscription = signed();
    let revision = |subscription: &Subscription| seen(subscription)["revision"].as_u64();
    let mut revisions = vec![revision(&subscription)];
    let attempt = subscription.begin_charge(at(1)).expect("active");
    revisions.push(revision(&subscription));
    subscription.charge_answered(&attempt.request_id, &verdict(ChargeState::Unknown, "NO_ANSWER"), at(1));
    revisions.push(revision(&subscription));
    notified(&mut subscription, ChargeState::Success, "SUCCESS", 2);
    revisions.push(revision(&subscription));
    subscription.cancelled(at(3));
    revisions.push(revision(&subscription));
    assert!(revisions.is_sorted_by(|one, next| one < next), "{revisions:?}");
}
