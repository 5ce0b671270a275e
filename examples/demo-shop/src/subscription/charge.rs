//! One deduction and what the wallet says about it.

use mithaq_merchant::{Money, Timestamp};
use serde::{Serialize, Serializer};

/// One deduction, from before it was asked for.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Charge {
    /// The idempotency key, made and kept before the first call.
    pub payment_request_id: String,
    /// How much.
    #[serde(serialize_with = "as_on_the_wire")]
    pub amount: Money,
    /// How it stands.
    pub state: ChargeState,
    /// The wallet's last result code.
    pub code: Option<String>,
    /// The wallet's id of the payment.
    pub payment_id: Option<String>,
    /// When it was first asked for.
    pub at: Timestamp,
    /// Whether the wallet's notification arrived.
    pub notified: bool,
}

/// How a charge stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChargeState {
    /// Asked, no answer yet.
    Pending,
    /// The answer was lost, or was `U`: it may have happened or not.
    Unknown,
    /// Paid. Final.
    Success,
    /// Refused. Final: another attempt is another charge.
    Fail,
}

impl ChargeState {
    /// Whether nothing can change it any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Success | Self::Fail)
    }
}

/// What the wallet said about a charge, in an answer or in a notification.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// `Success`, `Fail` or `Unknown`.
    pub state: ChargeState,
    /// Its result code, or a word for why there is none.
    pub code: String,
    /// Its id of the payment, if told.
    pub payment_id: Option<String>,
}

impl Charge {
    /// Takes the verdict over, unless a final one came earlier: that one stands.
    pub(super) fn settle(&mut self, verdict: &Verdict) {
        if !self.state.is_final() {
            self.state = verdict.state;
            self.code = Some(verdict.code.clone());
        }
        if self.payment_id.is_none() {
            self.payment_id.clone_from(&verdict.payment_id);
        }
    }
}

/// As the protocol writes amounts: `{"currency":"IQD","value":"5000000"}`, the value a text of fils.
pub(super) fn as_on_the_wire<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Written<'a> {
        currency: &'a str,
        value: String,
    }
    Written { currency: money.currency.code(), value: money.minor.to_string() }.serialize(serializer)
}
