//! `pay`: at once under a contract or with a shown code, or an order for the cashier (spec/qicard.md 7.1).

use super::answer::Reply;
use super::checks::{Caller, notify_url};
use super::refusals::to_api_error;
use crate::calls::{Links, Story};
use crate::state::Shared;
use mithaq_delivery::result_of;
use mithaq_domain::{AgreementPay, Illegal, Payment, PaymentState, PaymentStatus, Product, Refusal};
use mithaq_openapi::messages::{PayRequest, PayResponse};
use mithaq_openapi::time::WireTime;
use mithaq_openapi::{ApiError, Product as WireProduct, ResultBody, ResultCode};
use mithaq_types::OrderId;
use mithaq_wallet::{Charge, CodeCharge, Fault, NewOrder};

/// Deducts at once or makes an order, or says why not.
///
/// Agreement payment needs a contract of the client's with the wallet; everything else is for every active client.
pub async fn pay(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = PayRequest::parse(body, &shared.config.currencies)?;
    notify_url(shared, "paymentNotifyUrl", request.payment_notify_url.as_deref())?;
    notify_url(shared, "voidNotifyUrl", request.void_notify_url.as_deref())?;
    match request.product {
        WireProduct::AgreementPayment => by_contract(shared, caller, request).await,
        WireProduct::InStore => by_code(shared, caller, request).await,
        WireProduct::OnlinePurchase => order(shared, caller, request, Product::Online).await,
        WireProduct::AuthCapture => order(shared, caller, request, Product::AuthCapture).await,
        WireProduct::Escrow => order(shared, caller, request, Product::Escrow).await,
    }
}

async fn by_contract(shared: &Shared, caller: &Caller, request: PayRequest) -> Result<Reply, ApiError> {
    match caller.client.client.agreement_pay {
        AgreementPay::Allowed => {}
        _ => {
            let message = "This client may not use agreement payment. Ask the wallet for the product.";
            return Err(ApiError::with_message(ResultCode::AccessDenied, message));
        }
    }
    let charge = Charge {
        client_id: caller.id(),
        request_id: request.payment_request_id.clone(),
        product: Product::Agreement,
        access_token: given(request.payment_auth_code.as_ref(), "must be the access token of the contract")?,
        buyer: request.reference_buyer_id().map(str::to_owned),
        amount: request.payment_amount,
        description: request.payment_order_title.unwrap_or(request.order.order_description),
        notify_url: request.payment_notify_url,
    };
    let payment = shared.wallet.pay(charge).await.map_err(|fault| to_api_error(caller.api, &fault))?;
    Ok(decided(shared, &payment))
}

async fn by_code(shared: &Shared, caller: &Caller, request: PayRequest) -> Result<Reply, ApiError> {
    let charge = CodeCharge {
        client_id: caller.id(),
        request_id: request.payment_request_id,
        code: given(request.payment_auth_code.as_ref(), "must be the code that the user shows")?,
        amount: request.payment_amount,
        description: request.payment_order_title.unwrap_or(request.order.order_description),
        notify_url: request.payment_notify_url,
    };
    let payment = shared.wallet.pay_by_code(charge).await.map_err(|fault| to_api_error(caller.api, &fault))?;
    Ok(decided(shared, &payment))
}

fn given(auth_code: Option<&String>, rule: &str) -> Result<String, ApiError> {
    auth_code.cloned().ok_or_else(|| ApiError::illegal("paymentAuthCode", rule))
}

/// What was decided when it was asked for. The same bytes every time: they are made of the payment alone.
fn decided(shared: &Shared, payment: &Payment) -> Reply {
    let status = PaymentState::of(payment).status;
    let (id, request_id) = (payment.payment_id.clone(), payment.request_id.clone());
    if let (PaymentStatus::Success, Some(paid_at)) = (status, payment.paid_at) {
        let response = PayResponse::paid(id, request_id, WireTime::new(paid_at, &shared.config.zone));
        return Reply::of(&ResultBody::success(), &response).linked(links(payment));
    }
    let (code, message) = result_of(status);
    unpaid(payment, code, message).linked(links(payment))
}

