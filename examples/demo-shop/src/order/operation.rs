//! What is done with a payment after it was made: each with an id of its own, begun before the wallet is asked.

use super::{Order, Standing, What, Who};
use crate::goods::Way;
use mithaq_merchant::{Amount, Money, Timestamp};
use serde::{Deserialize, Serialize};

/// The things that can be done with a payment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all(serialize = "SCREAMING_SNAKE_CASE", deserialize = "kebab-case"))]
pub enum Act {
    /// Take held money, once; the rest goes back.
    Capture,
    /// Give held money back.
    Void,
    /// Take an escrow order.
    Accept,
    /// Take its money: the buyer has the goods.
    Confirm,
    /// Give paid money back.
    Refund,
    /// Take the whole payment back.
    Cancel,
}

/// One of them, from before it was asked for.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// What.
    pub kind: Act,
    /// The idempotency key. The protocol has none for `Accept` and `Cancel`, which do the same however often they are
    /// asked for; theirs is only the shop's own.
    pub request_id: String,
    /// How much. Absent where nothing moves.
    pub amount: Option<Amount>,
    /// How it stands.
    pub state: OperationState,
    /// The wallet's last result code.
    pub code: Option<String>,
    /// When it was first asked for.
    pub at: Timestamp,
    /// Whether the wallet's notification arrived.
    pub notified: bool,
}

/// How an operation stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OperationState {
    /// Asked, no answer yet.
    Pending,
    /// The answer was lost, or was `U`.
    Unknown,
    /// It happened. Final.
    Done,
    /// It did not. Final.
    Refused,
}

/// An operation that is about to be asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// What.
    pub act: Act,
    /// The id of the operation.
    pub request_id: String,
    /// How much.
    pub amount: Option<Money>,
    /// Whether the amount is all there is: some requests then leave it out.
    pub is_all: bool,
}

/// What the wallet said about an operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It happened.
    Done,
    /// It did not, for good.
    Refused(String),
    /// Not known; the wallet's result code, or a word for why there is none.
    Unknown(String),
}

/// Why an operation cannot begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotNow {
    /// The order's state, its product, or an operation in doubt does not allow it.
    Act,
    /// More than there is, or nothing.
    Amount,
}

impl Operation {
    const fn is_open(&self) -> bool {
        matches!(self.state, OperationState::Pending | OperationState::Unknown)
    }

    /// How much.
    pub(super) fn money(&self) -> Option<Money> {
        self.amount.map(|amount| amount.0)
    }
}

impl Order {
    /// What `who` may do now. While an operation is in doubt: only that one, again.
    pub fn acts(&self, who: Who) -> Vec<Act> {
        const ALL: [Act; 6] = [Act::Capture, Act::Accept, Act::Confirm, Act::Refund, Act::Void, Act::Cancel];
        let open = self.operations.iter().find(|operation| operation.is_open()).map(|operation| operation.kind);
        let fits = |act: &Act| open.map_or_else(|| self.allows(*act), |kind| kind == *act);
        ALL.into_iter().filter(|act| act.is_for(who, self.standing) && fits(act)).collect()
    }

    fn allows(&self, act: Act) -> bool {
        use Standing as S;
        match (act, self.standing, self.wish.way) {
            (Act::Capture | Act::Void, S::Held, Way::Reserve)
            | (Act::Accept, S::Held, Way::Escrow)
            | (Act::Confirm | Act::Void, S::Accepted, _)
            | (Act::Cancel, S::Asked | S::Open, _) => true,
            (Act::Cancel, S::Held, _) => self.voided().minor == 0,
            (Act::Cancel, S::Paid, Way::Buy | Way::InStore) => self.refunded().minor == 0,
            (Act::Refund, S::Paid, _) => self.left().minor > 0,
            _ => false,
        }
    }

    /// Before an operation is asked for. One of that kind without a final answer comes first, under its old id and with
    /// its old amount; else a new one is written down. Without an `amount` it is about all there is.
    ///
    /// # Errors
    /// [`NotNow`].
    pub fn begin(&mut self, who: Who, act: Act, amount: Option<Money>, now: Timestamp) -> Result<Attempt, NotNow> {
        if !self.acts(who).contains(&act) {
            return Err(NotNow::Act);
        }
        let all = self.all_of(act);
        if let Some(open) = self.operations.iter_mut().find(|one| one.kind == act && one.is_open()) {
            open.state = OperationState::Pending;
            let (request_id, amount) = (open.request_id.clone(), open.money());
            self.revision += 1;
            return Ok(Attempt { act, request_id, amount, is_all: amount == all });
        }
        let amount = match (amount, all) {
            (Some(part), Some(all)) if act.is_divisible() => {
                let fits = part.currency == all.currency && (1..=all.minor).contains(&part.minor);
                fits.then_some(Some(part)).ok_or(NotNow::Amount)?
            }
            _ => all,
        };
        let number = self.operations.iter().filter(|one| one.kind == act).count() + 1;
        let request_id = format!("{}-{}{number}", self.wish.id, act.letter());
        self.operations.push(Operation {
            kind: act,
            request_id: request_id.clone(),
            amount: amount.map(Amount),
            state: OperationState::Pending,
            code: None,
            at: now,
            notified: false,
        });
        self.revision += 1;
        Ok(Attempt { act, request_id, amount, is_all: amount == all })
    }

