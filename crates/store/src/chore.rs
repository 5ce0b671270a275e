//! Writes that decide nothing: they share the engine's transaction, not its rules.

use mithaq_types::{MessageId, OutboxId, PaymentId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// An SMS or e-mail as it was sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// Its id, beginning with time.
    pub sent_id: String,
    /// The delivery it belongs to; with `channel` it is unique, so a repeated delivery is recorded once.
    pub outbox_id: OutboxId,
    /// `sms` or `email`.
    pub channel: String,
    /// Phone number or address.
    pub to: String,
    /// Subject; none for SMS.
    pub title: Option<String>,
    /// The words.
    pub body: String,
    /// When.
    pub at: Timestamp,
    /// Whose.
    pub user_id: UserId,
    /// The payment it is about.
    pub payment_id: Option<PaymentId>,
}

/// A write that decides nothing.
#[derive(Clone, Debug)]
pub enum Chore {
    /// A user opened a message.
    MarkRead {
        /// Whose inbox.
        user_id: UserId,
        /// Which message.
        message_id: MessageId,
    },
    /// An SMS or e-mail went out.
    RecordSent(Box<Sent>),
    /// Credits that were appended are folded into their accounts' balances, the oldest first.
    Fold {
        /// At most so many.
        most: u16,
    },
    /// A setting of this installation, such as the sandbox clock's shift.
    SetMeta {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
}
