//! What calls return when they succeed: no optional members that success always has.

mod operations;

pub use operations::{Cancelled, Captured, Confirmed, RefundState, Refunded, Voided};

use crate::Error;
use mithaq_openapi::messages::{
    ApplyTokenResponse, InquiryPaymentResponse, PayResponse, PaymentStatus, PrepareResponse, Transaction,
};
use mithaq_openapi::{Product, ResultStatus, WireResponse};
use mithaq_types::{CustomerId, Money, PaymentId, Timestamp};
use std::fmt;

/// A contract waits to be signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prepared {
    /// For `my.call("qicardSignContract", {authUrl})`, unchanged.
    pub auth_url: String,
}

/// A pair of tokens. Belongs on the merchant's server; [`fmt::Debug`] does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Pays or reads, by the scope the user agreed to.
    pub access_token: String,
    /// Until when the access token is good.
    pub access_token_expires: Option<Timestamp>,
    /// Gets the next pair.
    pub refresh_token: Option<String>,
    /// Until when the refresh token is good.
    pub refresh_token_expires: Option<Timestamp>,
    /// The user at this merchant.
    pub customer_id: Option<CustomerId>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("access_token_expires", &self.access_token_expires)
            .field("customer_id", &self.customer_id)
            .finish_non_exhaustive()
    }
}

/// What came of a payment that was not refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PayOutcome {
    /// Money moved.
    Paid {
        /// The wallet's id.
        payment_id: PaymentId,
        /// When.
        payment_time: Option<Timestamp>,
    },
    /// The money is held for the merchant, who has to capture it or wait for its confirmation: not paid yet. Only for
    /// the products [`Product::AuthCapture`] and [`Product::Escrow`].
    Held {
        /// The wallet's id.
        payment_id: PaymentId,
        /// When the wallet gives the money back at the latest.
        until: Option<Timestamp>,
    },
    /// The user continues in the cashier: hand the URL to `my.tradePay({paymentUrl})`.
    Cashier {
        /// The wallet's id.
        payment_id: PaymentId,
        /// The page.
        url: String,
    },
}

/// How a payment stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaymentState {
    /// The wallet's id.
    pub payment_id: PaymentId,
    /// The merchant's id.
    pub payment_request_id: Option<String>,
    /// How much.
    pub amount: Option<Money>,
    /// How it stands. Only `Success` means paid.
    pub status: PaymentStatus,
    /// When it was paid.
    pub payment_time: Option<Timestamp>,
    /// Why it failed: a result code.
    pub fail_reason: Option<String>,
    /// When held money is given back at the latest.
    pub held_until: Option<Timestamp>,
    /// What happened to it since: captures, voids, refunds, in the order in which they happened.
    pub transactions: Vec<Transaction>,
}

impl TryFrom<PrepareResponse> for Prepared {
    type Error = Error;

    fn try_from(answer: PrepareResponse) -> Result<Self, Error> {
        succeeded(&answer)?;
        Ok(Self { auth_url: answer.auth_url.ok_or_else(|| Error::lacks("authUrl"))? })
    }
}

impl TryFrom<ApplyTokenResponse> for Tokens {
    type Error = Error;

    fn try_from(answer: ApplyTokenResponse) -> Result<Self, Error> {
        succeeded(&answer)?;
        Ok(Self {
            access_token: answer.access_token.ok_or_else(|| Error::lacks("accessToken"))?,
            access_token_expires: answer.access_token_expiry_time.map(|time| time.instant()),
            refresh_token: answer.refresh_token,
            refresh_token_expires: answer.refresh_token_expiry_time.map(|time| time.instant()),
            customer_id: answer.customer_id,
        })
    }
}

impl PayOutcome {
    /// What an answer means for a payment of `product`.
    pub(crate) fn of(product: Product, answer: PayResponse) -> Result<Self, Error> {
        if answer.result.result_status == ResultStatus::A {
            let form = answer.redirect_action_form.ok_or_else(|| Error::lacks("redirectActionForm"))?;
            let url = form.redirect_url.or(form.redirection_url);
            return Ok(Self::Cashier {
                payment_id: answer.payment_id.ok_or_else(|| Error::lacks("paymentId"))?,
                url: url.ok_or_else(|| Error::lacks("redirectActionForm.redirectUrl"))?,
            });
        }
        succeeded(&answer)?;
        let payment_id = answer.payment_id.ok_or_else(|| Error::lacks("paymentId"))?;
        Ok(match product {
            Product::OnlinePurchase | Product::AgreementPayment | Product::InStore => {
                Self::Paid { payment_id, payment_time: answer.payment_time.map(|time| time.instant()) }
            }
            // Success means authorised here; whether it was captured since, an inquiry tells.
            Product::AuthCapture | Product::Escrow => {
                Self::Held { payment_id, until: answer.auth_expiry_time.map(|time| time.instant()) }
            }
        })
    }
}

impl TryFrom<InquiryPaymentResponse> for PaymentState {
    type Error = Error;

    fn try_from(answer: InquiryPaymentResponse) -> Result<Self, Error> {
        succeeded(&answer)?;
        Ok(Self {
            payment_id: answer.payment_id.ok_or_else(|| Error::lacks("paymentId"))?,
            payment_request_id: answer.payment_request_id,
            amount: answer.payment_amount.map(|amount| amount.0),
            status: answer.payment_status.ok_or_else(|| Error::lacks("paymentStatus"))?,
            payment_time: answer.payment_time.map(|time| time.instant()),
            fail_reason: answer.payment_fail_reason,
            held_until: answer.auth_expiry_time.map(|time| time.instant()),
            transactions: answer.transactions.unwrap_or_default(),
        })
    }
}

pub(crate) fn succeeded(answer: &impl WireResponse) -> Result<(), Error> {
    match answer.result().result_status {
        ResultStatus::S => Ok(()),
        _ => Err(Error::of(answer.result())),
    }
}
