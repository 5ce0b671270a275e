//! The charge (steps 14 and 15). No page opens and no user acts: the access token is the user's standing agreement.

use crate::contract::Chosen;
use crate::error::ApiError;
use crate::events::{self, Answer};
use crate::offer::Plan;
use crate::shop::Shop;
use crate::subscription::{Attempt, ChargeState, Verdict};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use mithaq_merchant::{
    Buyer, Cause, Error, InquiryPaymentRequest, Language, PayOutcome, PayRequest, PaymentStatus, ResultCode, Tokens,
};
use std::sync::Arc;

/// `POST /api/charge`. The attempt is written down before the wallet is called; whatever becomes of the call, the next
/// one knows its request id.
pub async fn charge(State(shop): State<Arc<Shop>>, ask: Result<Json<Chosen>, JsonRejection>) -> Answer {
    let Json(Chosen { subscription_id: id }) = ask?;
    let begun = shop.book.change(&id, |subscription| {
        subscription.begin_charge(shop.now()).map(|attempt| (attempt, subscription.tokens.clone()))
    });
    let (attempt, tokens) =
        begun.ok_or_else(ApiError::subscription_unknown)?.map_err(|_| ApiError::subscription_ended())?;
    let verdict = ask_the_wallet(&shop, &attempt, &tokens).await;
    shop.book.change(&id, |subscription| subscription.charge_answered(&attempt.request_id, &verdict, shop.now()));
    events::tell(&shop, &id)
}

async fn ask_the_wallet(shop: &Shop, attempt: &Attempt, tokens: &Tokens) -> Verdict {
    let what = Plan::FreshBox.title(Language::EnUs);
    let mut request = PayRequest::agreement(&attempt.request_id, &tokens.access_token, attempt.amount, what);
    request.order.buyer = tokens.customer_id.as_ref().map(|id| Buyer { reference_buyer_id: Some(id.to_string()) });
    request.payment_notify_url = Some(shop.notify_url("payment"));
    match shop.wallet.pay(&request).await {
        Ok(PayOutcome::Paid { payment_id, .. }) => success(payment_id.to_string()),
        // Agreement payments are paid at once or not at all; whatever these mean here, it is not paid yet.
        Ok(PayOutcome::Cashier { payment_id, .. } | PayOutcome::Held { payment_id, .. }) => {
            Verdict { payment_id: Some(payment_id.to_string()), ..unknown("ACCEPT") }
        }
        // This try was refused. That says nothing about an earlier one that got no answer: ask for it.
        Err(Error::Refused { code, .. }) if attempt.is_repeated => {
            how_it_stands(shop, &attempt.request_id, &code).await
        }
        Err(Error::Refused { code, .. }) => fail(code),
        Err(error) => doubt(&error),
    }
}

/// `/v1/payments/inquiryPayment`: what became of the earlier tries, after the latest was refused with `refusal`.
async fn how_it_stands(shop: &Shop, request_id: &str, refusal: &str) -> Verdict {
    match shop.wallet.inquiry_payment(&InquiryPaymentRequest::by_request_id(request_id)).await {
        Ok(state) => match state.status {
            PaymentStatus::Success => success(state.payment_id.to_string()),
            PaymentStatus::Fail | PaymentStatus::Cancelled => {
                fail(state.fail_reason.unwrap_or_else(|| refusal.to_owned()))
            }
            PaymentStatus::Processing | PaymentStatus::AuthSuccess => unknown("PAYMENT_IN_PROCESS"),
        },
        // No earlier try ever arrived, so the refusal of the latest is all there is.
        Err(error) if error.code() == Some(ResultCode::OrderNotExist) => fail(refusal.to_owned()),
        Err(error) => doubt(&error),
    }
}

fn success(payment_id: String) -> Verdict {
    Verdict { state: ChargeState::Success, code: "SUCCESS".to_owned(), payment_id: Some(payment_id) }
}

fn fail(code: String) -> Verdict {
    Verdict { state: ChargeState::Fail, code, payment_id: None }
}

fn unknown(code: &str) -> Verdict {
    Verdict { state: ChargeState::Unknown, code: code.to_owned(), payment_id: None }
}

/// Neither paid nor refused, and never to be booked as either.
fn doubt(error: &Error) -> Verdict {
    tracing::warn!(error.message = %error, "demo-shop: a charge has no answer");
    match error {
        Error::Unknown(Cause::Answered { code, .. }) | Error::Refused { code, .. } => unknown(code),
        Error::Unknown(_) | Error::Config(_) => unknown("NO_ANSWER"),
    }
}
