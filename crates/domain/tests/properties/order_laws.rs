//! What must be true of orders after every command, computed anew from the rows, the postings and the past.

use super::history::History;
use mithaq_domain::{
    AccountId, NoticeStep, OperationKind, OutboxKind, Owner, Payment, PaymentState, PaymentStatus, Product, Row,
    Transaction,
};
use mithaq_types::PaymentId;
use std::collections::{BTreeMap, HashMap};

/// All of them.
pub fn check(history: &History) {
    let states = states(history);
    holds_are_what_is_held(history, &states);
    every_payment_moved_what_its_state_says(history, &states);
    nothing_is_posted_without_its_cause(history);
    what_is_over_stays_over_and_is_notified_once(history, &states);
}

/// Every payment and how it stands.
fn states(history: &History) -> Vec<(&Payment, PaymentState)> {
    let payments = history.world.rows.rows().filter_map(|row| match row {
        Row::Payment(payment) => Some(&**payment),
        _ => None,
    });
    payments.map(|payment| (payment, history.world.state(&payment.payment_id))).collect()
}

/// Money on hold is the sum of what payments hold, user by user and currency by currency, and never below zero.
fn holds_are_what_is_held(history: &History, states: &[(&Payment, PaymentState)]) {
    let mut held: BTreeMap<AccountId, i64> = BTreeMap::new();
    for (payment, state) in states {
        assert!(state.held >= 0 && state.voided >= 0 && (0..=state.taken).contains(&state.refunded), "{state:?}");
        assert!(state.held == 0 || state.status == PaymentStatus::Authorized, "{state:?}");
        assert!(state.taken == 0 || state.status == PaymentStatus::Success, "{state:?}");
        if payment.product.holds() && state.authorized_at.is_some() {
            assert_eq!(state.held + state.voided + state.taken, payment.amount.minor, "{state:?}");
        } else {
            assert!([0, payment.amount.minor].contains(&state.taken), "{state:?}");
        }
        if let (Some(user), true) = (&state.user_id, state.held > 0) {
            let account = AccountId { owner: Owner::Hold(user.clone()), currency: payment.amount.currency };
            *held.entry(account).or_default() += state.held;
        }
    }
    for row in history.world.rows.rows() {
        let Row::Account(account) = row else { continue };
        if matches!(account.id.owner, Owner::Hold(_)) {
            assert_eq!(account.balance, held.remove(&account.id).unwrap_or(0), "{}", account.id);
        }
    }
    assert!(held.is_empty(), "{held:?}");
}

/// The postings of a payment sum, for each party, to what its state says it gave, got and kept.
fn every_payment_moved_what_its_state_says(history: &History, states: &[(&Payment, PaymentState)]) {
    let mut moved: HashMap<(&PaymentId, &str), i64> = HashMap::new();
    for posted in &history.world.posted {
        let Some(id) = &posted.payment else { continue };
        for entry in posted.entries() {
            let party = match entry.account.owner {
                Owner::User(_) => "user",
                Owner::Hold(_) => "hold",
                Owner::Merchant(_) => "merchant",
                Owner::Fees => "fees",
                Owner::World => "world",
            };
            *moved.entry((id, party)).or_default() += entry.minor;
        }
    }
    for (payment, state) in states {
        let by = |party| moved.get(&(&payment.payment_id, party)).copied().unwrap_or(0);
        let kept = state.taken - state.refunded;
        assert_eq!(by("user"), -state.held - kept, "{state:?}");
        assert_eq!(by("hold"), state.held, "{state:?}");
        assert_eq!(by("merchant"), kept - state.fee, "{state:?}");
        assert_eq!((by("fees"), by("world")), (state.fee, 0), "{state:?}");
        assert!((0..=state.taken).contains(&state.fee), "{state:?}");
    }
}

/// Every transaction has a row that it comes from, of the same sum; and every such row its one transaction.
fn nothing_is_posted_without_its_cause(history: &History) {
    let rows = &history.world.rows;
    let mut by_id: HashMap<&str, &Transaction> = HashMap::new();
    for posted in &history.world.posted {
        assert!(by_id.insert(&posted.id, posted).is_none(), "posted twice: {}", posted.id);
    }
    for row in rows.rows() {
        match row {
            Row::Operation(operation) => {
                let posted = by_id.remove(operation.operation_id.as_str());
                assert_eq!(posted.is_some(), operation.is_done(), "{operation:?}");
                let Some(posted) = posted else { continue };
                assert_eq!(posted.payment.as_ref(), Some(&operation.payment_id));
                let back: i64 = posted
                    .entries()
                    .iter()
                    .filter(|entry| matches!(entry.account.owner, Owner::User(_)) && entry.minor > 0)
                    .map(|entry| entry.minor)
                    .sum();
                let gives_back =
                    matches!(operation.kind, OperationKind::Void | OperationKind::Refund | OperationKind::Cancel);
                assert!(!gives_back || back == operation.amount.minor, "{operation:?}");
            }
            Row::Deposit(deposit) => {
                let posted = by_id.remove(deposit.transaction_id.as_str()).expect("posted");
                assert_eq!((posted.cause.as_str(), posted.at), ("deposit", deposit.at));
            }
            Row::Transfer(transfer) => {
                let posted = by_id.remove(transfer.transfer_id.as_str()).expect("posted");
                let taken = posted.entries().iter().map(|entry| entry.minor.abs()).max();
                assert_eq!((posted.cause.as_str(), taken), ("transfer", Some(transfer.amount.minor)));
            }
            Row::Payment(payment) => {
                let state = history.world.state(&payment.payment_id);
                let posted = by_id.remove(payment.payment_id.as_str());
                assert_eq!(posted.is_some(), state.paid_at.or(state.authorized_at).is_some(), "{state:?}");
                assert_eq!(
                    posted.map(|posted| posted.cause.as_str()),
                    posted.map(|_| if payment.product.holds() { "hold" } else { "payment" })
                );
            }
            _ => {}
        }
    }
    assert!(by_id.values().all(|posted| posted.cause == "top-up"), "without a cause: {by_id:?}");
}

/// A final status never changes, and a merchant who wants to hear of it hears once; of a hold before, once too.
fn what_is_over_stays_over_and_is_notified_once(history: &History, states: &[(&Payment, PaymentState)]) {
    let mut told: HashMap<&PaymentId, [u32; 2]> = HashMap::new();
    for row in history.world.rows.rows() {
        let Row::Outbox(row) = row else { continue };
        if let OutboxKind::PaymentNotice { payment_id, step: Some(step) } = &row.kind {
            let count = told.entry(payment_id).or_default();
            count[usize::from(!matches!(step, NoticeStep::Authorized { .. }))] += 1;
        }
    }
    for (payment, state) in states {
        if let Some(end) = history.finals.get(&payment.payment_id) {
            assert_eq!(*end, state.status, "{state:?}");
        }
        if payment.order.is_some() {
            let wanted = payment.notify_url.is_some();
            let expected =
                [state.authorized_at.is_some(), state.status.is_final()].map(|step| u32::from(wanted && step));
            assert_eq!(told.get(&payment.payment_id).copied().unwrap_or_default(), expected, "{state:?}");
        }
        assert!(payment.product != Product::Withdrawn || state.paid_at.is_none());
    }
}
