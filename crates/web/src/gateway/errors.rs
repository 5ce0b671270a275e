//! What a merchant hears when the wallet itself fails. Internal text goes to the log and nowhere else.

use mithaq_alipay::{GatewayError, Method, SubCode};
use mithaq_domain::Refusal;
use mithaq_store::EngineError;
use mithaq_wallet::Fault;

/// A fault of a use case in the words of `method`; `refusal` says what its refusals are called there.
pub(crate) fn error_of(method: Method, fault: &Fault, refusal: impl FnOnce(&Refusal) -> GatewayError) -> GatewayError {
    match fault {
        Fault::Refused(refused) => refusal(refused),
        // Nothing was done, and it may be tried again.
        Fault::Engine(EngineError::Busy) => SubCode::IsvMethodCallLimited.into(),
        Fault::Engine(EngineError::Failed | EngineError::Stopped) | Fault::Store(_) | Fault::Internal(_) => {
            tracing::error!(error.message = %fault, method = method.name(), "gateway: no outcome");
            method.system_error().into()
        }
    }
}

/// What nobody can tell the outcome of: the call took longer than merchants wait.
pub(super) fn too_late() -> GatewayError {
    SubCode::IspUnknowError.into()
}

/// A refusal that this method cannot have: told as a failure, and logged.
pub(crate) fn unexpected(method: Method, refusal: &Refusal) -> GatewayError {
    tracing::error!(error.message = %refusal, method = method.name(), "gateway: a refusal without a sub-code");
    method.system_error().into()
}
