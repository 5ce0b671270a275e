//! A refusal with the protocol's code and a message that says what to do.

use crate::{ResultBody, ResultCode};
use std::fmt;

/// Why a request is refused. The message is for the merchant's developer and holds nothing internal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiError {
    /// The protocol's code; its status follows from it.
    pub code: ResultCode,
    /// `resultMessage`.
    pub message: String,
}

impl ApiError {
    /// `code` with its default message.
    #[must_use]
    pub fn new(code: ResultCode) -> Self {
        Self { code, message: code.message().to_owned() }
    }

    /// `code` with a message of its own.
    #[must_use]
    pub fn with_message(code: ResultCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// `PARAM_ILLEGAL` for the member at `path`, with the rule it breaks: `Illegal parameter: {path} {rule}`.
    #[must_use]
    pub fn illegal(path: &str, rule: &str) -> Self {
        Self::with_message(ResultCode::ParamIllegal, format!("Illegal parameter: {path} {rule}"))
    }

    /// The member `result` of the answer.
    #[must_use]
    pub fn result(&self) -> ResultBody {
        ResultBody::with_message(self.code, &self.message)
    }
}

impl From<ResultCode> for ApiError {
    fn from(code: ResultCode) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ApiError {}
