//! `POST /v1/payments/merchantAccept`: the merchant takes an escrow order (spec/qicard.md 7.10, openapi.md 3.12).

use super::PaymentReference;
use crate::json::Fields;
use crate::{ApiError, ResultBody, WireBody};
use mithaq_types::PaymentId;
use serde::{Deserialize, Serialize};

/// Takes an order whose money is held. From then on it can be confirmed or voided, no longer cancelled.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MerchantAcceptRequest {
    /// Which payment.
    #[serde(flatten)]
    pub reference: PaymentReference,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl MerchantAcceptRequest {
    /// Takes the order of a payment.
    #[must_use]
    pub fn new(payment: impl Into<PaymentReference>) -> Self {
        Self { reference: payment.into(), extend_info: None }
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

impl WireBody for MerchantAcceptRequest {}

/// The answer to merchantAccept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MerchantAcceptResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The wallet's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
    /// The merchant's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_request_id: Option<String>,
}

impl MerchantAcceptResponse {
    /// The order is taken.
    #[must_use]
    pub fn success(payment_id: PaymentId, payment_request_id: String) -> Self {
        Self {
            result: ResultBody::success(),
            payment_id: Some(payment_id),
            payment_request_id: Some(payment_request_id),
        }
    }
}

super::answer!(MerchantAcceptResponse);
