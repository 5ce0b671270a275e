//! How payments and operations stand, in the protocol's words: one mapping for the answers to calls, for inquiries and
//! for notices.

use mithaq_domain::{CancelReason, FailReason, OperationKind, OperationRefusal, PaymentStatus};
use mithaq_openapi::ResultCode;

/// The result code of how a payment stands, and a `resultMessage` that says what the merchant can do
/// (spec/qicard.md 7.1, 7.3; openapi.md 3.7, 3.15).
#[must_use]
pub const fn result_of(status: PaymentStatus) -> (ResultCode, &'static str) {
    let code = match status {
        PaymentStatus::Open => ResultCode::Accept,
        PaymentStatus::Processing => ResultCode::PaymentInProcess,
        PaymentStatus::Authorized | PaymentStatus::Success => ResultCode::Success,
        PaymentStatus::Failed(reason) => return failure(reason),
        PaymentStatus::Cancelled(reason) => return cancellation(reason),
    };
    (code, code.message())
}

const fn cancellation(reason: CancelReason) -> (ResultCode, &'static str) {
    let message = match reason {
        CancelReason::Merchant => ResultCode::OrderIsCanceled.message(),
        CancelReason::Voided => "All of the hold was given back to the payer. Pay with a new order.",
        CancelReason::HoldExpired => "The hold ran out, and the payer has the money back. Pay with a new order.",
    };
    (ResultCode::OrderIsCanceled, message)
}

const fn failure(reason: FailReason) -> (ResultCode, &'static str) {
    let code = match reason {
        FailReason::TokenUnknown => ResultCode::InvalidAccessToken,
        FailReason::TokenForeign => ResultCode::AccessDenied,
        FailReason::TokenDead => ResultCode::ExpiredAccessToken,
        FailReason::NotStarted | FailReason::Overflow => ResultCode::ProcessFail,
        // A plan refuses before there is a payment: no merchant of this surface has one.
        FailReason::Plan(_) => ResultCode::ProcessFail,
        FailReason::OverLimit => ResultCode::PaymentAmountExceedLimit,
        FailReason::OverUserLimit => ResultCode::UserAmountExceedLimit,
        FailReason::Currency => ResultCode::CurrencyNotSupport,
        FailReason::UserUnknown => ResultCode::UserNotExist,
        FailReason::UserFrozen => ResultCode::UserStatusAbnormal,
        FailReason::MerchantSuspended => ResultCode::PartnerStatusAbnormal,
        FailReason::Balance => ResultCode::UserBalanceNotEnough,
        FailReason::CodeUnknown => ResultCode::InvalidCode,
        FailReason::CodeUsed => ResultCode::AuthCodeAlreadyUsed,
        FailReason::Restricted => ResultCode::RiskReject,
        FailReason::Expired => ResultCode::OrderIsClosed,
        FailReason::Withdrawn => ResultCode::OrderIsCanceled,
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
        FailReason::CodeUnknown => {
            "The payment code is not known or older than a minute. Scan the one the user shows now, with a new paymentRequestId."
        }
        FailReason::Withdrawn => "This paymentRequestId was cancelled before it came. Pay with a new one.",
        _ => code.message(),
    };
    (code, message)
}

