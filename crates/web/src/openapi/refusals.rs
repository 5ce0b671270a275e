//! One mapping from the wallet's refusals to the dialect's codes. Internal text never leaves.

use mithaq_delivery::operation_result;
use mithaq_domain::{Illegal, OperationKind, OperationRefusal, Refusal};
use mithaq_openapi::{Api, ApiError, ResultCode};
use mithaq_store::EngineError;
use mithaq_wallet::Fault;

/// What the merchant is told.
#[must_use]
pub fn to_api_error(api: Api, fault: &Fault) -> ApiError {
    match fault {
        Fault::Refused(refusal) => code(api, refusal).into(),
        Fault::Engine(EngineError::Busy) => ResultCode::RequestTrafficExceedLimit.into(),
        Fault::Engine(EngineError::Failed | EngineError::Stopped) | Fault::Store(_) | Fault::Internal(_) => {
            tracing::error!(error.message = %fault, api.path = api.path(), "openapi: no outcome");
            ResultCode::UnknownException.into()
        }
    }
}

fn code(api: Api, refusal: &Refusal) -> ResultCode {
    let is_message = matches!(api, Api::SendInbox | Api::SendPush);
    match refusal {
        Refusal::ClientUnknown => ResultCode::InvalidClient,
        Refusal::ClientSuspended => ResultCode::InvalidClientStatus,
        Refusal::AgreementPayNotAgreed if api == Api::Pay => ResultCode::AccessDenied,
        Refusal::AgreementPayNotAgreed => ResultCode::InvalidAuthClient,
        Refusal::AgreementPaySuspended => ResultCode::InvalidAuthClientStatus,
        Refusal::ReferenceClientMismatch => ResultCode::ReferenceClientIdNotMatch,
        Refusal::UserUnknown => ResultCode::UserNotExist,
        Refusal::UserFrozen if is_message => ResultCode::UserStatusError,
        Refusal::UserFrozen => ResultCode::UserStatusAbnormal,
        Refusal::UserRestricted => ResultCode::RiskReject,
        Refusal::CodeUnknown => ResultCode::InvalidCode,
        Refusal::CodeUsed => ResultCode::UsedCode,
        Refusal::CodeExpired => ResultCode::ExpiredCode,
        Refusal::RefreshUnknown => ResultCode::InvalidRefreshToken,
        Refusal::RefreshUsed => ResultCode::UsedRefreshToken,
        Refusal::RefreshExpired => ResultCode::ExpiredRefreshToken,
        Refusal::TokenUnknown => ResultCode::InvalidAccessToken,
        Refusal::TokenDead => ResultCode::ExpiredAccessToken,
        Refusal::TooManyMessages => ResultCode::MessageSendExceedLimit,
        Refusal::ScopeMissing if is_message => ResultCode::UserNotSubscribed,
        Refusal::ScopeMissing => ResultCode::AccessDenied,
        Refusal::RequestInconsistent if is_message => ResultCode::VerifyRequestIdInvalid,
        Refusal::RequestInconsistent => ResultCode::RepeatReqInconsistent,
        Refusal::PaymentUnknown if api == Api::Capture => ResultCode::AuthNotFound,
        Refusal::PaymentUnknown => ResultCode::OrderNotExist,
        Refusal::Payment(illegal) => illegal_code(api, *illegal),
        // A payment of the other surface, of which nothing is kept when it is refused.
        Refusal::Operation(refusal) => operation_result(kind_of(api), *refusal).0,
        Refusal::OverLimit => ResultCode::PaymentAmountExceedLimit,
        Refusal::BalanceShort => ResultCode::UserBalanceNotEnough,
        Refusal::MerchantBalanceShort => ResultCode::MerchantBalanceNotEnough,
        Refusal::MerchantSuspended => ResultCode::PartnerStatusAbnormal,
        // None of these is a merchant's doing.
        Refusal::OfferUnknown
        | Refusal::OfferExpired
        | Refusal::PinWrong { .. }
        | Refusal::PinLocked { .. }
        | Refusal::ContractUnknown
        | Refusal::ContractOver
        | Refusal::InteractionOver
        | Refusal::InteractionUnknown
        | Refusal::OutboxUnknown
        | Refusal::Exists
        | Refusal::KeyImpossible
        | Refusal::AmountImpossible
        | Refusal::OrderForeign
        | Refusal::CardUnknown
        | Refusal::CardDeclined(_)
        // These are the other surface's.
        | Refusal::Charge(_)
        | Refusal::Plan(_)
        | Refusal::OtherProduct
        | Refusal::ContractExpired
        | Refusal::AgreementTaken
        | Refusal::TooManyAgreements
        | Refusal::GatewayAppUnknown
        | Refusal::OtherSigner
        | Refusal::SameUser
        | Refusal::SessionUnknown => ResultCode::ProcessFail,
    }
}

