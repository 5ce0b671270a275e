//! A merchant cancels or closes (spec/qicard.md 7.9, openapi.md 3.9; alipay-agreement.md 2.10, 2.11).

use super::booking::{Booking, notify, put_state};
use super::gateway;
use super::operate::{ask_for_parties, find, merchant_of, record};
use super::orders::standing_of;
use super::write::Write;
use crate::{
    Answer, CancelReason, Done, Event, FailReason, Flow, Hash, Illegal, Key, OperationBy, OperationKind,
    OperationOutcome, Payment, PaymentOperation, PaymentOutcome, PaymentRef, PaymentStatus, Product, Refusal, Row,
};
use mithaq_types::{ClientId, Money};

/// The merchant cancels: whatever was paid or held goes back, and nothing more can come of it. One that has come to nothing
/// already is cancelled as far as the merchant is concerned. A request that never came cannot come any more.
pub fn cancel(write: &mut Write<'_>, client_id: &ClientId, named: &PaymentRef) -> Answer {
    write.state.ask([Key::Client(client_id.clone())]);
    let payment = match find(write, client_id, named) {
        Ok(payment) => payment,
        Err(refusal) => {
            withdraw(write, client_id, named);
            return Err(refusal);
        }
    };
    let standing = standing_of(write, payment);
    let is_over = match standing.status {
        PaymentStatus::Failed(_) => true,
        PaymentStatus::Cancelled(reason) => reason != CancelReason::Voided,
        _ => standing.reversed,
    };
    if is_over {
        return Ok(Done::Standing(Box::new(payment.clone()), Box::new(standing)));
    }
    ask_for_parties(write, payment, &standing, standing.status == PaymentStatus::Success);
    let merchant = merchant_of(write, payment)?;
    let step = standing.after(payment, Event::Cancel, write.now(), &write.world.policy.windows());
    let step = step.map_err(Refusal::Payment)?;
    let minor = match step.flow {
        Flow::Release(minor) | Flow::Reverse(minor) => minor,
        _ => 0,
    };
    let after = match standing.user_id.clone().filter(|_| minor > 0) {
        Some(payer) => {
            let user = write.state.user(&payer);
            let kind = OperationKind::Cancel;
            let operation_id = write.world.mint.operation(kind, write.now(), &write.world.policy.zone);
            let booking = Booking::of(write, payment, merchant, step, &payer, operation_id.as_str(), 0)?;
            let after = booking.book(write, payment, merchant, user);
            let operation = PaymentOperation {
                operation_id,
                kind,
                payment_id: payment.payment_id.clone(),
                client_id: client_id.clone(),
                request_id: payment.payment_id.to_string(),
                content: Hash::default(),
                amount: Money::new(minor, payment.amount.currency),
                outcome: OperationOutcome::Done,
                by: OperationBy::Merchant,
                reason: None,
                notify_url: None,
                at: write.now(),
            };
            record(write, payment, &operation);
            after
        }
        None => {
            put_state(write, &step.state);
            let subject = format!("payment:{}", payment.payment_id);
            write.audit(format!("client:{client_id}"), "payment.cancelled", subject, None);
            step.state
        }
    };
    if after.status != standing.status {
        notify(write, payment, &after);
    } else if after.reversed {
        gateway::tell_trade(write, payment, &after, None);
    }
    Ok(Done::Standing(Box::new(payment.clone()), Box::new(after)))
}

/// The merchant closes an order that nobody has paid (spec/alipay-agreement.md 2.10). One that is closed already is left so.
pub fn close(write: &mut Write<'_>, client_id: &ClientId, named: &PaymentRef) -> Answer {
    let payment = find(write, client_id, named)?;
    let standing = standing_of(write, payment);
    match standing.status {
        PaymentStatus::Open | PaymentStatus::Processing => cancel(write, client_id, named),
        PaymentStatus::Cancelled(CancelReason::Merchant) | PaymentStatus::Failed(FailReason::Expired) => {
            Ok(Done::Standing(Box::new(payment.clone()), Box::new(standing)))
        }
        _ => Err(Refusal::Payment(Illegal::Status)),
    }
}

/// Makes sure that a request which is still on its way comes too late (spec/openapi.md 3.9).
fn withdraw(write: &mut Write<'_>, client_id: &ClientId, named: &PaymentRef) {
    let PaymentRef::Request(request_id) = named else { return };
    let Some(client) = write.state.client(client_id) else { return };
    if write.state.payment_by_request(client_id, request_id).is_some() {
        return;
    }
    let payment = Payment {
        payment_id: write.world.mint.payment(write.now(), &write.world.policy.zone),
        client_id: client_id.clone(),
        request_id: request_id.clone(),
        content: Hash::default(),
        merchant_id: client.merchant_id.clone(),
        product: Product::Withdrawn,
        amount: Money::zero(write.world.policy.currency),
        fee: Money::zero(write.world.policy.currency),
        user_id: None,
        contract_id: None,
        previous: None,
        outcome: PaymentOutcome::Fail(FailReason::Withdrawn),
        order: None,
        gateway: None,
        description: String::new(),
        notify_url: None,
        created_at: write.now(),
        paid_at: None,
    };
    let subject = format!("payment:{}", payment.payment_id);
    write.insert(Row::Payment(Box::new(payment)));
    write.audit(format!("client:{client_id}"), "request.withdrawn", subject, None);
}
