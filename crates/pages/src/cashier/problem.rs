//! What is wrong with an attempt to pay, and which way leads on.

use crate::words::{Filling, Words, flat};
use crate::{Checkout, RenderError, numbers};
use minijinja::{Value, context};
use mithaq_types::{CardId, Money};

/// Why the last attempt paid nothing. The order can still be paid; what was chosen stays in the form, except the PIN.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CashierProblem {
    /// Not the user's PIN.
    PinWrong {
        /// How many more before it is locked.
        tries_left: u32,
    },
    /// The PIN does not have six digits.
    PinMalformed,
    /// The balance is less than the amount.
    BalanceNotEnough,
    /// The card's issuer said no.
    CardDeclined {
        /// Which card; named if it is among those of the page.
        card_id: CardId,
        /// What the issuer said.
        reason: CardRefusal,
    },
    /// The amount is above a limit.
    AboveLimit(Option<PaymentLimit>),
    /// What was chosen is not there any more: a card that was removed meanwhile, or nothing was chosen.
    SourceGone,
}

/// What an issuer says no for, as far as the user may know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardRefusal {
    /// Not enough money on it.
    NotEnough,
    /// It has expired.
    Expired,
    /// The issuer has blocked it.
    Blocked,
    /// Above a limit of the card.
    Limit,
    /// Anything else.
    Other,
}

/// A limit of the wallet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaymentLimit {
    /// The most that one payment may be.
    Single(Money),
    /// What can still be paid today.
    LeftToday(Money),
}

impl CashierProblem {
    /// What is said at the PIN, if it is about that.
    pub(super) fn at_the_pin(&self, words: &Words) -> Result<Option<String>, RenderError> {
        Ok(Some(flat(&match self {
            Self::PinWrong { tries_left } => {
                words.fill("problem-pin-wrong", &[("tries", Filling::Count(*tries_left))])?
            }
            Self::PinMalformed => words.say("problem-pin-form")?,
            _ => return Ok(None),
        })))
    }

    /// What is said above everything else, if it is not about the PIN: what is in the way, and what one can do.
    pub(super) fn notice(&self, words: &Words, page: &Checkout) -> Result<Option<Value>, RenderError> {
        let money = |money: Money| Filling::Text(numbers::money(words.language(), money));
        let (lead, text) = match self {
            Self::PinWrong { .. } | Self::PinMalformed => return Ok(None),
            Self::BalanceNotEnough => {
                let gaps = [("balance", money(page.balance)), ("amount", money(page.order.amount))];
                (words.say("cashier-problem-balance")?, words.fill("cashier-problem-balance-text", &gaps)?)
            }
            Self::CardDeclined { card_id, reason } => {
                let lead = match page.cards.iter().find(|card| card.card_id == *card_id) {
                    Some(card) => words.fill("cashier-problem-card", &card.name.fillings())?,
                    None => words.say("cashier-problem-some-card")?,
                };
                (lead, words.say(reason.key())?)
            }
            Self::AboveLimit(limit) => {
                let text = match limit {
                    Some(PaymentLimit::Single(most)) => {
                        words.fill("cashier-problem-limit-single", &[("limit", money(*most))])
                    }
                    Some(PaymentLimit::LeftToday(left)) => {
                        words.fill("cashier-problem-limit-today", &[("left", money(*left))])
                    }
                    None => words.say("cashier-problem-limit-some"),
                };
                (words.say("cashier-problem-limit")?, text?)
            }
            Self::SourceGone => (words.say("cashier-problem-source")?, words.say("cashier-problem-source-text")?),
        };
        Ok(Some(context! { lead, text }))
    }

    /// Whether it was this card that was declined.
    pub(super) fn declined(&self, card_id: &CardId) -> bool {
        matches!(self, Self::CardDeclined { card_id: declined, .. } if declined == card_id)
    }
}

impl CardRefusal {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::NotEnough, Self::Expired, Self::Blocked, Self::Limit, Self::Other];

    const fn key(self) -> &'static str {
        match self {
            Self::NotEnough => "cashier-declined-not-enough",
            Self::Expired => "cashier-declined-expired",
            Self::Blocked => "cashier-declined-blocked",
            Self::Limit => "cashier-declined-limit",
            Self::Other => "cashier-declined-other",
        }
    }
}
