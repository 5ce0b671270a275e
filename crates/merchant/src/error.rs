//! What can go wrong with a call, sorted by what the caller may do next.

use mithaq_openapi::{ResultBody, ResultCode, ResultStatus};

/// The outcome of a call that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The wallet refused for good: the same request cannot succeed.
    #[error("the wallet refused: {code}: {message}")]
    Refused {
        /// The protocol's code; see [`Error::code`].
        code: String,
        /// `F`.
        status: ResultStatus,
        /// Text for humans, what to do next included.
        message: String,
    },
    /// It may have happened or not. Repeat the same request with the same id, or inquire.
    #[error("the outcome is not known: {0}")]
    Unknown(#[from] Cause),
    /// The client is not set up rightly; nothing was sent.
    #[error("the client is not set up rightly: {0}")]
    Config(String),
}

/// Why an outcome is not known.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// The wallet said so, or said something this SDK cannot take as an outcome.
    #[error("the wallet answered {code}: {message}")]
    Answered {
        /// The protocol's code.
        code: String,
        /// Text for humans.
        message: String,
    },
    /// No answer: refused or lost connection, time-out.
    #[error("no answer: {0}")]
    Transport(#[from] reqwest::Error),
    /// An answer with another HTTP status than 200.
    #[error("the gateway answered with HTTP status {0}")]
    Http(u16),
    /// An answer without a valid signature of the wallet.
    #[error("the answer is not to be believed: {0}")]
    Signature(String),
    /// A signed answer that is not what this call answers with.
    #[error("the answer cannot be read: {0}")]
    Body(String),
}

impl Error {
    /// The wallet's code, if it is one of the catalogue.
    #[must_use]
    pub fn code(&self) -> Option<ResultCode> {
        match self {
            Self::Refused { code, .. } | Self::Unknown(Cause::Answered { code, .. }) => ResultCode::parse(code),
            _ => None,
        }
    }

    /// Whether it may have happened.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// The error of an answer that is not `S`: `F` is final, everything else is not known.
    pub(crate) fn of(result: &ResultBody) -> Self {
        let (code, message) = (result.result_code.clone(), result.result_message.clone());
        match result.result_status {
            ResultStatus::F => Self::Refused { code, status: ResultStatus::F, message },
            ResultStatus::S | ResultStatus::A | ResultStatus::U => Cause::Answered { code, message }.into(),
        }
    }

    /// An answer that lacks what its success must hold.
    pub(crate) fn lacks(member: &str) -> Self {
        Cause::Body(format!("{member} is missing")).into()
    }
}
