//! What happened to an order, line by line, for the Mini Program and the office to tell in their own words.

use mithaq_merchant::{Amount, Money, Timestamp};
use serde::Serialize;

/// A line of "What happened".
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Step numbers of the protocol's diagram: one, or first and last, or none.
    pub steps: &'static [u8],
    /// What happened.
    pub what: What,
    /// When.
    pub at: Timestamp,
    /// A code of the wallet to show with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// How much it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

/// The kinds of [`Event`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum What {
    /// Step 9: the order was made.
    Ordered,
    /// Step 10: the wallet was asked for the payment.
    PayAsked,
    /// Steps 11 and 12: the cashier's address came back.
    Cashier,
    /// Step 11 with a final answer.
    PayAnswered,
    /// Step 11 without one.
    PayUnanswered,
    /// Step 19: the wallet's notification.
    PaymentNotified,
    /// The wallet was asked how the payment stands, and it was news.
    Inquired,
    /// Held money was taken.
    Captured,
    /// Held money was given back.
    Voided,
    /// The escrow order was taken.
    Accepted,
    /// The escrow order's money was taken.
    Confirmed,
    /// Paid money was given back.
    Refunded,
    /// The payment was taken back.
    Cancelled,
    /// The wallet refused an operation.
    ActRefused,
    /// The wallet's answer to an operation is missing.
    ActUnanswered,
    /// The wallet notified a refund or a void.
    OperationNotified,
}

impl Event {
    pub(super) fn new(what: What, detail: Option<String>, amount: Option<Money>, at: Timestamp) -> Self {
        Self { steps: what.steps(), what, at, detail, amount: amount.map(Amount) }
    }

    pub(super) fn is(&self, what: What, detail: &str) -> bool {
        self.what == what && self.detail.as_deref() == Some(detail)
    }
}

impl What {
    const fn steps(self) -> &'static [u8] {
        match self {
            Self::Ordered => &[9],
            Self::PayAsked => &[10],
            Self::Cashier => &[11, 12],
            Self::PayAnswered | Self::PayUnanswered => &[11],
            Self::PaymentNotified => &[19],
            _ => &[],
        }
    }
}
