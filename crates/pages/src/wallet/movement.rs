//! `/wallet/history/{messageId}`: one movement with everything that belongs to it, to keep, print and share.

use super::movements::{Movement, MovementKind};
use super::speaker::Speaker;
use crate::{Receipt, RenderError, plain};
use minijinja::{Value, context};
use mithaq_types::{ContractId, Money};

/// One movement.
#[derive(Clone, Debug)]
pub struct MovementDetail {
    /// The movement at a glance.
    pub movement: Movement,
    /// What there is to know about it.
    pub paper: Paper,
    /// The agreement under which it was charged.
    pub agreement: Option<AgreementLink>,
}

/// What there is to know about a movement.
#[derive(Clone, Debug)]
pub enum Paper {
    /// The receipt of the payment that it belongs to, with what came back of it.
    Receipt(Box<Receipt>),
    /// For what is no payment: a transfer, a top-up.
    Note {
        /// The other person's phone number; transfers only.
        phone: Option<String>,
        /// What could be spent after it, if it is known.
        balance: Option<Money>,
        /// The number by which support finds it.
        number: Option<String>,
    },
}

/// An agreement to go to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgreementLink {
    /// Which.
    pub contract_id: ContractId,
    /// Its title, if the merchant gave one.
    pub title: Option<String>,
}

impl MovementDetail {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let (figures, currency) = self.movement.signed(speaker);
        let (receipt, facts) = match &self.paper {
            Paper::Receipt(receipt) => (Some(receipt.view(speaker.words, speaker.frame)?), Vec::new()),
            Paper::Note { phone, balance, number } => {
                (None, self.facts(speaker, phone.as_deref(), *balance, number.as_deref())?)
            }
        };
        Ok(context! {
            heading => self.heading(speaker)?,
            movement => self.movement.view(speaker, true)?,
            amount => context! { figures, currency },
            note => self.note(speaker)?,
            receipt,
            facts,
            agreement => self.agreement.as_ref().map(AgreementLink::view),
        })
    }

    /// What happened, with whom, in one line.
    fn heading(&self, speaker: &Speaker<'_>) -> Result<String, RenderError> {
        let (key, with) = (self.movement.kind.key(), plain::line(&self.movement.with));
        if with.is_empty() {
            return speaker.say(key);
        }
        speaker.fill(&format!("{key}-with"), &[("name", with)])
    }

    /// What it means for the user, where neither the heading nor a receipt says it.
    fn note(&self, speaker: &Speaker<'_>) -> Result<Option<String>, RenderError> {
        let note = match self.movement.kind {
            MovementKind::Captured { released } if released.minor > 0 => {
                speaker.fill("movement-captured-note", &[("amount", speaker.money(released))])?
            }
            MovementKind::Released => {
                speaker.fill("movement-released-note", &[("merchant", plain::line(&self.movement.with))])?
            }
            MovementKind::Refunded => {
                speaker.fill("movement-refunded-note", &[("amount", speaker.money(self.movement.amount))])?
            }
            _ => return Ok(None),
        };
        Ok(Some(note))
    }

    /// The lines of the card that stands in the place of a receipt.
    fn facts(
        &self,
        speaker: &Speaker<'_>,
        phone: Option<&str>,
        balance: Option<Money>,
        number: Option<&str>,
    ) -> Result<Vec<Value>, RenderError> {
        let movement = &self.movement;
        let is_transfer = matches!(movement.kind, MovementKind::Sent | MovementKind::Received);
        // The last one says whether it is an id, which has a line of its own.
        let rows = [
            (if is_transfer { "fact-note" } else { "fact-about" }, plain::line(&movement.about), false),
            ("fact-time", speaker.time(movement.at), false),
            ("fact-phone", plain::line(phone.unwrap_or_default()), false),
            ("fact-balance", balance.map(|balance| speaker.money(balance)).unwrap_or_default(), false),
            ("fact-number", plain::line(number.unwrap_or_default()), true),
        ];
        let stated = rows.into_iter().filter(|(_, value, _)| !value.is_empty());
        stated.map(|(key, value, is_id)| Ok(context! { label => speaker.say(key)?, value, is_id })).collect()
    }
}

impl AgreementLink {
    fn view(&self) -> Value {
        let title = self.title.as_deref().map(plain::line).filter(|title| !title.is_empty());
        context! { link => format!("/agreements/{}", self.contract_id), title }
    }
}
