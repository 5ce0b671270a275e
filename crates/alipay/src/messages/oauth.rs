//! `alipay.system.oauth.token`: a code, or an older token, becomes a token (spec/alipay-agreement.md 2.14).

use crate::{Call, GatewayError, SubCode};
use serde::Serialize;
use std::fmt;

/// Characters of a code or token, at most.
const TOKEN_MAX: usize = 128;

/// What is exchanged. Its parameters stand beside the common ones, not in `biz_content`.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenRequest {
    /// A code that the user's app gave; it works once.
    Code(String),
    /// The refresh token of an older answer.
    Refresh(String),
}

impl TokenRequest {
    /// Reads a call's parameters.
    ///
    /// # Errors
    /// `isv.grant-type-invalid`, `isv.code-invalid`, `isv.refresh-token-invalid`.
    pub fn of(call: &Call) -> Result<Self, GatewayError> {
        let secret = |name: &str| call.text(name).filter(|text| text.chars().count() <= TOKEN_MAX);
        match call.text("grant_type").as_deref() {
            Some("authorization_code") => secret("code").map(Self::Code).ok_or(SubCode::IsvCodeInvalid.into()),
            Some("refresh_token") => {
                secret("refresh_token").map(Self::Refresh).ok_or(SubCode::IsvRefreshTokenInvalid.into())
            }
            _ => Err(SubCode::IsvGrantTypeInvalid.into()),
        }
    }
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Codes and tokens open accounts: logs must not show them.
        f.write_str(match self {
            Self::Code(_) => "Code(…)",
            Self::Refresh(_) => "Refresh(…)",
        })
    }
}

/// The tokens. This answer alone has neither `code` nor `msg`.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct TokenAnswer {
    /// What opens the user's data.
    pub access_token: String,
    /// What gets the next one.
    pub refresh_token: String,
    /// Seconds that the access token lasts.
    pub expires_in: u64,
    /// Seconds that the refresh token lasts.
    pub re_expires_in: u64,
    /// The user's id, 16 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user's id for this app alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_id: Option<String>,
    /// When the user authorized.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_start: Option<crate::WireTime>,
}

impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenAnswer")
            .field("user_id", &self.user_id)
            .field("open_id", &self.open_id)
            .finish_non_exhaustive()
    }
}
