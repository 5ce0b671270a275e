//! `POST /v1/payments/inquiryRefund` (spec/qicard.md 7.5, openapi.md 3.14).

use super::{OperationStatus, RefundReference};
use crate::json::Fields;
use crate::time::WireTime;
use crate::{Amount, ApiError, ResultBody, WireBody};
use mithaq_types::OperationId;
use serde::{Deserialize, Serialize};

/// Asks how a refund stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct InquiryRefundRequest {
    /// Which refund.
    #[serde(flatten)]
    pub reference: RefundReference,
}

impl InquiryRefundRequest {
    /// The question by the wallet's id.
    #[must_use]
    pub const fn by_refund_id(refund_id: OperationId) -> Self {
        Self { reference: RefundReference::Refund(refund_id) }
    }

    /// The question by the merchant's id.
    #[must_use]
    pub fn by_request_id(refund_request_id: impl Into<String>) -> Self {
        Self { reference: RefundReference::Request(refund_request_id.into()) }
    }

    /// Reads a body. If both ids are given, refundId wins.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`.
    pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        let request = Self { reference: RefundReference::read(&fields)? };
        fields.extend_info()?;
        Ok(request)
    }
}

impl WireBody for InquiryRefundRequest {}

/// The answer to inquiryRefund. `S` means that the inquiry worked, not that the refund did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InquiryRefundResponse {
    /// Outcome of the inquiry.
    pub result: ResultBody,
    /// The wallet's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_id: Option<OperationId>,
    /// The merchant's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_request_id: Option<String>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_amount: Option<Amount>,
    /// Why, as the merchant said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_reason: Option<String>,
    /// When the merchant was debited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_time: Option<WireTime>,
    /// How it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_status: Option<OperationStatus>,
    /// Why it failed; with `FAIL` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_fail_reason: Option<String>,
}

impl InquiryRefundResponse {
    /// A refund that exists, with no more than its ids, amount and status; the rest is set by the caller.
    #[must_use]
    pub fn found(
        refund_id: OperationId,
        refund_request_id: String,
        refund_amount: Amount,
        refund_status: OperationStatus,
    ) -> Self {
        Self {
            result: ResultBody::success(),
            refund_id: Some(refund_id),
            refund_request_id: Some(refund_request_id),
            refund_amount: Some(refund_amount),
            refund_reason: None,
            refund_time: None,
            refund_status: Some(refund_status),
            refund_fail_reason: None,
        }
    }
}

super::answer!(InquiryRefundResponse);
