//! `POST /v1/payments/inquiryPayment` (spec/qicard.md 7.2, openapi.md 3.8, 4.16).

use super::{PaymentReference, Transaction};
use crate::json::Fields;
use crate::time::WireTime;
use crate::{Amount, ApiError, ResultBody, WireBody};
use mithaq_types::PaymentId;
use serde::{Deserialize, Serialize};

/// Asks how a payment stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct InquiryPaymentRequest {
    /// Which payment.
    #[serde(flatten)]
    pub reference: PaymentReference,
}

impl InquiryPaymentRequest {
    /// The question by the wallet's id.
    #[must_use]
    pub const fn by_payment_id(payment_id: PaymentId) -> Self {
        Self { reference: PaymentReference::Payment(payment_id) }
    }

    /// The question by the merchant's id.
    #[must_use]
    pub fn by_request_id(payment_request_id: impl Into<String>) -> Self {
        Self { reference: PaymentReference::Request(payment_request_id.into()) }
    }

    /// Reads a body. If both ids are given, paymentId wins.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`.
    pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        let request = Self { reference: PaymentReference::read(&fields)? };
        fields.extend_info()?;
        Ok(request)
    }
}

impl WireBody for InquiryPaymentRequest {}

/// How a payment stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    /// Authorised, money held.
    AuthSuccess,
    /// Paid.
    Success,
    /// Failed or expired, and in this profile also cancelled.
    Fail,
    /// Cancelled, as sibling wallets write it.
    Cancelled,
    /// Not finished. A text no one knows is read as this: keep asking.
    #[serde(other)]
    Processing,
}

/// The answer to inquiryPayment. `S` means that the inquiry worked, not that the payment did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InquiryPaymentResponse {
    /// Outcome of the inquiry.
    pub result: ResultBody,
    /// The wallet's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
    /// The merchant's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_request_id: Option<String>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_amount: Option<Amount>,
    /// When it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_time: Option<WireTime>,
    /// How it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_status: Option<PaymentStatus>,
    /// Why it failed: the code that pay answered or would have answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_fail_reason: Option<String>,
    /// Until when a held amount can be captured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_expiry_time: Option<WireTime>,
    /// What happened to it since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transactions: Option<Vec<Transaction>>,
}

impl InquiryPaymentResponse {
    /// A payment that exists, with no more than its ids, amount and status; the rest is set by the caller.
    #[must_use]
    pub fn found(
        payment_id: PaymentId,
        payment_request_id: String,
        payment_amount: Amount,
        payment_status: PaymentStatus,
    ) -> Self {
        Self {
            result: ResultBody::success(),
            payment_id: Some(payment_id),
            payment_request_id: Some(payment_request_id),
            payment_amount: Some(payment_amount),
            payment_time: None,
            payment_status: Some(payment_status),
            payment_fail_reason: None,
            auth_expiry_time: None,
            transactions: Some(Vec::new()),
        }
    }
}

super::answer!(InquiryPaymentResponse);
