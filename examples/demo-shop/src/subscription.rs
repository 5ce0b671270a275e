//! One subscription: what the shop knows of a contract and its charges, and how each event changes it.
//!
//! Pure: no clock, no network, no lock. Two rules carry the money:
//! a charge without a final answer is asked again under the same `paymentRequestId`, so it cannot happen twice;
//! and a final answer is never overwritten, in whatever order the wallet's answer and its notification arrive.

mod charge;
mod story;
#[cfg(test)]
mod tests;

pub use charge::{Charge, ChargeState, Verdict};
pub use story::{Event, What};

use crate::offer::{self, Plan};
use jiff::civil::Date;
use mithaq_merchant::{Money, ResultCode, Timestamp, Tokens};
use serde::Serialize;

/// What the shop keeps of a contract. It holds the access token, so it can be neither printed nor serialised;
/// the Mini Program gets a [`View`].
pub struct Subscription {
    /// Random. Whoever knows it may charge and cancel: it is the Mini Program's only key.
    pub id: String,
    /// The code it was made from, so that handing the code over twice finds the same subscription.
    pub auth_code: String,
    /// The access token charges the user. It stays on this server.
    pub tokens: Tokens,
    /// Random too, but no secret: charges are named after it.
    reference: String,
    state: State,
    ended_by: Option<EndedBy>,
    charges: Vec<Charge>,
    events: Vec<Event>,
    revision: u64,
}

/// Whether the contract lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// It may be charged.
    Active,
    /// It may not, ever again.
    Ended,
}

/// Who ended it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EndedBy {
    /// The user, in the wallet.
    User,
    /// This shop, with `cancelToken`.
    Merchant,
    /// The wallet, or time.
    Wallet,
}

/// What the Mini Program is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct View<'a> {
    id: &'a str,
    state: State,
    ended_by: Option<EndedBy>,
    next_delivery: Option<Date>,
    /// Newest first.
    charges: Vec<&'a Charge>,
    /// Oldest first.
    events: &'a [Event],
    /// Grows with each change, so that a slow answer cannot overwrite a newer one on the page.
    revision: u64,
}

/// A charge that is about to be asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// The `paymentRequestId`.
    pub request_id: String,
    /// How much.
    pub amount: Money,
    /// Whether an earlier attempt at the same charge got no final answer.
    pub is_repeated: bool,
}

/// A charge was asked for after the end.
#[derive(PartialEq, Eq, Debug)]
pub struct AlreadyEnded;

impl Subscription {
    /// After step 13: the code was exchanged.
    pub fn signed(id: String, reference: String, auth_code: String, tokens: Tokens, now: Timestamp) -> Self {
        let mut new = Self {
            id,
            auth_code,
            tokens,
            reference,
            state: State::Active,
            ended_by: None,
            charges: Vec::new(),
            events: Vec::new(),
            revision: 0,
        };
        new.tell(What::CodeReceived, None, now);
        new.tell(What::TokenIssued, None, now);
        new
    }

    /// Before step 14: what to ask for. A charge without a final answer comes first, under its old id; else a new one is
    /// written down, with an id that follows from what is paid.
    ///
    /// # Errors
    /// [`AlreadyEnded`]: nothing may be charged any more.
    pub fn begin_charge(&mut self, now: Timestamp) -> Result<Attempt, AlreadyEnded> {
        if self.state == State::Ended {
            return Err(AlreadyEnded);
        }
        self.tell(What::PayAsked, None, now);
        if let Some(open) = self.charges.iter_mut().find(|charge| !charge.state.is_final()) {
            open.state = ChargeState::Pending;
            let request_id = open.payment_request_id.clone();
            return Ok(Attempt { request_id, amount: open.amount, is_repeated: true });
        }
        let request_id = format!("BOX-{}-{}", self.reference, self.charges.len() + 1);
        let amount = Plan::FreshBox.price();
        self.charges.push(Charge {
            payment_request_id: request_id.clone(),
            amount,
            state: ChargeState::Pending,
            code: None,
            payment_id: None,
            at: now,
            notified: false,
        });
        Ok(Attempt { request_id, amount, is_repeated: false })
    }

    /// Step 15: what `pay` answered, or that it did not.
    pub fn charge_answered(&mut self, request_id: &str, verdict: &Verdict, now: Timestamp) {
        let Some(charge) = self.charge(request_id) else { return };
        charge.settle(verdict);
        let what = if verdict.state.is_final() { What::PayAnswered } else { What::PayUnanswered };
        self.tell(what, Some(&verdict.code), now);
        let is_token_dead = matches!(
            ResultCode::parse(&verdict.code),
            Some(ResultCode::InvalidAccessToken | ResultCode::ExpiredAccessToken)
        );
        if is_token_dead && self.state == State::Active {
            self.state = State::Ended;
            self.tell(What::ContractOver, Some(&verdict.code), now);
        }
    }

    /// Step 16: a payment notification. A repeated one changes nothing.
    ///
    /// Returns whether the charge is one of this subscription, with that amount.
    pub fn payment_notified(&mut self, request_id: &str, amount: Money, verdict: &Verdict, now: Timestamp) -> bool {
        let Some(charge) = self.charge(request_id).filter(|charge| charge.amount == amount) else { return false };
        charge.settle(verdict);
        if !charge.notified {
            charge.notified = true;
            self.tell(What::PaymentNotified, Some(&verdict.code), now);
        }
        true
    }

    /// The wallet says that the contract is in force. Told once, changes nothing.
    pub fn contract_confirmed(&mut self, now: Timestamp) {
        if !self.has(What::ContractNotified, None) {
            self.tell(What::ContractNotified, Some("VALID"), now);
        }
    }

    /// The wallet says that the contract is over, and who ended it. A repeated notice changes nothing.
    pub fn contract_ended(&mut self, by: EndedBy, now: Timestamp) {
        if !self.has(What::ContractNotified, Some("INVALID")) {
            self.end(by);
            self.tell(What::ContractNotified, Some("INVALID"), now);
        }
    }

    /// `cancelToken` succeeded. A second time changes nothing.
    pub fn cancelled(&mut self, now: Timestamp) {
        if !self.has(What::TokenCancelled, None) {
            self.end(EndedBy::Merchant);
            self.tell(What::TokenCancelled, None, now);
        }
    }

    /// Whether it may be charged.
    pub fn is_active(&self) -> bool {
        self.state == State::Active
    }

    /// What the Mini Program is told at `now`.
    pub fn view(&self, now: Timestamp) -> View<'_> {
        View {
            id: &self.id,
            state: self.state,
            ended_by: self.ended_by,
            next_delivery: offer::next_delivery(now),
            charges: self.charges.iter().rev().collect(),
            events: &self.events,
            revision: self.revision,
        }
    }

    /// Who ended it first is who ended it.
    fn end(&mut self, by: EndedBy) {
        self.state = State::Ended;
        self.ended_by.get_or_insert(by);
    }

    fn charge(&mut self, request_id: &str) -> Option<&mut Charge> {
        self.charges.iter_mut().find(|charge| charge.payment_request_id == request_id)
    }

    fn has(&self, what: What, detail: Option<&str>) -> bool {
        self.events.iter().any(|event| event.what == what && (detail.is_none() || event.detail.as_deref() == detail))
    }

    fn tell(&mut self, what: What, detail: Option<&str>, at: Timestamp) {
        self.revision += 1;
        self.events.push(Event { steps: what.steps(), what, at, detail: detail.map(str::to_owned) });
    }
}
