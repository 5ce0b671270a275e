//! The inbox: what was written, and that opening a message marks it as read.

use super::links;
use crate::support::{APP, Browser, CLIENT, SARA, World};
use mithaq_domain::Scope;
use mithaq_types::{ClientId, UserId};
use mithaq_wallet::{Channel, GrantRequest, NewMessage};

#[tokio::test]
async fn a_message_is_unread_until_it_is_opened() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let list = browser.get("/wallet/inbox").await;
    assert!(list.text.contains("Unread:") && list.text.contains("class=\"badge"), "{}", list.text);
    let letters = links(&list, "/wallet/inbox/");
    let opened = browser.get(&letters[0]).await;
    assert!(opened.status == 200 && opened.text.contains("See the movement"), "{}", opened.text);
    let list = browser.get("/wallet/inbox").await;
    assert!(!list.text.contains("Unread:") && !list.text.contains("class=\"badge"), "{}", list.text);
}

#[tokio::test]
async fn a_merchants_words_are_said_to_be_theirs_and_lead_to_nothing_but_a_mini_program_of_this_wallet() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let own = format!("mini://platformapi/startapp?_ariver_appid={APP}");
    for (number, (url, leads)) in [
        (own.as_str(), true),
        ("mini://platformapi/startapp?_ariver_appid=elsewhere", false),
        ("https://evil.example/", false),
        ("javascript:alert(1)", false),
    ]
    .into_iter()
    .enumerate()
    {
        let message = NewMessage {
            client_id: ClientId::new(CLIENT),
            request_id: number.to_string(),
            access_token: messaging_token(&world).await,
            channel: Channel::Inbox,
            asked: String::new(),
            title: "<b>Sale</b>".into(),
            body: "Come <script>alert(1)</script> in".into(),
            url: Some(url.into()),
        };
        world.app.wallet.send_message(message).await.expect("no refusal");
        let list = browser.get("/wallet/inbox").await;
        let page = browser.get(&links(&list, "/wallet/inbox/")[0]).await;
        assert!(page.text.contains("The merchant wrote this, not your wallet."), "{}", page.text);
        assert!(!page.text.contains("<script>alert") && !page.text.contains("<b>Sale"), "{}", page.text);
        assert_eq!(page.text.contains(&format!("href=\"/app?appId={APP}\"")), leads, "{url}");
        assert!(!page.text.contains("evil.example") && !page.text.contains("appId=elsewhere"), "{url}");
    }
}

async fn messaging_token(world: &World) -> String {
    let grant = GrantRequest {
        client_id: ClientId::new(CLIENT),
        user_id: UserId::new(SARA.user_id),
        scopes: vec![Scope(Scope::NOTIFICATION_INBOX.into())],
        page: None,
    };
    let code = world.app.wallet.grant(grant).await.expect("a code");
    world.app.wallet.exchange_code(ClientId::new(CLIENT), &code, None).await.expect("tokens").access
}
