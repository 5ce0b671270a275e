//! Payments, and what becomes of them (spec/qicard.md 7, openapi.md 3.7 to 3.14).

use super::Client;
use crate::answers::succeeded;
use crate::{
    Cancelled, Captured, Cause, Confirmed, Error, PayOutcome, PaymentReference, PaymentState, RefundReference,
    RefundState, Refunded, Voided,
};
use mithaq_openapi::Api;
use mithaq_openapi::messages::{
    CancelRequest, CancelResponse, CaptureRequest, CaptureResponse, ConfirmRequest, ConfirmResponse,
    InquiryPaymentRequest, InquiryPaymentResponse, InquiryRefundRequest, InquiryRefundResponse, MerchantAcceptRequest,
    MerchantAcceptResponse, PayRequest, PayResponse, RefundRequest, RefundResponse, VoidRequest, VoidResponse,
};
use mithaq_types::PaymentId;

impl Client {
    /// Pays once. On [`Error::Unknown`] call it again with the same request, or use [`Client::pay_until_known`].
    ///
    /// Repeating the request of a payment that still waits for its user gives the cashier's URL again.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn pay(&self, request: &PayRequest) -> Result<PayOutcome, Error> {
        let answer = self.0.call::<PayResponse>(Api::Pay, request).await?;
        is_about(&request.payment_request_id, answer.payment_request_id.as_deref())?;
        PayOutcome::of(request.product, answer)
    }

    /// How a payment stands, and what happened to it since. `Err(Refused)` with `ORDER_NOT_EXIST` means that the wallet
    /// never accepted it.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn inquiry_payment(&self, request: &InquiryPaymentRequest) -> Result<PaymentState, Error> {
        let answer = self.0.call::<InquiryPaymentResponse>(Api::InquiryPayment, request).await?;
        is_about_payment(&request.reference, answer.payment_id.as_ref(), answer.payment_request_id.as_deref())?;
        answer.try_into()
    }

    /// Takes a payment back as a whole: closes it while it is open, gives the money back while it is held, and on the day
    /// it was paid. Not after a capture, void or refund, nor after [`Client::merchant_accept`]. Repeating it succeeds
    /// again. A payment that the wallet never heard of is refused with `ORDER_NOT_EXIST`, also when it arrives later.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn cancel(&self, request: &CancelRequest) -> Result<Cancelled, Error> {
        let answer = self.0.call::<CancelResponse>(Api::Cancel, request).await?;
        is_about_payment(&request.reference, answer.payment_id.as_ref(), answer.payment_request_id.as_deref())?;
        answer.try_into()
    }

    /// Takes the money of a payment made with [`PayRequest::auth_capture`], once, all or a part; what is not taken goes
    /// back to the payer. On [`Error::Unknown`] call it again with the same request, or use
    /// [`Client::capture_until_known`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn capture(&self, request: &CaptureRequest) -> Result<Captured, Error> {
        let answer = self.0.call::<CaptureResponse>(Api::Capture, request).await?;
        is_about(&request.capture_request_id, answer.capture_request_id.as_deref())?;
        answer.try_into()
    }

    /// Gives held money back, all or a part, before it is captured or confirmed. All of it closes the order. On
    /// [`Error::Unknown`] call it again with the same request, or use [`Client::void_until_known`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn void(&self, request: &VoidRequest) -> Result<Voided, Error> {
        let answer = self.0.call::<VoidResponse>(Api::Void, request).await?;
        is_about(&request.void_request_id, answer.void_request_id.as_deref())?;
        answer.try_into()
    }

    /// Takes an escrow order whose money is held: from then on it is confirmed or voided, no longer cancelled.
    /// `Err(Refused)` with `ORDER_IS_MERCHANT_ACCEPTED` means that it was taken before.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn merchant_accept(&self, request: &MerchantAcceptRequest) -> Result<(), Error> {
        let answer = self.0.call::<MerchantAcceptResponse>(Api::MerchantAccept, request).await?;
        is_about_payment(&request.reference, answer.payment_id.as_ref(), answer.payment_request_id.as_deref())?;
        succeeded(&answer)
    }

    /// Takes the whole money of an accepted escrow order, once the buyer has said that the goods are there. On
    /// [`Error::Unknown`] call it again with the same request, or use [`Client::confirm_until_known`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn confirm(&self, request: &ConfirmRequest) -> Result<Confirmed, Error> {
        let answer = self.0.call::<ConfirmResponse>(Api::Confirm, request).await?;
        is_about(&request.confirm_request_id, answer.request_id())?;
        answer.try_into()
    }

    /// Gives paid or captured money back, all or a part, also several times. On [`Error::Unknown`] call it again with the
    /// same request, or use [`Client::refund_until_known`]; another id would be another refund.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn refund(&self, request: &RefundRequest) -> Result<Refunded, Error> {
        let answer = self.0.call::<RefundResponse>(Api::Refund, request).await?;
        is_about(&request.refund_request_id, answer.refund_request_id.as_deref())?;
        answer.try_into()
    }

    /// How a refund stands. `Err(Refused)` with `REFUND_NOT_EXIST` means that the wallet never accepted it.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn inquiry_refund(&self, request: &InquiryRefundRequest) -> Result<RefundState, Error> {
        let answer = self.0.call::<InquiryRefundResponse>(Api::InquiryRefund, request).await?;
        match &request.reference {
            RefundReference::Refund(id) => is_about(id.as_str(), answer.refund_id.as_ref().map(|id| id.as_str()))?,
            RefundReference::Request(id) => is_about(id, answer.refund_request_id.as_deref())?,
        }
        answer.try_into()
    }
}

/// A signature binds an answer to a path, not to a request: an older answer, genuine but about something else, could be
/// played back. The echoed id tells.
fn is_about(asked: &str, answered: Option<&str>) -> Result<(), Error> {
    match answered {
        Some(id) if id != asked => Err(Cause::Signature(format!("it is about {id}, not about {asked}")).into()),
        _ => Ok(()),
    }
}

fn is_about_payment(
    asked: &PaymentReference,
    payment_id: Option<&PaymentId>,
    payment_request_id: Option<&str>,
) -> Result<(), Error> {
    match asked {
        PaymentReference::Payment(id) => is_about(id.as_str(), payment_id.map(|payment_id| payment_id.as_str())),
        PaymentReference::Request(id) => is_about(id, payment_request_id),
    }
}
