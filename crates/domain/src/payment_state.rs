//! How a payment stands, and the one function that says what may happen to it next (spec/qicard.md 8, openapi.md 5.4).

use crate::{FailReason, Payment, PaymentOutcome, Product};
use jiff::civil::Date;
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

    /// What `event` makes of this state at `now`. The rules of spec/qicard.md 7.4 to 7.10 and 8, and nothing else: who may
    /// cause it, and whether the money is there, is asked elsewhere.
    ///
    /// # Errors
    /// Why it cannot happen now. Nothing changes then.
    pub fn after(&self, payment: &Payment, event: Event, now: Timestamp, windows: &Windows) -> Result<Step, Illegal> {
        let moment = Moment { state: self, payment, now, windows };
        match event {
            Event::Ask => moment.ask(),
            Event::Decline => moment.decline(),
            Event::Confirm => moment.confirm(),
            Event::Capture(minor) => moment.capture(minor),
            Event::Accept => moment.accept(),
            Event::Complete => moment.complete(),
            Event::Void(minor) => moment.void(minor),
            Event::Cancel => moment.cancel(),
            Event::Refund(minor) => moment.refund(minor),
            Event::Expire => moment.expire(),
        }
    }
}

/// A state at an instant.
struct Moment<'a> {
    state: &'a PaymentState,
    payment: &'a Payment,
    now: Timestamp,
    windows: &'a Windows,
}

type Next = Result<Step, Illegal>;

