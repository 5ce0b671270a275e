//! What tokens let a merchant know of their owners, and tell them.

use crate::stub::{Reply, Stub, result, success};
use mithaq_merchant::{ContentTemplate, MessageChannel, ResultCode, SendMessageRequest, TemplateParameters};

const TOKEN: &str = r#"{"accessToken":"AT1"}"#;

fn message(channel: MessageChannel) -> SendMessageRequest {
    let template_parameters = TemplateParameters {
        title: "Your order".to_owned(),
        content: "It is packed.".to_owned(),
        url: Some("mini://platformapi/startapp?_ariver_appid=100001".to_owned()),
    };
    SendMessageRequest::new(channel, "M-1", "AT1", ContentTemplate { language: None, template_parameters })
}

#[tokio::test]
async fn inquiry_user_info_gives_the_user() {
    let stub = Stub::start([Reply::Signed(success(r#""userInfo":{"userId":"C1","gender":"FEMALE","new":1}"#))]).await;
    let user = stub.client().inquiry_user_info("AT1").await.expect("user");
    assert_eq!((user.user_id.as_str(), user.gender.as_deref()), ("C1", Some("FEMALE")));
    assert_eq!(stub.requests(), [("/v1/users/inquiryUserInfo".to_owned(), TOKEN.to_owned())]);
}

#[tokio::test]
async fn cards_and_accounts_are_listed_and_a_list_may_be_empty() {
    let stub = Stub::start([
        Reply::Signed(success(r#""cardList":[{"maskedCardNo":"4242********4242","accountNumber":"A1"}]"#)),
        Reply::Signed(success(r#""cardList":[]"#)),
        Reply::Signed(success(r#""accountList":[{"accountNumber":"A1"}]"#)),
    ])
    .await;
    let client = stub.client();
    let cards = client.inquiry_user_card_list("AT1").await.expect("cards");
    assert_eq!((cards[0].masked_card_no.as_str(), cards[0].account_number.as_str()), ("4242********4242", "A1"));
    assert!(client.inquiry_user_card_list("AT1").await.expect("cards").is_empty());
    assert_eq!(client.inquiry_user_account_list("AT1").await.expect("accounts")[0].account_number, "A1");
    assert_eq!(stub.paths()[1..], ["/v1/users/inquiryUserCardList", "/v1/users/inquiryUserAccountList"]);
    assert!(stub.requests().iter().all(|(_, body)| body == TOKEN));
}

#[tokio::test]
async fn inquiry_merchant_info_gives_who_signed_in() {
    let stub = Stub::start([Reply::Signed(success(r#""merchantInfo":{"merchantId":"M1"}"#))]).await;
    let merchant = stub.client().inquiry_merchant_info("AT1").await.expect("merchant");
    assert_eq!(merchant.merchant_id.as_ref().map(|id| id.as_str()), Some("M1"));
    assert_eq!(merchant.merchant_name, None, "its scope was not given");
    assert_eq!(stub.paths(), ["/v1/merchants/inquiryMerchantInfo"]);
}

#[tokio::test]
async fn messages_are_sent_whether_the_wallet_says_s_or_a() {
    let taken_over = r#"{"result":{"resultCode":"ACCEPT","resultStatus":"A","resultMessage":""},"messageId":"N2"}"#;
    let stub = Stub::start([Reply::Signed(success(r#""messageId":"N1""#)), Reply::Signed(taken_over.to_owned())]).await;
    let (inbox, push) = (message(MessageChannel::Inbox), message(MessageChannel::Push));
    assert_eq!(stub.client().send_inbox(&inbox).await.expect("sent").as_str(), "N1");
    assert_eq!(stub.client().send_push(&push).await.expect("sent").as_str(), "N2");
    assert_eq!(stub.paths(), ["/v1/messages/sendInbox", "/v1/messages/sendPush"]);
    let bodies = stub.requests();
    assert_eq!(SendMessageRequest::parse(bodies[0].1.as_bytes(), MessageChannel::Inbox), Ok(inbox));
    assert_eq!(SendMessageRequest::parse(bodies[1].1.as_bytes(), MessageChannel::Push), Ok(push));
    assert!(!format!("{:?}", message(MessageChannel::Inbox)).contains("AT1"), "Debug shows no token");
}

#[tokio::test]
async fn a_user_who_did_not_agree_to_messages_gets_none() {
    let stub = Stub::start([Reply::Signed(result("USER_NOT_SUBSCRIBED", "F"))]).await;
    let error = stub.client().send_push(&message(MessageChannel::Push)).await.expect_err("refused");
    assert_eq!(error.code(), Some(ResultCode::UserNotSubscribed));
}
