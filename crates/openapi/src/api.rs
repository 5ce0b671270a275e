//! The endpoints of the wallet: path, other names for it, and the codes of its own (spec/openapi.md 3.0).

mod codes;

/// An endpoint a merchant calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Api {
    /// Prepare a contract for the user to sign.
    Prepare,
    /// Exchange an authCode or a refresh token for tokens.
    ApplyToken,
    /// End a token, and with it its contract.
    CancelToken,
    /// Read what a token's scopes allow of the user.
    InquiryUserInfo,
    /// List the user's cards.
    InquiryUserCardList,
    /// List the user's accounts.
    InquiryUserAccountList,
    /// Read what a token's scopes allow of the merchant who signed in.
    InquiryMerchantInfo,
    /// Pay: with an agreement or a shown code at once, or through the cashier.
    Pay,
    /// Ask how a payment stands.
    InquiryPayment,
    /// Take a payment back as a whole.
    Cancel,
    /// Take held money.
    Capture,
    /// Give held money back.
    Void,
    /// Take an escrow order.
    MerchantAccept,
    /// Take the money of an escrow order whose buyer has the goods.
    Confirm,
    /// Give paid money back.
    Refund,
    /// Ask how a refund stands.
    InquiryRefund,
    /// Send a message to the user's inbox.
    SendInbox,
    /// Send a notification to the user's device.
    SendPush,
}

impl Api {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Prepare,
        Self::ApplyToken,
        Self::CancelToken,
        Self::InquiryUserInfo,
        Self::InquiryUserCardList,
        Self::InquiryUserAccountList,
        Self::InquiryMerchantInfo,
        Self::Pay,
        Self::InquiryPayment,
        Self::Cancel,
        Self::Capture,
        Self::Void,
        Self::MerchantAccept,
        Self::Confirm,
        Self::Refund,
        Self::InquiryRefund,
        Self::SendInbox,
        Self::SendPush,
    ];

    /// The path that clients sign.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Prepare => "/v1/authorizations/prepare",
            Self::ApplyToken => "/v1/authorizations/applyToken",
            Self::CancelToken => "/v1/authorizations/cancelToken",
            Self::InquiryUserInfo => "/v1/users/inquiryUserInfo",
            Self::InquiryUserCardList => "/v1/users/inquiryUserCardList",
            Self::InquiryUserAccountList => "/v1/users/inquiryUserAccountList",
            Self::InquiryMerchantInfo => "/v1/merchants/inquiryMerchantInfo",
            Self::Pay => "/v1/payments/pay",
            Self::InquiryPayment => "/v1/payments/inquiryPayment",
            Self::Cancel => "/v1/payments/cancel",
            Self::Capture => "/v1/payments/capture",
            Self::Void => "/v1/payments/void",
            Self::MerchantAccept => "/v1/payments/merchantAccept",
            Self::Confirm => "/v1/payments/confirm",
            Self::Refund => "/v1/payments/refund",
            Self::InquiryRefund => "/v1/payments/inquiryRefund",
            Self::SendInbox => "/v1/messages/sendInbox",
            Self::SendPush => "/v1/messages/sendPush",
        }
    }

    /// Other paths that reach it, named so by sibling wallets. Only the v1 family: a v2 path has other messages.
    #[must_use]
    pub const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::CancelToken => &["/v1/authorizations/revoke"],
            Self::InquiryUserInfo => &["/v1/customers/user/inquiryUserInfoByAccessToken"],
            Self::Cancel => &["/v1/payments/cancelPayment"],
            _ => &[],
        }
    }

    /// The endpoint of a path or alias without query.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|api| api.path() == path || api.aliases().contains(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ResultCode;
    use std::collections::HashSet;

    #[test]
    fn every_path_and_alias_leads_to_its_endpoint() {
        for api in Api::ALL {
            assert_eq!(Api::from_path(api.path()), Some(*api));
            assert!(api.aliases().iter().all(|alias| Api::from_path(alias) == Some(*api)));
        }
        assert_eq!(Api::from_path("/v1/authorizations/revoke"), Some(Api::CancelToken));
        assert_eq!(Api::from_path("/v1/payments/cancelPayment"), Some(Api::Cancel));
        for foreign in ["/v2/payments/pay", "/v1/payments/retailPay", "/v1/payments/Cancel", "/v1/payments/cancel/", ""]
        {
            assert_eq!(Api::from_path(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn no_endpoint_lists_a_code_twice_or_one_that_all_have() {
        for api in Api::ALL {
            let codes: HashSet<ResultCode> = api.codes().iter().copied().collect();
            assert_eq!(codes.len(), api.codes().len(), "{}", api.path());
            assert!(codes.iter().all(|code| !ResultCode::COMMON.contains(code)), "{}", api.path());
        }
    }
}
