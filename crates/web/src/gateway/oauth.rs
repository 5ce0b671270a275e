//! `alipay.system.oauth.token`: a code, or an older token, becomes tokens (spec/alipay-agreement.md 2.14).

use super::{Opened, answer, errors};
use crate::state::Shared;
use mithaq_alipay::messages::{TokenAnswer, TokenRequest};
use mithaq_alipay::{GatewayError, SubCode};
use mithaq_domain::Refusal;
use mithaq_types::Timestamp;

/// Exchanges or renews.
pub(super) async fn token(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let (method, client_id) = (opened.call.method, opened.app.client_id.clone());
    let tokens = match TokenRequest::of(&opened.call)? {
        TokenRequest::Code(code) => shared.wallet.exchange_code(client_id, &code, None).await,
        TokenRequest::Refresh(token) => shared.wallet.refresh_tokens(client_id, &token).await,
    };
    let tokens = tokens.map_err(|fault| errors::error_of(method, &fault, |refusal| said(opened, refusal)))?;
    let now = shared.wallet.now();
    let left = |until: Timestamp| u64::try_from(until.duration_since(now).as_secs()).unwrap_or(0);
    let made = TokenAnswer {
        access_token: tokens.access,
        refresh_token: tokens.refresh,
        expires_in: left(tokens.access_expires_at),
        re_expires_in: left(tokens.refresh_expires_at),
        user_id: Some(tokens.customer_id.to_string()),
        open_id: None,
        auth_start: None,
    };
    answer::object(method, &made)
}

fn said(opened: &Opened, refusal: &Refusal) -> GatewayError {
    match refusal {
        Refusal::CodeUnknown | Refusal::CodeUsed | Refusal::CodeExpired => SubCode::IsvCodeInvalid.into(),
        // A code for one business line of a merchant, by the other surface's rules.
        Refusal::ReferenceClientMismatch => SubCode::IsvUnmatchedAppId.into(),
        Refusal::RefreshUnknown => SubCode::IsvRefreshTokenInvalid.into(),
        Refusal::RefreshUsed => SubCode::IsvRefreshedTokenInvalid.into(),
        Refusal::RefreshExpired => SubCode::IsvRefreshTokenTimeOut.into(),
        Refusal::ContractOver | Refusal::TokenDead | Refusal::UserFrozen => SubCode::InvalidAuthRelations.into(),
        Refusal::ClientSuspended | Refusal::AgreementPayNotAgreed | Refusal::AgreementPaySuspended => {
            SubCode::IsvInsufficientIsvPermissions.into()
        }
        other => errors::unexpected(opened.call.method, other),
    }
}
