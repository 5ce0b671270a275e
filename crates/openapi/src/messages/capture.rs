//! `POST /v1/payments/capture` (spec/qicard.md 7.6, openapi.md 3.10).

use super::{ID_MAX, PaymentReference};
use crate::json::Fields;
use crate::time::WireTime;
use crate::{Amount, ApiError, ResultBody, WireBody, amount};
use mithaq_types::{Currency, Money, OperationId, PaymentId};
use serde::{Deserialize, Serialize};

/// Takes held money, all or a part. There is one capture; what it leaves goes back to the payer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CaptureRequest {
    /// The idempotency key within the client: 1 to 64 of `A-Z a-z 0-9 _ . : -`.
    pub capture_request_id: String,
    /// The payment whose money is held.
    #[serde(flatten)]
    pub reference: PaymentReference,
    /// How much, in minor units; absent means all of it.
    #[serde(serialize_with = "amount::serialize_option", skip_serializing_if = "Option::is_none")]
    pub capture_amount: Option<Money>,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl CaptureRequest {
    /// Captures all that is held.
    #[must_use]
    pub fn new(capture_request_id: impl Into<String>, payment: impl Into<PaymentReference>) -> Self {
        Self {
            capture_request_id: capture_request_id.into(),
            reference: payment.into(),
            capture_amount: None,
            extend_info: None,
        }
    }

    /// The same for a part.
    #[must_use]
    pub const fn of_amount(mut self, amount: Money) -> Self {
        self.capture_amount = Some(amount);
        self
    }

    /// Reads a body. `currencies` are the ones the wallet takes.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`, `CURRENCY_NOT_SUPPORT`.
    pub fn parse(body: &[u8], currencies: &[Currency]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        let request = Self {
            capture_request_id: fields.required_merchant_id("captureRequestId", ID_MAX)?,
            reference: PaymentReference::read(&fields)?,
            capture_amount: fields.amount("captureAmount", currencies)?,
            extend_info: fields.extend_info()?,
        };
        match fields.flag("isLastCapture")? {
            Some(false) => Err(fields.illegal("isLastCapture", "must be absent or true: a payment is captured once")),
            _ => Ok(request),
        }
    }
}

impl WireBody for CaptureRequest {}

/// The answer to capture. All members but `result` with `S` only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CaptureResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The wallet's id of the capture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture_id: Option<OperationId>,
    /// Echo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture_request_id: Option<String>,
    /// The payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
    /// How much was captured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture_amount: Option<Amount>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture_time: Option<WireTime>,
}

impl CaptureResponse {
    /// Captured.
    #[must_use]
    pub fn success(
        (capture_id, capture_request_id): (OperationId, String),
        payment_id: PaymentId,
        capture_amount: Amount,
        capture_time: WireTime,
    ) -> Self {
        Self {
            result: ResultBody::success(),
            capture_id: Some(capture_id),
            capture_request_id: Some(capture_request_id),
            payment_id: Some(payment_id),
            capture_amount: Some(capture_amount),
            capture_time: Some(capture_time),
        }
    }
}

super::answer!(CaptureResponse);
