//! `inquiryPayment` and `inquiryRefund`: how a payment or a refund stands (spec/qicard.md 7.2, 7.5).

use super::answer::Reply;
use super::checks::Caller;
use super::operations::about;
use super::pay::links;
use super::refusals::to_api_error;
use crate::state::Shared;
use mithaq_delivery::{operation_result, result_of};
use mithaq_domain::{OperationBy, OperationKind, OperationOutcome, PaymentOperation, PaymentStatus};
use mithaq_openapi::messages::{
    InquiryPaymentRequest, InquiryPaymentResponse, InquiryRefundRequest, InquiryRefundResponse, OperationStatus,
    PaymentReference, PaymentStatus as WireStatus, RefundReference, Transaction, TransactionType,
};
use mithaq_openapi::time::WireTime;
use mithaq_openapi::{Amount, ApiError, ResultBody, ResultCode};

/// The longest reason of a failure.
const REASON_MAX: usize = 256;

/// How a payment stands, with all that happened to it.
pub async fn inquiry_payment(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = InquiryPaymentRequest::parse(body)?;
    let (payment_id, request_id) = match request.reference {
        PaymentReference::Payment(id) => (Some(id), None),
        PaymentReference::Request(id) => (None, Some(id)),
    };
    let found = shared.wallet.payment(caller.id(), payment_id, request_id).await;
    let view = found.map_err(|fault| to_api_error(caller.api, &fault))?.ok_or(ResultCode::OrderNotExist)?;
    let (payment, state) = (&view.payment, &view.state);
    let status = match state.status {
        PaymentStatus::Open | PaymentStatus::Processing => WireStatus::Processing,
        PaymentStatus::Authorized => WireStatus::AuthSuccess,
        PaymentStatus::Success => WireStatus::Success,
        PaymentStatus::Failed(_) | PaymentStatus::Cancelled(_) => WireStatus::Fail,
    };
    let wire_time = |at| WireTime::new(at, &shared.config.zone);
    let (id, amount) = (payment.payment_id.clone(), Amount(payment.amount));
    let response = InquiryPaymentResponse {
        payment_time: state.paid_at.map(wire_time),
        payment_fail_reason: (status == WireStatus::Fail).then(|| reason(result_of(state.status))),
        auth_expiry_time: (status == WireStatus::AuthSuccess).then(|| wire_time(state.due_at)),
        transactions: Some(view.operations.iter().map(|operation| transaction(shared, operation)).collect()),
        ..InquiryPaymentResponse::found(id, payment.request_id.clone(), amount, status)
    };
    Ok(Reply::of(&ResultBody::success(), &response).linked(links(payment)))
}

fn transaction(shared: &Shared, operation: &PaymentOperation) -> Transaction {
    // What the merchant did not ask for by an id has none of the merchant's.
    let is_requested = operation.by == OperationBy::Merchant
        && operation.kind != OperationKind::Cancel
        && operation.request_id != operation.operation_id.as_str();
    Transaction {
        transaction_id: operation.operation_id.clone(),
        transaction_request_id: is_requested.then(|| operation.request_id.clone()),
        transaction_type: match operation.kind {
            OperationKind::Capture | OperationKind::Confirm => TransactionType::Capture,
            OperationKind::Void => TransactionType::Void,
            OperationKind::Refund => TransactionType::Refund,
            OperationKind::Cancel => TransactionType::Cancel,
        },
        transaction_status: status_of(operation),
        transaction_amount: Some(Amount(operation.amount)),
        transaction_time: Some(WireTime::new(operation.at, &shared.config.zone)),
    }
}

const fn status_of(operation: &PaymentOperation) -> OperationStatus {
    if operation.is_done() { OperationStatus::Success } else { OperationStatus::Fail }
}

/// How a refund stands; one that was refused for good too.
pub async fn inquiry_refund(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = InquiryRefundRequest::parse(body)?;
    let (refund_id, request_id) = match request.reference {
        RefundReference::Refund(id) => (Some(id), None),
        RefundReference::Request(id) => (None, Some(id)),
    };
    let found = shared.wallet.operation(caller.id(), OperationKind::Refund, refund_id, request_id).await;
    let refund = found.map_err(|fault| to_api_error(caller.api, &fault))?.ok_or(ResultCode::RefundNotExist)?;
    let refused = match refund.outcome {
        OperationOutcome::Done => None,
        OperationOutcome::Refused(refusal) => Some(reason(operation_result(OperationKind::Refund, refusal))),
    };
    let status = status_of(&refund);
    let links = about(&refund);
    let response = InquiryRefundResponse {
        refund_reason: refund.reason.clone(),
        refund_time: refused.is_none().then(|| WireTime::new(refund.at, &shared.config.zone)),
        refund_fail_reason: refused,
        ..InquiryRefundResponse::found(refund.operation_id, refund.request_id, Amount(refund.amount), status)
    };
    Ok(Reply::of(&ResultBody::success(), &response).linked(links))
}

fn reason((code, message): (ResultCode, &str)) -> String {
    format!("{code}: {message}").chars().take(REASON_MAX).collect()
}
