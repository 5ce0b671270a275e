//! `sendInbox` and `sendPush`: what a merchant writes to a user (spec/qicard.md 7.11).

use super::answer::Reply;
use super::authorizations::own_client;
use super::checks::Caller;
use super::refusals::to_api_error;
use crate::state::Shared;
use mithaq_domain::{Key, Language};
use mithaq_openapi::messages::{MessageChannel, SendMessageRequest, SendMessageResponse};
use mithaq_openapi::{ApiError, ResultCode};
use mithaq_wallet::{Channel, Fault, NewMessage};

/// Sends a message to the owner of a token, once for each `requestId`.
pub async fn send(shared: &Shared, caller: &Caller, body: &[u8], channel: MessageChannel) -> Result<Reply, ApiError> {
    let request = SendMessageRequest::parse(body, channel)?;
    own_client(caller, request.auth_client_id.as_deref())?;
    let language = match shared.wallet.bearer(&caller.id(), &request.access_token).await {
        Ok(bearer) => bearer.user.language,
        // A repeat is answered as the first time, also when the token has died since; its words are not used.
        Err(Fault::Refused(_)) if is_known(shared, caller, &request.request_id).await? => Language::EnUs,
        Err(fault) => return Err(to_api_error(caller.api, &fault)),
    };
    let tag = match language {
        Language::EnUs => "en-US",
        Language::ArIq => "ar-IQ",
    };
    let words = request.words_for(tag).cloned().ok_or(ResultCode::TemplateNotExist)?;
    let asked = serde_json::to_string(&request.templates).map_err(|_| ResultCode::ProcessFail)?;
    let new = NewMessage {
        client_id: caller.id(),
        request_id: request.request_id,
        access_token: request.access_token,
        channel: match channel {
            MessageChannel::Inbox => Channel::Inbox,
            MessageChannel::Push => Channel::Push,
        },
        asked,
        title: words.title,
        body: words.content,
        url: words.url,
    };
    let message_id = shared.wallet.send_message(new).await.map_err(|fault| to_api_error(caller.api, &fault))?;
    let response = SendMessageResponse::success(message_id);
    Ok(Reply::of(&response.result, &response))
}

/// Whether the client has sent a message with this id before.
async fn is_known(shared: &Shared, caller: &Caller, request_id: &str) -> Result<bool, ApiError> {
    let found = shared.wallet.row(Key::MerchantMessage(caller.id(), request_id.to_owned())).await;
    Ok(found.map_err(|fault| to_api_error(caller.api, &fault))?.is_some())
}
