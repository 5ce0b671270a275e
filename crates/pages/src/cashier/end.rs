//! How the cashier ends: what happened, whether money moved, and what the user can do next.

use super::{Exit, Receipt, ReceiptStatus};
use crate::end::{Look, look};
use crate::words::{Filling, Words};
use crate::{AgreementAnswer, Frame, Merchant, RenderError, dates, numbers};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::Money;

/// A cashier page that asks nothing any more.
#[derive(Clone, Debug)]
pub struct CashierEndContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// How one leaves it.
    pub exit: Exit,
    /// What happened.
    pub end: CashierEnd,
}

/// What happened. Where a merchant is named, the caller has made sure that this user may see the order; the others say
/// nothing about it.
///
/// After [`CashierEnd::Declined`] the page tells the shell at once (`{mp:"done", ix}`). After a payment it stands for some
/// seconds, so that it can be seen, and stays if somebody touches it. The others wait to be closed (`{mp:"close", ix}`).
#[derive(Clone, Debug)]
pub enum CashierEnd {
    /// This user has paid it, or the wallet holds the money for it.
    Paid {
        /// What was paid, as it stands now.
        receipt: Box<Receipt>,
        /// What is left in the wallet, if it was asked for.
        balance_left: Option<Money>,
        /// Whether that was a moment ago, on this page; else it was opened again.
        just_now: bool,
        /// What came of the agreement that was offered beside it; none if there was none, or if it is opened again.
        agreement: Option<AgreementAnswer>,
    },
    /// Somebody else is paying it in this moment: their card's issuer has not answered yet.
    BeingPaid,
    /// Somebody else has paid it. The order was nobody's before, so nothing is said of them.
    PaidBySomebody,
    /// The user did not want to pay now. The order stays open.
    Declined(Merchant),
    /// Its time is over.
    Expired(Merchant),
    /// The merchant has cancelled it before it was paid.
    Cancelled(Merchant),
    /// It is bound to another user.
    NotYours,
    /// There is no such order.
    Unknown,
    /// The page is over (its interaction has its outcome, or was open too long), while the order may still be open.
    PageOver,
    /// The merchant or its client is suspended.
    Unavailable(Merchant),
    /// The operator has stopped the order, because it is in dispute.
    InDispute(Merchant),
    /// The user's account is frozen.
    AccountFrozen,
    /// The operator lets this user pay nothing for now.
    Refused,
    /// The PIN was wrong too often.
    PinLocked {
        /// From when it can be tried again.
        until: Timestamp,
    },
}

impl CashierEndContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        let language = words.language();
        let look = self.end.look();
        let fillings = self.end.fillings(&self.frame);
        let heading = words.fill(look.heading, &fillings)?;
        let lines = look.lines.iter().map(|key| words.fill(key, &fillings)).collect::<Result<Vec<_>, _>>()?;
        let (receipt, left, just_now, agreement) = match &self.end {
            CashierEnd::Paid { receipt, balance_left, just_now, agreement } => {
                let left = balance_left.map(|left| numbers::money(language, left));
                let answer = agreement.as_ref().map(|answer| answer.view(&receipt.merchant, &self.frame, words));
                (Some(receipt.view(words, &self.frame)?), left, *just_now, answer.transpose()?)
            }
            _ => (None, None, false, None),
        };
        Ok(context! {
            ix => self.exit.ix(),
            announce => matches!(self.end, CashierEnd::Declined(_)).then_some("done"),
            exit => self.exit.view(self.end.merchant(), words)?,
            tone => look.tone,
            picture => look.picture,
            heading,
            lines,
            receipt,
            left,
            just_now,
            agreement,
        })
    }
}

impl CashierEnd {
    fn look(&self) -> Look {
        match self {
            Self::Paid { receipt, just_now, .. } => paid(receipt, *just_now),
            Self::PaidBySomebody => look("plain", "check", "cashier-end-somebody", &["cashier-end-somebody-text"]),
            Self::BeingPaid => look("wait", "hourglass", "cashier-end-being-paid", &["cashier-end-being-paid-text"]),
            Self::Declined(_) => look("plain", "x", "cashier-end-declined", &["cashier-end-declined-text"]),
            Self::Expired(_) => look("wait", "hourglass", "cashier-end-expired", &["cashier-end-expired-text"]),
            Self::Cancelled(_) => look("plain", "x", "cashier-end-cancelled", &["cashier-end-cancelled-text"]),
            Self::NotYours => look("plain", "user-round", "cashier-end-not-yours", &["cashier-end-not-yours-text"]),
            Self::Unknown => look("plain", "search-x", "cashier-end-unknown", &["cashier-end-unknown-text"]),
            Self::PageOver => look("plain", "history", "cashier-end-page-over", &["cashier-end-page-over-text"]),
            Self::Unavailable(_) => look("wait", "pause", "cashier-end-unavailable", &["cashier-end-unavailable-text"]),
            Self::InDispute(_) => look("wait", "pause", "cashier-end-dispute", &["cashier-end-dispute-text"]),
            Self::AccountFrozen => look("bad", "lock", "cashier-end-frozen", &["cashier-end-frozen-text"]),
            Self::Refused => look("bad", "x", "cashier-end-refused", &["cashier-end-refused-text"]),
            Self::PinLocked { .. } => {
                look("bad", "lock-keyhole", "end-locked", &["end-locked-text", "cashier-end-locked-help"])
            }
        }
    }

    const fn merchant(&self) -> Option<&Merchant> {
        match self {
            Self::Paid { receipt, .. } => Some(&receipt.merchant),
            Self::Declined(merchant)
            | Self::Expired(merchant)
            | Self::Cancelled(merchant)
            | Self::Unavailable(merchant)
            | Self::InDispute(merchant) => Some(merchant),
            _ => None,
        }
    }

    fn fillings(&self, frame: &Frame) -> Vec<(&'static str, Filling)> {
        let mut fillings: Vec<_> =
            self.merchant().map(|merchant| merchant.filling(frame.language)).into_iter().collect();
        match self {
            Self::Paid { receipt, .. } => {
                fillings.push(("amount", Filling::Text(numbers::money(frame.language, receipt.amount))));
            }
            Self::PinLocked { until } => {
                fillings.push(("time", Filling::Text(dates::time(frame.language, *until, &frame.zone))));
            }
            _ => {}
        }
        fillings
    }
}

fn paid(receipt: &Receipt, just_now: bool) -> Look {
    match (receipt.status, just_now) {
        (ReceiptStatus::Paid, _) if receipt.is_all_back() => {
            look("plain", "undo", "cashier-end-back", &["cashier-end-refunded-text"])
        }
        (ReceiptStatus::Paid, true) => look("good", "check", "cashier-end-paid", &[]),
        (ReceiptStatus::Paid, false) => look("good", "check", "cashier-end-paid-before", &["cashier-end-before-text"]),
        (ReceiptStatus::Held(_), true) => look("good", "lock", "cashier-end-held", &["cashier-end-held-text"]),
        (ReceiptStatus::Held(_), false) => {
            look("good", "lock", "cashier-end-held-before", &["cashier-end-before-text"])
        }
        (ReceiptStatus::Processing, _) => look("wait", "hourglass", "cashier-waiting", &["cashier-end-waiting-text"]),
        (ReceiptStatus::GivenBack, _) => look("plain", "undo", "cashier-end-back", &["cashier-end-back-text"]),
        (ReceiptStatus::NotPaid, _) => look("plain", "x", "cashier-end-not-paid", &["cashier-end-not-paid-text"]),
    }
}
