//! Which method answers which sub-codes of its own, beside the gateway's (spec/alipay-agreement.md 2.1.2 to 2.14).

use super::SubCode;
use crate::Method;
use SubCode as S;

impl Method {
    /// The sub-codes of its own. For [`Method::PageSign`] and [`Method::AppPay`] no list is public: theirs are what sibling
    /// methods say.
    pub fn sub_codes(self) -> impl Iterator<Item = SubCode> {
        self.lists().iter().flat_map(|list| list.iter().copied())
    }

    /// What it answers when a member is missing or wrong.
    #[must_use]
    pub const fn invalid_parameter(self) -> SubCode {
        match self {
            Self::PageSign
            | Self::AgreementQuery
            | Self::AgreementUnsign
            | Self::ExecutionPlanModify
            | Self::AgreementTransfer => S::InvalidParameter,
            Self::TradePay
            | Self::TradeQuery
            | Self::TradeRefund
            | Self::RefundQuery
            | Self::TradeClose
            | Self::TradeCancel
            | Self::AppPay
            | Self::TradeCreate => S::AcqInvalidParameter,
            Self::OauthToken => S::IsvInvalidParameter,
        }
    }

    /// What it answers when the wallet cannot tell the outcome.
    #[must_use]
    pub const fn system_error(self) -> SubCode {
        match self {
            Self::PageSign
            | Self::AgreementQuery
            | Self::AgreementUnsign
            | Self::ExecutionPlanModify
            | Self::AgreementTransfer => S::SystemError,
            Self::OauthToken => S::IspUnknowError,
            _ => S::AcqSystemError,
        }
    }

    const fn lists(self) -> &'static [&'static [SubCode]] {
        match self {
            Self::PageSign => &[PAGE_SIGN],
            Self::AgreementQuery => &[QUERY],
            Self::AgreementUnsign => &[UNSIGN],
            Self::ExecutionPlanModify => &[MODIFY],
            Self::AgreementTransfer => &[TRANSFER],
            Self::TradePay => &[DEDUCTION, PAYMENT],
            Self::TradeQuery => {
                &[&[S::AcqTradeNotExist, S::AcqInvalidParameter, S::AcqSystemError, S::AcqEnterprisePayBizError]]
            }
            Self::TradeRefund => &[REFUND],
            Self::RefundQuery => &[&[S::AcqTradeNotExist, S::TradeNotExist, S::AcqInvalidParameter, S::AcqSystemError]],
            Self::TradeClose => &[CLOSE],
            Self::TradeCancel => &[CANCEL],
            Self::AppPay => &[PAYMENT, PAGE_SIGN],
            Self::TradeCreate => &[PAYMENT, CREATE],
            Self::OauthToken => &[OAUTH],
        }
    }
}

const PAGE_SIGN: &[SubCode] = &[
    S::InvalidParameter,
    S::ProductCodeNotSupportedError,
    S::MerchantAgreementIsNotExist,
    S::MerchantStatusIsNotNormal,
    S::NotSupportedBusiness,
    S::SystemError,
];

const QUERY: &[SubCode] = &[
    S::UserAgreementNotExist,
    S::AgreementHasUnsigned,
    S::InvalidParameter,
    S::SystemError,
    S::UserNotExistError,
    S::UserNotExsitError,
    S::ProductCodeNotSupportedError,
    S::AuthoreeIsNotMatch,
    S::LogonidIsRepeated,
    S::ParentMerchantQueryFail,
    S::MerchantStatusIsNotNormal,
    S::MerchantAgreementIsNotExist,
];

const UNSIGN: &[SubCode] = &[
    S::UserAgreementNotExist,
    S::AgreementNotExist,
    S::AgreementNotExsit,
    S::UserAgreementStatusNotNormal,
    S::UserAgreementStatusIsNotNormal,
    S::InvalidParameter,
    S::IllegalParams,
    S::SystemError,
    S::UserNotExistError,
    S::UserNotExsitError,
    S::ProductCodeNotSupportedError,
    S::AuthoreeIsNotMatch,
    S::MerchantAgreementIsNotExist,
    S::MerchantStatusIsNotNormal,
    S::UserAgreementQueryFail,
    S::UserAgreementUnsignFail,
    S::AsyncUnsignCanNotReject,
];

const MODIFY: &[SubCode] = &[S::IllegalExecutionTime, S::IllegalAgreement, S::InvalidParameter, S::SystemError];

const TRANSFER: &[SubCode] = &[
    S::UserAgreementNotExist,
    S::InvalidParameter,
    S::ProductCodeIsInvalid,
    S::ProductcodeAlreadyUpdate,
    S::NotSupportedBusiness,
    S::SystemError,
    S::MerchantAgreementIsNotExist,
    S::MerchantStatusIsNotNormal,
    S::MerchantAgreementIsExpired,
    S::UserAgreementIsOutOfDate,
    S::UserAgreementStatusIsExpired,
];

