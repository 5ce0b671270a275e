//! How much of an order's money is where, from what was done with it.

use super::{Act, Operation, OperationState, Order, Standing};
use mithaq_merchant::Money;

impl Order {
    /// What a capture or confirmation under way is to take.
    pub(super) fn asked_to_take(&self) -> Option<Money> {
        let takes = |one: &&Operation| matches!(one.kind, Act::Capture | Act::Confirm);
        let taking = self.operations.iter().filter(takes).find(|one| one.state != OperationState::Refused);
        taking.and_then(Operation::money)
    }

    /// What is held, or would be once the user confirms.
    pub(super) fn held(&self) -> Money {
        self.wish.amount.minus(self.voided()).unwrap_or(self.wish.amount)
    }

    /// What was given back of what was taken.
    pub(super) fn refunded(&self) -> Money {
        self.sum(|act| matches!(act, Act::Refund | Act::Cancel))
    }

    /// What is left to refund.
    pub(super) fn left(&self) -> Money {
        self.taken.minus(self.refunded()).unwrap_or_else(|_| Money::zero(self.taken.currency))
    }

    pub(super) fn voided(&self) -> Money {
        self.sum(|act| act == Act::Void)
    }

    fn sum(&self, counts: impl Fn(Act) -> bool) -> Money {
        let done = self.operations.iter().filter(|one| one.state == OperationState::Done && counts(one.kind));
        let zero = Money::zero(self.wish.amount.currency);
        // The parts of an amount cannot overflow.
        done.filter_map(Operation::money).fold(zero, |sum, money| sum.plus(money).unwrap_or(sum))
    }

    /// What there is for an operation.
    pub(super) fn all_of(&self, act: Act) -> Option<Money> {
        match act {
            Act::Capture | Act::Void | Act::Confirm => Some(self.held()),
            Act::Refund => Some(self.left()),
            Act::Cancel if self.standing == Standing::Paid => Some(self.taken),
            Act::Cancel | Act::Accept => None,
        }
    }
}
