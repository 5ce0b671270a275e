//! `POST /v1/authorizations/applyToken` (spec/qicard.md 5.2, openapi.md 3.2).

use super::TOKEN_MAX;
use crate::json::Fields;
use crate::time::WireTime;
use crate::{ApiError, ResultBody, ResultCode, WireBody};
use mithaq_types::CustomerId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is exchanged for tokens.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "grantType")]
pub enum Grant {
    /// A code from `my.getAuthCode` or `qicardSignContract`, at most 64 characters.
    #[serde(rename = "AUTHORIZATION_CODE", rename_all = "camelCase")]
    AuthorizationCode {
        /// The code.
        auth_code: String,
    },
    /// A refresh token, at most 128 characters; no user is needed.
    #[serde(rename = "REFRESH_TOKEN", rename_all = "camelCase")]
    RefreshToken {
        /// The token.
        refresh_token: String,
    },
}

/// Both kinds are as good as money: logs must not show them.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AuthorizationCode { .. } => "AuthorizationCode",
            Self::RefreshToken { .. } => "RefreshToken",
        })
    }
}

/// Asks for an access token.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplyTokenRequest {
    /// What is exchanged.
    #[serde(flatten)]
    pub grant: Grant,
    /// Must be the one given at prepare or in the JSAPI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_client_id: Option<String>,
    /// The v2 family's name for the merchant: must equal the header's `Client-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_client_id: Option<String>,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl ApplyTokenRequest {
    /// Exchange of a code.
    #[must_use]
    pub fn for_code(auth_code: impl Into<String>) -> Self {
        Self::of(Grant::AuthorizationCode { auth_code: auth_code.into() })
    }

    /// Exchange of a refresh token.
    #[must_use]
    pub fn for_refresh_token(refresh_token: impl Into<String>) -> Self {
        Self::of(Grant::RefreshToken { refresh_token: refresh_token.into() })
    }

    const fn of(grant: Grant) -> Self {
        Self { grant, reference_client_id: None, auth_client_id: None, extend_info: None }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`, `AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE`.
    pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        let grant = match fields.required_text("grantType", 1024)?.as_str() {
            "AUTHORIZATION_CODE" => Grant::AuthorizationCode { auth_code: fields.required_text("authCode", 64)? },
            "REFRESH_TOKEN" => Grant::RefreshToken { refresh_token: fields.required_text("refreshToken", TOKEN_MAX)? },
            _ => return Err(ResultCode::AuthClientUnsupportedGrantType.into()),
        };
        Ok(Self {
            grant,
            reference_client_id: fields.text("referenceClientId", 128)?,
            auth_client_id: fields.text("authClientId", 128)?,
            extend_info: fields.extend_info()?,
        })
    }
}

impl WireBody for ApplyTokenRequest {}

/// The answer to applyToken. All members but `result` with `S` only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplyTokenResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The token that pays or reads. Belongs on the merchant's server, never in the Mini Program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token: Option<String>,
    /// Until when it is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token_expiry_time: Option<WireTime>,
    /// Gets the next pair of tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// Until when it is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token_expiry_time: Option<WireTime>,
    /// The user at this merchant; the same value as `userInfo.userId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
}

impl fmt::Debug for ApplyTokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplyTokenResponse")
            .field("result", &self.result)
            .field("access_token_expiry_time", &self.access_token_expiry_time)
            .field("customer_id", &self.customer_id)
            .finish_non_exhaustive()
    }
}

impl ApplyTokenResponse {
    /// A pair of tokens, each with its end.
    #[must_use]
    pub fn success(access: (String, WireTime), refresh: (String, WireTime), customer_id: CustomerId) -> Self {
        Self {
            result: ResultBody::success(),
            access_token: Some(access.0),
            access_token_expiry_time: Some(access.1),
            refresh_token: Some(refresh.0),
            refresh_token_expiry_time: Some(refresh.1),
            customer_id: Some(customer_id),
        }
    }
}

super::answer!(ApplyTokenResponse);