impl Moment<'_> {
    fn to(&self, flow: Flow, change: impl FnOnce(&mut PaymentState)) -> Next {
        let mut state = self.state.clone();
        change(&mut state);
        Ok(Step { state, flow })
    }

    fn after(&self, life: SignedDuration) -> Timestamp {
        self.now.saturating_add(life).unwrap_or(Timestamp::MAX)
    }

    fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.windows.zone.clone()).date()
    }

    fn thaw(&self) -> Result<(), Illegal> {
        if self.state.frozen { Err(Illegal::Frozen) } else { Ok(()) }
    }

    /// Whether somebody may still pay it; the clock decides, whether or not anybody has looked at it. While it is in dispute
    /// the clock stands still.
    fn payable(&self) -> Result<(), Illegal> {
        match self.state.status {
            PaymentStatus::Open | PaymentStatus::Processing if self.now >= self.state.wakes_at() => {
                Err(Illegal::OrderExpired)
            }
            PaymentStatus::Open | PaymentStatus::Processing => self.thaw(),
            PaymentStatus::Authorized | PaymentStatus::Success => Err(Illegal::OrderPaid),
            PaymentStatus::Failed(_) => Err(Illegal::OrderExpired),
            PaymentStatus::Cancelled(_) => Err(Illegal::OrderCancelled),
        }
    }

    /// Whether there is a hold that can be taken or given back.
    fn holding(&self) -> Result<(), Illegal> {
        match self.state.status {
            PaymentStatus::Authorized if self.now >= self.state.wakes_at() => Err(Illegal::HoldExpired),
            PaymentStatus::Authorized => self.thaw(),
            PaymentStatus::Processing => Err(Illegal::Running),
            PaymentStatus::Open | PaymentStatus::Failed(_) => Err(Illegal::NeverHeld),
            PaymentStatus::Cancelled(CancelReason::HoldExpired) => Err(Illegal::HoldExpired),
            PaymentStatus::Cancelled(_) => Err(Illegal::HoldCancelled),
            PaymentStatus::Success => Err(Illegal::Status),
        }
    }

    /// While the issuer is asked, asking again is no news: the wallet may have been interrupted.
    fn ask(&self) -> Next {
        self.payable()?;
        self.to(Flow::Nothing, |state| state.status = PaymentStatus::Processing)
    }

    fn decline(&self) -> Next {
        if self.state.status != PaymentStatus::Processing {
            return Err(Illegal::Status);
        }
        self.to(Flow::Nothing, |state| {
            state.status = PaymentStatus::Open;
            (state.user_id, state.source) = (None, None);
        })
    }

    fn confirm(&self) -> Next {
        self.payable()?;
        let minor = self.payment.amount.minor;
        if self.payment.product.holds() {
            let due_at = self.after(self.windows.hold);
            return self.to(Flow::Hold(minor), |state| {
                state.status = PaymentStatus::Authorized;
                (state.held, state.authorized_at, state.due_at) = (minor, Some(self.now), due_at);
            });
        }
        self.to(Flow::Pay(minor), |state| {
            state.status = PaymentStatus::Success;
            (state.taken, state.paid_at, state.due_at) = (minor, Some(self.now), Timestamp::MAX);
        })
    }

    fn capture(&self, minor: i64) -> Next {
        if self.payment.product != Product::AuthCapture {
            return Err(Illegal::Unsupported);
        }
        self.holding()?;
        self.take(minor)
    }

    fn accept(&self) -> Next {
        if self.payment.product != Product::Escrow {
            return Err(Illegal::Unsupported);
        }
        self.holding()?;
        if self.state.accepted_at.is_some() {
            return Err(Illegal::Accepted);
        }
        let due_at = self.after(self.windows.accepted);
        self.to(Flow::Nothing, |state| (state.accepted_at, state.due_at) = (Some(self.now), due_at))
    }

    fn complete(&self) -> Next {
        if self.payment.product != Product::Escrow {
            return Err(Illegal::Unsupported);
        }
        self.holding()?;
        if self.state.accepted_at.is_none() {
            return Err(Illegal::Status);
        }
        self.take(self.state.held)
    }

    /// The merchant gets so much of what is held, the payer the rest.
    fn take(&self, paid: i64) -> Next {
        if paid <= 0 || paid > self.state.held {
            return Err(Illegal::ExceedsHold);
        }
        let released = self.state.held - paid;
        self.to(Flow::Take { paid, released }, |state| {
            state.status = PaymentStatus::Success;
            (state.held, state.taken) = (0, paid);
            state.voided = state.voided.saturating_add(released);
            (state.paid_at, state.due_at) = (Some(self.now), Timestamp::MAX);
        })
    }

    /// In the escrow only after the merchant has taken the order on: before that it is cancelled (spec/qicard.md 7.10).
    fn void(&self, minor: Option<i64>) -> Next {
        if !self.payment.product.holds() {
            return Err(Illegal::Unsupported);
        }
        self.holding()?;
        if self.payment.product == Product::Escrow && self.state.accepted_at.is_none() {
            return Err(Illegal::Status);
        }
        let minor = minor.unwrap_or(self.state.held);
        if minor <= 0 || minor > self.state.held {
            return Err(Illegal::ExceedsHold);
        }
        self.release(minor, CancelReason::Voided)
    }

    /// So much goes back; with the last of it the payment ends.
    fn release(&self, minor: i64, reason: CancelReason) -> Next {
        self.to(Flow::Release(minor), |state| {
            state.held = state.held.saturating_sub(minor);
            state.voided = state.voided.saturating_add(minor);
            if state.held == 0 {
                state.status = PaymentStatus::Cancelled(reason);
                (state.ended_at, state.due_at) = (Some(self.now), Timestamp::MAX);
            }
        })
    }

    /// Refused after a capture, void or refund (spec/qicard.md 7.9); what was paid at once, on the same day only.
    fn cancel(&self) -> Next {
        match self.state.status {
            PaymentStatus::Open | PaymentStatus::Processing => self.to(Flow::Nothing, |state| {
                state.status = PaymentStatus::Cancelled(CancelReason::Merchant);
                (state.ended_at, state.due_at) = (Some(self.now), Timestamp::MAX);
            }),
            PaymentStatus::Authorized => {
                self.thaw()?;
                if self.state.accepted_at.is_some() || self.state.voided > 0 {
                    return Err(Illegal::Status);
                }
                self.release(self.state.held, CancelReason::Merchant)
            }
            PaymentStatus::Success => {
                self.thaw()?;
                if self.payment.product.holds() || self.state.refunded > 0 {
                    return Err(Illegal::Status);
                }
                if self.state.paid_at.is_none_or(|at| self.day(at) != self.day(self.now)) {
                    return Err(Illegal::Window);
                }
                self.to(Flow::Reverse(self.state.taken), |state| {
                    state.refunded = state.taken;
                    (state.reversed, state.ended_at) = (true, Some(self.now));
                })
            }
            PaymentStatus::Failed(_) | PaymentStatus::Cancelled(_) => Err(Illegal::Status),
        }
    }

    fn refund(&self, minor: i64) -> Next {
        if self.state.status != PaymentStatus::Success {
            return Err(Illegal::Status);
        }
        self.thaw()?;
        let last = self.state.paid_at.and_then(|at| at.saturating_add(self.windows.refund).ok());
        if last.is_some_and(|last| self.now > last) {
            return Err(Illegal::Window);
        }
        if minor <= 0 || minor > self.state.refundable() {
            return Err(Illegal::ExceedsTaken);
        }
        self.to(Flow::Refund(minor), |state| state.refunded = state.refunded.saturating_add(minor))
    }

    /// A dispute stops the clock: neither side wins by waiting.
    fn expire(&self) -> Next {
        if self.now < self.state.wakes_at() {
            return Err(Illegal::NotDue);
        }
        match self.state.status {
            PaymentStatus::Open | PaymentStatus::Processing => self.to(Flow::Nothing, |state| {
                state.status = PaymentStatus::Failed(FailReason::Expired);
                (state.ended_at, state.due_at) = (Some(self.now), Timestamp::MAX);
            }),
            PaymentStatus::Authorized => self.release(self.state.held, CancelReason::HoldExpired),
            PaymentStatus::Success | PaymentStatus::Failed(_) | PaymentStatus::Cancelled(_) => Err(Illegal::Status),
        }
    }
}
