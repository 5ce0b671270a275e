//! The consent page: whose it is, which language it speaks.

use crate::support::{Browser, OMAR, SARA, World};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn the_consent_page_is_there_for_its_own_session_only() {
    let world = World::sandbox().await;
    let mut owner = Browser::of(&world, &SARA).await;
    let page = owner.opened("getAuthCode", &json!({"scopes": ["auth_user"]})).await;
    let sign = owner.sign_page(&world.auth_url().await).await;
    for mut browser in [Browser::new(&world), Browser::of(&world, &SARA).await] {
        let shown = browser.get(&page.page_url).await;
        assert_eq!((shown.status, shown.has_action()), (404, false));
    }
    for path in ["/consent", "/consent?ix=", "/consent?ix=1&ix=1", "/consent?ix=1", &format!("/consent?ix={}", sign.ix)]
    {
        let shown = owner.get(path).await;
        assert_eq!((shown.status, shown.has_action()), (404, false), "{path}");
    }
    assert!(owner.get(&page.page_url).await.has_form("confirm"));
}

#[tokio::test]
async fn it_speaks_the_users_language_or_before_that_the_browsers() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &OMAR).await;
    let page = browser.opened("getAuthCode", &json!({"scopes": ["auth_user"]})).await;
    let shown = browser.get(&page.page_url).await;
    assert!(shown.text.contains("<html lang=\"ar-IQ\" dir=\"rtl\">") && shown.text.contains("عمر خالد"));

    let mut nobody = Browser::open(&world).await;
    let page = nobody.opened("getAuthCode", &json!({"scopes": ["auth_user"]})).await;
    for (accepted, tag) in [("ar,en;q=0.5", "ar-IQ"), ("de, en;q=0.9, ar;q=0.1", "en-US"), ("", "en-US")] {
        let request = nobody.request(Method::GET, &page.page_url).header("Accept-Language", accepted);
        let shown = nobody.send(request).await;
        assert!(shown.has_form("login") && shown.text.contains(&format!("lang=\"{tag}\"")), "{accepted}");
    }
}

#[tokio::test]
async fn signing_in_leads_to_the_question() {
    let world = World::sandbox().await;
    let mut browser = Browser::open(&world).await;
    let page = browser.opened("getAuthCode", &json!({"scopes": ["auth_user"]})).await;
    let answer = browser.submit(&page.ix, "login", &[("phone", SARA.phone), ("pin", SARA.pin)]).await;
    assert_eq!((answer.status, answer.header("Location")), (303, page.page_url.as_str()));
    let shown = browser.get(&page.page_url).await;
    assert!(shown.has_form("confirm") && shown.text.contains("Sara Ali Hasan"));
    assert_eq!(browser.standing(&page.ix).await.0, "OPEN");
}
