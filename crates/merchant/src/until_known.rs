//! Asking until the outcome is known: repeat, then inquire, with the same id all the time (spec/openapi.md 2.3).

use crate::{
    Captured, Cause, Client, Confirmed, Error, OperationStatus, PayOutcome, PaymentReference, PaymentState,
    PaymentStatus, Refunded, ResultCode, ResultStatus, Transaction, Voided,
};
use mithaq_openapi::messages::{
    CaptureRequest, ConfirmRequest, InquiryPaymentRequest, InquiryRefundRequest, PayRequest, RefundRequest, VoidRequest,
};
use std::time::Duration;

/// How long to try. The default repeats three times within seconds, then asks every 5 s for a minute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
    /// How often the request is repeated after the first try.
    pub repeats: u32,
    /// How long to wait before each repetition.
    pub repeat_pause: Duration,
    /// How often to inquire after that.
    pub inquiries: u32,
    /// How long to wait before each inquiry.
    pub inquiry_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { repeats: 3, repeat_pause: Duration::from_secs(1), inquiries: 12, inquiry_pause: Duration::from_secs(5) }
    }
}

impl Client {
    /// Pays; while the outcome is not known repeats the same request, then inquires, as long as `patience` says.
    ///
    /// Returns early at a cashier URL: how long the user takes is another matter.
    ///
    /// # Errors
    /// [`Error::Refused`]: not paid, for good. [`Error::Unknown`]: still not known; go on later with the same request.
    pub async fn pay_until_known(&self, request: &PayRequest, patience: &Patience) -> Result<PayOutcome, Error> {
        let inquire = || async {
            let inquiry = InquiryPaymentRequest::by_request_id(&request.payment_request_id);
            match self.inquiry_payment(&inquiry).await {
                Ok(state) => outcome_of(state).map(Some),
                // No try has arrived so far; one may still be on its way, and repeating it is safe.
                Err(error) if error.code() == Some(ResultCode::OrderNotExist) => Ok(None),
                Err(error) => Err(in_doubt(error)),
            }
        };
        until_known(patience, || self.pay(request), inquire).await
    }

    /// Refunds; while the outcome is not known repeats the same request, then inquires, as long as `patience` says: a
    /// lost answer does not lead to a second refund.
    ///
    /// # Errors
    /// [`Error::Refused`]: not refunded, for good. [`Error::Unknown`]: still not known; go on later with the same request.
    pub async fn refund_until_known(&self, request: &RefundRequest, patience: &Patience) -> Result<Refunded, Error> {
        let inquire = || async {
            let inquiry = InquiryRefundRequest::by_request_id(&request.refund_request_id);
            match self.inquiry_refund(&inquiry).await {
                Ok(state) => match state.status {
                    OperationStatus::Success => Ok(Some(Refunded { refund_id: state.refund_id, time: state.time })),
                    OperationStatus::Fail => Err(failed("refund", state.refund_id.as_str(), state.fail_reason)),
                    OperationStatus::Processing => Err(in_process(ResultCode::RefundInProcess)),
                },
                Err(error) if error.code() == Some(ResultCode::RefundNotExist) => Ok(None),
                Err(error) => Err(in_doubt(error)),
            }
        };
        until_known(patience, || self.refund(request), inquire).await
    }

    /// Captures; while the outcome is not known repeats the same request, then looks for it among the payment's
    /// transactions, as long as `patience` says.
    ///
    /// # Errors
    /// [`Error::Refused`]: not captured, for good. [`Error::Unknown`]: still not known; go on later with the same request.
    pub async fn capture_until_known(&self, request: &CaptureRequest, patience: &Patience) -> Result<Captured, Error> {
        let inquire = || async {
            let done = self.transaction(&request.reference, &request.capture_request_id).await?;
            Ok(done.map(|transaction| Captured {
                amount: transaction.transaction_amount.map(|amount| amount.0),
                time: transaction.transaction_time.map(|time| time.instant()),
                capture_id: transaction.transaction_id,
            }))
        };
        until_known(patience, || self.capture(request), inquire).await
    }

    /// Voids; goes on as [`Client::capture_until_known`] does.
    ///
    /// # Errors
    /// [`Error::Refused`]: not voided, for good. [`Error::Unknown`]: still not known; go on later with the same request.
    pub async fn void_until_known(&self, request: &VoidRequest, patience: &Patience) -> Result<Voided, Error> {
        let inquire = || async {
            let done = self.transaction(&request.reference, &request.void_request_id).await?;
            Ok(done.map(|transaction| Voided {
                time: transaction.transaction_time.map(|time| time.instant()),
                void_id: transaction.transaction_id,
            }))
        };
        until_known(patience, || self.void(request), inquire).await
    }

