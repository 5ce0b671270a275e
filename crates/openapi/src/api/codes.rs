//! Which codes an endpoint answers beside the common ones (spec/qicard.md 5 to 7, openapi.md 3.1 to 3.19).

use super::Api;
use crate::ResultCode;
use ResultCode as C;

impl Api {
    /// The codes of its own, beside [`ResultCode::COMMON`].
    #[must_use]
    pub const fn codes(self) -> &'static [ResultCode] {
        match self {
            Self::Prepare => {
                &[C::InvalidScope, C::InvalidAuthClient, C::InvalidAuthClientStatus, C::CurrencyNotSupport]
            }
            Self::ApplyToken => APPLY_TOKEN,
            Self::CancelToken => {
                &[C::InvalidAccessToken, C::ExpiredAccessToken, C::InvalidAuthClient, C::InvalidAuthClientStatus]
            }
            Self::InquiryUserInfo
            | Self::InquiryUserCardList
            | Self::InquiryUserAccountList
            | Self::InquiryMerchantInfo => TOKEN_INQUIRY,
            Self::Pay => PAY,
            Self::InquiryPayment => &[C::OrderNotExist],
            Self::Cancel => CANCEL,
            Self::Capture => CAPTURE,
            Self::Void => VOID,
            Self::MerchantAccept => MERCHANT_ACCEPT,
            Self::Confirm => CONFIRM,
            Self::Refund => REFUND,
            Self::InquiryRefund => &[C::RefundNotExist],
            Self::SendInbox | Self::SendPush => MESSAGE,
        }
    }
}

const APPLY_TOKEN: &[ResultCode] = &[
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
];

const TOKEN_INQUIRY: &[ResultCode] =
    &[C::InvalidAccessToken, C::ExpiredAccessToken, C::UserNotExist, C::UserStatusAbnormal, C::InvalidAuthClient];

const PAY: &[ResultCode] = &[
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
    C::OrderIsCanceled,
    C::InvalidAccessToken,
    C::ExpiredAccessToken,
    C::AuthCodeAlreadyUsed,
    C::InvalidCode,
];

const CANCEL: &[ResultCode] =
    &[C::OrderNotExist, C::OrderStatusInvalid, C::OrderIsFrozen, C::CancelWindowExceed, C::MerchantBalanceNotEnough];

const CAPTURE: &[ResultCode] = &[
    C::CaptureInProcess,
    C::RepeatReqInconsistent,
    C::AuthNotFound,
    C::AuthExpired,
    C::AuthCancelled,
    C::CaptureAmountExceedAuthLimit,
    C::CurrencyNotSupport,
    C::OrderStatusInvalid,
    C::OrderIsFrozen,
    C::OrderUnsupportedOperation,
    C::PartnerStatusAbnormal,
    C::RiskReject,
];

const VOID: &[ResultCode] = &[
    C::MutexOperationInProcessing,
    C::RepeatReqInconsistent,
    C::OrderNotExist,
    C::OrderStatusInvalid,
    C::OrderIsFrozen,
    C::OrderUnsupportedOperation,
    C::CurrencyNotSupport,
    C::CurrencyNotSame,
    C::AmountExceedsLimit,
];

const MERCHANT_ACCEPT: &[ResultCode] = &[
    C::OrderNotExist,
    C::OrderStatusInvalid,
    C::OrderIsFrozen,
    C::OrderUnsupportedOperation,
    C::OrderIsMerchantAccepted,
];

const CONFIRM: &[ResultCode] = &[
    C::MutexOperationInProcessing,
    C::RepeatReqInconsistent,
    C::OrderNotExist,
    C::OrderStatusInvalid,
    C::OrderIsFrozen,
    C::OrderUnsupportedOperation,
    C::PartnerStatusAbnormal,
];

const REFUND: &[ResultCode] = &[
    C::RefundInProcess,
    C::RepeatReqInconsistent,
    C::OrderNotExist,
    C::OrderStatusInvalid,
    C::OrderIsFrozen,
    C::RefundAmountExceed,
    C::RefundWindowExceed,
    C::MerchantBalanceNotEnough,
    C::PartnerStatusAbnormal,
    C::CurrencyNotSupport,
];

const MESSAGE: &[ResultCode] = &[
    C::InvalidAccessToken,
    C::ExpiredAccessToken,
    C::InvalidAuthClient,
    C::UserNotExist,
    C::UserStatusError,
    C::UserNotSubscribed,
    C::TemplateNotExist,
    C::MessageSendExceedLimit,
    C::VerifyRequestIdInvalid,
];
