//! `prepare`, `applyToken`, `cancelToken` (seed authorizations-prepare; spec/qicard.md 5).

use super::answer::Reply;
use super::checks::{Caller, notify_url};
use super::refusals::to_api_error;
use crate::calls::{Links, Story};
use crate::state::Shared;
use mithaq_crypto::sha256;
use mithaq_domain::{Hash, Key, Language, Row, Terms};
use mithaq_openapi::json::Language as WireLanguage;
use mithaq_openapi::messages::{
    ApplyTokenRequest, ApplyTokenResponse, CancelTokenRequest, CancelTokenResponse, Grant, PrepareRequest,
    PrepareResponse,
};
use mithaq_openapi::time::WireTime;
use mithaq_openapi::{ApiError, ResultBody, ResultCode};

/// Makes an offer and answers with the address of its page.
pub async fn prepare(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = PrepareRequest::parse(body, &shared.config.currencies)?;
    let status_url = request.contract_status_notify_url.as_deref();
    notify_url(shared, "extendInfo.contractStatusNotifyUrl", status_url)?;
    let terms = Terms {
        language: match request.language {
            WireLanguage::EnUs => Language::EnUs,
            WireLanguage::ArIq => Language::ArIq,
        },
        title: request.contract_title,
        description: request.contract_desc,
        agreed_amount: request.agreed_amount,
        start_date: request.start_time,
        status_notify_url: request.contract_status_notify_url,
        agreement: None,
    };
    let offer = shared.wallet.prepare(caller.id(), request.reference_client_id, terms).await;
    let offer = offer.map_err(|fault| to_api_error(caller.api, &fault))?;
    let url = format!("{}/authorize?authId={}", shared.config.wallet_origin, offer.auth_id);
    let links = Links { auth_id: Some(offer.auth_id.to_string()), ..Links::default() };
    Ok(Reply::of(&ResultBody::success(), &PrepareResponse::success(url)).linked(links))
}

/// Exchanges a code or a refresh token for a pair of tokens.
pub async fn apply_token(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = ApplyTokenRequest::parse(body)?;
    own_client(caller, request.auth_client_id.as_deref())?;
    let tokens = match &request.grant {
        Grant::AuthorizationCode { auth_code } => {
            shared.wallet.exchange_code(caller.id(), auth_code, request.reference_client_id).await
        }
        Grant::RefreshToken { refresh_token } => shared.wallet.refresh_tokens(caller.id(), refresh_token).await,
    };
    let tokens = tokens.map_err(|fault| to_api_error(caller.api, &fault))?;
    let (zone, story) = (&shared.config.zone, story_of(shared, &tokens.access).await);
    let response = ApplyTokenResponse::success(
        (tokens.access, WireTime::new(tokens.access_expires_at, zone)),
        (tokens.refresh, WireTime::new(tokens.refresh_expires_at, zone)),
        tokens.customer_id,
    );
    Ok(Reply::of(&ResultBody::success(), &response).told_in(story))
}

/// Which diagram a token belongs to, for the Studio: one for charging a contract to the signing's, one for a log-in to
/// the cashier's. Looked up in a sandbox only.
async fn story_of(shared: &Shared, access_token: &str) -> Story {
    if shared.calls().is_none() {
        return Story::default();
    }
    match shared.wallet.row(Key::TokenByAccess(Hash(sha256(access_token.as_bytes())))).await {
        Ok(Some(Row::Token(token))) if token.contract_id.is_none() => Story::Pay,
        _ => Story::Sign,
    }
}

/// Revokes a token; its contract ends.
pub async fn cancel_token(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = CancelTokenRequest::parse(body)?;
    let cancelled = shared.wallet.cancel_token(caller.id(), &request.access_token).await;
    cancelled.map_err(|fault| to_api_error(caller.api, &fault))?;
    Ok(Reply::of(&ResultBody::success(), &CancelTokenResponse::success()))
}

/// `authClientId`, the v2 name of the caller, must be the caller (spec/openapi.md 3.2).
pub fn own_client(caller: &Caller, named: Option<&str>) -> Result<(), ApiError> {
    if named.is_none_or(|named| named == caller.client.client.client_id.as_str()) {
        return Ok(());
    }
    let message = "authClientId is not the Client-Id of this request. Send the same, or leave it out.";
    Err(ApiError::with_message(ResultCode::InvalidAuthClient, message))
}
