//! What the wallet tells unasked: payment results (step 16 of a deduction, step 19 of an order), money that went back, and
//! the end of contracts.

use crate::order::{Fact, Outcome};
use crate::shop::Shop;
use crate::subscription::{ChargeState, EndedBy, Verdict};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use mithaq_merchant::{
    Amount, ContractEnd, ContractStatus, ContractStatusNotification, Incoming, Money, Notification, OperationStatus,
    PaymentNotification,
};
use std::sync::Arc;

/// `POST /notify/{payment|refund|void|contract}`: the body tells which it is.
///
/// The receiver checks the wallet's signature over the bytes as they came, before anything is read from them, and keeps
/// repetitions away. What could not be handled is not acknowledged, so the wallet sends it again.
pub async fn receive(State(shop): State<Arc<Shop>>, parts: Parts, body: Bytes) -> Response {
    let incoming = Incoming::of(&parts, &body);
    let handle = async |notification| match notification {
        Notification::Payment(payment) => take_payment(&shop, &payment),
        Notification::Refund(refund) => {
            let outcome = match refund.refund_status {
                OperationStatus::Success => Outcome::Done,
                OperationStatus::Fail => Outcome::Refused("PROCESS_FAIL".to_owned()),
                OperationStatus::Processing => Outcome::Unknown("REFUND_IN_PROCESS".to_owned()),
            };
            let payment_id = refund.payment_id.as_ref().map(|id| id.as_str());
            take_operation(&shop, (payment_id, &refund.refund_request_id), money(refund.refund_amount), &outcome)
        }
        Notification::Void(void) => {
            let ids = (Some(void.payment_id.as_str()), void.void_request_id.as_str());
            take_operation(&shop, ids, money(void.void_amount), &Outcome::Done)
        }
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
    let fact = if payment.is_success() {
        Fact::Paid { taken: None }
    } else if payment.is_held() {
        Fact::Held
    } else {
        Fact::Closed { code: result.result_code.clone() }
    };
    let payment_id = || payment.payment_id.to_string();
    let taken = shop.book.change_first(|one| one.payment_notified(request_id, amount, &verdict, now))
        || shop.book.change_first_order(|one| one.notified(request_id, amount, payment_id(), fact.clone(), now));
    if taken {
        Ok(())
    } else {
        tracing::warn!(payment.request_id = %request_id, "demo-shop: a notification of a payment it did not ask for");
        Err(NotOurs)
    }
}

fn take_operation(
    shop: &Shop,
    ids: (Option<&str>, &str),
    amount: Option<Money>,
    outcome: &Outcome,
) -> Result<(), NotOurs> {
    let now = shop.now();
    if shop.book.change_first_order(|one| one.operation_notified(ids, amount, outcome, now)) {
        Ok(())
    } else {
        tracing::warn!(operation.request_id = %ids.1, "demo-shop: a notification of money that it did not give back");
        Err(NotOurs)
    }
}

fn money(amount: Option<Amount>) -> Option<Money> {
    amount.map(|amount| amount.0)
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
