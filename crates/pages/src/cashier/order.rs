//! What the cashier asks money for, as a merchant's `pay` described it.

use crate::words::{Filling, Words};
use crate::{Frame, Merchant, RenderError, dates, numbers, plain};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::Money;

/// An order that can still be paid.
#[derive(Clone, Debug)]
pub struct Order {
    /// Who is to be paid.
    pub merchant: Merchant,
    /// How much.
    pub amount: Money,
    /// `paymentOrderTitle`, if given.
    pub title: Option<String>,
    /// `order.orderDescription`: the merchant's words, shown as plain text. May be empty.
    pub description: String,
    /// The merchant's own order number, if given.
    pub reference: Option<String>,
    /// What paying it means.
    pub kind: OrderKind,
    /// From when it cannot be paid any more.
    pub expires_at: Timestamp,
}

/// What paying an order means (spec/qicard.md 3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrderKind {
    /// The merchant gets it at once.
    Now,
    /// The wallet holds it first.
    Held(Hold),
}

/// Money that the wallet holds, for whom, and how long at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hold {
    /// What ends it.
    pub until: HoldUntil,
    /// When it is given back by itself.
    pub back_at: Timestamp,
}

/// What ends a hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HoldUntil {
    /// The merchant takes all of it or less, once (auth-capture).
    Taken,
    /// The buyer has told the merchant that the goods are there (escrow); before that the merchant takes the order on.
    Received,
}

impl Order {
    pub(crate) fn view(&self, words: &Words, frame: &Frame) -> Result<Value, RenderError> {
        let language = words.language();
        let merchant = self.merchant.filling(language);
        let figures = numbers::amount(language, self.amount);
        let (question, label) = match self.kind {
            OrderKind::Now => ("cashier-question", "cashier-amount"),
            OrderKind::Held(_) => ("cashier-question-hold", "cashier-amount-hold"),
        };
        let title = self.title.as_deref().map(plain::line).filter(|title| !title.is_empty());
        // Many merchants send the same words twice.
        let description = plain::block(&self.description);
        let said_already = description.is_empty() || title.as_ref() == Some(&description);
        Ok(context! {
            merchant => self.merchant.view(language),
            title,
            description => (!said_already).then_some(description),
            reference => self.reference.as_deref().map(plain::line).filter(|text| !text.is_empty()),
            question => words.fill(question, &[merchant])?,
            label => words.say(label)?,
            long => figures.figures.chars().count() > LONG,
            figures => figures.figures,
            currency => figures.currency,
            amount => numbers::money(language, self.amount),
            kind => self.kind.words(words, frame, &self.merchant)?,
            held => self.kind != OrderKind::Now,
            until => dates::time(language, self.expires_at, &frame.zone),
        })
    }
}

/// Figures with more signs than this are set smaller, so that they stay on one line of a narrow phone.
pub(super) const LONG: usize = 9;

impl OrderKind {
    /// In a sentence.
    fn words(self, words: &Words, frame: &Frame, merchant: &Merchant) -> Result<String, RenderError> {
        match self {
            Self::Now => words.fill("cashier-kind-now", &[merchant.filling(words.language())]),
            Self::Held(hold) => hold.words(words, frame, merchant),
        }
    }
}

impl Hold {
    /// What becomes of it, in a sentence or two.
    pub(super) fn words(self, words: &Words, frame: &Frame, merchant: &Merchant) -> Result<String, RenderError> {
        let key = match self.until {
            HoldUntil::Taken => "cashier-kind-taken-later",
            HoldUntil::Received => "cashier-kind-until-received",
        };
        let day = dates::day(words.language(), frame.zone.to_datetime(self.back_at).date());
        words.fill(key, &[merchant.filling(words.language()), ("day", Filling::Text(day))])
    }
}
