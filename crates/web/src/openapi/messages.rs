//! `sendInbox` and `sendPush`: what a merchant writes to a user (spec/qicard.md 7.11).

use super::answer::Reply;
use super::authorizations::own_client;
use super::checks::Caller;
use super::refusals::to_api_error;
use crate::state::Shared;
use mithaq_domain::Language;
use mithaq_openapi::messages::{MessageChannel, SendMessageRequest, SendMessageResponse};
use mithaq_openapi::{ApiError, ResultCode};
use mithaq_wallet::{Channel, NewMessage};

/// Sends a message to the owner of a token, once for each `requestId`.
pub async fn send(shared: &Shared, caller: &Caller, body: &[u8], channel: MessageChannel) -> Result<Reply, ApiError> {
    let request = SendMessageRequest::parse(body, channel)?;
    own_client(caller, request.auth_client_id.as_deref())?;
    let bearer = shared.wallet.bearer(&caller.id(), &request.access_token).await;
    let bearer = bearer.map_err(|fault| to_api_error(caller.api, &fault))?;
    let language = match bearer.user.language {
        Language::EnUs => "en-US",
        Language::ArIq => "ar-IQ",
    };
    let words = request.words_for(language).cloned().ok_or(ResultCode::TemplateNotExist)?;
    let new = NewMessage {
        client_id: caller.id(),
        request_id: request.request_id,
        access_token: request.access_token,
        channel: match channel {
            MessageChannel::Inbox => Channel::Inbox,
            MessageChannel::Push => Channel::Push,
        },
        title: words.title,
        body: words.content,
        url: words.url,
    };
    let message_id = shared.wallet.send_message(new).await.map_err(|fault| to_api_error(caller.api, &fault))?;
    let response = SendMessageResponse::success(message_id);
    Ok(Reply::of(&response.result, &response))
}
