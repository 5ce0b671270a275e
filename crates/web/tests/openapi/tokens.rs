//! What a token shows of its user and of the merchant, and what may be written to its user (spec/qicard.md 6, 7.11).

use super::shop::Shop;
use crate::support::{CLIENT, OMAR, OTHER_CLIENT, SARA, World, result_of};
use mithaq_domain::{Scope, UserStatus};
use mithaq_types::{ClientId, UserId};
use mithaq_wallet::GrantRequest;
use serde_json::{Value, json};

const INBOX: &str = "MINI_APP_COMMON_INBOX";
const PUSH: &str = "MINI_APP_COMMON_PUSH";

#[tokio::test]
async fn linked_cards_are_listed_with_their_accounts_and_none_is_a_normal_answer() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let about = json!({"accessToken": shop.token(&["CARD_LIST"]).await});
    let none = shop.call("users/inquiryUserCardList", &about).await;
    assert_eq!((result_of(&none).as_str(), &none["cardList"]), ("S SUCCESS", &json!([])));
    shop.card("4242424242424242").await;
    let cards = shop.call("users/inquiryUserCardList", &about).await["cardList"].clone();
    assert_eq!(cards[0]["maskedCardNo"], "•••• 4242");
    let accounts = shop.call("users/inquiryUserAccountList", &about).await["accountList"].clone();
    assert_eq!(accounts.as_array().map(Vec::len), Some(2), "the wallet's and the card's: {accounts}");
    assert_eq!(accounts[1]["accountNumber"], cards[0]["accountNumber"]);
    let info = shop.call("users/inquiryUserInfo", &about).await;
    assert_eq!(accounts[0]["accountNumber"], info["userInfo"]["userId"]);
    assert!(!accounts.to_string().contains(SARA.user_id), "the wallet's own id of a user is nobody's business");
}

#[tokio::test]
async fn without_the_scope_nothing_is_listed() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let about = json!({"accessToken": shop.token(&["auth_base"]).await});
    for api in ["users/inquiryUserCardList", "users/inquiryUserAccountList", "merchants/inquiryMerchantInfo"] {
        assert_eq!(shop.result(api, &about).await, "F ACCESS_DENIED", "{api}");
    }
}

#[tokio::test]
async fn of_the_merchant_a_token_shows_what_its_scopes_allow() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    for (scopes, id, name) in [
        (vec!["MERCHANT_ID"], json!("2166000000000001"), Value::Null),
        (vec!["MERCHANT_NAME"], Value::Null, json!("Zaytoun Market")),
        (vec!["MERCHANT_ID", "MERCHANT_NAME"], json!("2166000000000001"), json!("Zaytoun Market")),
    ] {
        let about = json!({"accessToken": shop.token(&scopes).await});
        let info = shop.call("merchants/inquiryMerchantInfo", &about).await["merchantInfo"].clone();
        assert_eq!((&info["merchantId"], &info["merchantName"]), (&id, &name), "{scopes:?}");
    }
}

fn message(template: &str, token: &str, id: &str) -> Value {
    let words = |language: &str, title: &str| {
        let parameters = json!({"Title": title, "Content": "It arrives tomorrow.", "Url": "mini://x"});
        json!({"language": language, "templateParameters": parameters})
    };
    json!({
        "accessToken": token, "requestId": id, "templateCode": template,
        "templates": [words("en-US", "On its way"), words("ar-IQ", "في الطريق")],
    })
}

/// The titles in a user's inbox, without the news of money.
async fn titles(world: &World, user_id: &str) -> Vec<String> {
    let messages = world.app.wallet.reader().inbox(Some(UserId::new(user_id))).await.expect("readable");
    let title = |news: &mithaq_domain::UserNews| match news {
        mithaq_domain::UserNews::FromMerchant { title, .. } => Some(title.clone()),
        _ => None,
    };
    messages.iter().filter_map(|message| title(&message.news)).collect()
}

