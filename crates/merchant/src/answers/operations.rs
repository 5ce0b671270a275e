//! What becomes of a payment after it was made, as calls return it.

use super::succeeded;
use crate::Error;
use mithaq_openapi::messages::{
    CancelResponse, CaptureResponse, ConfirmResponse, InquiryRefundResponse, OperationStatus, RefundResponse,
    VoidResponse,
};
use mithaq_types::{Money, OperationId, PaymentId, Timestamp};

/// A payment was taken back as a whole: closed if it was open, given back if it was held or paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cancelled {
    /// The wallet's id of the payment, unless the wallet left it out.
    pub payment_id: Option<PaymentId>,
    /// When.
    pub time: Option<Timestamp>,
}

/// Held money is the merchant's now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Captured {
    /// The wallet's id of the capture.
    pub capture_id: OperationId,
    /// How much. The rest went back to the payer.
    pub amount: Option<Money>,
    /// When.
    pub time: Option<Timestamp>,
}

/// Held money went back to the payer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Voided {
    /// The wallet's id of the void.
    pub void_id: OperationId,
    /// When.
    pub time: Option<Timestamp>,
}

/// The money of an escrow order is the merchant's now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confirmed {
    /// The wallet's id of the confirmation.
    pub confirm_id: OperationId,
    /// When.
    pub time: Option<Timestamp>,
}

/// Paid money left the merchant, for the payer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refunded {
    /// The wallet's id of the refund.
    pub refund_id: OperationId,
    /// When the merchant was debited.
    pub time: Option<Timestamp>,
}

/// How a refund stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefundState {
    /// The wallet's id.
    pub refund_id: OperationId,
    /// The merchant's id.
    pub refund_request_id: Option<String>,
    /// How much.
    pub amount: Option<Money>,
    /// Why, as the merchant said it.
    pub reason: Option<String>,
    /// When the merchant was debited.
    pub time: Option<Timestamp>,
    /// How it stands. Only `Success` means that the payer has the money.
    pub status: OperationStatus,
    /// Why it failed: a result code.
    pub fail_reason: Option<String>,
}

impl TryFrom<CancelResponse> for Cancelled {
    type Error = Error;

    fn try_from(answer: CancelResponse) -> Result<Self, Error> {
        succeeded(&answer)?;
        Ok(Self { payment_id: answer.payment_id, time: answer.cancel_time.map(|time| time.instant()) })
    }
}

impl TryFrom<CaptureResponse> for Captured {
    type Error = Error;

    fn try_from(answer: CaptureResponse) -> Result<Self, Error> {
        succeeded(&answer)?;
        Ok(Self {
            capture_id: answer.capture_id.ok_or_else(|| Error::lacks("captureId"))?,
            amount: answer.capture_amount.map(|amount| amount.0),
            time: answer.capture_time.map(|time| time.instant()),
        })
    }
}

impl TryFrom<VoidResponse> for Voided {
    type Error = Error;

    fn try_from(answer: VoidResponse) -> Result<Self, Error> {
        succeeded(&answer)?;
        Ok(Self {
            void_id: answer.void_id.ok_or_else(|| Error::lacks("voidId"))?,
            time: answer.void_time.map(|time| time.instant()),
        })
    }
}

impl TryFrom<ConfirmResponse> for Confirmed {
    type Error = Error;

    fn try_from(answer: ConfirmResponse) -> Result<Self, Error> {
        succeeded(&answer)?;
        let time = answer.time().map(mithaq_openapi::time::WireTime::instant);
        Ok(Self { confirm_id: answer.id().cloned().ok_or_else(|| Error::lacks("confirmId"))?, time })
    }
}

impl TryFrom<RefundResponse> for Refunded {
    type Error = Error;

    fn try_from(answer: RefundResponse) -> Result<Self, Error> {
        succeeded(&answer)?;
        Ok(Self {
            refund_id: answer.refund_id.ok_or_else(|| Error::lacks("refundId"))?,
            time: answer.refund_time.map(|time| time.instant()),
        })
    }
}

impl TryFrom<InquiryRefundResponse> for RefundState {
    type Error = Error;

    fn try_from(answer: InquiryRefundResponse) -> Result<Self, Error> {
        succeeded(&answer)?;
        Ok(Self {
            refund_id: answer.refund_id.ok_or_else(|| Error::lacks("refundId"))?,
            refund_request_id: answer.refund_request_id,
            amount: answer.refund_amount.map(|amount| amount.0),
            reason: answer.refund_reason,
            time: answer.refund_time.map(|time| time.instant()),
            status: answer.refund_status.ok_or_else(|| Error::lacks("refundStatus"))?,
            fail_reason: answer.refund_fail_reason,
        })
    }
}
