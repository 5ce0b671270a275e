//! The envelope every answer comes in: `{"result":{…}, …}` (spec/qicard.md 1.4).

use crate::{ApiError, ResultCode, ResultStatus};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The member `result`. Codes stay text here, so that the SDK can carry ones it does not know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultBody {
    /// Machine code, at most 64 characters.
    #[serde(default)]
    pub result_code: String,
    /// What to branch on.
    pub result_status: ResultStatus,
    /// Text for humans, at most 256 characters; never to be parsed.
    #[serde(default)]
    pub result_message: String,
}

impl ResultBody {
    /// `code` with its own status and default message.
    #[must_use]
    pub fn of(code: ResultCode) -> Self {
        Self::with_message(code, code.message())
    }

    /// `code` with a more exact message, cut to 256 characters.
    #[must_use]
    pub fn with_message(code: ResultCode, message: &str) -> Self {
        Self {
            result_code: code.as_str().to_owned(),
            result_status: code.status(),
            result_message: message.chars().take(256).collect(),
        }
    }

    /// `SUCCESS` with the text `Success.`.
    #[must_use]
    pub fn success() -> Self {
        Self::of(ResultCode::Success)
    }

    /// The code, if it is one of the catalogue.
    #[must_use]
    pub fn code(&self) -> Option<ResultCode> {
        ResultCode::parse(&self.result_code)
    }
}

/// A body that goes over the wire as JSON.
pub trait WireBody: Serialize {
    /// The bytes to sign and to send. Made once: a second serialisation is not the same message.
    fn to_json(&self) -> Vec<u8> {
        // Only maps with keys that are not text can fail here, and no message holds one.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// An answer of the wallet, as the merchant's side reads it. Unknown members are ignored.
pub trait WireResponse: DeserializeOwned {
    /// The member `result`.
    fn result(&self) -> &ResultBody;
}

/// An answer that holds nothing but `result`: every failure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Failure {
    /// What went wrong.
    pub result: ResultBody,
}

impl WireBody for Failure {}

impl WireResponse for Failure {
    fn result(&self) -> &ResultBody {
        &self.result
    }
}

impl From<&ApiError> for Failure {
    fn from(error: &ApiError) -> Self {
        Self { result: error.result() }
    }
}
