//! `POST /v1/users/inquiryUserInfo` (spec/qicard.md 6.1, openapi.md 3.5).

use super::TOKEN_MAX;
use crate::json::Fields;
use crate::{ApiError, ResultBody, UserInfo, WireBody};
use serde::{Deserialize, Serialize};

/// Asks for what the token's scopes allow of the user.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InquiryUserInfoRequest {
    /// The token.
    pub access_token: String,
    /// The v2 family's name for the merchant: must equal the header's `Client-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_client_id: Option<String>,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl std::fmt::Debug for InquiryUserInfoRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InquiryUserInfoRequest")
    }
}

impl InquiryUserInfoRequest {
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

impl WireBody for InquiryUserInfoRequest {}

/// The answer to inquiryUserInfo.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InquiryUserInfoResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The user; always there with `S`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_info: Option<UserInfo>,
}

impl InquiryUserInfoResponse {
    /// The user as the token's scopes show them (see [`UserInfo::limited_to`]).
    #[must_use]
    pub fn success(user_info: UserInfo) -> Self {
        Self { result: ResultBody::success(), user_info: Some(user_info) }
    }
}

super::answer!(InquiryUserInfoResponse);
