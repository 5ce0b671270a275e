//! Why a deduction failed, in the sub-codes of `alipay.trade.pay` (spec/alipay-agreement.md 2.6).

use mithaq_alipay::SubCode;
use mithaq_domain::{FailReason, PlanRefusal};

/// The sub-code of a deduction under an agreement, by a plan (`periodic`) or at will, that failed for `reason`.
#[must_use]
pub const fn deduction_code(reason: FailReason, periodic: bool) -> SubCode {
    match reason {
        FailReason::Plan(refusal) => plan_code(refusal),
        FailReason::OverLimit if periodic => SubCode::AcqCyclePaySingleFeeExceed,
        FailReason::OverLimit => SubCode::AcqProductAmountLimitError,
        FailReason::OverUserLimit => SubCode::AcqBuyerPaymentAmountDayLimitError,
        FailReason::Balance => SubCode::AcqBuyerBalanceNotEnough,
        FailReason::UserUnknown => SubCode::AcqBuyerNotExist,
        FailReason::UserFrozen => SubCode::AcqBuyerEnableStatusForbid,
        FailReason::Restricted => SubCode::AcqPaymentRequestHasRisk,
        FailReason::MerchantSuspended => SubCode::AcqMerchantStatusNotNormal,
        FailReason::Expired | FailReason::Withdrawn => SubCode::AcqTradeHasClose,
        FailReason::NotStarted => SubCode::AcqAgreementStatusNotNormal,
        FailReason::Currency => SubCode::AcqAgreementError,
        FailReason::Overflow => SubCode::AcqTotalFeeExceed,
        // Tokens and codes are the other surface's: here nothing can fail because of them.
        FailReason::TokenUnknown
        | FailReason::TokenForeign
        | FailReason::TokenDead
        | FailReason::CodeUnknown
        | FailReason::CodeUsed => SubCode::AcqSystemError,
    }
}

const fn plan_code(refusal: PlanRefusal) -> SubCode {
    match refusal {
        PlanRefusal::OverSingle => SubCode::AcqCyclePaySingleFeeExceed,
        PlanRefusal::OverTotal => SubCode::AcqCyclePayTotalFeeExceed,
        PlanRefusal::OverCount => SubCode::AcqCyclePayTotalTimesExceed,
        PlanRefusal::TooEarly(_) | PlanRefusal::TooLate(_) | PlanRefusal::NotLater | PlanRefusal::DayOfMonth => {
            SubCode::AcqCyclePayDateNotMatch
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mithaq_alipay::Method;

    #[test]
    fn a_failed_deduction_has_the_sub_code_that_its_merchant_would_be_answered() {
        let day = jiff::civil::date(2026, 2, 5);
        let cases = [
            (FailReason::Plan(PlanRefusal::TooEarly(day)), "ACQ.CYCLE_PAY_DATE_NOT_MATCH"),
            (FailReason::Plan(PlanRefusal::TooLate(day)), "ACQ.CYCLE_PAY_DATE_NOT_MATCH"),
            (FailReason::Plan(PlanRefusal::OverSingle), "ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED"),
            (FailReason::Plan(PlanRefusal::OverTotal), "ACQ.CYCLE_PAY_TOTAL_FEE_EXCEED"),
            (FailReason::Plan(PlanRefusal::OverCount), "ACQ.CYCLE_PAY_TOTAL_TIMES_EXCEED"),
            (FailReason::OverLimit, "ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED"),
            (FailReason::OverUserLimit, "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR"),
            (FailReason::Balance, "ACQ.BUYER_BALANCE_NOT_ENOUGH"),
            (FailReason::UserUnknown, "ACQ.BUYER_NOT_EXIST"),
            (FailReason::UserFrozen, "ACQ.BUYER_ENABLE_STATUS_FORBID"),
            (FailReason::Restricted, "ACQ.PAYMENT_REQUEST_HAS_RISK"),
            (FailReason::MerchantSuspended, "ACQ.MERCHANT_STATUS_NOT_NORMAL"),
            (FailReason::Currency, "ACQ.AGREEMENT_ERROR"),
            (FailReason::Overflow, "ACQ.TOTAL_FEE_EXCEED"),
        ];
        for (reason, wire) in cases {
            let code = deduction_code(reason, true);
            assert_eq!(code.wire(), wire, "{reason:?}");
            assert!(Method::TradePay.sub_codes().any(|known| known == code), "{wire} is none of alipay.trade.pay's");
            assert!(!code.message().contains('%'), "{wire}");
        }
        assert_eq!(deduction_code(FailReason::OverLimit, false).wire(), "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR");
    }
}
