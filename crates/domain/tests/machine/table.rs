//! Every event in every state that payments of a product reach. A cell says where the event leads or why it is illegal:
//!
//! `P` processing, `O` open again, `A` held, `S` paid, `F` failed, `C` cancelled; `un` unsupported, `st` not in this state,
//! `fr` frozen, `ac` accepted already, `ru` running, `oe` order expired, `oc` order cancelled, `op` order paid, `nh` never held,
//! `he` hold expired, `hc` hold cancelled, `eh` more than is held, `et` more than was taken, `wi` too late, `nd` not due.

use super::{ALL, after, payment, windows};
use crate::support::at;
use mithaq_domain::{
    CancelReason, Event, FailReason, Flow, Illegal, Payment, PaymentOutcome, PaymentState, PaymentStatus, Product,
};
use mithaq_types::Timestamp;

/// The columns: a part of what there is, all of it, and one more.
const EVENTS: &str =
    "ask dec con cap=100 cap=all cap=over acc com voi=100 voi=all voi=over can ref=100 ref=all ref=over exp";

const ONLINE: &str = "
    open            P  st S  un un un un un un un un C  st st st nd
    open late       oe st oe un un un un un un un un C  st st st F
    asking          P  O  S  un un un un un un un un C  st st st nd
    asking late     oe O  oe un un un un un un un un C  st st st F
    paid            op st op un un un un un un un un S  S  S  et nd
    paid yesterday  op st op un un un un un un un un wi S  S  et nd
    paid long ago   op st op un un un un un un un un wi wi wi wi nd
    refunded a part op st op un un un un un un un un st S  S  et nd
    refunded        op st op un un un un un un un un st et et et nd
    reversed        op st op un un un un un un un un st et et et nd
    failed          oe st oe un un un un un un un un st st st st nd
    cancelled       oc st oc un un un un un un un un st st st st nd
    open, frozen            fr st fr un un un un un un un un C  st st st nd
    open late, frozen       fr st fr un un un un un un un un C  st st st nd
    asking, frozen          fr O  fr un un un un un un un un C  st st st nd
    asking late, frozen     fr O  fr un un un un un un un un C  st st st nd
    paid, frozen            op st op un un un un un un un un fr fr fr fr nd
    paid yesterday, frozen  op st op un un un un un un un un fr fr fr fr nd
    failed, frozen          oe st oe un un un un un un un un st st st st nd
    cancelled, frozen       oc st oc un un un un un un un un st st st st nd";

const AUTH_CAPTURE: &str = "
    open            P  st A  nh nh nh un un nh nh nh C  st st st nd
    open late       oe st oe nh nh nh un un nh nh nh C  st st st F
    asking          P  O  A  ru ru ru un un ru ru ru C  st st st nd
    asking late     oe O  oe ru ru ru un un ru ru ru C  st st st F
    held            op st op S  S  eh un un A  C  eh C  st st st nd
    held late       op st op he he he un un he he he C  st st st C
    voided a part   op st op S  S  eh un un A  C  eh st st st st nd
    captured        op st op st st st un un st st st st S  S  et nd
    captured a part op st op st st st un un st st st st S  S  et nd
    captured long ago op st op st st st un un st st st st wi wi wi nd
    failed          oe st oe nh nh nh un un nh nh nh st st st st nd
    cancelled       oc st oc hc hc hc un un hc hc hc st st st st nd
    voided          oc st oc hc hc hc un un hc hc hc st st st st nd
    given back      oc st oc he he he un un he he he st st st st nd
    held, frozen            op st op fr fr fr un un fr fr fr fr st st st nd
    held late, frozen       op st op fr fr fr un un fr fr fr fr st st st nd
    captured, frozen        op st op st st st un un st st st fr fr fr fr nd";

