//! `capture`, `confirm`, `void`, `refund`, `merchantAccept` and `cancel`: what a merchant does about a payment
//! (spec/qicard.md 7.4 to 7.10).

use super::answer::Reply;
use super::checks::{Caller, notify_url};
use super::pay::links;
use super::refusals::to_api_error;
use crate::calls::Links;
use crate::state::Shared;
use mithaq_delivery::operation_result;
use mithaq_domain::{OperationOutcome, PaymentOperation, PaymentRef, Wish};
use mithaq_openapi::messages::{
    CancelRequest, CancelResponse, CaptureRequest, CaptureResponse, ConfirmRequest, ConfirmResponse,
    MerchantAcceptRequest, MerchantAcceptResponse, PaymentReference, RefundRequest, RefundResponse, VoidRequest,
    VoidResponse,
};
use mithaq_openapi::time::WireTime;
use mithaq_openapi::{Amount, ApiError, Failure, ResultBody};
use mithaq_wallet::NewOperation;

/// Takes what is held, or a part of it.
pub async fn capture(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = CaptureRequest::parse(body, &shared.config.currencies)?;
    let wish = Wish::Capture(request.capture_amount);
    let done = operate(shared, caller, request.capture_request_id, request.reference, wish).await?;
    Ok(answer(&done, || {
        let ids = (done.operation_id.clone(), done.request_id.clone());
        let response = CaptureResponse::success(ids, done.payment_id.clone(), Amount(done.amount), time(shared, &done));
        Reply::of(&response.result, &response)
    }))
}

/// Takes what is held: the buyer has the goods.
pub async fn confirm(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = ConfirmRequest::parse(body)?;
    let done = operate(shared, caller, request.confirm_request_id, request.reference, Wish::Confirm).await?;
    Ok(answer(&done, || {
        let ids = (done.operation_id.clone(), done.request_id.clone());
        let response = ConfirmResponse::success(ids, done.payment_id.clone(), time(shared, &done));
        Reply::of(&response.result, &response)
    }))
}

/// Gives back what is held, or a part of it.
pub async fn void(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = VoidRequest::parse(body, &shared.config.currencies)?;
    let wish = Wish::Void(request.void_amount);
    let done = operate(shared, caller, request.void_request_id, request.reference, wish).await?;
    Ok(answer(&done, || {
        let (id, request_id) = (done.operation_id.clone(), done.request_id.clone());
        let response = VoidResponse::success(id, request_id, time(shared, &done));
        Reply::of(&response.result, &response)
    }))
}

/// Gives back what was taken, or a part of it.
pub async fn refund(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = RefundRequest::parse(body, &shared.config.currencies)?;
    notify_url(shared, "refundNotifyUrl", request.refund_notify_url.as_deref())?;
    let new = NewOperation {
        client_id: caller.id(),
        request_id: request.refund_request_id,
        payment: named(request.reference),
        wish: Wish::Refund(request.refund_amount, request.capture_id.map(|id| id.to_string())),
        reason: request.refund_reason,
        notify_url: request.refund_notify_url,
    };
    let done = shared.wallet.operate_payment(new).await.map_err(|fault| to_api_error(caller.api, &fault))?;
    let (id, request_id) = (done.operation_id.clone(), done.request_id.clone());
    let response = match refused(&done) {
        // With its id: it can be inquired.
        Some(result) => RefundResponse::unsettled(result, Some(id), request_id),
        None => RefundResponse::success(id, request_id, time(shared, &done)),
    };
    Ok(Reply::of(&response.result, &response).linked(about(&done)))
}

/// The merchant takes an order of the escrow on.
pub async fn merchant_accept(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = MerchantAcceptRequest::parse(body)?;
    let accepted = shared.wallet.accept_order(caller.id(), named(request.reference)).await;
    let (payment, _) = accepted.map_err(|fault| to_api_error(caller.api, &fault))?;
    let response = MerchantAcceptResponse::success(payment.payment_id.clone(), payment.request_id.clone());
    Ok(Reply::of(&response.result, &response).linked(links(&payment)))
}

/// Takes a payment back as a whole, paid or not. Again is the same again.
pub async fn cancel(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = CancelRequest::parse(body)?;
    let cancelled = shared.wallet.cancel_payment(caller.id(), named(request.reference)).await;
    let (payment, state) = cancelled.map_err(|fault| to_api_error(caller.api, &fault))?;
    let at = WireTime::new(state.ended_at.unwrap_or(payment.created_at), &shared.config.zone);
    let response = CancelResponse::success(payment.payment_id.clone(), payment.request_id.clone(), at);
    Ok(Reply::of(&response.result, &response).linked(links(&payment)))
}

async fn operate(
    shared: &Shared,
    caller: &Caller,
    request_id: String,
    reference: PaymentReference,
    wish: Wish,
) -> Result<PaymentOperation, ApiError> {
    let (client_id, payment) = (caller.id(), named(reference));
    let new = NewOperation { client_id, request_id, payment, wish, reason: None, notify_url: None };
    shared.wallet.operate_payment(new).await.map_err(|fault| to_api_error(caller.api, &fault))
}

fn named(reference: PaymentReference) -> PaymentRef {
    match reference {
        PaymentReference::Payment(id) => PaymentRef::Id(id),
        PaymentReference::Request(id) => PaymentRef::Request(id),
    }
}

/// The answer to an operation: that of `success`, unless it was refused. The same bytes every time, since an operation is
/// written once.
fn answer(operation: &PaymentOperation, success: impl FnOnce() -> Reply) -> Reply {
    let reply = match refused(operation) {
        None => success(),
        Some(result) => Reply::of(&result, &Failure { result: result.clone() }),
    };
    reply.linked(about(operation))
}

fn refused(operation: &PaymentOperation) -> Option<ResultBody> {
    match operation.outcome {
        OperationOutcome::Done => None,
        OperationOutcome::Refused(refusal) => {
            let (code, message) = operation_result(operation.kind, refusal);
            Some(ResultBody::with_message(code, message))
        }
    }
}

fn time(shared: &Shared, operation: &PaymentOperation) -> WireTime {
    WireTime::new(operation.at, &shared.config.zone)
}

/// What an operation leads to, for the Studio.
pub fn about(operation: &PaymentOperation) -> Links {
    Links {
        payment_id: Some(operation.payment_id.to_string()),
        operation_id: Some(operation.operation_id.to_string()),
        ..Links::default()
    }
}