/// The result code of an operation of this kind that was refused for good, and what the merchant can do
/// (spec/qicard.md 7.4 to 7.10).
#[must_use]
pub const fn operation_result(kind: OperationKind, refusal: OperationRefusal) -> (ResultCode, &'static str) {
    use OperationRefusal as R;
    let code = match (refusal, kind) {
        (R::Unsupported, _) => ResultCode::OrderUnsupportedOperation,
        (R::Frozen, _) => ResultCode::OrderIsFrozen,
        // For a capture there are words of their own; elsewhere the order just is not in a state for it.
        (R::NeverHeld, OperationKind::Capture) => ResultCode::AuthNotFound,
        (R::HoldExpired, OperationKind::Capture) => ResultCode::AuthExpired,
        (R::HoldCancelled, OperationKind::Capture) => ResultCode::AuthCancelled,
        (R::Status | R::NeverHeld | R::HoldExpired | R::HoldCancelled, _) => ResultCode::OrderStatusInvalid,
        (R::ExceedsHold, OperationKind::Capture) => ResultCode::CaptureAmountExceedAuthLimit,
        (R::ExceedsHold, _) => ResultCode::AmountExceedsLimit,
        (R::ExceedsTaken, _) => ResultCode::RefundAmountExceed,
        (R::Window, OperationKind::Cancel) => ResultCode::CancelWindowExceed,
        (R::Window, _) => ResultCode::RefundWindowExceed,
        (R::Currency, OperationKind::Void) => ResultCode::CurrencyNotSame,
        (R::Currency, _) => ResultCode::CurrencyNotSupport,
        (R::MerchantBalance, _) => ResultCode::MerchantBalanceNotEnough,
        (R::MerchantSuspended, _) => ResultCode::PartnerStatusAbnormal,
    };
    (code, code.message())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mithaq_openapi::{Api, ResultStatus};

    #[test]
    fn a_paid_payment_is_the_live_samples_success() {
        assert_eq!(result_of(PaymentStatus::Success), (ResultCode::Success, "Success."));
        assert_eq!(result_of(PaymentStatus::Authorized), (ResultCode::Success, "Success."));
    }

    #[test]
    fn an_open_order_is_accepted_and_one_whose_issuer_is_asked_is_in_process() {
        assert_eq!(result_of(PaymentStatus::Open).0.status(), ResultStatus::A);
        assert_eq!(result_of(PaymentStatus::Processing).0.as_str(), "PAYMENT_IN_PROCESS");
        assert_eq!(result_of(PaymentStatus::Processing).0.status(), ResultStatus::U);
    }

    #[test]
    fn every_failure_is_final_and_says_what_to_do() {
        let failed = [
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
            (FailReason::CodeUnknown, "INVALID_CODE"),
            (FailReason::CodeUsed, "AUTH_CODE_ALREADY_USED"),
            (FailReason::Restricted, "RISK_REJECT"),
            (FailReason::Expired, "ORDER_IS_CLOSED"),
            (FailReason::Withdrawn, "ORDER_IS_CANCELED"),
            (FailReason::Overflow, "PROCESS_FAIL"),
        ];
        let failed = failed.map(|(reason, wire)| (PaymentStatus::Failed(reason), wire));
        let cancelled = [CancelReason::Merchant, CancelReason::Voided, CancelReason::HoldExpired];
        let cancelled = cancelled.map(|reason| (PaymentStatus::Cancelled(reason), "ORDER_IS_CANCELED"));
        for (status, wire) in failed.into_iter().chain(cancelled) {
            let (code, message) = result_of(status);
            assert_eq!(code.as_str(), wire, "{status:?}");
            assert_eq!(code.status(), ResultStatus::F, "{status:?}");
            assert!(message.ends_with('.') && message.len() <= 256, "{status:?}");
        }
        assert!(result_of(PaymentStatus::Failed(FailReason::NotStarted)).1.contains("startTime"));
    }

    #[test]
    fn every_refused_operation_is_final_and_in_its_endpoints_table() {
        use OperationRefusal as R;
        let all = [
            R::Unsupported,
            R::Status,
            R::Frozen,
            R::NeverHeld,
            R::HoldExpired,
            R::HoldCancelled,
            R::ExceedsHold,
            R::ExceedsTaken,
            R::Window,
            R::Currency,
            R::MerchantBalance,
            R::MerchantSuspended,
        ];
        // What the state machine and the rules of money can say to each kind.
        let never = |kind: OperationKind, refusal: R| match kind {
            OperationKind::Capture | OperationKind::Void | OperationKind::Confirm => {
                matches!(refusal, R::ExceedsTaken | R::Window | R::MerchantBalance)
                    || (kind == OperationKind::Confirm && matches!(refusal, R::ExceedsHold | R::Currency))
                    || (kind == OperationKind::Void && refusal == R::MerchantSuspended)
            }
            OperationKind::Refund => {
                matches!(refusal, R::Unsupported | R::NeverHeld | R::HoldExpired | R::HoldCancelled | R::ExceedsHold)
            }
            OperationKind::Cancel => true,
        };
        let endpoints = [
            (OperationKind::Capture, Api::Capture),
            (OperationKind::Void, Api::Void),
            (OperationKind::Confirm, Api::Confirm),
            (OperationKind::Refund, Api::Refund),
        ];
        for (kind, api) in endpoints {
            for refusal in all.into_iter().filter(|refusal| !never(kind, *refusal)) {
                let (code, _) = operation_result(kind, refusal);
                assert_eq!(code.status(), ResultStatus::F, "{kind:?} {refusal:?}");
                assert!(api.codes().contains(&code), "{kind:?} {refusal:?}: {code:?} is not among {api:?}'s codes");
            }
        }
    }
}
