//! The notification to `voidNotifyUrl` (spec/qicard.md 7.8, openapi.md 3.17).

use crate::time::WireTime;
use crate::{Amount, ResultBody, WireBody};
use mithaq_types::{OperationId, PaymentId};
use serde::{Deserialize, Serialize};

/// Who or what gave held money back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VoidSource {
    /// The merchant, with void, cancel or a capture of less.
    Merchant,
    /// The payer.
    User,
    /// The wallet, because the hold ran out. A word no one knows is read as this.
    #[serde(other)]
    System,
}

/// Tells a merchant that held money went back to the payer. May arrive more than once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VoidNotification {
    /// `S SUCCESS`.
    pub void_result: ResultBody,
    /// The merchant's id; the wallet's own one when the wallet gave the money back by itself.
    pub void_request_id: String,
    /// The wallet's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_id: Option<OperationId>,
    /// The payment.
    pub payment_id: PaymentId,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_amount: Option<Amount>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_time: Option<WireTime>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_source: Option<VoidSource>,
    /// JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl VoidNotification {
    /// The notification of a void that happened.
    #[must_use]
    pub fn new(
        (void_id, void_request_id): (OperationId, String),
        payment_id: PaymentId,
        void_amount: Amount,
        void_time: WireTime,
        void_source: VoidSource,
    ) -> Self {
        Self {
            void_result: ResultBody::success(),
            void_request_id,
            void_id: Some(void_id),
            payment_id,
            void_amount: Some(void_amount),
            void_time: Some(void_time),
            void_source: Some(void_source),
            extend_info: None,
        }
    }
}

impl WireBody for VoidNotification {}
