//! The audit trail: who did what to what, written with the effect.

use mithaq_types::Timestamp;
use serde::{Deserialize, Serialize};

/// One line of the trail. Holds ids, never secrets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Audit {
    /// Its id, beginning with time.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// `client:ID`, `user:ID`, `operator`, `clock`.
    pub actor: String,
    /// What, in dotted words: `contract.signed`.
    pub action: String,
    /// To what: `contract:ID`, `payment:ID`.
    pub subject: String,
    /// What else is worth knowing, in a word or two.
    pub detail: Option<String>,
}