/// What a deduction says of its agreement.
const DEDUCTION: &[SubCode] = &[
    S::AcqAgreementNotExist,
    S::AcqAgreementInvalid,
    S::AcqAgreementStatusNotNormal,
    S::AcqAgreementError,
    S::AcqMerchantAgreementNotExist,
    S::AcqMerchantAgreementInvalid,
    S::AcqCyclePayDateNotMatch,
    S::AcqCyclePaySingleFeeExceed,
    S::AcqCyclePayTotalFeeExceed,
    S::AcqCyclePayTotalTimesExceed,
    S::AcqOverMaxDeductCount,
    S::AcqOverMaxUnderWayDeductCount,
    S::AcqOverDeductPeriod,
    S::AcqOverMerchantDailyDeductAmount,
];

/// What any payment says.
const PAYMENT: &[SubCode] = &[
    S::AcqProductAmountLimitError,
    S::AcqBuyerPaymentAmountDayLimitError,
    S::AcqBuyerPaymentAmountMonthLimitError,
    S::AcqBuyerBalanceNotEnough,
    S::AcqBuyerBankcardBalanceNotEnough,
    S::AcqNoPaymentInstrumentsAvailable,
    S::AcqBuyerEnableStatusForbid,
    S::AcqBuyerNotExist,
    S::AcqPayerUnmatched,
    S::AcqPaymentRequestHasRisk,
    S::AcqTradeHasSuccess,
    S::AcqTradeHasClose,
    S::AcqContextInconsistent,
    S::AcqTradeStatusError,
    S::AcqTradeBuyerNotMatch,
    S::AcqBuyerSellerEqual,
    S::AcqTotalFeeExceed,
    S::AcqSellerBeenBlocked,
    S::AcqSellerNotExist,
    S::AcqInvalidReceiveAccount,
    S::AcqMerchantStatusNotNormal,
    S::AcqAccessForbidden,
    S::AcqPartnerError,
    S::AcqInvalidParameter,
    S::AcqExistForbiddenWord,
    S::AcqNowTimeAfterExpireTimeError,
    S::AcqSystemError,
];

const CREATE: &[SubCode] = &[
    S::AcqUnboundApplication,
    S::AcqBizProductNotAllowed,
    S::AcqProductNotSupportInTinyApp,
    S::AcqOpenIdNotTinyApp,
    S::AcqIllegalArgument,
];

const REFUND: &[SubCode] = &[
    S::AcqTradeNotExist,
    S::AcqTradeStatusError,
    S::AcqTradeHasClose,
    S::AcqTradeHasFinished,
    S::AcqRefundAmtNotEqualTotal,
    S::AcqReasonTradeRefundFeeErr,
    S::AcqRefundFeeError,
    S::AcqSellerBalanceNotEnough,
    S::AcqDiscordantRepeatRequest,
    S::AcqTradeNotAllowRefund,
    S::AcqNotAllowPartialRefund,
    S::AcqReasonTradeBeenFreezen,
    S::AcqReasonTradeStatusInvalid,
    S::AcqBuyerNotExist,
    S::AcqBuyerEnableStatusForbid,
    S::AcqBuyerError,
    S::AcqCurrencyNotSupport,
    S::AcqRefundAccountNotExist,
    S::AcqCustomerValidateError,
    S::AcqInvalidParameter,
    S::AcqSystemError,
    S::AcqRefundallocUnauthLimit,
    S::AcqAllocAmountValidateError,
];

const CLOSE: &[SubCode] = &[
    S::AcqTradeNotExist,
    S::AcqTradeStatusError,
    S::AcqReasonTradeStatusInvalid,
    S::AcqReasonIllegalStatus,
    S::AcqInvalidParameter,
    S::AcqSystemError,
];

const CANCEL: &[SubCode] = &[
    S::AcqTradeHasFinished,
    S::AcqTradeCancelTimeOut,
    S::AcqCancelNotAllowed,
    S::AcqSellerBalanceNotEnough,
    S::AcqReasonTradeBeenFreezen,
    S::AcqReasonTradeRefundFeeErr,
    S::AcqInvalidParameter,
    S::AcqSystemError,
    S::AqcSystemError,
];

const OAUTH: &[SubCode] = &[
    S::IsvCodeInvalid,
    S::IsvGrantTypeInvalid,
    S::IsvRefreshTokenInvalid,
    S::IsvRefreshTokenTimeOut,
    S::IsvRefreshedTokenInvalid,
    S::IsvUnmatchedAppId,
    S::IspUnknowError,
];