    /// Confirms; goes on as [`Client::capture_until_known`] does.
    ///
    /// # Errors
    /// [`Error::Refused`]: not confirmed, for good. [`Error::Unknown`]: still not known; go on later with the same
    /// request.
    pub async fn confirm_until_known(&self, request: &ConfirmRequest, patience: &Patience) -> Result<Confirmed, Error> {
        let inquire = || async {
            let done = self.transaction(&request.reference, &request.confirm_request_id).await?;
            Ok(done.map(|transaction| Confirmed {
                time: transaction.transaction_time.map(|time| time.instant()),
                confirm_id: transaction.transaction_id,
            }))
        };
        until_known(patience, || self.confirm(request), inquire).await
    }

    /// The transaction of a payment that has the merchant's id `request_id`, once it is done. `None`: it did not arrive.
    async fn transaction(&self, payment: &PaymentReference, request_id: &str) -> Result<Option<Transaction>, Error> {
        let inquiry = InquiryPaymentRequest { reference: payment.clone() };
        let state = self.inquiry_payment(&inquiry).await.map_err(in_doubt)?;
        let is_meant = |one: &Transaction| one.transaction_request_id.as_deref() == Some(request_id);
        let Some(transaction) = state.transactions.into_iter().find(is_meant) else { return Ok(None) };
        match transaction.transaction_status {
            OperationStatus::Success => Ok(Some(transaction)),
            OperationStatus::Fail => Err(failed("operation", transaction.transaction_id.as_str(), None)),
            OperationStatus::Processing => Err(in_process(ResultCode::MutexOperationInProcessing)),
        }
    }
}

/// Tells, tells again, then inquires. `inquire` answers `None` when no try has arrived so far.
async fn until_known<T, Telling, Inquiring>(
    patience: &Patience,
    tell: impl Fn() -> Telling,
    inquire: impl Fn() -> Inquiring,
) -> Result<T, Error>
where
    Telling: Future<Output = Result<T, Error>>,
    Inquiring: Future<Output = Result<Option<T>, Error>>,
{
    let mut doubt = match tell().await {
        Err(Error::Unknown(cause)) => cause,
        known => return known,
    };
    for _ in 0..patience.repeats {
        tokio::time::sleep(patience.repeat_pause).await;
        match repeated(tell().await) {
            Err(Error::Unknown(cause)) => doubt = cause,
            known => return known,
        }
    }
    for _ in 0..patience.inquiries {
        tokio::time::sleep(patience.inquiry_pause).await;
        let standing = match inquire().await {
            Ok(Some(outcome)) => Ok(outcome),
            Ok(None) => repeated(tell().await),
            Err(error) => Err(error),
        };
        match standing {
            Err(Error::Unknown(cause)) => doubt = cause,
            known => return known,
        }
    }
    Err(doubt.into())
}

/// What a repetition says about a request whose earlier try is in doubt. A refusal at the door, before the wallet looks
/// for the id, settles only this try: the earlier one stays in doubt.
fn repeated<T>(answer: Result<T, Error>) -> Result<T, Error> {
    match answer {
        Err(Error::Refused { code, message, .. }) if is_refused_at_the_door(&code) => {
            Err(Cause::Answered { code, message }.into())
        }
        outcome => outcome,
    }
}

/// A refused inquiry says nothing about what was inquired.
fn in_doubt(error: Error) -> Error {
    match error {
        Error::Refused { code, message, .. } => Cause::Answered { code, message }.into(),
        other => other,
    }
}

/// The checks a wallet makes before it looks the request id up (spec/openapi.md 1.9).
fn is_refused_at_the_door(code: &str) -> bool {
    use ResultCode as C;
    matches!(
        ResultCode::parse(code),
        Some(
            C::InvalidApi
                | C::MethodNotSupported
                | C::MediaTypeNotAcceptable
                | C::ParamIllegal
                | C::InvalidClient
                | C::InvalidClientStatus
                | C::KeyNotFound
                | C::TimestampInvalid
                | C::InvalidSignature
                | C::AccessDenied
                | C::MsgParseError
        )
    )
}

fn outcome_of(state: PaymentState) -> Result<PayOutcome, Error> {
    match state.status {
        PaymentStatus::Success => {
            Ok(PayOutcome::Paid { payment_id: state.payment_id, payment_time: state.payment_time })
        }
        PaymentStatus::AuthSuccess => Ok(PayOutcome::Held { payment_id: state.payment_id, until: state.held_until }),
        PaymentStatus::Fail | PaymentStatus::Cancelled => {
            Err(failed("payment", state.payment_id.as_str(), state.fail_reason))
        }
        PaymentStatus::Processing => Err(in_process(ResultCode::PaymentInProcess)),
    }
}

fn failed(what: &str, id: &str, reason: Option<String>) -> Error {
    Error::Refused {
        code: reason.unwrap_or_else(|| ResultCode::ProcessFail.as_str().to_owned()),
        status: ResultStatus::F,
        message: format!("The {what} {id} failed."),
    }
}

fn in_process(code: ResultCode) -> Error {
    Cause::Answered { code: code.as_str().to_owned(), message: code.message().to_owned() }.into()
}
