//! `POST /v1/merchants/inquiryMerchantInfo`: who signed in on the business side (spec/qicard.md 6.4, openapi.md 3.6).

use super::AccessTokenRequest;
use crate::ResultBody;
use mithaq_types::MerchantId;
use serde::{Deserialize, Serialize};

/// Asks for what the scopes `MERCHANT_ID` and `MERCHANT_NAME` of a token allow of the merchant.
pub type InquiryMerchantInfoRequest = AccessTokenRequest;

/// What an application may know of a merchant. Absent members are not sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MerchantInfo {
    /// The merchant's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_id: Option<MerchantId>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_name: Option<String>,
    /// URL of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_logo: Option<String>,
}

/// The answer to inquiryMerchantInfo.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InquiryMerchantInfoResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The merchant; always there with `S`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_info: Option<MerchantInfo>,
}

impl InquiryMerchantInfoResponse {
    /// The merchant as the token's scopes show it.
    #[must_use]
    pub fn success(merchant_info: MerchantInfo) -> Self {
        Self { result: ResultBody::success(), merchant_info: Some(merchant_info) }
    }
}

super::answer!(InquiryMerchantInfoResponse);
