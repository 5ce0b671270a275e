//! A merchant captures, confirms, voids, refunds and accepts (spec/qicard.md 7.4 to 7.10).
//!
//! What has a request id is applied once, and its refusal is kept too: the same request cannot succeed later.

use super::booking::{Booking, notify, put_state};
use super::gateway;
use super::orders::{ask_for_payer, standing_of};
use super::write::Write;
use crate::{
    AccountId, Answer, Done, Event, Flow, Hash, Key, Merchant, OperateRequest, OperationBy, OperationKind,
    OperationOutcome, OperationRefusal, OutboxKind, Owner, Payment, PaymentOperation, PaymentRef, PaymentState,
    Product, Refusal, Row, Status, Wish,
};
use mithaq_types::{ClientId, Money, OperationId};

/// The client's payment. Another client's is as unknown as one that does not exist; what was withdrawn never was one.
pub fn find<'a>(write: &Write<'a>, client_id: &ClientId, named: &PaymentRef) -> Result<&'a Payment, Refusal> {
    let found = match named {
        PaymentRef::Id(id) => {
            write.state.ask([Key::PaymentState(id.clone())]);
            write.state.payment(id)
        }
        PaymentRef::Request(id) => write.state.payment_by_request(client_id, id),
    };
    let own = |payment: &&Payment| payment.client_id == *client_id && payment.product != Product::Withdrawn;
    let payment = found.filter(own).ok_or(Refusal::PaymentUnknown)?;
    write.state.ask([Key::PaymentState(payment.payment_id.clone()), Key::Merchant(payment.merchant_id.clone())]);
    Ok(payment)
}

pub fn merchant_of<'a>(write: &Write<'a>, payment: &Payment) -> Result<&'a Merchant, Refusal> {
    write.state.merchant(&payment.merchant_id).ok_or(Refusal::PaymentUnknown)
}

/// Names what a posting will change as soon as it can be known: whose money it is, and whose it was if it is given back.
pub fn ask_for_parties(write: &Write<'_>, payment: &Payment, standing: &PaymentState, gives_back: bool) {
    if let Some(payer) = &standing.user_id {
        ask_for_payer(write, payment, payer);
    }
    if gives_back {
        let (owner, currency) = (Owner::Merchant(payment.merchant_id.clone()), payment.amount.currency);
        write.state.ask([Key::Account(AccountId { owner, currency })]);
    }
}

/// Captures, confirms, voids or refunds, once for each request.
pub fn operate(write: &mut Write<'_>, request: &OperateRequest) -> Answer {
    let kind = request.wish.kind();
    let payment = find(write, &request.client_id, &request.payment);
    if let Some(seen) = write.state.operation_by_request(&request.client_id, kind, &request.request_id) {
        let same = |own: &&Payment| own.payment_id == seen.payment_id && seen.content == request.content;
        let payment = payment.ok().filter(same).ok_or(Refusal::RequestInconsistent)?;
        let seen = Box::new(seen.clone());
        return Ok(if payment.gateway.is_some() { Done::OperatedBefore(seen) } else { Done::Operated(seen) });
    }
    let payment = payment?;
    let standing = standing_of(write, payment);
    ask_for_parties(write, payment, &standing, matches!(request.wish, Wish::Refund(..)));
    let merchant = merchant_of(write, payment)?;
    if let Wish::Refund(_, Some(capture)) = &request.wish
        && standing.taken_by.as_ref().is_none_or(|id| id.as_str() != capture)
    {
        return Err(Refusal::PaymentUnknown);
    }
    if request.wish.amount().is_some_and(|amount| amount.minor <= 0) {
        return Err(Refusal::AmountImpossible);
    }
    let operation_id = write.world.mint.operation(kind, write.now(), &write.world.policy.zone);
    let done = book(write, request, payment, merchant, &standing, &operation_id);
    let mut after = None;
    let (outcome, minor) = match done {
        Ok((minor, state)) => {
            after = Some(state);
            (OperationOutcome::Done, minor)
        }
        // Merchants of the gateway ask again with the same number.
        Err(Stop::ForGood(reason)) if payment.gateway.is_some() => return Err(Refusal::Operation(reason)),
        Err(Stop::ForGood(reason)) => {
            let asked = request.wish.amount().map_or(standing.held, |amount| amount.minor);
            (OperationOutcome::Refused(reason), asked)
        }
        Err(Stop::ForNow(refusal)) => return Err(refusal),
    };
    let currency = request.wish.amount().map_or(payment.amount.currency, |amount| amount.currency);
    let operation = PaymentOperation {
        operation_id,
        kind,
        payment_id: payment.payment_id.clone(),
        client_id: request.client_id.clone(),
        request_id: request.request_id.clone(),
        content: request.content,
        amount: Money::new(minor, currency),
        outcome,
        by: OperationBy::Merchant,
        reason: request.reason.clone(),
        notify_url: request.notify_url.clone(),
        at: write.now(),
    };
    record(write, payment, &operation);
    if let Some(after) = after.filter(|_| operation.kind == OperationKind::Refund) {
        gateway::tell_trade(write, payment, &after, Some(&operation));
    }
    Ok(Done::Operated(Box::new(operation)))
}

