//! What happened, line by line, for the Mini Program to tell in its own words.

use mithaq_merchant::Timestamp;
use serde::Serialize;

/// A line of the Mini Program's "What happened".
#[derive(Clone, Debug, Serialize)]
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
}

/// The kinds of [`Event`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum What {
    /// Step 11: the code reached this backend.
    CodeReceived,
    /// Steps 12 and 13: exchanged for the access token.
    TokenIssued,
    /// Step 14: a charge was asked for.
    PayAsked,
    /// Step 15, with a final answer.
    PayAnswered,
    /// Step 15, without one.
    PayUnanswered,
    /// Step 16: the wallet's notification.
    PaymentNotified,
    /// The contract status notice.
    ContractNotified,
    /// `cancelToken` succeeded.
    TokenCancelled,
    /// A charge was refused because the token is dead.
    ContractOver,
}

impl What {
    pub(super) const fn steps(self) -> &'static [u8] {
        match self {
            Self::CodeReceived => &[11],
            Self::TokenIssued => &[12, 13],
            Self::PayAsked => &[14],
            Self::PayAnswered | Self::PayUnanswered => &[15],
            Self::PaymentNotified => &[16],
            Self::ContractNotified | Self::TokenCancelled | Self::ContractOver => &[],
        }
    }
}
