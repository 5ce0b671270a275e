//! `POST /v1/payments/cancel`, also served as `cancelPayment` (spec/qicard.md 7.9, openapi.md 3.9).

use super::PaymentReference;
use crate::json::Fields;
use crate::time::WireTime;
use crate::{ApiError, ResultBody, WireBody};
use mithaq_types::PaymentId;
use serde::{Deserialize, Serialize};

/// Takes a payment back as a whole: an open order closes, a hold is released, a payment of the same day is returned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CancelRequest {
    /// Which payment.
    #[serde(flatten)]
    pub reference: PaymentReference,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl CancelRequest {
    /// Cancels by the wallet's id.
    #[must_use]
    pub const fn by_payment_id(payment_id: PaymentId) -> Self {
        Self { reference: PaymentReference::Payment(payment_id), extend_info: None }
    }

    /// Cancels by the merchant's id, also when pay never answered.
    #[must_use]
    pub fn by_request_id(payment_request_id: impl Into<String>) -> Self {
        Self { reference: PaymentReference::Request(payment_request_id.into()), extend_info: None }
    }

    /// Reads a body. If both ids are given, paymentId wins.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`.
    pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        Ok(Self { reference: PaymentReference::read(&fields)?, extend_info: fields.extend_info()? })
    }
}

impl WireBody for CancelRequest {}

/// The answer to cancel. A payment that was already cancelled answers the same again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CancelResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The wallet's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
    /// The merchant's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_request_id: Option<String>,
    /// When it was cancelled first; with `S` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_time: Option<WireTime>,
}

impl CancelResponse {
    /// Cancelled at `cancel_time`.
    #[must_use]
    pub fn success(payment_id: PaymentId, payment_request_id: String, cancel_time: WireTime) -> Self {
        Self {
            result: ResultBody::success(),
            payment_id: Some(payment_id),
            payment_request_id: Some(payment_request_id),
            cancel_time: Some(cancel_time),
        }
    }
}

super::answer!(CancelResponse);
