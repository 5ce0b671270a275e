//! `POST /v1/messages/sendInbox` and `sendPush` (spec/qicard.md 7.11, openapi.md 3.19, 4.17).

use super::TOKEN_MAX;
use crate::json::Fields;
use crate::{ApiError, ResultBody, ResultCode, WireBody};
use mithaq_types::MessageId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many templates, one per language, a message may have.
const TEMPLATES_MAX: usize = 5;

/// Where a message goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MessageChannel {
    /// The inbox of the wallet's app.
    Inbox,
    /// A notification on the user's device.
    Push,
}

impl MessageChannel {
    /// The only template of this channel: text as the merchant words it.
    #[must_use]
    pub const fn template_code(self) -> &'static str {
        match self {
            Self::Inbox => "MINI_APP_COMMON_INBOX",
            Self::Push => "MINI_APP_COMMON_PUSH",
        }
    }
}

/// The words of a message in one language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContentTemplate {
    /// A language tag such as `en-US`, at most 35 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The words.
    pub template_parameters: TemplateParameters,
}

/// What is filled into the template.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TemplateParameters {
    /// 1 to 128 characters.
    pub title: String,
    /// 1 to 1024 characters.
    pub content: String,
    /// Where the message leads, such as `mini://platformapi/startapp?_ariver_appid=100001`: any text of at most 1024
    /// characters, because real merchants send such; the app opens only what it knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Sends a message to the owner of a token. The same `requestId` is sent once.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SendMessageRequest {
    /// Whose inbox or device.
    pub access_token: String,
    /// The idempotency key within the client: 1 to 128 of `A-Z a-z 0-9 _ . : -`.
    pub request_id: String,
    /// The channel's template.
    pub template_code: String,
    /// The words, 1 to 5 times: one per language.
    pub templates: Vec<ContentTemplate>,
    /// The v2 family's name for the merchant: must equal the header's `Client-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_client_id: Option<String>,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl fmt::Debug for SendMessageRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the token nor what merchant and user tell each other belongs into logs.
        f.debug_struct("SendMessageRequest")
            .field("request_id", &self.request_id)
            .field("template_code", &self.template_code)
            .field("templates", &self.templates.len())
            .finish_non_exhaustive()
    }
}

impl SendMessageRequest {
    /// A message in one language, that of the merchant; add more to `templates`.
    #[must_use]
    pub fn new(
        channel: MessageChannel,
        request_id: impl Into<String>,
        access_token: impl Into<String>,
        template: ContentTemplate,
    ) -> Self {
        Self {
            access_token: access_token.into(),
            request_id: request_id.into(),
            template_code: channel.template_code().to_owned(),
            templates: vec![template],
            auth_client_id: None,
            extend_info: None,
        }
    }

    /// Reads a body sent to the endpoint of `channel`.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`, `TEMPLATE_NOT_EXIST`.
    pub fn parse(body: &[u8], channel: MessageChannel) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        let templates = fields.required_objects("templates", TEMPLATES_MAX)?;
        let request = Self {
            access_token: fields.required_text("accessToken", TOKEN_MAX)?,
            request_id: fields.required_merchant_id("requestId", 128)?,
            template_code: fields.required_text("templateCode", 256)?,
            templates: templates.iter().map(read_template).collect::<Result<_, _>>()?,
            auth_client_id: fields.text("authClientId", 128)?,
            extend_info: fields.extend_info()?,
        };
        if request.template_code == channel.template_code() {
            Ok(request)
        } else {
            let message = format!("There is no such template here. Use {}.", channel.template_code());
            Err(ApiError::with_message(ResultCode::TemplateNotExist, message))
        }
    }

    /// The words for a reader of `language` (`ar-IQ`): the template of that tag, else of its first subtag, else the
    /// first one.
    #[must_use]
    pub fn words_for(&self, language: &str) -> Option<&TemplateParameters> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let tagged = |fits: &dyn Fn(&str) -> bool| {
            self.templates.iter().find(|template| template.language.as_deref().is_some_and(fits))
        };
        let exact = tagged(&|tag| tag.eq_ignore_ascii_case(language));
        let chosen = exact.or_else(|| tagged(&|tag| primary(tag) == primary(language))).or(self.templates.first());
        chosen.map(|template| &template.template_parameters)
    }
}

impl WireBody for SendMessageRequest {}

fn read_template(template: &Fields<'_>) -> Result<ContentTemplate, ApiError> {
    let language = template.text("language", 35)?;
    let words = template
        .object("templateParameters")?
        .ok_or_else(|| template.illegal("templateParameters", "must be an object with Title and Content"))?;
    let template_parameters = TemplateParameters {
        title: words.required_text("Title", 128)?,
        content: words.required_text("Content", 1024)?,
        url: words.text("Url", 1024)?,
    };
    Ok(ContentTemplate { language, template_parameters })
}

/// The answer to sendInbox and sendPush.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SendMessageResponse {
    /// Outcome: `S` sent. Sibling wallets also answer `A`: taken over.
    pub result: ResultBody,
    /// The wallet's id of the message, at most 258 characters; with `S` and `A`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
}

impl SendMessageResponse {
    /// Sent, now or when it was asked for first.
    #[must_use]
    pub fn success(message_id: MessageId) -> Self {
        Self { result: ResultBody::success(), message_id: Some(message_id) }
    }
}

super::answer!(SendMessageResponse);
