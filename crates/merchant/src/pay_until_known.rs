//! Paying until the outcome is known: repeat, then ask, with the same id all the time (spec/openapi.md 2.3).

use crate::{Cause, Client, Error, PayOutcome, PaymentState, PaymentStatus, ResultCode, ResultStatus};
use mithaq_openapi::messages::{InquiryPaymentRequest, PayRequest};
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
        let mut doubt = match self.pay(request).await {
            Err(Error::Unknown(cause)) => cause,
            known => return known,
        };
        for _ in 0..patience.repeats {
            tokio::time::sleep(patience.repeat_pause).await;
            match self.pay_again(request).await {
                Err(Error::Unknown(cause)) => doubt = cause,
                known => return known,
            }
        }
        let inquiry = InquiryPaymentRequest::by_request_id(&request.payment_request_id);
        for _ in 0..patience.inquiries {
            tokio::time::sleep(patience.inquiry_pause).await;
            let standing = match self.inquiry_payment(&inquiry).await {
                Ok(state) => outcome_of(state),
                // No try has arrived so far; one may still be on its way, and repeating it is safe.
                Err(error) if error.code() == Some(ResultCode::OrderNotExist) => self.pay_again(request).await,
                // A refused inquiry says nothing about the payment.
                Err(Error::Refused { code, message, .. }) => Err(Cause::Answered { code, message }.into()),
                Err(error) => Err(error),
            };
            match standing {
                Err(Error::Unknown(cause)) => doubt = cause,
                known => return known,
            }
        }
        Err(doubt.into())
    }

    /// Repeats a request whose earlier try is in doubt. A refusal at the door, before the wallet looks for the id,
    /// settles only this try: the earlier one stays in doubt.
    async fn pay_again(&self, request: &PayRequest) -> Result<PayOutcome, Error> {
        match self.pay(request).await {
            Err(Error::Refused { code, message, .. }) if is_refused_at_the_door(&code) => {
                Err(Cause::Answered { code, message }.into())
            }
            outcome => outcome,
        }
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
        PaymentStatus::AuthSuccess => Ok(PayOutcome::Held { payment_id: state.payment_id }),
        PaymentStatus::Fail | PaymentStatus::Cancelled => Err(Error::Refused {
            code: state.fail_reason.unwrap_or_else(|| ResultCode::ProcessFail.as_str().to_owned()),
            status: ResultStatus::F,
            message: format!("The payment {} failed.", state.payment_id),
        }),
        PaymentStatus::Processing => {
            let code = ResultCode::PaymentInProcess;
            Err(Cause::Answered { code: code.as_str().to_owned(), message: code.message().to_owned() }.into())
        }
    }
}
