//! `POST /v1/users/inquiryUserInfo` (spec/qicard.md 6.1, openapi.md 3.5).

use super::AccessTokenRequest;
use crate::{ResultBody, UserInfo};
use serde::{Deserialize, Serialize};

/// Asks for what the token's scopes allow of the user.
pub type InquiryUserInfoRequest = AccessTokenRequest;

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
