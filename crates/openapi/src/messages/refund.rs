//! `POST /v1/payments/refund` (spec/qicard.md 7.4, openapi.md 3.13).

use super::{ID_MAX, PaymentReference, URL_MAX};
use crate::json::Fields;
use crate::time::WireTime;
use crate::{ApiError, ResultBody, WireBody, amount};
use mithaq_types::{Currency, Money, OperationId};
use serde::{Deserialize, Serialize};

/// Gives a payment back to its payer, all or a part. The sum of all refunds cannot exceed what was paid or captured.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundRequest {
    /// The idempotency key within the client: 1 to 64 of `A-Z a-z 0-9 _ . : -`.
    pub refund_request_id: String,
    /// Which payment.
    #[serde(flatten)]
    pub reference: PaymentReference,
    /// Which capture of the payment, by the wallet's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture_id: Option<OperationId>,
    /// How much, in minor units: fils for IQD.
    #[serde(serialize_with = "amount::serialize")]
    pub refund_amount: Money,
    /// Why, at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_reason: Option<String>,
    /// Where the end of the refund is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_notify_url: Option<String>,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl RefundRequest {
    /// A refund of `amount`.
    #[must_use]
    pub fn new(refund_request_id: impl Into<String>, payment: impl Into<PaymentReference>, amount: Money) -> Self {
        Self {
            refund_request_id: refund_request_id.into(),
            reference: payment.into(),
            capture_id: None,
            refund_amount: amount,
            refund_reason: None,
            refund_notify_url: None,
            extend_info: None,
        }
    }

    /// Reads a body. `currencies` are the ones the wallet takes.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`, `CURRENCY_NOT_SUPPORT`.
    pub fn parse(body: &[u8], currencies: &[Currency]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        Ok(Self {
            refund_request_id: fields.required_merchant_id("refundRequestId", ID_MAX)?,
            reference: PaymentReference::read(&fields)?,
            capture_id: fields.text("captureId", ID_MAX)?.map(OperationId::new),
            refund_amount: fields.required_amount("refundAmount", currencies)?,
            refund_reason: fields.text("refundReason", 256)?,
            refund_notify_url: fields.http_url("refundNotifyUrl", URL_MAX)?,
            extend_info: fields.extend_info()?,
        })
    }
}

impl WireBody for RefundRequest {}

/// The answer to refund. `S` means that the money left the merchant; whether the payer has it, inquiryRefund tells.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The wallet's id of the refund; with `S` and `U`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_id: Option<OperationId>,
    /// Echo: an answer to another refund cannot be taken for this one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_request_id: Option<String>,
    /// When the merchant was debited; with `S` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_time: Option<WireTime>,
}

impl RefundResponse {
    /// The money left the merchant at `refund_time`.
    #[must_use]
    pub fn success(refund_id: OperationId, refund_request_id: String, refund_time: WireTime) -> Self {
        Self {
            result: ResultBody::success(),
            refund_id: Some(refund_id),
            refund_request_id: Some(refund_request_id),
            refund_time: Some(refund_time),
        }
    }

    /// Failed or not known yet; with the id of the refund if there is one.
    #[must_use]
    pub const fn unsettled(result: ResultBody, refund_id: Option<OperationId>, refund_request_id: String) -> Self {
        Self { result, refund_id, refund_request_id: Some(refund_request_id), refund_time: None }
    }
}

super::answer!(RefundResponse);