const ESCROW: &str = "
    open            P  st A  un un un nh nh nh nh nh C  st st st nd
    open late       oe st oe un un un nh nh nh nh nh C  st st st F
    asking          P  O  A  un un un ru ru ru ru ru C  st st st nd
    held            op st op un un un A  st st st st C  st st st nd
    held late       op st op un un un he he he he he C  st st st C
    accepted        op st op un un un ac S  A  C  eh st st st st nd
    accepted late   op st op un un un he he he he he st st st st C
    accepted, voided a part op st op un un un ac S A C eh st st st st nd
    completed       op st op un un un st st st st st st S  S  et nd
    failed          oe st oe un un un nh nh nh nh nh st st st st nd
    cancelled       oc st oc un un un hc hc hc hc hc st st st st nd
    voided          oc st oc un un un hc hc hc hc hc st st st st nd
    given back      oc st oc un un un he he he he he st st st st nd
    held, frozen            op st op un un un fr fr fr fr fr fr st st st nd
    accepted, frozen        op st op un un un fr fr fr fr fr fr st st st nd
    completed, frozen       op st op un un un st st st st st fr fr fr fr nd";

/// Payments that are decided when they are made.
const AT_ONCE: &str = "
    paid            op st op un un un un un un un un S  S  S  et nd
    paid yesterday  op st op un un un un un un un un wi S  S  et nd
    paid long ago   op st op un un un un un un un un wi wi wi wi nd
    refunded a part op st op un un un un un un un un st S  S  et nd
    refunded        op st op un un un un un un un un st et et et nd
    reversed        op st op un un un un un un un un st et et et nd
    failed          oe st oe un un un un un un un un st st st st nd
    paid, frozen    op st op un un un un un un un un fr fr fr fr nd";

/// Nothing but a request that must not come any more.
const WITHDRAWN: &str = "
    failed          oe st oe un un un un un un un un st st st st nd";

const TEN: &str = "2026-12-01T09:10:00+03:00";
const PAST_ORDER: &str = "2026-12-01T09:30:00+03:00";
const NEXT_DAY: &str = "2026-12-02T09:00:00+03:00";
const YEAR_ON: &str = "2027-12-02T09:00:00+03:00";
const PAST_HOLD: &str = "2026-12-08T09:10:00+03:00";
const PAST_ACCEPTED: &str = "2026-12-31T09:10:00+03:00";

/// A state by its name in the tables, as events lead there, and the instant at which it is looked at.
fn situation(name: &str, product: Product) -> (Payment, PaymentState, Timestamp) {
    let (name, frozen) = name.strip_suffix(", frozen").map_or((name, false), |name| (name, true));
    let mut payment = payment(product);
    let at_once = !product.is_order();
    if at_once {
        let (outcome, paid_at) = match name {
            "failed" => (PaymentOutcome::Fail(FailReason::Balance), None),
            _ => (PaymentOutcome::Success, Some(at(TEN))),
        };
        (payment.outcome, payment.paid_at) = (outcome, paid_at);
    }
    let confirm = (Event::Confirm, TEN);
    let paid: &[(Event, &str)] = if at_once { &[] } else { &[confirm] };
    let then = |event| [paid, &[(event, TEN)]].concat();
    let accepted = || then(Event::Accept);
    let (events, now) = match name {
        "open" => (vec![], TEN),
        "open late" => (vec![], PAST_ORDER),
        "asking" => (vec![(Event::Ask, TEN)], TEN),
        "asking late" => (vec![(Event::Ask, TEN)], PAST_ORDER),
        "paid" | "held" => (paid.to_vec(), TEN),
        "paid yesterday" => (paid.to_vec(), NEXT_DAY),
        "paid long ago" => (paid.to_vec(), YEAR_ON),
        "refunded a part" => (then(Event::Refund(300)), TEN),
        "refunded" => (then(Event::Refund(ALL)), TEN),
        "reversed" => (then(Event::Cancel), TEN),
        "held late" => (paid.to_vec(), PAST_HOLD),
        "voided a part" => (then(Event::Void(Some(300))), TEN),
        "captured" => (then(Event::Capture(ALL)), TEN),
        "captured a part" => (then(Event::Capture(400)), TEN),
        "captured long ago" => (then(Event::Capture(ALL)), YEAR_ON),
        "accepted" => (accepted(), TEN),
        "accepted late" => (accepted(), PAST_ACCEPTED),
        "accepted, voided a part" => ([accepted(), vec![(Event::Void(Some(300)), TEN)]].concat(), TEN),
        "completed" => ([accepted(), vec![(Event::Complete, TEN)]].concat(), TEN),
        "failed" if at_once => (vec![], TEN),
        "failed" => (vec![(Event::Expire, PAST_ORDER)], PAST_ORDER),
        "cancelled" => (vec![(Event::Cancel, TEN)], TEN),
        "voided" if product == Product::Escrow => ([accepted(), vec![(Event::Void(None), TEN)]].concat(), TEN),
        "voided" => (then(Event::Void(None)), TEN),
        "given back" => ([paid, &[(Event::Expire, PAST_HOLD)]].concat(), PAST_HOLD),
        other => panic!("no state is called {other}"),
    };
    let state = after(&payment, &events);
    (payment, PaymentState { frozen, ..state }, at(now))
}

