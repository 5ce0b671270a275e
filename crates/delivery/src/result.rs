//! A payment's outcome in the protocol's words: one mapping for the answer of `pay`, for inquiries and for notices.

use mithaq_domain::{FailReason, PaymentOutcome};
use mithaq_openapi::ResultCode;

/// The result code of an outcome, and a `resultMessage` that says what the merchant can do
/// (spec/qicard.md 7.1, 7.3; openapi.md 3.7).
#[must_use]
pub const fn result_of(outcome: PaymentOutcome) -> (ResultCode, &'static str) {
    match outcome {
        PaymentOutcome::Success => (ResultCode::Success, ResultCode::Success.message()),
        PaymentOutcome::Fail(reason) => failure(reason),
    }
}

const fn failure(reason: FailReason) -> (ResultCode, &'static str) {
    let code = match reason {
        FailReason::TokenUnknown => ResultCode::InvalidAccessToken,
        FailReason::TokenForeign => ResultCode::AccessDenied,
        FailReason::TokenDead => ResultCode::ExpiredAccessToken,
        FailReason::NotStarted | FailReason::Overflow => ResultCode::ProcessFail,
        FailReason::OverLimit => ResultCode::PaymentAmountExceedLimit,
        FailReason::OverUserLimit => ResultCode::UserAmountExceedLimit,
        FailReason::Currency => ResultCode::CurrencyNotSupport,
        FailReason::UserUnknown => ResultCode::UserNotExist,
        FailReason::UserFrozen => ResultCode::UserStatusAbnormal,
        FailReason::MerchantSuspended => ResultCode::PartnerStatusAbnormal,
        FailReason::Balance => ResultCode::UserBalanceNotEnough,
    };
    // Where a payment knows more than the catalogue does of its code.
    let message = match reason {
        FailReason::TokenForeign => {
            "This access token may not charge for this client. Use the AGREEMENT_PAY token that this client got for the user."
        }
        FailReason::TokenDead => {
            "The access token or its contract has ended. Refresh the token; if that fails, let the user sign again."
        }
        FailReason::NotStarted => {
            "The contract allows no charge before its startTime. Charge on or after that day, with a new paymentRequestId."
        }
        FailReason::Currency => {
            "The contract was agreed in another currency. Charge in the currency of its agreedAmount, with a new paymentRequestId."
        }
        FailReason::UserUnknown => "The user is no longer with this wallet. Do not charge under this contract again.",
        FailReason::Overflow => {
            "A sum became larger than an account can hold, and nothing was moved. Contact the wallet; repeating will not help."
        }
        _ => code.message(),
    };
    (code, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mithaq_openapi::ResultStatus;

    #[test]
    fn a_paid_payment_is_the_live_samples_success() {
        assert_eq!(result_of(PaymentOutcome::Success), (ResultCode::Success, "Success."));
    }

    #[test]
    fn every_failure_is_final_and_says_what_to_do() {
        let expected = [
            (FailReason::TokenUnknown, "INVALID_ACCESS_TOKEN"),
            (FailReason::TokenForeign, "ACCESS_DENIED"),
            (FailReason::TokenDead, "EXPIRED_ACCESS_TOKEN"),
            (FailReason::NotStarted, "PROCESS_FAIL"),
            (FailReason::OverLimit, "PAYMENT_AMOUNT_EXCEED_LIMIT"),
            (FailReason::OverUserLimit, "USER_AMOUNT_EXCEED_LIMIT"),
            (FailReason::Currency, "CURRENCY_NOT_SUPPORT"),
            (FailReason::UserUnknown, "USER_NOT_EXIST"),
            (FailReason::UserFrozen, "USER_STATUS_ABNORMAL"),
            (FailReason::MerchantSuspended, "PARTNER_STATUS_ABNORMAL"),
            (FailReason::Balance, "USER_BALANCE_NOT_ENOUGH"),
            (FailReason::Overflow, "PROCESS_FAIL"),
        ];
        for (reason, wire) in expected {
            let (code, message) = result_of(PaymentOutcome::Fail(reason));
            assert_eq!(code.as_str(), wire, "{reason:?}");
            assert_eq!(code.status(), ResultStatus::F, "{reason:?}");
            assert!(message.ends_with('.') && message.len() <= 256, "{reason:?}");
        }
        assert!(result_of(PaymentOutcome::Fail(FailReason::NotStarted)).1.contains("startTime"));
    }
}
