//! Which payment or refund a request is about: the wallet's id or the merchant's own (spec/qicard.md 7.2, 7.5).

use super::ID_MAX;
use crate::ApiError;
use crate::json::Fields;
use mithaq_types::{OperationId, PaymentId};
use serde::Serialize;

/// Which payment is meant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub enum PaymentReference {
    /// By the wallet's id.
    #[serde(rename = "paymentId")]
    Payment(PaymentId),
    /// By the merchant's id.
    #[serde(rename = "paymentRequestId")]
    Request(String),
}

impl PaymentReference {
    /// Reads either id. If both are given, paymentId wins.
    pub(super) fn read(fields: &Fields<'_>) -> Result<Self, ApiError> {
        if let Some(id) = fields.text("paymentId", ID_MAX)? {
            return Ok(Self::Payment(PaymentId::new(id)));
        }
        match fields.text("paymentRequestId", ID_MAX)? {
            Some(id) => Ok(Self::Request(id)),
            None => Err(fields.illegal("paymentId", "or paymentRequestId must be given")),
        }
    }
}

impl From<PaymentId> for PaymentReference {
    fn from(payment_id: PaymentId) -> Self {
        Self::Payment(payment_id)
    }
}

/// Which refund is meant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub enum RefundReference {
    /// By the wallet's id.
    #[serde(rename = "refundId")]
    Refund(OperationId),
    /// By the merchant's id.
    #[serde(rename = "refundRequestId")]
    Request(String),
}

impl RefundReference {
    /// Reads either id. If both are given, refundId wins.
    pub(super) fn read(fields: &Fields<'_>) -> Result<Self, ApiError> {
        if let Some(id) = fields.text("refundId", ID_MAX)? {
            return Ok(Self::Refund(OperationId::new(id)));
        }
        match fields.text("refundRequestId", ID_MAX)? {
            Some(id) => Ok(Self::Request(id)),
            None => Err(fields.illegal("refundId", "or refundRequestId must be given")),
        }
    }
}
