//! What the wallet answers to pay.

use crate::time::WireTime;
use crate::{ResultBody, ResultCode};
use mithaq_types::PaymentId;
use serde::{Deserialize, Serialize};

/// The next step of a cashier payment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RedirectActionForm {
    /// `GET`.
    #[serde(default)]
    pub method: String,
    /// The cashier page, for `my.tradePay({paymentUrl})`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// The same under the name that other documents use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirection_url: Option<String>,
}

/// The answer to pay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PayResponse {
    /// Outcome: `S` paid, `A` go to the cashier, `F` final, `U` repeat or inquire.
    pub result: ResultBody,
    /// The wallet's id, as soon as there is a payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
    /// Echo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_request_id: Option<String>,
    /// When it was paid; with `S` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_time: Option<WireTime>,
    /// The cashier; with `A` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_action_form: Option<RedirectActionForm>,
    /// Until when a held amount can be captured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_expiry_time: Option<WireTime>,
}

impl PayResponse {
    /// Paid at `payment_time`.
    #[must_use]
    pub fn paid(payment_id: PaymentId, payment_request_id: String, payment_time: WireTime) -> Self {
        let response = Self::of(ResultBody::success(), Some(payment_id), payment_request_id);
        Self { payment_time: Some(payment_time), ..response }
    }

    /// Accepted: the user continues at `cashier_url`.
    #[must_use]
    pub fn accepted(payment_id: PaymentId, payment_request_id: String, cashier_url: String) -> Self {
        let form = RedirectActionForm {
            method: "GET".to_owned(),
            redirect_url: Some(cashier_url.clone()),
            redirection_url: Some(cashier_url),
        };
        let response = Self::of(ResultBody::of(ResultCode::Accept), Some(payment_id), payment_request_id);
        Self { redirect_action_form: Some(form), ..response }
    }

    /// The money is held and can be captured or confirmed until `auth_expiry_time`.
    #[must_use]
    pub fn held(payment_id: PaymentId, payment_request_id: String, auth_expiry_time: WireTime) -> Self {
        let response = Self::of(ResultBody::success(), Some(payment_id), payment_request_id);
        Self { auth_expiry_time: Some(auth_expiry_time), ..response }
    }

    /// The same answer with the end of the hold, if there is one.
    #[must_use]
    pub fn with_auth_expiry_time(self, auth_expiry_time: Option<WireTime>) -> Self {
        Self { auth_expiry_time, ..self }
    }

    /// Failed or not known yet; with the id of the payment if there is one.
    #[must_use]
    pub fn unpaid(result: ResultBody, payment_id: Option<PaymentId>, payment_request_id: String) -> Self {
        Self::of(result, payment_id, payment_request_id)
    }

    fn of(result: ResultBody, payment_id: Option<PaymentId>, payment_request_id: String) -> Self {
        Self {
            result,
            payment_id,
            payment_request_id: Some(payment_request_id),
            payment_time: None,
            redirect_action_form: None,
            auth_expiry_time: None,
        }
    }
}

super::super::answer!(PayResponse);
