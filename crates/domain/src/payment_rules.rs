//! What may happen to a payment next, event by event (spec/qicard.md 7.4 to 7.10, 8; openapi.md 5.4). Pure: a state, an event
//! and an instant give the state afterwards and the money that moves, or why not.

use crate::payment_state::{CancelReason, Event, Flow, Illegal, PaymentState, PaymentStatus, Step, Windows};
use crate::{FailReason, Payment, Product};
use jiff::SignedDuration;
use jiff::civil::Date;
use mithaq_types::Timestamp;

impl PaymentState {
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
