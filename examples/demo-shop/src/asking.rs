//! What the shop asks the wallet about an order, and what it makes of the answers. The rules are in `order.rs`.

use crate::error::ApiError;
use crate::goods::Way;
use crate::order::{Act, Attempt, Fact, Outcome, Who, Wish};
use crate::shop::Shop;
use mithaq_merchant::{
    CancelRequest, CaptureRequest, Cause, ConfirmRequest, Error, InquiryPaymentRequest, MerchantAcceptRequest, Money,
    OperationStatus, Patience, PayOutcome, PayRequest, PaymentReference, PaymentState, PaymentStatus, RefundRequest,
    ResultCode, TransactionType, VoidRequest,
};
use std::time::Duration;

/// How long an order can be paid.
const MINUTES_TO_PAY: i64 = 15;

/// A page is waiting: a few tries, then it is told that the answer is missing, and may ask again.
const PATIENCE: Patience =
    Patience { repeats: 2, repeat_pause: Duration::from_millis(300), inquiries: 0, inquiry_pause: Duration::ZERO };

/// Steps 10 and 11: asks for the payment, the first time or again under the same id.
pub async fn pay(shop: &Shop, id: &str) -> Result<(), ApiError> {
    let begun = shop.book.change_order(id, |order| (order.begin_pay(shop.now()), order.wish.clone()));
    let (is_repeated, wish) = begun.ok_or_else(ApiError::order_unknown)?;
    let (payment_id, fact) = match shop.wallet.pay_until_known(&pay_request(shop, &wish), &PATIENCE).await {
        Ok(PayOutcome::Cashier { payment_id, url }) => (Some(payment_id), Fact::Open { url }),
        Ok(PayOutcome::Held { payment_id, .. }) => (Some(payment_id), Fact::Held),
        Ok(PayOutcome::Paid { payment_id, .. }) => (Some(payment_id), Fact::Paid { taken: None }),
        // This try was refused. That says nothing about an earlier one: ask for it.
        Err(Error::Refused { .. }) if is_repeated => return check(shop, id).await,
        Err(Error::Refused { code, .. }) => (None, Fact::Closed { code }),
        Err(error) => (None, Fact::Unknown { code: doubt(&error) }),
    };
    shop.book.change_order(id, |order| order.pay_answered(payment_id.map(|id| id.to_string()), fact, shop.now()));
    Ok(())
}

fn pay_request(shop: &Shop, wish: &Wish) -> PayRequest {
    let buyer = wish.customer.as_ref().map(ToString::to_string).unwrap_or_default();
    let code = wish.payment_code.as_deref().unwrap_or_default();
    let mut request = match wish.way {
        Way::Buy => PayRequest::cashier(&wish.id, wish.amount, wish.description, buyer),
        Way::Reserve => PayRequest::auth_capture(&wish.id, wish.amount, wish.description, buyer),
        Way::Escrow => PayRequest::escrow(&wish.id, wish.amount, wish.description, buyer),
        Way::InStore => PayRequest::in_store(&wish.id, code, wish.amount, wish.description),
    };
    request.order.reference_order_id = Some(wish.id.clone());
    request.payment_notify_url = Some(shop.notify_url("payment"));
    if wish.way != Way::InStore {
        request.payment_expiry_time = wish.at.checked_add(jiff::Span::new().minutes(MINUTES_TO_PAY)).ok();
        request.payment_redirect_url = Some(shop.page_url());
        request.void_notify_url = Some(shop.notify_url("void"));
    }
    request
}

/// `inquiryPayment`: how the payment stands, and what became of every operation whose answer is missing.
pub async fn check(shop: &Shop, id: &str) -> Result<(), ApiError> {
    let now = shop.now();
    let state = match shop.wallet.inquiry_payment(&InquiryPaymentRequest::by_request_id(id)).await {
        Ok(state) => state,
        Err(error) => {
            let fact = Fact::Unknown { code: doubt(&error) };
            shop.book.change_order(id, |order| order.inquired(None, fact, now));
            return Ok(());
        }
    };
    let fact = match state.status {
        PaymentStatus::Success => Some(Fact::Paid { taken: captured(&state) }),
        PaymentStatus::AuthSuccess => Some(Fact::Held),
        PaymentStatus::Fail | PaymentStatus::Cancelled => {
            Some(Fact::Closed { code: state.fail_reason.clone().unwrap_or_else(|| "PROCESS_FAIL".to_owned()) })
        }
        PaymentStatus::Processing => None,
    };
    shop.book.change_order(id, |order| {
        for transaction in &state.transactions {
            let outcome = match transaction.transaction_status {
                OperationStatus::Success => Outcome::Done,
                OperationStatus::Fail => Outcome::Refused("PROCESS_FAIL".to_owned()),
                OperationStatus::Processing => continue,
            };
            if let Some(request_id) = &transaction.transaction_request_id {
                order.operated(request_id, &outcome, now);
            }
        }
        if let Some(fact) = fact {
            order.inquired(Some(state.payment_id.to_string()), fact, now);
        }
    });
    Ok(())
}

