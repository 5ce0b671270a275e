//! Why a call is refused, and how that is answered (spec/alipay-agreement.md 1.5).

use crate::json::ContentError;
use crate::{Method, SubCode};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;

/// A sub-code with what to tell the merchant's developer. Serializes as `code`, `msg`, `sub_code`, `sub_msg`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GatewayError {
    /// Why; the code follows from it.
    pub sub_code: SubCode,
    /// `sub_msg`: what happened and what to do. Nothing internal.
    pub message: String,
}

impl GatewayError {
    /// The sub-code with the message of the catalogue.
    #[must_use]
    pub fn new(sub_code: SubCode) -> Self {
        Self { sub_code, message: sub_code.message().to_owned() }
    }

    /// The sub-code with a message of its own.
    #[must_use]
    pub fn with_message(sub_code: SubCode, message: impl Into<String>) -> Self {
        Self { sub_code, message: message.into() }
    }

    /// What `method` answers when its content cannot be taken.
    #[must_use]
    pub fn content(method: Method, error: &ContentError) -> Self {
        let sub_code = error.sub_code.unwrap_or_else(|| method.invalid_parameter());
        Self::with_message(sub_code, error.to_string())
    }
}

impl From<SubCode> for GatewayError {
    fn from(sub_code: SubCode) -> Self {
        Self::new(sub_code)
    }
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.sub_code.code().wire(), self.sub_code.wire(), self.message)
    }
}

impl std::error::Error for GatewayError {}

impl Serialize for GatewayError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let code = self.sub_code.code();
        let mut object = serializer.serialize_struct("GatewayError", 4)?;
        object.serialize_field("code", code.wire())?;
        object.serialize_field("msg", code.msg())?;
        object.serialize_field("sub_code", self.sub_code.wire())?;
        object.serialize_field("sub_msg", &self.message)?;
        object.end()
    }
}
