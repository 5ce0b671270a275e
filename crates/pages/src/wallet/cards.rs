//! `/wallet/cards`: the cards that load the wallet in the moment of paying.

use super::speaker::Speaker;
use crate::{Card, CardStanding, RenderError, plain};
use minijinja::{Value, context};

/// The page.
#[derive(Clone, Debug)]
pub struct Cards {
    /// The linked cards, newest first.
    pub cards: Vec<LinkedCard>,
    /// To link another one; none if there are as many as can be.
    pub form: Option<CardForm>,
    /// What has just been done.
    pub notice: Option<CardsNotice>,
}

/// A linked card.
#[derive(Clone, Debug)]
pub struct LinkedCard {
    /// The card as the cashier offers it.
    pub card: Card,
    /// Its last month, `MM/YY`.
    pub expiry: String,
    /// The name on it; may be empty.
    pub holder: String,
}

/// What was typed to link a card (`number`, `expiry`, `name`, `csrf`). A card's number never stands in an address: when
/// it comes back here, it does so in the answer to the form.
#[derive(Clone, Debug, Default)]
pub struct CardForm {
    /// The number, or nothing.
    pub number: String,
    /// `MM/YY`, or nothing.
    pub expiry: String,
    /// The name on the card, or nothing.
    pub name: String,
    /// What was wrong with the last attempt.
    pub problem: Option<CardProblem>,
}

/// What is wrong with a card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardProblem {
    /// Not a card's number.
    NumberMalformed,
    /// This card is linked already.
    NumberKnown,
    /// Not a month and a year.
    ExpiryMalformed,
    /// The card's time is over.
    ExpiryPast,
    /// No name.
    NameMissing,
    /// The issuer does not let it be linked.
    Refused,
    /// The issuer cannot be reached.
    IssuerAway,
}

/// A field of the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardField {
    /// `number`.
    Number,
    /// `expiry`.
    Expiry,
    /// `name`.
    Name,
}

/// What has just been done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardsNotice {
    /// A card was linked.
    Linked,
    /// A card was removed.
    Removed,
}

impl Cards {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let notice = match self.notice {
            Some(CardsNotice::Linked) => Some(speaker.say("cards-linked")?),
            Some(CardsNotice::Removed) => Some(speaker.say("cards-removed")?),
            None => None,
        };
        Ok(context! {
            cards => self.cards.iter().map(|linked| linked.view(speaker)).collect::<Result<Vec<_>, _>>()?,
            form => self.form.as_ref().map(|form| form.view(speaker)).transpose()?,
            notice,
        })
    }
}

impl LinkedCard {
    fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let Card { card_id, name, standing } = &self.card;
        let standing = match standing {
            CardStanding::Usable => None,
            CardStanding::Expired => Some(speaker.say("cards-expired")?),
            CardStanding::Blocked => Some(speaker.say("cards-blocked")?),
        };
        Ok(context! {
            action => format!("/wallet/cards/{card_id}/remove"),
            name => name.view(),
            expiry => plain::line(&self.expiry),
            holder => plain::line(&self.holder),
            standing,
        })
    }
}

impl CardForm {
    fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let said = self.problem.map(|problem| speaker.say(problem.key())).transpose()?;
        let field = self.problem.and_then(CardProblem::field);
        let at = |asked: Option<CardField>| if field == asked { said.clone() } else { None };
        Ok(context! {
            number => plain::line(&self.number),
            expiry => plain::line(&self.expiry),
            name => plain::line(&self.name),
            number_problem => at(Some(CardField::Number)),
            expiry_problem => at(Some(CardField::Expiry)),
            name_problem => at(Some(CardField::Name)),
            other_problem => at(None),
        })
    }
}

impl CardProblem {
    /// The field it is about, if it is about one.
    #[must_use]
    pub const fn field(self) -> Option<CardField> {
        match self {
            Self::NumberMalformed | Self::NumberKnown => Some(CardField::Number),
            Self::ExpiryMalformed | Self::ExpiryPast => Some(CardField::Expiry),
            Self::NameMissing => Some(CardField::Name),
            Self::Refused | Self::IssuerAway => None,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::NumberMalformed => "problem-card-number",
            Self::NumberKnown => "problem-card-known",
            Self::ExpiryMalformed => "problem-card-expiry",
            Self::ExpiryPast => "problem-card-past",
            Self::NameMissing => "problem-card-name",
            Self::Refused => "problem-card-refused",
            Self::IssuerAway => "problem-card-issuer",
        }
    }
}
