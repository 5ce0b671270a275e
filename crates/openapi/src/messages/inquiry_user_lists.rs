//! `POST /v1/users/inquiryUserCardList` and `inquiryUserAccountList` (spec/qicard.md 6.2, 6.3, openapi.md 3.6).

use super::AccessTokenRequest;
use crate::ResultBody;
use serde::{Deserialize, Serialize};

/// Asks for the user's cards. Needs the scope `CARD_LIST`.
pub type InquiryUserCardListRequest = AccessTokenRequest;

/// Asks for the user's accounts. Needs the scope `CARD_LIST`.
pub type InquiryUserAccountListRequest = AccessTokenRequest;

/// One card of a user.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserCard {
    /// The card's number with the middle starred out.
    #[serde(default)]
    pub masked_card_no: String,
    /// The account behind it.
    #[serde(default)]
    pub account_number: String,
}

/// One account of a user.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserAccount {
    /// Its number.
    #[serde(default)]
    pub account_number: String,
}

/// The answer to inquiryUserCardList.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InquiryUserCardListResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The cards; always there with `S`, and empty when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_list: Option<Vec<UserCard>>,
}

impl InquiryUserCardListResponse {
    /// The cards.
    #[must_use]
    pub fn success(card_list: Vec<UserCard>) -> Self {
        Self { result: ResultBody::success(), card_list: Some(card_list) }
    }
}

super::answer!(InquiryUserCardListResponse);

/// The answer to inquiryUserAccountList.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InquiryUserAccountListResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The accounts; always there with `S`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_list: Option<Vec<UserAccount>>,
}

impl InquiryUserAccountListResponse {
    /// The accounts.
    #[must_use]
    pub fn success(account_list: Vec<UserAccount>) -> Self {
        Self { result: ResultBody::success(), account_list: Some(account_list) }
    }
}

super::answer!(InquiryUserAccountListResponse);
