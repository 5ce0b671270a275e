//! The notification to `refundNotifyUrl` (spec/openapi.md 3.16).

use super::OperationStatus;
use crate::time::WireTime;
use crate::{Amount, WireBody};
use mithaq_types::{OperationId, PaymentId};
use serde::{Deserialize, Serialize};

/// Tells a merchant how a refund ended. May arrive more than once, and out of order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundNotification {
    /// The wallet's id.
    pub refund_id: OperationId,
    /// The merchant's id.
    pub refund_request_id: String,
    /// The payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
    /// The merchant's id of the payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_request_id: Option<String>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_amount: Option<Amount>,
    /// Why, as the merchant said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_reason: Option<String>,
    /// When the merchant was debited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_time: Option<WireTime>,
    /// How it ended.
    pub refund_status: OperationStatus,
}

impl RefundNotification {
    /// The notification of an end; reason and time are set by the caller.
    #[must_use]
    pub fn new(
        (refund_id, refund_request_id): (OperationId, String),
        (payment_id, payment_request_id): (PaymentId, String),
        refund_amount: Amount,
        refund_status: OperationStatus,
    ) -> Self {
        Self {
            refund_id,
            refund_request_id,
            payment_id: Some(payment_id),
            payment_request_id: Some(payment_request_id),
            refund_amount: Some(refund_amount),
            refund_reason: None,
            refund_time: None,
            refund_status,
        }
    }
}

impl WireBody for RefundNotification {}
