//! `POST /v1/authorizations/cancelToken`, also served as `revoke` (spec/openapi.md 3.3).

use super::TOKEN_MAX;
use crate::json::Fields;
use crate::{ApiError, ResultBody, WireBody};
use serde::{Deserialize, Serialize};

/// Ends a token and, if it pays, its contract.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CancelTokenRequest {
    /// The token.
    pub access_token: String,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl std::fmt::Debug for CancelTokenRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CancelTokenRequest")
    }
}

impl CancelTokenRequest {
    /// The end of `access_token`.
    #[must_use]
    pub fn new(access_token: impl Into<String>) -> Self {
        Self { access_token: access_token.into(), extend_info: None }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`.
    pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        Ok(Self { access_token: fields.required_text("accessToken", TOKEN_MAX)?, extend_info: fields.extend_info()? })
    }
}

impl WireBody for CancelTokenRequest {}

/// The answer to cancelToken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CancelTokenResponse {
    /// Outcome. A token that was already cancelled by the same client is `S` again.
    pub result: ResultBody,
}

impl CancelTokenResponse {
    /// The token has ended.
    #[must_use]
    pub fn success() -> Self {
        Self { result: ResultBody::success() }
    }
}

super::answer!(CancelTokenResponse);
