//! The endpoints of the wallet: path, other names for it, and the codes of its own (spec/openapi.md 3.0).

use crate::ResultCode;

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
    /// Pay: with an agreement at once, or through the cashier.
    Pay,
    /// Ask how a payment stands.
    InquiryPayment,
}

impl Api {
    /// All of them.
    pub const ALL: &[Self] =
        &[Self::Prepare, Self::ApplyToken, Self::CancelToken, Self::InquiryUserInfo, Self::Pay, Self::InquiryPayment];

    /// The path that clients sign.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Prepare => "/v1/authorizations/prepare",
            Self::ApplyToken => "/v1/authorizations/applyToken",
            Self::CancelToken => "/v1/authorizations/cancelToken",
            Self::InquiryUserInfo => "/v1/users/inquiryUserInfo",
            Self::Pay => "/v1/payments/pay",
            Self::InquiryPayment => "/v1/payments/inquiryPayment",
        }
    }

    /// Other paths that reach it, named so by sibling wallets.
    #[must_use]
    pub const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::CancelToken => &["/v1/authorizations/revoke"],
            Self::InquiryUserInfo => &["/v1/customers/user/inquiryUserInfoByAccessToken"],
            _ => &[],
        }
    }

    /// The endpoint of a path or alias without query.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|api| api.path() == path || api.aliases().contains(&path))
    }

    /// The codes of its own, beside the common ones that every endpoint may answer.
    #[must_use]
    pub const fn codes(self) -> &'static [ResultCode] {
        use ResultCode as C;
        match self {
            Self::Prepare => {
                &[C::InvalidScope, C::InvalidAuthClient, C::InvalidAuthClientStatus, C::CurrencyNotSupport]
            }
            Self::ApplyToken => &[
                C::InvalidCode,
                C::UsedCode,
                C::ExpiredCode,
                C::InvalidRefreshToken,
                C::UsedRefreshToken,
                C::ExpiredRefreshToken,
                C::AuthClientUnsupportedGrantType,
                C::InvalidAuthClient,
                C::InvalidAuthClientStatus,
                C::ReferenceClientIdNotMatch,
            ],
            Self::CancelToken => {
                &[C::InvalidAccessToken, C::ExpiredAccessToken, C::InvalidAuthClient, C::InvalidAuthClientStatus]
            }
            Self::InquiryUserInfo => &[
                C::InvalidAccessToken,
                C::ExpiredAccessToken,
                C::UserNotExist,
                C::UserStatusAbnormal,
                C::InvalidAuthClient,
            ],
            Self::Pay => &[
                C::Accept,
                C::PaymentInProcess,
                C::RepeatReqInconsistent,
                C::PaymentAmountExceedLimit,
                C::UserAmountExceedLimit,
                C::PaymentCountExceedLimit,
                C::UserNotExist,
                C::UserStatusAbnormal,
                C::UserBalanceNotEnough,
                C::PartnerNotExist,
                C::PartnerStatusAbnormal,
                C::RiskReject,
                C::CurrencyNotSupport,
                C::OrderStatusInvalid,
                C::InvalidAccessToken,
                C::ExpiredAccessToken,
                C::AuthCodeAlreadyUsed,
                C::InvalidCode,
            ],
            Self::InquiryPayment => &[C::OrderNotExist],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_and_alias_leads_to_its_endpoint() {
        for api in Api::ALL {
            assert_eq!(Api::from_path(api.path()), Some(*api));
            assert!(api.aliases().iter().all(|alias| Api::from_path(alias) == Some(*api)));
        }
        assert_eq!(Api::from_path("/v1/authorizations/revoke"), Some(Api::CancelToken));
        assert_eq!(Api::from_path("/v2/payments/pay"), None);
    }
}
