//! `POST /v1/payments/void` (spec/qicard.md 7.7, openapi.md 3.11).

use super::{ID_MAX, PaymentReference};
use crate::json::Fields;
use crate::time::WireTime;
use crate::{ApiError, ResultBody, WireBody, amount};
use mithaq_types::{Currency, Money, OperationId};
use serde::{Deserialize, Serialize};

/// Gives held money back, all or a part, before it is captured or confirmed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VoidRequest {
    /// The idempotency key within the client: 1 to 64 of `A-Z a-z 0-9 _ . : -`.
    pub void_request_id: String,
    /// The payment whose money is held.
    #[serde(flatten)]
    pub reference: PaymentReference,
    /// How much, in minor units; absent means all that is left, which closes the order.
    #[serde(serialize_with = "amount::serialize_option", skip_serializing_if = "Option::is_none")]
    pub void_amount: Option<Money>,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl VoidRequest {
    /// Gives back all that is left.
    #[must_use]
    pub fn new(void_request_id: impl Into<String>, payment: impl Into<PaymentReference>) -> Self {
        Self {
            void_request_id: void_request_id.into(),
            reference: payment.into(),
            void_amount: None,
            extend_info: None,
        }
    }

    /// The same for a part; the rest stays held.
    #[must_use]
    pub const fn of_amount(mut self, amount: Money) -> Self {
        self.void_amount = Some(amount);
        self
    }

    /// Reads a body. `currencies` are the ones the wallet takes.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`, `CURRENCY_NOT_SUPPORT`.
    pub fn parse(body: &[u8], currencies: &[Currency]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        let request = Self {
            void_request_id: fields.required_merchant_id("voidRequestId", ID_MAX)?,
            reference: PaymentReference::read(&fields)?,
            void_amount: fields.amount("voidAmount", currencies)?,
            extend_info: fields.extend_info()?,
        };
        match (fields.flag("voidRemainingAmount")?, request.void_amount) {
            (Some(true), Some(_)) => Err(fields.illegal("voidAmount", "must be absent with voidRemainingAmount")),
            (Some(false), None) => Err(fields.illegal("voidAmount", "must be given without voidRemainingAmount")),
            _ => Ok(request),
        }
    }
}

impl WireBody for VoidRequest {}

/// The answer to void. All members but `result` with `S` only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VoidResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The wallet's id of the void.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_id: Option<OperationId>,
    /// Echo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_request_id: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_time: Option<WireTime>,
}

impl VoidResponse {
    /// Given back.
    #[must_use]
    pub fn success(void_id: OperationId, void_request_id: String, void_time: WireTime) -> Self {
        Self {
            result: ResultBody::success(),
            void_id: Some(void_id),
            void_request_id: Some(void_request_id),
            void_time: Some(void_time),
        }
    }
}

super::answer!(VoidResponse);
