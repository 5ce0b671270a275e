//! Where money comes from besides the balance: card issuers and banks, each behind an interface that an operator implements.
//!
//! Both are asked outside the wallet's own transaction, so that an answer can get lost. Therefore every asking has a reference
//! of its own: asked again with the same, they must do nothing twice and say the same again.

mod none;
mod simulated;

pub use none::{NoBank, NoIssuer};
pub use simulated::{SimulatedBank, SimulatedIssuer};

use mithaq_domain::Verdict;
use mithaq_types::{Money, Timestamp, UserId};
use std::pin::Pin;
use std::sync::Arc;

/// What an adapter promises to answer.
type Promise<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The issuer did not answer, or not in time: what it did is not known. Ask again with the same reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the issuer did not answer")]
pub struct IssuerSilent;

/// A charge of a card.
#[derive(Clone, Debug)]
pub struct CardCharge {
    /// What it is called: the same again is the same charge.
    pub reference: String,
    /// What the issuer calls the card.
    pub token: String,
    /// How much.
    pub amount: Money,
    /// What the card's statement should say.
    pub statement: String,
    /// When the wallet asked first.
    pub asked_at: Timestamp,
}

/// A card that its issuer has vouched for. The wallet never keeps the number.
#[derive(Clone, Debug)]
pub struct LinkedCard {
    /// What the issuer calls it.
    pub token: String,
    /// `•••• 4242`.
    pub masked_number: String,
    /// The account behind it.
    pub account_number: String,
    /// `Visa`, `Mastercard`, `Qi`.
    pub brand: String,
    /// Last month it is good for, `yyyy-MM`.
    pub expires: String,
}

/// Why a card cannot be linked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CardRefused {
    /// Cards are not offered here.
    #[error("cards are not offered")]
    NotOffered,
    /// It is no card number.
    #[error("the card number is not one")]
    Number,
    /// The month is over, or is none.
    #[error("the card's month is over or is none")]
    Expiry,
    /// The issuer says no, or says nothing.
    #[error("the issuer refused the card")]
    Refused,
}

/// Who gives out cards, or whoever talks to those who do.
pub trait Issuer: Send + Sync {
    /// Whether cards are offered at all.
    fn is_offered(&self) -> bool {
        true
    }

    /// Vouches for a card: its number as digits, its last month as `yyyy-MM`, the name on it.
    fn link<'a>(
        &'a self,
        user: &'a UserId,
        number: &'a str,
        expires: &'a str,
        name: &'a str,
    ) -> Promise<'a, Result<LinkedCard, CardRefused>>;

    /// Charges a card. What is approved is the wallet's at once.
    fn charge<'a>(&'a self, charge: &'a CardCharge) -> Promise<'a, Result<Verdict, IssuerSilent>>;
}

/// A user fetches money from their bank.
#[derive(Clone, Debug)]
pub struct BankDraw {
    /// What it is called: the same again is the same draw.
    pub reference: String,
    /// Whose.
    pub user_id: UserId,
    /// How much.
    pub amount: Money,
}

/// What a bank said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BankVerdict {
    /// The money comes.
    Approved,
    /// It does not.
    Refused,
    /// This installation has no bank to ask: money comes by other ways.
    NotOffered,
}

/// Where users fetch money from.
pub trait Bank: Send + Sync {
    /// Whether it is offered at all.
    fn is_offered(&self) -> bool {
        true
    }

    /// Fetches money. An error means that what happened is not known.
    fn draw<'a>(&'a self, draw: &'a BankDraw) -> Promise<'a, Result<BankVerdict, IssuerSilent>>;
}

/// Both.
#[derive(Clone)]
pub struct Sources {
    /// Cards.
    pub issuer: Arc<dyn Issuer>,
    /// Bank accounts.
    pub bank: Arc<dyn Bank>,
}

impl Sources {
    /// An installation without cards and banks.
    #[must_use]
    pub fn none() -> Self {
        Self { issuer: Arc::new(NoIssuer), bank: Arc::new(NoBank) }
    }
}
