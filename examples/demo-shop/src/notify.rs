//! What the wallet tells unasked: payment results (step 16) and the end of contracts.

use crate::shop::Shop;
use crate::subscription::{ChargeState, EndedBy, Verdict};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use mithaq_merchant::{
    ContractEnd, ContractStatus, ContractStatusNotification, Incoming, Notification, PaymentNotification,
};
use std::sync::Arc;

/// `POST /notify/payment` and `POST /notify/contract`: the body tells which it is.
///
/// The receiver checks the wallet's signature over the bytes as they came, before anything is read from them, and keeps
/// repetitions away. What could not be handled is not acknowledged, so the wallet sends it again.
pub async fn receive(State(shop): State<Arc<Shop>>, parts: Parts, body: Bytes) -> Response {
    let incoming = Incoming::of(&parts, &body);
    let handle = async |notification| match notification {
        Notification::Payment(payment) => take_payment(&shop, &payment),
        Notification::ContractStatus(contract) => take_contract(&shop, &contract),
    };
    shop.receiver.receive(&incoming, &shop.seen, handle).await.map(Body::from)
}

/// Not of this shop, or forgotten by a restart.
#[derive(Debug)]
struct NotOurs;

fn take_payment(shop: &Shop, payment: &PaymentNotification) -> Result<(), NotOurs> {
    let result = &payment.payment_result;
    let verdict = Verdict {
        state: if payment.is_success() { ChargeState::Success } else { ChargeState::Fail },
        code: result.result_code.clone(),
        payment_id: Some(payment.payment_id.to_string()),
    };
    let (request_id, amount, now) = (&payment.payment_request_id, payment.payment_amount.0, shop.now());
    let taken = shop.book.change_first(|one| one.payment_notified(request_id, amount, &verdict, now));
    if taken {
        Ok(())
    } else {
        tracing::warn!(payment.request_id = %request_id, "demo-shop: a notification of a payment it did not ask for");
        Err(NotOurs)
    }
}

fn take_contract(shop: &Shop, contract: &ContractStatusNotification) -> Result<(), NotOurs> {
    let now = shop.now();
    let ended_by = match (contract.contract_status, contract.reason) {
        (ContractStatus::Valid, _) => None,
        (ContractStatus::Invalid, Some(ContractEnd::User)) => Some(EndedBy::User),
        (ContractStatus::Invalid, Some(ContractEnd::Merchant)) => Some(EndedBy::Merchant),
        (ContractStatus::Invalid, _) => Some(EndedBy::Wallet),
    };
    let taken = shop.book.change_first(|one| {
        let is_meant = one.tokens.access_token == contract.access_token;
        match ended_by {
            _ if !is_meant => {}
            Some(by) => one.contract_ended(by, now),
            None => one.contract_confirmed(now),
        }
        is_meant
    });
    // Good news may overtake the answer that brings the token; nothing depends on it.
    if taken || ended_by.is_none() {
        Ok(())
    } else {
        tracing::warn!("demo-shop: a notice about a contract it does not know");
        Err(NotOurs)
    }
}
