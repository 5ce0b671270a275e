//! The request of every inquiry about the owner of a token (spec/qicard.md 6, openapi.md 3.5, 3.6).

use super::TOKEN_MAX;
use crate::json::Fields;
use crate::{ApiError, WireBody};
use serde::Serialize;

/// Asks for what a token's scopes allow.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessTokenRequest {
    /// The token.
    pub access_token: String,
    /// The v2 family's name for the merchant: must equal the header's `Client-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_client_id: Option<String>,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl std::fmt::Debug for AccessTokenRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessTokenRequest")
    }
}

impl AccessTokenRequest {
    /// The question for `access_token`.
    #[must_use]
    pub fn new(access_token: impl Into<String>) -> Self {
        Self { access_token: access_token.into(), auth_client_id: None, extend_info: None }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`.
    pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        Ok(Self {
            access_token: fields.required_text("accessToken", TOKEN_MAX)?,
            auth_client_id: fields.text("authClientId", 128)?,
            extend_info: fields.extend_info()?,
        })
    }
}

impl WireBody for AccessTokenRequest {}
