//! The instants at which the answer changes, to the millisecond, and what a state remembers.

use super::{ALL, MADE, after, payment, step, windows};
use crate::support::at;
use jiff::SignedDuration;
use mithaq_domain::{CancelReason, Event, FailReason, Illegal, PaymentState, PaymentStatus, Product, Source};
use mithaq_types::{CardId, OperationId, Timestamp, UserId};

const TEN: &str = "2026-12-01T09:10:00+03:00";

fn ms(instant: Timestamp, count: i64) -> Timestamp {
    instant + SignedDuration::from_millis(count)
}

#[test]
fn an_order_can_be_paid_until_the_millisecond_before_its_time_and_expires_from_then_on() {
    let online = payment(Product::Online);
    let (open, end) = (PaymentState::of(&online), at("2026-12-01T09:30:00+03:00"));
    for event in [Event::Ask, Event::Confirm] {
        assert!(step(&open, &online, event, ms(end, -1)).is_ok());
        assert_eq!(step(&open, &online, event, end), Err(Illegal::OrderExpired));
    }
    assert_eq!(step(&open, &online, Event::Expire, ms(end, -1)), Err(Illegal::NotDue));
    let expired = step(&open, &online, Event::Expire, end).expect("due");
    assert_eq!((expired.status, expired.ended_at), (PaymentStatus::Failed(FailReason::Expired), Some(end)));
}

#[test]
fn a_hold_can_be_taken_or_given_back_for_seven_days_from_when_it_was_placed() {
    let order = payment(Product::AuthCapture);
    let (held, end) = (after(&order, &[(Event::Confirm, TEN)]), at("2026-12-08T09:10:00+03:00"));
    assert_eq!((held.due_at, held.authorized_at, held.held), (end, Some(at(TEN)), ALL));
    for event in [Event::Capture(1), Event::Void(Some(1))] {
        assert!(step(&held, &order, event, ms(end, -1)).is_ok());
        assert_eq!(step(&held, &order, event, end), Err(Illegal::HoldExpired));
    }
    assert_eq!(step(&held, &order, Event::Expire, ms(end, -1)), Err(Illegal::NotDue));
    let back = step(&held, &order, Event::Expire, end).expect("due");
    assert_eq!(back.status, PaymentStatus::Cancelled(CancelReason::HoldExpired));
    assert_eq!((back.held, back.voided, back.ended_at), (0, ALL, Some(end)));
}

#[test]
fn an_order_of_the_escrow_can_be_accepted_for_seven_days_and_completed_for_thirty_more() {
    let order = payment(Product::Escrow);
    let (held, end) = (after(&order, &[(Event::Confirm, TEN)]), at("2026-12-08T09:10:00+03:00"));
    assert_eq!(step(&held, &order, Event::Accept, end), Err(Illegal::HoldExpired));
    let last = ms(end, -1);
    let accepted = step(&held, &order, Event::Accept, last).expect("in time");
    let end = ms(at("2027-01-07T09:10:00+03:00"), -1);
    assert_eq!((accepted.accepted_at, accepted.due_at), (Some(last), end));
    assert!(step(&accepted, &order, Event::Complete, ms(end, -1)).is_ok());
    assert_eq!(step(&accepted, &order, Event::Complete, end), Err(Illegal::HoldExpired));
    assert_eq!(step(&accepted, &order, Event::Expire, ms(end, -1)), Err(Illegal::NotDue));
    assert!(step(&accepted, &order, Event::Expire, end).is_ok());
}

#[test]
fn giving_back_a_part_leaves_the_rest_its_time_and_a_capture_of_it() {
    let order = payment(Product::AuthCapture);
    let held = after(&order, &[(Event::Confirm, TEN)]);
    let less = after(&order, &[(Event::Confirm, TEN), (Event::Void(Some(300)), "2026-12-05T09:00:00+03:00")]);
    assert_eq!((less.held, less.voided, less.due_at), (700, 300, held.due_at));
    assert_eq!(step(&less, &order, Event::Capture(701), at(TEN)), Err(Illegal::ExceedsHold));
    let taken = step(&less, &order, Event::Capture(400), at(TEN)).expect("held");
    assert_eq!((taken.held, taken.taken, taken.voided, taken.refundable()), (0, 400, 600, 400));
    assert_eq!((taken.paid_at, taken.due_at), (Some(at(TEN)), Timestamp::MAX));
    let void = |state: &PaymentState, minor| step(state, &order, Event::Void(Some(minor)), at(TEN)).expect("held");
    let gone = void(&void(&less, 699), 1);
    assert_eq!((gone.status, gone.voided), (PaymentStatus::Cancelled(CancelReason::Voided), ALL));
}