fn event(name: &str, state: &PaymentState) -> Event {
    let sum = |all: i64| match name.split_once('=').expect("a sum").1 {
        "100" => 100,
        "all" => all,
        _ => all + 1,
    };
    match &name[..3] {
        "ask" => Event::Ask,
        "dec" => Event::Decline,
        "con" => Event::Confirm,
        "cap" => Event::Capture(sum(state.held)),
        "acc" => Event::Accept,
        "com" => Event::Complete,
        "voi" if name == "voi=all" => Event::Void(None),
        "voi" => Event::Void(Some(sum(state.held))),
        "can" => Event::Cancel,
        "ref" => Event::Refund(sum(state.refundable())),
        _ => Event::Expire,
    }
}

fn illegal(word: &str) -> Illegal {
    match word {
        "un" => Illegal::Unsupported,
        "st" => Illegal::Status,
        "fr" => Illegal::Frozen,
        "ac" => Illegal::Accepted,
        "ru" => Illegal::Running,
        "oe" => Illegal::OrderExpired,
        "oc" => Illegal::OrderCancelled,
        "op" => Illegal::OrderPaid,
        "nh" => Illegal::NeverHeld,
        "he" => Illegal::HoldExpired,
        "hc" => Illegal::HoldCancelled,
        "eh" => Illegal::ExceedsHold,
        "et" => Illegal::ExceedsTaken,
        "wi" => Illegal::Window,
        "nd" => Illegal::NotDue,
        other => panic!("{other} means nothing"),
    }
}

fn status(word: &str, event: Event) -> PaymentStatus {
    match (word, event) {
        ("P", _) => PaymentStatus::Processing,
        ("O", _) => PaymentStatus::Open,
        ("A", _) => PaymentStatus::Authorized,
        ("S", _) => PaymentStatus::Success,
        ("F", Event::Expire) => PaymentStatus::Failed(FailReason::Expired),
        ("C", Event::Cancel) => PaymentStatus::Cancelled(CancelReason::Merchant),
        ("C", Event::Void(_)) => PaymentStatus::Cancelled(CancelReason::Voided),
        ("C", Event::Expire) => PaymentStatus::Cancelled(CancelReason::HoldExpired),
        other => panic!("{other:?} cannot be"),
    }
}

/// The money that a legal event moves.
fn flow(event: Event, state: &PaymentState, product: Product) -> Flow {
    match event {
        Event::Confirm if product.holds() => Flow::Hold(ALL),
        Event::Confirm => Flow::Pay(ALL),
        Event::Capture(minor) => Flow::Take { paid: minor, released: state.held - minor },
        Event::Complete => Flow::Take { paid: state.held, released: 0 },
        Event::Void(minor) => Flow::Release(minor.unwrap_or(state.held)),
        Event::Refund(minor) => Flow::Refund(minor),
        Event::Cancel | Event::Expire if state.held > 0 => Flow::Release(state.held),
        Event::Cancel if state.taken > 0 => Flow::Reverse(state.taken),
        Event::Ask | Event::Decline | Event::Accept | Event::Cancel | Event::Expire => Flow::Nothing,
    }
}

