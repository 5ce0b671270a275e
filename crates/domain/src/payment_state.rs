//! How a payment stands, and the words in which `payment_rules.rs` says what may happen to it next (spec/qicard.md 8,
//! openapi.md 5.4).

use crate::{FailReason, Payment, PaymentOutcome};
use jiff::{SignedDuration, tz::TimeZone};
use mithaq_types::{CardId, OperationId, PaymentId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Where a payer's money came from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Source {
    /// What is in the wallet.
    Balance,
    /// A card, which loaded the wallet in that moment.
    Card(CardId),
}

/// Why nothing will be paid although nothing failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CancelReason {
    /// The merchant cancelled it.
    Merchant,
    /// The merchant gave all that was held back.
    Voided,
    /// What was held was not taken in time.
    HoldExpired,
}

/// The states of spec/qicard.md 8. Success, failed and cancelled are final.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PaymentStatus {
    /// Nobody has paid it yet.
    Open,
    /// Somebody pays it with a card, and the card's issuer has not answered yet.
    Processing,
    /// The money is held.
    Authorized,
    /// Paid. Refunds leave it so.
    Success,
    /// Not paid.
    Failed(FailReason),
    /// Not paid, and nothing failed.
    Cancelled(CancelReason),
}

impl PaymentStatus {
    /// Whether nothing can change it any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Success | Self::Failed(_) | Self::Cancelled(_))
    }
}

/// What changes about a payment. Sums are minor units of the payment's currency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PaymentState {
    /// Whose state.
    pub payment_id: PaymentId,
    /// Where it stands.
    pub status: PaymentStatus,
    /// Who pays, or is about to.
    pub user_id: Option<UserId>,
    /// From what.
    pub source: Option<Source>,
    /// How many times a card's issuer was asked: each asking has a number of its own.
    pub asked: u32,
    /// When it was asked last.
    pub asked_at: Option<Timestamp>,
    /// Held now.
    pub held: i64,
    /// Given back out of the hold.
    pub voided: i64,
    /// Taken from the payer, for good until it is refunded.
    pub taken: i64,
    /// Given back out of what was taken.
    pub refunded: i64,
    /// What the wallet keeps of what was taken.
    pub fee: i64,
    /// What took it, if it was held before.
    pub taken_by: Option<OperationId>,
    /// When the merchant took the order on; escrow only.
    pub accepted_at: Option<Timestamp>,
    /// When the money was held.
    pub authorized_at: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When it ended without being paid, or was given back as a whole.
    pub ended_at: Option<Timestamp>,
    /// Whether the merchant cancelled it after it was paid: all of it went back.
    pub reversed: bool,
    /// Whether the operator has stopped it, because it is in dispute.
    pub frozen: bool,
    /// Since when; its clock stands still from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen_at: Option<Timestamp>,
    /// When time alone changes it next: an open order expires, a hold is given back.
    pub due_at: Timestamp,
}

/// What can happen to a payment. Sums are minor units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// A card's issuer is about to be asked.
    Ask,
    /// The issuer says no.
    Decline,
    /// The payer agreed, and the money is there.
    Confirm,
    /// The merchant takes so much of what is held, and lets the rest go.
    Capture(i64),
    /// The merchant takes the order on.
    Accept,
    /// The buyer has the goods: all that is held is the merchant's.
    Complete,
    /// So much of what is held goes back; none: all of it.
    Void(Option<i64>),
    /// Whatever was paid or held goes back, and nothing more can come of it.
    Cancel,
    /// So much of what was taken goes back.
    Refund(i64),
    /// Time has passed.
    Expire,
}

/// Which money moves because of it. Sums are minor units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flow {
    /// None.
    Nothing,
    /// From the payer to the merchant.
    Pay(i64),
    /// Out of the payer's reach.
    Hold(i64),
    /// What was held: so much to the merchant, so much back.
    Take {
        /// To the merchant.
        paid: i64,
        /// Back.
        released: i64,
    },
    /// What was held goes back.
    Release(i64),
    /// From the merchant back to the payer; the fee stays.
    Refund(i64),
    /// All of it from the merchant back to the payer, the fee too: as if it had never been.
    Reverse(i64),
}

/// Why something cannot happen to a payment now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Illegal {
    /// Payments of this product never do that.
    Unsupported,
    /// It is not in a state for it.
    Status,
    /// The operator has stopped it.
    Frozen,
    /// The merchant has taken it on already.
    Accepted,
    /// A card's issuer is being asked.
    Running,
    /// The order is not open any more: its time is over.
    OrderExpired,
    /// The order was cancelled.
    OrderCancelled,
    /// The order is paid already.
    OrderPaid,
    /// Nothing was ever held.
    NeverHeld,
    /// What was held went back because time was up.
    HoldExpired,
    /// What was held went back.
    HoldCancelled,
    /// It is more than what is held.
    ExceedsHold,
    /// It is more than what was taken and not given back.
    ExceedsTaken,
    /// It is too late for it.
    Window,
    /// Its time has not come.
    NotDue,
}

/// How long things last after a payment was made.
#[derive(Clone, Debug)]
pub struct Windows {
    /// How long a hold can be captured.
    pub hold: SignedDuration,
    /// How long an accepted order of the escrow can be completed.
    pub accepted: SignedDuration,
    /// For how long what was paid can be refunded.
    pub refund: SignedDuration,
    /// Whose calendar day decides whether a payment can still be cancelled.
    pub zone: TimeZone,
}

/// What follows from an event: the new state and the money that moves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The state afterwards.
    pub state: PaymentState,
    /// The money.
    pub flow: Flow,
}

impl PaymentState {
    /// The state of a payment about which nothing else is stored: an order that nobody has paid, or a payment that was
    /// decided at once.
    #[must_use]
    pub fn of(payment: &Payment) -> Self {
        let success = payment.outcome == PaymentOutcome::Success;
        Self {
            payment_id: payment.payment_id.clone(),
            status: match payment.outcome {
                PaymentOutcome::Success => PaymentStatus::Success,
                PaymentOutcome::Fail(reason) => PaymentStatus::Failed(reason),
                PaymentOutcome::Open => PaymentStatus::Open,
            },
            user_id: payment.user_id.clone(),
            source: success.then_some(Source::Balance),
            asked: 0,
            asked_at: None,
            held: 0,
            voided: 0,
            taken: if success { payment.amount.minor } else { 0 },
            refunded: 0,
            fee: payment.fee.minor,
            taken_by: None,
            accepted_at: None,
            authorized_at: None,
            paid_at: payment.paid_at,
            ended_at: matches!(payment.outcome, PaymentOutcome::Fail(_)).then_some(payment.created_at),
            reversed: false,
            frozen: false,
            frozen_at: None,
            due_at: payment.order.as_ref().map_or(Timestamp::MAX, |order| order.expires_at),
        }
    }

    /// What can still be refunded.
    #[must_use]
    pub const fn refundable(&self) -> i64 {
        self.taken.saturating_sub(self.refunded)
    }

    /// When time alone changes it next; never while it is in dispute.
    #[must_use]
    pub const fn wakes_at(&self) -> Timestamp {
        if self.frozen { Timestamp::MAX } else { self.due_at }
    }
}
