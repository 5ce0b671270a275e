//! Why a use case has no result.

use mithaq_domain::Refusal;
use mithaq_store::{EngineError, StoreError};

/// A refusal of the rules, or a failure of the machine.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The rules say no. Safe to tell, in the dialect's words.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Too busy, stopping, or the database failed: the outcome is unknown, the request may be repeated.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A read failed. For logs only.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something that cannot be: a decision answered what it never answers. For logs only.
    #[error("internal: {0}")]
    Internal(&'static str),
}

impl Fault {
    /// The refusal, if it is one.
    #[must_use]
    pub const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}