    /// What the wallet answered to an operation, or what became of it by its own account. A final outcome stands.
    pub fn operated(&mut self, request_id: &str, outcome: &Outcome, now: Timestamp) {
        let Some(operation) = self.operations.iter_mut().find(|one| one.request_id == request_id && one.is_open())
        else {
            return;
        };
        let (act, amount) = (operation.kind, operation.money());
        let (state, code) = match outcome {
            Outcome::Done => (OperationState::Done, None),
            Outcome::Refused(code) => (OperationState::Refused, Some(code.clone())),
            Outcome::Unknown(code) => (OperationState::Unknown, Some(code.clone())),
        };
        (operation.state, operation.code) = (state, code.clone());
        if act == Act::Cancel && self.standing == Standing::Paid {
            // The user may have paid while the cancellation was under way: then it gives all of that back.
            operation.amount = Some(Amount(self.taken));
        }
        match outcome {
            Outcome::Done => {
                self.tell(act.done(), None, amount, now);
                self.applied(act, amount);
            }
            Outcome::Refused(_) => self.tell(What::ActRefused, code, amount, now),
            Outcome::Unknown(_) => self.tell(What::ActUnanswered, code, amount, now),
        }
    }

    /// The wallet notified a refund or a void. A repeated notification changes nothing. Returns whether this order was
    /// meant. A void may be the wallet's own, with an id that the shop never made.
    pub fn operation_notified(
        &mut self,
        (payment_id, request_id): (Option<&str>, &str),
        amount: Option<Money>,
        outcome: &Outcome,
        now: Timestamp,
    ) -> bool {
        let own = self.operations.iter().position(|one| one.request_id == request_id);
        let is_ours = payment_id.is_some() && payment_id == self.payment_id.as_deref();
        match own {
            Some(place) => {
                if amount.is_some() && self.operations[place].money() != amount {
                    return false;
                }
                self.operated(request_id, outcome, now);
                if !self.operations[place].notified {
                    self.operations[place].notified = true;
                    self.tell(What::OperationNotified, None, amount, now);
                }
                true
            }
            None if is_ours => {
                if !self.events.iter().any(|event| event.is(What::OperationNotified, request_id)) {
                    self.tell(What::OperationNotified, Some(request_id.to_owned()), amount, now);
                }
                true
            }
            None => false,
        }
    }

    fn applied(&mut self, act: Act, amount: Option<Money>) {
        if self.standing.is_final() {
            return;
        }
        match act {
            Act::Capture | Act::Confirm => {
                self.taken = amount.unwrap_or_else(|| self.held());
                (self.standing, self.code) = (Standing::Paid, None);
            }
            Act::Accept => self.standing = Standing::Accepted,
            Act::Cancel => (self.standing, self.code) = (Standing::Closed, Some("ORDER_IS_CANCELED".to_owned())),
            Act::Void if self.held().minor == 0 => {
                (self.standing, self.code) = (Standing::Closed, Some("AUTH_CANCELLED".to_owned()));
            }
            Act::Void | Act::Refund => {}
        }
    }
}

impl Act {
    /// Whose it is to do.
    fn is_for(self, who: Who, standing: Standing) -> bool {
        match who {
            Who::Customer => self == Self::Confirm || (self == Self::Cancel && !standing.is_final()),
            Who::Office => self != Self::Confirm,
        }
    }

    const fn is_divisible(self) -> bool {
        matches!(self, Self::Capture | Self::Void | Self::Refund)
    }

    const fn letter(self) -> &'static str {
        match self {
            Self::Capture => "C",
            Self::Void => "V",
            Self::Accept => "A",
            Self::Confirm => "F",
            Self::Refund => "R",
            Self::Cancel => "X",
        }
    }

    const fn done(self) -> What {
        match self {
            Self::Capture => What::Captured,
            Self::Void => What::Voided,
            Self::Accept => What::Accepted,
            Self::Confirm => What::Confirmed,
            Self::Refund => What::Refunded,
            Self::Cancel => What::Cancelled,
        }
    }
}
