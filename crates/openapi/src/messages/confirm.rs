//! `POST /v1/payments/confirm`: the buyer has the goods, the merchant gets the money (spec/qicard.md 7.10).
//!
//! The wallet's documents spell the members `confrim…`, its official client `confirm…`. Both are read, both written.

use super::{ID_MAX, PaymentReference};
use crate::json::Fields;
use crate::time::WireTime;
use crate::{ApiError, ResultBody, WireBody};
use mithaq_types::{OperationId, PaymentId};
use serde::{Deserialize, Serialize, Serializer};

/// Takes the whole held amount of an accepted escrow order, once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfirmRequest {
    /// The idempotency key within the client: 1 to 64 of `A-Z a-z 0-9 _ . : -`.
    pub confirm_request_id: String,
    /// Which payment.
    pub reference: PaymentReference,
    /// Anything, at most 4096 characters.
    pub extend_info: Option<String>,
}

impl ConfirmRequest {
    /// Confirms a payment.
    #[must_use]
    pub fn new(confirm_request_id: impl Into<String>, payment: impl Into<PaymentReference>) -> Self {
        Self { confirm_request_id: confirm_request_id.into(), reference: payment.into(), extend_info: None }
    }

    /// Reads a body. Either spelling of the request's id will do; two different ones will not.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`.
    pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        let other = fields.merchant_id("confrimRequestId", ID_MAX)?;
        let confirm_request_id = match (fields.merchant_id("confirmRequestId", ID_MAX)?, other) {
            (Some(one), Some(other)) if one != other => {
                return Err(fields.illegal("confrimRequestId", "must be absent or equal to confirmRequestId"));
            }
            (Some(id), _) | (None, Some(id)) => id,
            (None, None) => fields.required_merchant_id("confirmRequestId", ID_MAX)?,
        };
        let reference = PaymentReference::read(&fields)?;
        Ok(Self { confirm_request_id, reference, extend_info: fields.extend_info()? })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    confirm_request_id: &'a str,
    confrim_request_id: &'a str,
    #[serde(flatten)]
    reference: &'a PaymentReference,
    #[serde(skip_serializing_if = "Option::is_none")]
    extend_info: Option<&'a str>,
}

impl Serialize for ConfirmRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Body {
            confirm_request_id: &self.confirm_request_id,
            confrim_request_id: &self.confirm_request_id,
            reference: &self.reference,
            extend_info: self.extend_info.as_deref(),
        }
        .serialize(serializer)
    }
}

impl WireBody for ConfirmRequest {}

/// The answer to confirm. All members but `result` with `S` only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The wallet's id of the confirmation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm_id: Option<OperationId>,
    /// Echo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm_request_id: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm_time: Option<WireTime>,
    /// [`Self::confirm_id`] as the documents spell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confrim_id: Option<OperationId>,
    /// [`Self::confirm_request_id`] as the documents spell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confrim_request_id: Option<String>,
    /// [`Self::confirm_time`] as the documents spell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confrim_time: Option<WireTime>,
    /// The payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
}

impl ConfirmResponse {
    /// The merchant has the money.
    #[must_use]
    pub fn success(
        (confirm_id, confirm_request_id): (OperationId, String),
        payment_id: PaymentId,
        confirm_time: WireTime,
    ) -> Self {
        Self {
            result: ResultBody::success(),
            confrim_id: Some(confirm_id.clone()),
            confrim_request_id: Some(confirm_request_id.clone()),
            confrim_time: Some(confirm_time.clone()),
            confirm_id: Some(confirm_id),
            confirm_request_id: Some(confirm_request_id),
            confirm_time: Some(confirm_time),
            payment_id: Some(payment_id),
        }
    }

    /// The id of the confirmation, by whichever name it came.
    #[must_use]
    pub fn id(&self) -> Option<&OperationId> {
        self.confirm_id.as_ref().or(self.confrim_id.as_ref())
    }

    /// When it was confirmed, by whichever name it came.
    #[must_use]
    pub fn time(&self) -> Option<&WireTime> {
        self.confirm_time.as_ref().or(self.confrim_time.as_ref())
    }

    /// The echo of the request's id, by whichever name it came.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.confirm_request_id.as_deref().or(self.confrim_request_id.as_deref())
    }
}

super::answer!(ConfirmResponse);
