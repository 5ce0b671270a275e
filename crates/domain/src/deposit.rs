//! Money that came in from outside the wallet, remembered by the reference it came with.

use mithaq_types::{Money, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A deposit. Written once; its reference makes it happen once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Deposit {
    /// What the operator calls it: the bank's number, a receipt's. Unique in the installation.
    pub reference: String,
    /// To whom.
    pub user_id: UserId,
    /// How much.
    pub amount: Money,
    /// What the user had afterwards.
    pub balance: Money,
    /// The transaction that moved the money.
    pub transaction_id: String,
    /// When.
    pub at: Timestamp,
}
