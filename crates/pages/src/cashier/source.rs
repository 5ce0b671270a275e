//! From what an order can be paid: the wallet's balance and the cards that are linked to it.

use crate::words::{Filling, Words};
use crate::{RenderError, plain};
use minijinja::{Value, context};
use mithaq_types::CardId;

/// What the form's field `source` names: `balance`, or a card's id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// What is in the wallet.
    Balance,
    /// A linked card.
    Card(CardId),
}

/// A linked card.
#[derive(Clone, Debug)]
pub struct Card {
    /// Which.
    pub card_id: CardId,
    /// How a person tells it from the others.
    pub name: CardName,
    /// Whether it can pay.
    pub standing: CardStanding,
}

/// How a person tells a card from the others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardName {
    /// The issuer's name in the page's language.
    pub issuer: String,
    /// Its number with most digits hidden, however the issuer hides them. Only the last four are shown.
    pub number: String,
}

/// Whether a card can pay, as far as the wallet knows without asking its issuer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardStanding {
    /// Yes.
    Usable,
    /// Its last month is over.
    Expired,
    /// The issuer has blocked it.
    Blocked,
}

/// What money came from, or is to come from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PaidFrom {
    /// What is in the wallet.
    Balance,
    /// A card; it may be linked no more.
    Card(CardName),
}

impl Source {
    /// What the field `source` says.
    #[must_use]
    pub fn from_field(text: &str) -> Self {
        if text == BALANCE { Self::Balance } else { Self::Card(CardId::new(text)) }
    }

    /// The value of the field `source`.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::Balance => BALANCE,
            Self::Card(card_id) => card_id.as_str(),
        }
    }
}

const BALANCE: &str = "balance";

impl CardName {
    /// The last digits, four at most.
    fn ending(&self) -> String {
        let digits: Vec<char> = self.number.chars().filter(char::is_ascii_digit).collect();
        digits[digits.len().saturating_sub(4)..].iter().collect()
    }

    pub(crate) fn view(&self) -> Value {
        context! { issuer => plain::line(&self.issuer), ending => self.ending() }
    }

    /// For a sentence that names the card.
    pub(super) fn fillings(&self) -> [(&'static str, Filling); 2] {
        [("issuer", Filling::Text(self.issuer.clone())), ("ending", Filling::Text(self.ending()))]
    }
}

impl CardStanding {
    /// What is wrong with the card, if it cannot pay.
    pub(super) const fn key(self) -> Option<&'static str> {
        match self {
            Self::Usable => None,
            Self::Expired => Some("cashier-card-expired"),
            Self::Blocked => Some("cashier-card-blocked"),
        }
    }
}

impl PaidFrom {
    /// What stands behind "paid from".
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        Ok(match self {
            Self::Balance => context! { name => words.say("cashier-balance")?, card => () },
            Self::Card(card) => context! { name => (), card => card.view() },
        })
    }
}
