//! `pay` and `inquiryPayment` for agreement payments (spec/qicard.md 7.1, 7.2).

use super::answer::Reply;
use super::checks::{Caller, notify_url};
use super::refusals::to_api_error;
use crate::calls::Links;
use crate::state::Shared;
use mithaq_delivery::result_of;
use mithaq_domain::{AgreementPay, Payment, PaymentOutcome, Product};
use mithaq_openapi::messages::{
    InquiryPaymentRequest, InquiryPaymentResponse, PayRequest, PayResponse, PaymentReference, PaymentStatus,
};
use mithaq_openapi::time::WireTime;
use mithaq_openapi::{Amount, ApiError, Product as WireProduct, ResultBody, ResultCode};

use mithaq_wallet::Charge;

/// Deducts at once, or says why not.
pub async fn pay(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = PayRequest::parse(body, &shared.config.currencies)?;
    if request.product != WireProduct::AgreementPayment {
        return Err(denied("This client has no contract for this productCode. Ask the wallet for the product."));
    }
    match caller.client.client.agreement_pay {
        AgreementPay::Allowed => {}
        _ => return Err(denied("This client may not use agreement payment. Ask the wallet for the product.")),
    }
    notify_url(shared, "paymentNotifyUrl", request.payment_notify_url.as_deref())?;
    let access_token = request.payment_auth_code.clone().ok_or_else(|| {
        ApiError::illegal("paymentAuthCode", "must be the access token of the contract for an agreement payment")
    })?;
    let charge = Charge {
        client_id: caller.id(),
        request_id: request.payment_request_id.clone(),
        product: Product::Agreement,
        access_token,
        buyer: request.reference_buyer_id().map(str::to_owned),
        amount: request.payment_amount,
        description: request.payment_order_title.unwrap_or(request.order.order_description),
        notify_url: request.payment_notify_url,
    };
    let payment = shared.wallet.pay(charge).await.map_err(|fault| to_api_error(caller.api, &fault))?;
    Ok(paid(shared, &payment))
}

/// The same bytes every time: they are made of the payment alone.
fn paid(shared: &Shared, payment: &Payment) -> Reply {
    let (id, request_id) = (payment.payment_id.clone(), payment.request_id.clone());
    let links = links(payment);
    if let (PaymentOutcome::Success, Some(paid_at)) = (payment.outcome, payment.paid_at) {
        let response = PayResponse::paid(id, request_id, WireTime::new(paid_at, &shared.config.zone));
        return Reply::of(&ResultBody::success(), &response).linked(links);
    }
    let (code, message) = result_of(payment.outcome);
    let result = ResultBody::with_message(code, message);
    Reply::of(&result, &PayResponse::unpaid(result.clone(), Some(id), request_id)).linked(links)
}

/// How a payment stands.
pub async fn inquiry_payment(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = InquiryPaymentRequest::parse(body)?;
    let (payment_id, request_id) = match request.reference {
        PaymentReference::Payment(id) => (Some(id), None),
        PaymentReference::Request(id) => (None, Some(id)),
    };
    let found = shared.wallet.payment(caller.id(), payment_id, request_id).await;
    let payment = found.map_err(|fault| to_api_error(caller.api, &fault))?.ok_or(ResultCode::OrderNotExist)?;
    let (id, amount) = (payment.payment_id.clone(), Amount(payment.amount));
    let (status, reason) = match payment.outcome {
        PaymentOutcome::Success => (PaymentStatus::Success, None),
        outcome @ PaymentOutcome::Fail(_) => {
            let (code, message) = result_of(outcome);
            (PaymentStatus::Fail, Some(format!("{code}: {message}").chars().take(256).collect()))
        }
    };
    let response = InquiryPaymentResponse {
        payment_time: payment.paid_at.map(|at| WireTime::new(at, &shared.config.zone)),
        payment_fail_reason: reason,
        ..InquiryPaymentResponse::found(id, payment.request_id.clone(), amount, status)
    };
    Ok(Reply::of(&ResultBody::success(), &response).linked(links(&payment)))
}

fn denied(message: &str) -> ApiError {
    ApiError::with_message(ResultCode::AccessDenied, message)
}

fn links(payment: &Payment) -> Links {
    Links {
        payment_id: Some(payment.payment_id.to_string()),
        contract_id: payment.contract_id.as_ref().map(ToString::to_string),
        ..Links::default()
    }
}
