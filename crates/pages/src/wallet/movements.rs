//! A movement of money as a line: in the history, and the last few of them on the home page.

use super::speaker::Speaker;
use crate::{RenderError, numbers, plain};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::{MessageId, Money};

/// Money that came, went, was set aside or set free.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Movement {
    /// Names its page, and is the message that told of it.
    pub message_id: MessageId,
    /// What kind of movement.
    pub kind: MovementKind,
    /// The merchant, the other person or the bank, in the page's language; may be empty for a top-up.
    pub with: String,
    /// How much. Never negative: the kind says which way it went.
    pub amount: Money,
    /// What for: the merchant's description or the sender's note; may be empty.
    pub about: String,
    /// When.
    pub at: Timestamp,
}

/// What happened to the money.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MovementKind {
    /// The user paid an order, or showed a code.
    Paid,
    /// A merchant charged under an agreement.
    Charged,
    /// Set aside for a merchant.
    Held {
        /// Until then the merchant may take it.
        until: Timestamp,
    },
    /// The merchant took what was set aside, or a part of it.
    Captured {
        /// What was set free again by that; zero if it took all.
        released: Money,
    },
    /// Set free again: the merchant took nothing, or time ran out.
    Released,
    /// A merchant gave money back.
    Refunded,
    /// Sent to another user.
    Sent,
    /// Came from another user.
    Received,
    /// Came from the user's bank.
    ToppedUp,
}

/// Which way the money went.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    In,
    Out,
    /// It stayed the user's.
    Neither,
}

impl MovementKind {
    pub(super) const fn way(self) -> Way {
        match self {
            Self::Paid | Self::Charged | Self::Captured { .. } | Self::Sent => Way::Out,
            Self::Refunded | Self::Received | Self::ToppedUp => Way::In,
            Self::Held { .. } | Self::Released => Way::Neither,
        }
    }

    /// The word for it; a sentence about it, with the other's name, is `KEY-with`.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Paid => "movement-paid",
            Self::Charged => "movement-charged",
            Self::Held { .. } => "movement-held",
            Self::Captured { .. } => "movement-captured",
            Self::Released => "movement-released",
            Self::Refunded => "movement-refunded",
            Self::Sent => "movement-sent",
            Self::Received => "movement-received",
            Self::ToppedUp => "movement-topped-up",
        }
    }

    const fn picture(self) -> &'static str {
        match self {
            Self::Paid | Self::Captured { .. } => "shopping-bag",
            Self::Charged => "repeat",
            Self::Held { .. } => "lock",
            Self::Released => "lock-open",
            Self::Refunded => "undo",
            Self::Sent => "arrow-up-right",
            Self::Received => "arrow-down-left",
            Self::ToppedUp => "landmark",
        }
    }
}

impl Movement {
    /// Where its page is.
    pub(super) fn link(message_id: &MessageId) -> String {
        format!("/wallet/history/{message_id}")
    }

    /// The amount with its sign: `+5,000`, `−5,000`, or without one where nothing came or went.
    pub(super) fn signed(&self, speaker: &Speaker<'_>) -> (String, String) {
        let amount = numbers::amount(speaker.language(), self.amount);
        let sign = match self.kind.way() {
            Way::In => "+",
            Way::Out => "\u{2212}",
            Way::Neither => "",
        };
        (format!("{sign}{}", amount.figures), amount.currency)
    }

    /// The line. `with_day` says the day too, where no heading does.
    pub(super) fn view(&self, speaker: &Speaker<'_>, with_day: bool) -> Result<Value, RenderError> {
        let kind = speaker.say(self.kind.key())?;
        let with = plain::line(&self.with);
        // A top-up without a bank's name is called what it is, once.
        let (name, kind) = if with.is_empty() { (kind, None) } else { (with, Some(kind)) };
        let (figures, currency) = self.signed(speaker);
        let about = plain::line(&self.about);
        Ok(context! {
            link => Self::link(&self.message_id),
            picture => self.kind.picture(),
            way => self.kind.way().name(),
            name,
            kind,
            about => (!about.is_empty()).then_some(about),
            amount => format!("{figures}\u{A0}{currency}"),
            at => if with_day { speaker.moment(self.at)? } else { speaker.clock(self.at) },
        })
    }
}

impl Way {
    /// Also the name of its style.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Neither => "neither",
        }
    }
}
