//! Money from one user to another, and what merchants write to users.

use crate::Hash;
use mithaq_types::{ClientId, MessageId, Money, Timestamp, TransferId, UserId};
use serde::{Deserialize, Serialize};

/// Money sent. Written once; its id comes from the form it was sent with, so that a form sent twice moves money once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Transfer {
    /// Its id.
    pub transfer_id: TransferId,
    /// From whom.
    pub from: UserId,
    /// To whom.
    pub to: UserId,
    /// How much.
    pub amount: Money,
    /// The sender's words.
    pub note: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A message that a merchant sent to a user (spec/qicard.md 7.11). Written once: its request id makes it happen once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MerchantMessage {
    /// Who sent it.
    pub client_id: ClientId,
    /// The merchant's id of it.
    pub request_id: String,
    /// SHA-256 of what must be equal in a repeat.
    pub content: Hash,
    /// To whom.
    pub user_id: UserId,
    /// The wallet's id of it.
    pub message_id: MessageId,
    /// When.
    pub at: Timestamp,
}