/// Failed, or not known yet.
fn unpaid(payment: &Payment, code: ResultCode, message: &str) -> Reply {
    let result = ResultBody::with_message(code, message);
    // A request that was withdrawn before it came never became a payment.
    let id = (payment.product != Product::Withdrawn).then(|| payment.payment_id.clone());
    Reply::of(&result, &PayResponse::unpaid(result.clone(), id, payment.request_id.clone()))
}

async fn order(shared: &Shared, caller: &Caller, request: PayRequest, product: Product) -> Result<Reply, ApiError> {
    let new = NewOrder {
        gateway: None,
        client_id: caller.id(),
        product,
        buyer: request.reference_buyer_id().map(str::to_owned),
        request_id: request.payment_request_id,
        amount: request.payment_amount,
        title: request.payment_order_title,
        description: request.order.order_description,
        reference: request.order.reference_order_id,
        expires_at: request.payment_expiry_time,
        notify_url: request.payment_notify_url,
        void_notify_url: request.void_notify_url,
        redirect_url: request.payment_redirect_url,
    };
    let (payment, state) = shared.wallet.order(new).await.map_err(|fault| match fault {
        // Only of a first request: a repeat's time is not looked at.
        Fault::Refused(Refusal::Payment(Illegal::OrderExpired)) => {
            ApiError::illegal("paymentExpiryTime", "must be in the future")
        }
        fault => to_api_error(caller.api, &fault),
    })?;
    Ok(standing(shared, &payment, &state))
}

/// How an order stands: to be paid, being paid, paid or over.
fn standing(shared: &Shared, payment: &Payment, state: &PaymentState) -> Reply {
    let (id, request_id) = (payment.payment_id.clone(), payment.request_id.clone());
    let wire_time = |at| WireTime::new(at, &shared.config.zone);
    let unpaid = |code, message| unpaid(payment, code, message);
    let paid = |response: PayResponse| Reply::of(&ResultBody::success(), &response);
    let over = || {
        let (_, message) = result_of(state.status);
        unpaid(ResultCode::OrderStatusInvalid, message)
    };
    let reply = match (state.status, state.paid_at, &payment.order) {
        (PaymentStatus::Failed(_), ..) if payment.product == Product::Withdrawn => {
            let (code, message) = result_of(state.status);
            unpaid(code, message)
        }
        (PaymentStatus::Open, _, Some(order)) if shared.wallet.now() < state.wakes_at() => {
            let response = PayResponse::accepted(id, request_id, cashier_url(shared, &order.order_id));
            Reply::of(&ResultBody::of(ResultCode::Accept), &response)
        }
        // Its time is over, and the clock's job has not come by yet.
        (PaymentStatus::Open, ..) => unpaid(ResultCode::OrderStatusInvalid, ResultCode::OrderIsClosed.message()),
        (PaymentStatus::Processing, ..) => unpaid(ResultCode::PaymentInProcess, ResultCode::PaymentInProcess.message()),
        (PaymentStatus::Authorized, ..) => paid(PayResponse::held(id, request_id, wire_time(state.due_at))),
        (PaymentStatus::Success, Some(paid_at), _) => paid(PayResponse::paid(id, request_id, wire_time(paid_at))),
        (PaymentStatus::Success, None, _) | (PaymentStatus::Failed(_) | PaymentStatus::Cancelled(_), ..) => over(),
    };
    reply.linked(links(payment)).told_in(Story::Pay)
}

/// Where an order is paid. Its id is random: whoever does not know it finds nothing.
pub fn cashier_url(shared: &Shared, order_id: &OrderId) -> String {
    format!("{}/cashier?orderId={order_id}", shared.config.wallet_origin)
}

/// What a payment leads to, for the Studio.
pub fn links(payment: &Payment) -> Links {
    Links {
        payment_id: Some(payment.payment_id.to_string()),
        contract_id: payment.contract_id.as_ref().map(ToString::to_string),
        order_id: payment.order.as_ref().map(|order| order.order_id.to_string()),
        ..Links::default()
    }
}
