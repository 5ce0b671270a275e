//! A receipt: what was paid, to whom, from what, and what of it came back. The cashier's last page shows it, and so
//! does the history of the wallet app; `templates/receipt.html` lays it out, `static/receipt.css` prints it.

use super::order::{Hold, LONG};
use super::source::PaidFrom;
use crate::words::{Filling, Words};
use crate::{Frame, Merchant, RenderError, dates, numbers, plain};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::{Money, PaymentId};

/// A payment as its payer may see it.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Who was paid.
    pub merchant: Merchant,
    /// How much, or how much is held.
    pub amount: Money,
    /// How it stands.
    pub status: ReceiptStatus,
    /// Whether the wallet's operator has stopped it, because it is in dispute.
    pub in_dispute: bool,
    /// When it was paid, or held; else when it was begun.
    pub at: Timestamp,
    /// From what.
    pub source: PaidFrom,
    /// The merchant's title of the order, if given.
    pub title: Option<String>,
    /// The merchant's words about it; may be empty.
    pub description: String,
    /// The merchant's own order number, if given.
    pub reference: Option<String>,
    /// 35 digits: what support finds it by.
    pub payment_id: PaymentId,
    /// What came back, oldest first.
    pub back: Vec<MoneyBack>,
}

/// How a payment stands. Refunds leave it paid: they are in [`Receipt::back`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReceiptStatus {
    /// Paid.
    Paid,
    /// The wallet holds the money.
    Held(Hold),
    /// What was held was given back, all of it.
    GivenBack,
    /// A card's issuer has not answered yet.
    Processing,
    /// Not paid.
    NotPaid,
}

/// Money that came back to the payer's balance.
#[derive(Clone, Debug)]
pub struct MoneyBack {
    /// Why.
    pub kind: BackKind,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
    /// The merchant's words about it, if given.
    pub reason: Option<String>,
}

/// Why money came back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BackKind {
    /// The merchant refunded it.
    Refund,
    /// It was held and not taken.
    Released,
    /// The merchant cancelled the payment: as if it had never been.
    Cancelled,
}

impl Receipt {
    /// For the macro `receipt` of `receipt.html`.
    pub(crate) fn view(&self, words: &Words, frame: &Frame) -> Result<Value, RenderError> {
        let language = words.language();
        let figures = numbers::amount(language, self.amount);
        let back = self.back.iter().map(|back| back.view(words, frame)).collect::<Result<Vec<_>, _>>()?;
        let text = |text: &str| Some(plain::line(text)).filter(|text| !text.is_empty());
        Ok(context! {
            merchant => self.merchant.view(language),
            figures => figures.figures.as_str(),
            currency => figures.currency,
            long => figures.figures.chars().count() > LONG,
            status => self.status_view(words)?,
            note => self.note(words, frame)?,
            at => dates::time(language, self.at, &frame.zone),
            source => self.source.view(words)?,
            title => self.title.as_deref().and_then(text),
            description => Some(plain::block(&self.description)).filter(|text| !text.is_empty()),
            reference => self.reference.as_deref().and_then(text),
            payment_id => self.payment_id.as_str(),
            net => self.net_view(words)?,
            back,
        })
    }

    /// What stays with the merchant, where something came back. Sums of another currency are left out.
    fn net(&self) -> Option<Money> {
        let same = self.back.iter().filter(|back| back.amount.currency == self.amount.currency);
        let back = same.map(|back| back.amount.minor).fold(0_i64, i64::saturating_add);
        let net = Money::new(self.amount.minor.saturating_sub(back).max(0), self.amount.currency);
        (back > 0).then_some(net)
    }

    /// Whether all that was paid came back.
    pub(super) fn is_all_back(&self) -> bool {
        self.net().is_some_and(|net| net.minor == 0)
    }

    fn net_view(&self, words: &Words) -> Result<Option<Value>, RenderError> {
        let Some(net) = self.net() else { return Ok(None) };
        let key = match self.status {
            ReceiptStatus::Held(_) => "receipt-net-held",
            _ => "receipt-net",
        };
        Ok(Some(context! { label => words.say(key)?, amount => numbers::money(words.language(), net) }))
    }

    fn status_view(&self, words: &Words) -> Result<Value, RenderError> {
        let (tone, picture, key) = match self.status {
            ReceiptStatus::Paid if self.is_all_back() => ("plain", "undo", "receipt-all-back"),
            ReceiptStatus::Paid if self.net().is_some() => ("good", "check", "receipt-partly-back"),
            ReceiptStatus::Paid => ("good", "check", "receipt-paid"),
            ReceiptStatus::Held(_) => ("wait", "lock", "receipt-held"),
            ReceiptStatus::GivenBack => ("plain", "undo", "receipt-given-back"),
            ReceiptStatus::Processing => ("wait", "hourglass", "receipt-processing"),
            ReceiptStatus::NotPaid => ("plain", "x", "receipt-not-paid"),
        };
        Ok(context! { tone, picture, words => words.say(key)? })
    }

    /// What will become of it, if that is open.
    fn note(&self, words: &Words, frame: &Frame) -> Result<Option<String>, RenderError> {
        Ok(match self.status {
            _ if self.in_dispute => Some(words.say("receipt-in-dispute")?),
            ReceiptStatus::Held(hold) => Some(hold.words(words, frame, &self.merchant)?),
            _ => None,
        })
    }
}

impl MoneyBack {
    fn view(&self, words: &Words, frame: &Frame) -> Result<Value, RenderError> {
        let language = words.language();
        let key = match self.kind {
            BackKind::Refund => "receipt-refund",
            BackKind::Released => "receipt-released",
            BackKind::Cancelled => "receipt-cancelled",
        };
        let at = dates::time(language, self.at, &frame.zone);
        Ok(context! {
            label => words.say(key)?,
            amount => numbers::money(language, self.amount),
            when => words.fill("receipt-back-when", &[("time", Filling::Text(at))])?,
            reason => self.reason.as_deref().map(plain::line).filter(|reason| !reason.is_empty()),
        })
    }
}
