//! The notification to `paymentNotifyUrl` (spec/qicard.md 7.3, openapi.md 3.15).

use super::PaymentStatus;
use crate::time::WireTime;
use crate::{Amount, ResultBody, ResultStatus, WireBody};
use mithaq_types::PaymentId;
use serde::{Deserialize, Serialize};

/// Tells a merchant how a payment ended, or that its money is held. May arrive more than once, and out of order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentNotification {
    /// `S SUCCESS`, or `F` and the code of the failure.
    pub payment_result: ResultBody,
    /// The wallet's id.
    pub payment_id: PaymentId,
    /// The merchant's id.
    pub payment_request_id: String,
    /// JSON text; Qi always sends `{"sourcePlatform":"MINI_APP"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
    /// When it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_time: Option<WireTime>,
    /// How much.
    pub payment_amount: Amount,
    /// When the payment was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_create_time: Option<WireTime>,
    /// `AUTH_SUCCESS` when the money is held and not paid yet. Of final outcomes Qi sends neither this nor a reason, as
    /// sibling wallets do: read, never written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_status: Option<PaymentStatus>,
    /// Why it failed, as sibling wallets write it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_fail_reason: Option<String>,
}

impl PaymentNotification {
    /// The notification of a final outcome, with exactly the members of the live wallet (spec/qicard.md 7.3).
    #[must_use]
    pub fn new(
        result: ResultBody,
        (payment_id, payment_request_id): (PaymentId, String),
        payment_amount: Amount,
        payment_create_time: WireTime,
        payment_time: Option<WireTime>,
    ) -> Self {
        Self {
            payment_status: None,
            payment_fail_reason: None,
            payment_result: result,
            payment_id,
            payment_request_id,
            extend_info: Some(r#"{"sourcePlatform":"MINI_APP"}"#.to_owned()),
            payment_time,
            payment_amount,
            payment_create_time: Some(payment_create_time),
        }
    }

    /// The notification that the money is held: not final, nothing is paid yet, so there is no `paymentTime`.
    #[must_use]
    pub fn held(ids: (PaymentId, String), payment_amount: Amount, payment_create_time: WireTime) -> Self {
        let notification = Self::new(ResultBody::success(), ids, payment_amount, payment_create_time, None);
        Self { payment_status: Some(PaymentStatus::AuthSuccess), ..notification }
    }

    /// Whether the payment succeeded. Held money is not paid.
    #[must_use]
    pub fn is_success(&self) -> bool {
        let is_final = matches!(self.payment_status, None | Some(PaymentStatus::Success));
        is_final && self.payment_result.result_status == ResultStatus::S
    }

    /// Whether the money is held for the merchant, to be captured or confirmed.
    #[must_use]
    pub fn is_held(&self) -> bool {
        let is_held = self.payment_status == Some(PaymentStatus::AuthSuccess);
        is_held && self.payment_result.result_status == ResultStatus::S
    }
}

impl WireBody for PaymentNotification {}