/// What was taken of a hold, by the wallet's own account.
fn captured(state: &PaymentState) -> Option<Money> {
    let capture = state.transactions.iter().find(|one| one.transaction_type == TransactionType::Capture)?;
    capture.transaction_amount.map(|amount| amount.0)
}

/// Does something with an order's payment: written down, asked for, and what came of it written down.
pub async fn operate(shop: &Shop, who: Who, id: &str, act: Act, amount: Option<Money>) -> Result<(), ApiError> {
    let begun = shop.book.change_order(id, |order| {
        order.begin(who, act, amount, shop.now()).map(|attempt| (attempt, order.payment_id().map(str::to_owned)))
    });
    let (attempt, payment_id) = begun.ok_or_else(ApiError::order_unknown)??;
    let payment = payment_id.map_or_else(
        || PaymentReference::Request(id.to_owned()),
        |payment_id| PaymentReference::Payment(mithaq_merchant::PaymentId::new(payment_id)),
    );
    let outcome = match ask(shop, payment, &attempt).await {
        Ok(()) => Outcome::Done,
        Err(Error::Refused { code, .. }) if means_done(act, &code) => Outcome::Done,
        Err(Error::Refused { code, .. }) => Outcome::Refused(code),
        Err(error) => Outcome::Unknown(doubt(&error)),
    };
    let is_refused = matches!(outcome, Outcome::Refused(_));
    shop.book.change_order(id, |order| order.operated(&attempt.request_id, &outcome, shop.now()));
    if is_refused {
        // The order stands differently than the shop believed.
        check(shop, id).await?;
    }
    Ok(())
}

async fn ask(shop: &Shop, payment: PaymentReference, attempt: &Attempt) -> Result<(), Error> {
    let (wallet, id) = (&shop.wallet, &attempt.request_id);
    let part = attempt.amount.filter(|_| !attempt.is_all);
    match (attempt.act, attempt.amount) {
        (Act::Capture, _) => {
            let request = CaptureRequest { capture_amount: part, ..CaptureRequest::new(id, payment) };
            wallet.capture_until_known(&request, &PATIENCE).await.map(drop)
        }
        (Act::Void, _) => {
            let request = VoidRequest { void_amount: part, ..VoidRequest::new(id, payment) };
            wallet.void_until_known(&request, &PATIENCE).await.map(drop)
        }
        (Act::Refund, Some(amount)) => {
            let mut request = RefundRequest::new(id, payment, amount);
            request.refund_reason = Some("Returned to Zaytoun Market".to_owned());
            request.refund_notify_url = Some(shop.notify_url("refund"));
            wallet.refund_until_known(&request, &PATIENCE).await.map(drop)
        }
        (Act::Confirm, _) => wallet.confirm_until_known(&ConfirmRequest::new(id, payment), &PATIENCE).await.map(drop),
        (Act::Accept, _) => wallet.merchant_accept(&MerchantAcceptRequest::new(payment)).await,
        (Act::Cancel, _) => wallet.cancel(&CancelRequest { reference: payment, extend_info: None }).await.map(drop),
        (Act::Refund, None) => Err(Error::Config("a refund without an amount".to_owned())),
    }
}

/// Refusals that say that what was asked for is so already, or can no longer be otherwise.
fn means_done(act: Act, code: &str) -> bool {
    match ResultCode::parse(code) {
        Some(ResultCode::OrderIsMerchantAccepted) => act == Act::Accept,
        // The wallet never heard of the payment, and will refuse it if it still arrives.
        Some(ResultCode::OrderNotExist | ResultCode::OrderIsCanceled) => act == Act::Cancel,
        _ => false,
    }
}

/// Neither done nor refused, and never to be booked as either.
fn doubt(error: &Error) -> String {
    tracing::warn!(error.message = %error, "demo-shop: the wallet gave no answer about an order");
    match error {
        Error::Unknown(Cause::Answered { code, .. }) | Error::Refused { code, .. } => code.clone(),
        Error::Unknown(_) | Error::Config(_) => "NO_ANSWER".to_owned(),
    }
}
