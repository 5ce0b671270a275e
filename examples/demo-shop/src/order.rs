//! One order: what the shop knows of a payment in the cashier or at the till, and how each event changes it.
//!
//! Pure: no clock, no network, no lock. The rules that carry the money:
//! the payment and each operation on it have an id that is made and kept before the wallet is called, and are asked for
//! again under that id while the answer is missing; while one operation is in doubt no other begins; what is final is
//! never overwritten, in whatever order answers and notifications arrive; and the Mini Program's word counts for nothing.

mod operation;
mod story;
mod sums;
#[cfg(test)]
mod tests;
mod view;

pub use operation::{Act, Attempt, NotNow, Operation, OperationState, Outcome};
pub use story::{Event, What};
pub use view::Who;

use crate::goods::{Goods, Way};
use mithaq_merchant::{CustomerId, Money, Timestamp};
use serde::Serialize;

/// What is ordered, and by whom. Written once.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Random, and the `paymentRequestId`.
    pub id: String,
    /// The asker's key for this press of the button.
    pub once: String,
    /// Who buys; nobody by name at the till.
    pub customer: Option<CustomerId>,
    /// What; nothing by name at the till.
    pub goods: Option<Goods>,
    /// How it is paid.
    pub way: Way,
    /// How much.
    pub amount: Money,
    /// What the user reads in the wallet.
    pub description: &'static str,
    /// At the till: what the customer showed. It pays once, so it is nothing to keep secret for long, but not to be
    /// shown either.
    pub payment_code: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// An order and how it stands.
pub struct Order {
    /// What is ordered.
    pub wish: Wish,
    standing: Standing,
    /// Why it was closed, or why nothing is known.
    code: Option<String>,
    payment_id: Option<String>,
    payment_url: Option<String>,
    /// What the shop got, before refunds.
    taken: Money,
    /// Oldest first.
    operations: Vec<Operation>,
    /// Oldest first.
    events: Vec<Event>,
    notified: bool,
    revision: u64,
}

/// How an order stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Standing {
    /// The wallet was asked for the payment, and has not answered.
    Asked,
    /// It waits for the user in the cashier.
    Open,
    /// The money is held.
    Held,
    /// The money is held, and the shop has taken the order (escrow).
    Accepted,
    /// The shop has the money. Final.
    Paid,
    /// Nothing was paid, and nothing will be. Final.
    Closed,
}

impl Standing {
    /// Whether nothing can change it any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Paid | Self::Closed)
    }
}

/// What the wallet says about the payment: in an answer, in a notification, or when asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// The user may pay it there.
    Open {
        /// For `my.tradePay`.
        url: String,
    },
    /// The money is held.
    Held,
    /// It is paid.
    Paid {
        /// How much of it, if told.
        taken: Option<Money>,
    },
    /// It failed, ran out or was cancelled.
    Closed {
        /// The wallet's result code.
        code: String,
    },
    /// No answer, or none that says anything.
    Unknown {
        /// The wallet's result code, or a word for why there is none.
        code: String,
    },
}

impl Order {
    /// Written down before the wallet is asked.
    pub fn new(wish: Wish) -> Self {
        let taken = Money::zero(wish.amount.currency);
        let at = wish.at;
        let mut new = Self {
            wish,
            standing: Standing::Asked,
            code: None,
            payment_id: None,
            payment_url: None,
            taken,
            operations: Vec::new(),
            events: Vec::new(),
            notified: false,
            revision: 0,
        };
        new.tell(What::Ordered, None, None, at);
        new
    }

    /// Before the wallet is asked to pay, the first time or again. Answers whether it is again.
    pub fn begin_pay(&mut self, now: Timestamp) -> bool {
        let is_repeated = self.has(What::PayAsked);
        self.tell(What::PayAsked, None, None, now);
        is_repeated
    }

    /// What the wallet answered to pay.
    pub fn pay_answered(&mut self, payment_id: Option<String>, fact: Fact, now: Timestamp) {
        let (what, detail) = match &fact {
            Fact::Open { .. } => (What::Cashier, None),
            Fact::Held | Fact::Paid { .. } => (What::PayAnswered, Some("SUCCESS".to_owned())),
            Fact::Closed { code } => (What::PayAnswered, Some(code.clone())),
            Fact::Unknown { code } => (What::PayUnanswered, Some(code.clone())),
        };
        self.tell(what, detail, None, now);
        self.learn(payment_id, fact);
    }

    /// What the wallet notified. A repeated notification changes nothing. Returns whether this order was meant: id and
    /// amount must be those of the order.
    pub fn notified(
        &mut self,
        request_id: &str,
        amount: Money,
        payment_id: String,
        fact: Fact,
        now: Timestamp,
    ) -> bool {
        if self.wish.id != request_id || self.wish.amount != amount {
            return false;
        }
        let detail = match &fact {
            Fact::Held => "AUTH_SUCCESS",
            Fact::Closed { code } | Fact::Unknown { code } => code.as_str(),
            Fact::Open { .. } | Fact::Paid { .. } => "SUCCESS",
        };
        if !self.events.iter().any(|event| event.is(What::PaymentNotified, detail)) {
            self.tell(What::PaymentNotified, Some(detail.to_owned()), None, now);
        }
        self.learn(Some(payment_id), fact);
        self.notified |= self.standing.is_final();
        true
    }

    /// What the wallet said when asked how the payment stands. Told in the story only if it was news.
    pub fn inquired(&mut self, payment_id: Option<String>, fact: Fact, now: Timestamp) {
        let before = self.standing;
        let detail = match &fact {
            Fact::Closed { code } | Fact::Unknown { code } => Some(code.clone()),
            _ => None,
        };
        self.learn(payment_id, fact);
        if self.standing != before {
            self.tell(What::Inquired, detail, None, now);
        }
    }

    /// Takes a fact over, unless something later is known: nothing goes back, and nothing final changes.
    fn learn(&mut self, payment_id: Option<String>, fact: Fact) {
        if self.payment_id.is_none() {
            self.payment_id = payment_id;
        }
        if self.standing.is_final() {
            return;
        }
        match fact {
            Fact::Open { url } if self.standing <= Standing::Open => {
                (self.standing, self.code, self.payment_url) = (Standing::Open, None, Some(url));
            }
            Fact::Held if self.standing < Standing::Held => (self.standing, self.code) = (Standing::Held, None),
            Fact::Paid { taken } => {
                (self.standing, self.code) = (Standing::Paid, None);
                self.taken = taken.or_else(|| self.asked_to_take()).unwrap_or_else(|| self.held());
            }
            Fact::Closed { code } => (self.standing, self.code) = (Standing::Closed, Some(code)),
            Fact::Unknown { code } if self.standing == Standing::Asked => self.code = Some(code),
            Fact::Open { .. } | Fact::Held | Fact::Unknown { .. } => {}
        }
        self.revision += 1;
    }

    /// The wallet's id, once it is known.
    pub fn payment_id(&self) -> Option<&str> {
        self.payment_id.as_deref()
    }

    /// Grows with each change.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    fn has(&self, what: What) -> bool {
        self.events.iter().any(|event| event.what == what)
    }

    fn tell(&mut self, what: What, detail: Option<String>, amount: Option<Money>, at: Timestamp) {
        self.revision += 1;
        self.events.push(Event::new(what, detail, amount, at));
    }
}