/// What the payer has less in hand because of it.
fn from_payer(flow: Flow) -> i64 {
    match flow {
        Flow::Nothing => 0,
        Flow::Pay(minor) | Flow::Hold(minor) => minor,
        Flow::Take { released, .. } => -released,
        Flow::Release(minor) | Flow::Refund(minor) | Flow::Reverse(minor) => -minor,
    }
}

#[test]
fn every_event_leads_where_the_tables_say_and_moves_what_it_must() {
    let tables = [
        (Product::Online, ONLINE, 20),
        (Product::AuthCapture, AUTH_CAPTURE, 17),
        (Product::Escrow, ESCROW, 16),
        (Product::Agreement, AT_ONCE, 8),
        (Product::InStore, AT_ONCE, 8),
        (Product::Withdrawn, WITHDRAWN, 1),
    ];
    for (product, table, lines) in tables {
        let rows: Vec<_> = table.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(rows.len(), lines);
        for row in rows {
            let words: Vec<_> = row.split_whitespace().collect();
            let (name, cells) = words.split_at(words.len() - EVENTS.split(' ').count());
            let name = name.join(" ");
            let (payment, state, now) = situation(&name, product);
            for (column, word) in EVENTS.split(' ').zip(cells) {
                let event = event(column, &state);
                let found = state.after(&payment, event, now, &windows());
                let place = format!("{product:?} {name}: {event:?}");
                if word.len() == 2 {
                    assert_eq!(found, Err(illegal(word)), "{place}");
                    continue;
                }
                let step = found.unwrap_or_else(|illegal| panic!("{place} is illegal: {illegal:?}"));
                assert_eq!(step.state.status, status(word, event), "{place}");
                assert_eq!(step.flow, flow(event, &state, product), "{place}");
                obeys(&state, &step.state, step.flow, &place);
            }
        }
    }
}

/// Nothing is lost between one state and the next, and what is over stays over.
fn obeys(before: &PaymentState, after: &PaymentState, flow: Flow, place: &str) {
    let with_payer = |state: &PaymentState| state.held + state.taken - state.refunded;
    assert_eq!(with_payer(after) - with_payer(before), from_payer(flow), "{place}");
    assert!(after.held >= 0 && (0..=after.taken).contains(&after.refunded), "{place}");
    assert!(after.held == 0 || after.status == PaymentStatus::Authorized, "{place}");
    assert!(after.taken == 0 || after.status == PaymentStatus::Success, "{place}");
    assert_eq!(after.frozen, before.frozen, "{place}");
    assert!(after.voided >= before.voided && after.refunded >= before.refunded, "{place}");
    if before.status.is_final() {
        assert_eq!(before.status, after.status, "{place}");
    }
    assert_eq!(after.status.is_final(), after.due_at == Timestamp::MAX, "what is over waits for nothing: {place}");
}

#[test]
fn what_is_illegal_once_stays_so_whoever_asks_for_no_money_or_less_than_none() {
    for (product, name) in [
        (Product::AuthCapture, "held"),
        (Product::Escrow, "accepted"),
        (Product::Online, "paid"),
        (Product::Agreement, "paid"),
    ] {
        let (payment, state, now) = situation(name, product);
        for minor in [0, -1, i64::MIN, i64::MAX] {
            for event in [Event::Capture(minor), Event::Void(Some(minor)), Event::Refund(minor)] {
                assert!(state.after(&payment, event, now, &windows()).is_err(), "{product:?} {event:?}");
            }
        }
    }
}