#[tokio::test]
async fn a_message_is_sent_once_in_the_language_of_whoever_gets_it() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let token = shop.token(&["NOTIFICATION_INBOX"]).await;
    let sent = shop.call("messages/sendInbox", &message(INBOX, &token, "M-1")).await;
    assert_eq!(result_of(&sent), "S SUCCESS");
    assert!(sent["messageId"].is_string(), "{sent}");
    assert_eq!(shop.call("messages/sendInbox", &message(INBOX, &token, "M-1")).await, sent);
    assert_eq!(titles(&world, SARA.user_id).await, ["On its way"]);
    let grant = GrantRequest {
        client_id: ClientId::new(CLIENT),
        user_id: UserId::new(OMAR.user_id),
        scopes: vec![Scope("NOTIFICATION_INBOX".into())],
        page: None,
    };
    let code = world.app.wallet.grant(grant).await.expect("granted");
    let omars = world.app.wallet.exchange_code(ClientId::new(CLIENT), &code, None).await.expect("tokens").access;
    assert_eq!(shop.result("messages/sendInbox", &message(INBOX, &omars, "M-2")).await, "S SUCCESS");
    assert_eq!(titles(&world, OMAR.user_id).await, ["في الطريق"]);
    // Also when she reads something else by then, or the token has died.
    let sara = UserId::new(SARA.user_id);
    world.app.wallet.set_language(&sara, mithaq_domain::Language::ArIq).await.expect("changed");
    assert_eq!(shop.call("messages/sendInbox", &message(INBOX, &token, "M-1")).await, sent);
    assert_eq!(titles(&world, SARA.user_id).await, ["On its way"]);
    let mut other = message(INBOX, &token, "M-1");
    other["templates"][0]["templateParameters"]["Title"] = json!("Late");
    assert_eq!(shop.result("messages/sendInbox", &other).await, "F VERIFY_REQUEST_ID_INVALID");
    world.app.wallet.cancel_token(ClientId::new(CLIENT), &token).await.expect("cancelled");
    assert_eq!(shop.call("messages/sendInbox", &message(INBOX, &token, "M-1")).await, sent);
}

#[tokio::test]
async fn a_push_needs_its_own_scope_and_template() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let (inbox, push) = (shop.token(&["NOTIFICATION_INBOX"]).await, shop.token(&["NOTIFICATION_PUSH"]).await);
    assert_eq!(shop.result("messages/sendPush", &message(PUSH, &push, "M-1")).await, "S SUCCESS");
    assert_eq!(shop.result("messages/sendPush", &message(PUSH, &inbox, "M-2")).await, "F USER_NOT_SUBSCRIBED");
    assert_eq!(shop.result("messages/sendInbox", &message(INBOX, &push, "M-3")).await, "F USER_NOT_SUBSCRIBED");
    assert_eq!(shop.result("messages/sendPush", &message(INBOX, &push, "M-4")).await, "F TEMPLATE_NOT_EXIST");
    assert_eq!(shop.result("messages/sendInbox", &message("OTHER", &inbox, "M-5")).await, "F TEMPLATE_NOT_EXIST");
}

#[tokio::test]
async fn nothing_is_written_over_a_token_that_is_not_the_callers_or_whose_user_is_frozen() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let token = shop.token(&["NOTIFICATION_INBOX"]).await;
    let other = Shop { world: &world, client: OTHER_CLIENT };
    assert_eq!(other.result("messages/sendInbox", &message(INBOX, &token, "M-1")).await, "F INVALID_ACCESS_TOKEN");
    world.app.wallet.set_user(UserId::new(SARA.user_id), UserStatus::Frozen).await.expect("frozen");
    assert_eq!(shop.result("messages/sendInbox", &message(INBOX, &token, "M-2")).await, "F USER_STATUS_ERROR");
    world.app.wallet.set_user(UserId::new(SARA.user_id), UserStatus::Active).await.expect("active");
    world.app.wallet.cancel_token(ClientId::new(CLIENT), &token).await.expect("cancelled");
    assert_eq!(shop.result("messages/sendInbox", &message(INBOX, &token, "M-3")).await, "F EXPIRED_ACCESS_TOKEN");
}