/// Why an operation is not done.
enum Stop {
    /// The same request cannot succeed later: that is remembered.
    ForGood(OperationRefusal),
    /// It may.
    ForNow(Refusal),
}

/// Does it; how much it moved, and how the payment stands then.
fn book(
    write: &mut Write<'_>,
    request: &OperateRequest,
    payment: &Payment,
    merchant: &Merchant,
    standing: &PaymentState,
    operation_id: &OperationId,
) -> Result<(i64, PaymentState), Stop> {
    if request.wish.amount().is_some_and(|amount| amount.currency != payment.amount.currency) {
        return Err(Stop::ForGood(OperationRefusal::Currency));
    }
    if merchant.status == Status::Suspended && !matches!(request.wish, Wish::Void(_)) {
        return Err(Stop::ForGood(OperationRefusal::MerchantSuspended));
    }
    let event = request.wish.event(standing.held);
    let step = standing.after(payment, event, write.now(), &write.world.policy.windows());
    let mut step = step.map_err(|illegal| match OperationRefusal::of(illegal) {
        Some(reason) => Stop::ForGood(reason),
        None => Stop::ForNow(Refusal::Payment(illegal)),
    })?;
    if matches!(step.flow, Flow::Take { .. }) {
        step.state.taken_by = Some(operation_id.clone());
    }
    let minor = match step.flow {
        Flow::Take { paid: minor, .. } | Flow::Release(minor) | Flow::Refund(minor) => minor,
        Flow::Nothing | Flow::Pay(_) | Flow::Hold(_) | Flow::Reverse(_) => 0,
    };
    let payer = standing.user_id.clone().ok_or(Stop::ForNow(Refusal::UserUnknown))?;
    let user = write.state.user(&payer);
    let booking = Booking::of(write, payment, merchant, step, &payer, operation_id.as_str(), 0);
    let booking = booking.map_err(|refusal| match refusal {
        Refusal::MerchantBalanceShort => Stop::ForGood(OperationRefusal::MerchantBalance),
        other => Stop::ForNow(other),
    })?;
    let after = booking.book(write, payment, merchant, user);
    if after.status != standing.status {
        notify(write, payment, &after);
    }
    Ok((minor, after))
}

/// Keeps an operation, and tells the merchant where one was named.
pub fn record(write: &mut Write<'_>, payment: &Payment, operation: &PaymentOperation) {
    write.insert(Row::Operation(Box::new(operation.clone())));
    let void_url = payment.order.as_ref().and_then(|order| order.void_notify_url.clone());
    let url = match operation.kind {
        OperationKind::Refund => operation.notify_url.clone(),
        OperationKind::Void => void_url,
        OperationKind::Capture | OperationKind::Confirm | OperationKind::Cancel => None,
    };
    if let Some(url) = url.filter(|_| operation.is_done() && payment.gateway.is_none()) {
        let kind = OutboxKind::OperationNotice { operation_id: operation.operation_id.clone() };
        write.send(kind, url, Some(&operation.client_id), Some(&operation.payment_id));
    }
    let actor = match operation.by {
        OperationBy::Merchant => format!("client:{}", operation.client_id),
        OperationBy::System => "clock".to_owned(),
    };
    let action = format!("payment.{}", operation.kind.name().to_ascii_lowercase());
    let detail = format!("{} {:?}", operation.amount, operation.outcome);
    write.audit(actor, &action, format!("payment:{}", payment.payment_id), Some(detail));
}

/// Notes that all or a part of a hold went back without a request of the merchant's for it: a void with an id of the
/// wallet's (spec/qicard.md 7.8). Its id is the posting's.
pub fn record_release(write: &mut Write<'_>, payment: &Payment, minor: i64, by: OperationBy) -> OperationId {
    let operation_id = write.world.mint.operation(OperationKind::Void, write.now(), &write.world.policy.zone);
    let operation = PaymentOperation {
        request_id: operation_id.to_string(),
        kind: OperationKind::Void,
        payment_id: payment.payment_id.clone(),
        client_id: payment.client_id.clone(),
        content: Hash::default(),
        amount: Money::new(minor, payment.amount.currency),
        outcome: OperationOutcome::Done,
        by,
        reason: None,
        notify_url: None,
        at: write.now(),
        operation_id: operation_id.clone(),
    };
    record(write, payment, &operation);
    operation_id
}

/// The merchant takes on an order of the escrow.
pub fn accept(write: &mut Write<'_>, client_id: &ClientId, named: &PaymentRef) -> Answer {
    let payment = find(write, client_id, named)?;
    let standing = standing_of(write, payment);
    let step = standing.after(payment, Event::Accept, write.now(), &write.world.policy.windows());
    let step = step.map_err(Refusal::Payment)?;
    put_state(write, &step.state);
    let subject = format!("payment:{}", payment.payment_id);
    write.audit(format!("client:{client_id}"), "payment.accepted", subject, None);
    Ok(Done::Standing(Box::new(payment.clone()), Box::new(step.state)))
}