/// What an endpoint does to a payment.
const fn kind_of(api: Api) -> OperationKind {
    match api {
        Api::Capture => OperationKind::Capture,
        Api::Void => OperationKind::Void,
        Api::Refund => OperationKind::Refund,
        Api::Cancel => OperationKind::Cancel,
        _ => OperationKind::Confirm,
    }
}

/// What the state machine does not allow, in the words of the endpoint that wanted it.
fn illegal_code(api: Api, illegal: Illegal) -> ResultCode {
    let kind = kind_of(api);
    match (illegal, OperationRefusal::of(illegal)) {
        (_, Some(refusal)) => operation_result(kind, refusal).0,
        (Illegal::Accepted, _) => ResultCode::OrderIsMerchantAccepted,
        (Illegal::Running, _) => match api {
            Api::Pay => ResultCode::PaymentInProcess,
            Api::Capture => ResultCode::CaptureInProcess,
            Api::Refund => ResultCode::RefundInProcess,
            // Not paid yet, which is what the merchant sees while an issuer is asked; it may try again later.
            Api::MerchantAccept => ResultCode::OrderStatusInvalid,
            _ => ResultCode::MutexOperationInProcessing,
        },
        _ => ResultCode::ProcessFail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Illegal; 15] = [
        Illegal::Unsupported,
        Illegal::Status,
        Illegal::Frozen,
        Illegal::Accepted,
        Illegal::Running,
        Illegal::OrderExpired,
        Illegal::OrderCancelled,
        Illegal::OrderPaid,
        Illegal::NeverHeld,
        Illegal::HoldExpired,
        Illegal::HoldCancelled,
        Illegal::ExceedsHold,
        Illegal::ExceedsTaken,
        Illegal::Window,
        Illegal::NotDue,
    ];

    /// What the state machine can say to an event of this endpoint (`payment_state.rs`).
    fn says(api: Api, illegal: Illegal) -> bool {
        let holding = matches!(
            illegal,
            Illegal::HoldExpired
                | Illegal::Frozen
                | Illegal::Running
                | Illegal::NeverHeld
                | Illegal::HoldCancelled
                | Illegal::Status
                | Illegal::Unsupported
        );
        match api {
            Api::Capture | Api::Void => holding || illegal == Illegal::ExceedsHold,
            Api::Confirm => holding,
            Api::MerchantAccept => holding || illegal == Illegal::Accepted,
            Api::Refund => {
                matches!(illegal, Illegal::Status | Illegal::Frozen | Illegal::Window | Illegal::ExceedsTaken)
            }
            Api::Cancel => matches!(illegal, Illegal::Status | Illegal::Frozen | Illegal::Window),
            _ => false,
        }
    }

    #[test]
    fn whatever_a_payment_does_not_allow_has_a_code_of_its_endpoints_table() {
        for api in Api::ALL {
            for illegal in ALL.into_iter().filter(|illegal| says(*api, *illegal)) {
                let code = code(*api, &Refusal::Payment(illegal));
                let is_listed = api.codes().contains(&code);
                assert!(is_listed, "{illegal:?} at {} is {}", api.path(), code.as_str());
            }
        }
    }

    #[test]
    fn only_what_is_still_running_may_be_tried_again() {
        use mithaq_openapi::ResultStatus;
        for api in [Api::Capture, Api::Void, Api::Confirm] {
            for illegal in ALL.into_iter().filter(|illegal| says(api, *illegal)) {
                let is_open = code(api, &Refusal::Payment(illegal)).status() == ResultStatus::U;
                assert_eq!(is_open, illegal == Illegal::Running, "{illegal:?} at {}", api.path());
            }
        }
    }

    #[test]
    fn a_hold_that_is_gone_has_words_of_its_own_for_a_capture_only() {
        let said = |api, illegal| code(api, &Refusal::Payment(illegal)).as_str();
        assert_eq!(said(Api::Capture, Illegal::HoldExpired), "AUTH_EXPIRED");
        assert_eq!(said(Api::Capture, Illegal::HoldCancelled), "AUTH_CANCELLED");
        assert_eq!(said(Api::Capture, Illegal::NeverHeld), "AUTH_NOT_FOUND");
        for api in [Api::Void, Api::Confirm] {
            for illegal in [Illegal::HoldExpired, Illegal::HoldCancelled, Illegal::NeverHeld] {
                assert_eq!(said(api, illegal), "ORDER_STATUS_INVALID");
            }
        }
    }
}
