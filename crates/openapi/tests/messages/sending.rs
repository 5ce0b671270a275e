//! sendInbox and sendPush.

use crate::text;
use mithaq_openapi::messages::{
    ContentTemplate, MessageChannel, SendMessageRequest, SendMessageResponse, TemplateParameters,
};
use mithaq_openapi::{ApiError, ResultCode, WireBody as _};
use mithaq_types::MessageId;
use serde_json::{Value, json};

fn template(language: Option<&str>, title: &str) -> ContentTemplate {
    let url = "mini://platformapi/startapp?_ariver_appid=100001".to_owned();
    let words =
        TemplateParameters { title: title.to_owned(), content: "Your order is on its way.".to_owned(), url: Some(url) };
    ContentTemplate { language: language.map(str::to_owned), template_parameters: words }
}

/// An inbox message with one member replaced.
fn with(member: &str, value: Value) -> Result<SendMessageRequest, ApiError> {
    let mut body = json!({
        "accessToken": "AT1", "requestId": "MSG-1", "templateCode": "MINI_APP_COMMON_INBOX",
        "templates": [{ "templateParameters": { "Title": "Order shipped", "Content": "On its way.", "Url": "" } }],
    });
    body[member] = value;
    SendMessageRequest::parse(body.to_string().as_bytes(), MessageChannel::Inbox)
}

fn message(member: &str, value: Value) -> String {
    let error = with(member, value).expect_err("refused");
    assert_eq!(error.code, ResultCode::ParamIllegal);
    error.message
}

#[test]
fn what_the_sdk_writes_the_wallet_reads() {
    let mut request = SendMessageRequest::new(MessageChannel::Push, "MSG-1", "AT1", template(Some("en-US"), "Shipped"));
    request.templates.push(template(Some("ar-IQ"), "تم الشحن"));
    let body = text(request.to_json());
    assert!(body.contains(r#""templates":[{"language":"en-US","templateParameters":{"Title":"Shipped","Content":"#));
    assert_eq!(SendMessageRequest::parse(body.as_bytes(), MessageChannel::Push), Ok(request));
}

#[test]
fn one_template_without_language_and_url_is_enough() {
    let request = with("extendInfo", "".into()).expect("read");
    assert_eq!((request.templates.len(), request.templates[0].language.as_deref()), (1, None));
    assert_eq!(request.templates[0].template_parameters.url, None);
}

#[test]
fn any_text_is_a_url_because_a_real_merchant_sends_a_path_there() {
    let words = json!({ "Title": "t", "Content": "c", "Url": "/v1/messages/sendInbox" });
    let request = with("templates", json!([{ "templateParameters": words }])).expect("read");
    assert_eq!(request.templates[0].template_parameters.url.as_deref(), Some("/v1/messages/sendInbox"));
}

#[test]
fn one_to_five_templates_each_with_title_and_content() {
    let one = json!({ "templateParameters": { "Title": "t", "Content": "c" } });
    let list = |count: usize| json!(vec![one.clone(); count]);
    assert!(with("templates", list(5)).is_ok());
    for wrong in [list(0), list(6), one.clone(), Value::Null, json!([1]), json!("")] {
        assert_eq!(message("templates", wrong), "Illegal parameter: templates must be a list of 1 to 5 objects");
    }
    let no_words = message("templates", json!([one, { "language": "en-US" }]));
    assert!(no_words.starts_with("Illegal parameter: templates[1].templateParameters must be"), "{no_words}");
    let no_title = message("templates", json!([{ "templateParameters": { "title": "t", "Content": "c" } }]));
    assert!(no_title.starts_with("Illegal parameter: templates[0].templateParameters.Title must be"), "{no_title}");
}

#[test]
fn the_other_members_are_checked_by_name() {
    assert!(message("accessToken", "".into()).contains("accessToken must be"));
    assert!(message("requestId", "x".repeat(129).into()).contains("requestId must be"));
    assert!(with("requestId", "x".repeat(128).into()).is_ok());
    assert!(message("templateCode", json!(1)).contains("templateCode must be"));
}

#[test]
fn each_channel_has_one_template() {
    let error = with("templateCode", "MINI_APP_COMMON_PUSH".into()).expect_err("the push template for the inbox");
    assert_eq!(error.code, ResultCode::TemplateNotExist);
    assert!(error.message.contains("MINI_APP_COMMON_INBOX"), "{error}");
}

#[test]
fn readers_get_the_words_of_their_language() {
    let mut request = SendMessageRequest::new(MessageChannel::Inbox, "1", "AT1", template(Some("en-US"), "English"));
    request.templates.push(template(Some("ar"), "عربي"));
    let title = |request: &SendMessageRequest, language: &str| {
        request.words_for(language).map(|words| words.title.clone()).unwrap_or_default()
    };
    assert_eq!(title(&request, "en-US"), "English");
    assert_eq!(title(&request, "ar-IQ"), "عربي");
    assert_eq!(title(&request, "ku-IQ"), "English", "the first one, when there is none");
    request.templates.push(template(Some("AR-iq"), "عراقي"));
    assert_eq!(title(&request, "ar-IQ"), "عراقي", "the exact tag before its first part");
}

#[test]
fn the_answer_names_the_message() {
    let answer = SendMessageResponse::success(MessageId::new("20260115150000M000001"));
    assert_eq!(
        text(answer.to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"messageId":"20260115150000M000001"}"#
    );
    let refused = r#"{"result":{"resultCode":"USER_NOT_SUBSCRIBED","resultStatus":"F","resultMessage":""}}"#;
    let read: SendMessageResponse = serde_json::from_str(refused).expect("read");
    assert_eq!((read.result.code(), read.message_id), (Some(ResultCode::UserNotSubscribed), None));
}

#[test]
fn neither_token_nor_words_are_shown_by_debug() {
    let request = SendMessageRequest::new(MessageChannel::Inbox, "1", "SECRET", template(None, "SECRET"));
    assert!(!format!("{request:?}").contains("SECRET"));
}
