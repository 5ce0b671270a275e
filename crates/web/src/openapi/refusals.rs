//! One mapping from the wallet's refusals to the dialect's codes. Internal text never leaves.

use mithaq_domain::Refusal;
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
    match refusal {
        Refusal::ClientUnknown => ResultCode::InvalidClient,
        Refusal::ClientSuspended => ResultCode::InvalidClientStatus,
        Refusal::AgreementPayNotAgreed if api == Api::Pay => ResultCode::AccessDenied,
        Refusal::AgreementPayNotAgreed => ResultCode::InvalidAuthClient,
        Refusal::AgreementPaySuspended => ResultCode::InvalidAuthClientStatus,
        Refusal::ReferenceClientMismatch => ResultCode::ReferenceClientIdNotMatch,
        Refusal::UserUnknown => ResultCode::UserNotExist,
        Refusal::UserFrozen => ResultCode::UserStatusAbnormal,
        Refusal::CodeUnknown => ResultCode::InvalidCode,
        Refusal::CodeUsed => ResultCode::UsedCode,
        Refusal::CodeExpired => ResultCode::ExpiredCode,
        Refusal::RefreshUnknown => ResultCode::InvalidRefreshToken,
        Refusal::RefreshUsed => ResultCode::UsedRefreshToken,
        Refusal::RefreshExpired => ResultCode::ExpiredRefreshToken,
        Refusal::TokenUnknown => ResultCode::InvalidAccessToken,
        Refusal::TokenDead => ResultCode::ExpiredAccessToken,
        Refusal::RequestInconsistent => ResultCode::RepeatReqInconsistent,
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
        | Refusal::AmountImpossible => ResultCode::ProcessFail,
    }
}