#[test]
fn what_was_paid_can_be_cancelled_until_midnight_of_the_wallets_zone() {
    let online = payment(Product::Online);
    let paid = after(&online, &[(Event::Confirm, TEN)]);
    let midnight = at("2026-12-02T00:00:00+03:00");
    let reversed = step(&paid, &online, Event::Cancel, ms(midnight, -1)).expect("the same day");
    assert_eq!((reversed.status, reversed.reversed, reversed.refundable()), (PaymentStatus::Success, true, 0));
    assert_eq!(reversed.ended_at, Some(ms(midnight, -1)));
    assert_eq!(step(&paid, &online, Event::Cancel, midnight), Err(Illegal::Window));
    // Nine in the evening in UTC is midnight in Baghdad; in UTC it is the same day.
    let mut other = windows();
    other.zone = jiff::tz::TimeZone::UTC;
    assert!(paid.after(&online, Event::Cancel, midnight, &other).is_ok());
    // A clock that was set back to the day before does not make it another day's payment by more than that day.
    assert_eq!(step(&paid, &online, Event::Cancel, at("2026-11-30T23:59:59+03:00")), Err(Illegal::Window));
}

#[test]
fn refunds_go_to_the_last_unit_and_no_further() {
    let online = payment(Product::Online);
    let mut state = after(&online, &[(Event::Confirm, TEN)]);
    for minor in [400, 599, 1] {
        assert_eq!(step(&state, &online, Event::Refund(state.refundable() + 1), at(TEN)), Err(Illegal::ExceedsTaken));
        state = step(&state, &online, Event::Refund(minor), at(TEN)).expect("there is so much");
    }
    assert_eq!((state.refunded, state.refundable(), state.status), (ALL, 0, PaymentStatus::Success));
    assert_eq!(step(&state, &online, Event::Refund(1), at(TEN)), Err(Illegal::ExceedsTaken));
}

#[test]
fn the_window_for_refunds_ends_a_year_after_the_payment_the_last_millisecond_among_it() {
    let online = payment(Product::Online);
    let paid = after(&online, &[(Event::Confirm, TEN)]);
    let last = at(TEN) + windows().refund;
    assert_eq!(last, at("2027-12-01T09:10:00+03:00"));
    assert!(step(&paid, &online, Event::Refund(1), last).is_ok());
    assert_eq!(step(&paid, &online, Event::Refund(1), ms(last, 1)), Err(Illegal::Window));
}

#[test]
fn while_it_is_in_dispute_no_time_runs_out() {
    for product in [Product::Online, Product::AuthCapture] {
        let order = payment(product);
        let open = PaymentState { frozen: true, ..PaymentState::of(&order) };
        let late = at("2027-06-01T09:00:00+03:00");
        assert_eq!(open.wakes_at(), Timestamp::MAX);
        assert_eq!(step(&open, &order, Event::Expire, late), Err(Illegal::NotDue));
        let thawed = PaymentState { frozen: false, ..open };
        assert!(step(&thawed, &order, Event::Expire, late).is_ok());
    }
}

#[test]
fn an_issuer_that_refuses_leaves_an_order_that_somebody_else_can_pay() {
    let online = payment(Product::Online);
    let asking = PaymentState {
        user_id: Some(UserId::new("sara")),
        source: Some(Source::Card(CardId::new("card"))),
        asked: 1,
        asked_at: Some(at(TEN)),
        ..after(&online, &[(Event::Ask, TEN)])
    };
    let open = step(&asking, &online, Event::Decline, at(TEN)).expect("asking");
    assert_eq!((open.status, &open.user_id, &open.source), (PaymentStatus::Open, &None, &None));
    assert_eq!((open.asked, open.due_at), (1, asking.due_at), "the next asking gets another number");
}

#[test]
fn a_payment_that_was_decided_at_once_stands_as_it_was_made() {
    use mithaq_domain::PaymentOutcome;
    for product in [Product::Agreement, Product::InStore] {
        let mut paid = payment(product);
        (paid.outcome, paid.paid_at) = (PaymentOutcome::Success, Some(at(TEN)));
        let state = PaymentState::of(&paid);
        assert_eq!((state.status, state.taken, state.paid_at), (PaymentStatus::Success, ALL, Some(at(TEN))));
        assert_eq!((state.source, state.due_at, state.ended_at), (Some(Source::Balance), Timestamp::MAX, None));
        paid.outcome = PaymentOutcome::Fail(FailReason::Balance);
        let state = PaymentState::of(&paid);
        assert_eq!((state.taken, state.source, state.ended_at), (0, None, Some(at(MADE))));
        assert_eq!(state.status, PaymentStatus::Failed(FailReason::Balance));
    }
}

#[test]
fn what_took_the_money_is_not_the_machines_business() {
    let order = payment(Product::AuthCapture);
    let held = PaymentState { taken_by: Some(OperationId::new("x")), ..after(&order, &[(Event::Confirm, TEN)]) };
    assert_eq!(step(&held, &order, Event::Capture(1), at(TEN)).expect("held").taken_by, held.taken_by);
}
