//! The browser session: its cookie, who is signed in, what the shell reads.

use crate::support::{APP, Browser, OMAR, SARA, World};
use serde_json::{Value, json};

#[tokio::test]
async fn a_first_visit_gets_an_anonymous_session_in_a_cookie_that_no_script_and_no_other_site_can_use() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let answer = browser.get("/app/v1/session").await;
    let cookie = answer.header("Set-Cookie");
    let (value, attributes) = cookie.split_once("; ").expect("attributes");
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Strict");
    assert_eq!(value.len(), "mithaq_session=".len() + 64, "256 random bits");
    assert_eq!(answer.header("Cache-Control"), "no-store");
    assert_eq!((&answer.json()["user"], &answer.json()["walletOrigin"]), (&Value::Null, &json!(world.origin)));
    assert!(!cookie.contains(answer.json()["csrf"].as_str().expect("a token")));

    let again = browser.get("/app/v1/session").await;
    assert_eq!((again.header("Set-Cookie"), &again.json()["csrf"]), ("", &answer.json()["csrf"]));
}

#[tokio::test]
async fn on_https_the_cookie_is_secure() {
    let world = World::known_as("https://wallet.example.iq").await;
    let answer = Browser::new(&world).get("/app/v1/session").await;
    assert!(answer.header("Set-Cookie").ends_with("; HttpOnly; SameSite=Strict; Secure"), "{answer:?}");
}

#[tokio::test]
async fn an_unknown_cookie_is_no_session() {
    let world = World::sandbox().await;
    let mut browser = Browser::with(&world, Some("A".repeat(64)), String::new());
    assert_eq!(browser.get("/app/v1/interactions").await.error(), (401, "NO_SESSION".into()));
    assert_ne!(browser.get("/app/v1/session").await.header("Set-Cookie"), "", "a new one");
}

#[tokio::test]
async fn the_session_tells_who_is_signed_in_and_what_they_have() {
    let world = World::sandbox().await;
    let user = Browser::of(&world, &OMAR).await.get("/app/v1/session").await.json()["user"].clone();
    assert_eq!(
        user,
        json!({
            "userId": OMAR.user_id, "name": "Omar Khalid", "nameAr": "عمر خالد", "phone": OMAR.phone,
            "language": "ar-IQ",
            "balances": [{"currency": "IQD", "value": "250000000", "display": "250,000 IQD"}],
        })
    );
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    assert_eq!(browser.get("/app/v1/inbox").await.json()[0]["title"], "250,000 IQD added to your wallet");
    assert_eq!(browser.post("/app/v1/logout", &json!({})).await.status, 204);
    assert_eq!(browser.get("/app/v1/inbox").await.error(), (401, "NO_SESSION".into()));
}

#[tokio::test]
async fn the_inbox_is_for_those_who_are_signed_in() {
    let world = World::sandbox().await;
    assert_eq!(Browser::new(&world).get("/app/v1/inbox").await.error(), (401, "NO_SESSION".into()));
    assert_eq!(Browser::open(&world).await.get("/app/v1/inbox").await.error(), (401, "NO_SESSION".into()));
}

#[tokio::test]
async fn the_shell_finds_its_mini_programs_with_the_origins_they_may_come_from() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let all = browser.get("/app/v1/apps").await.json();
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    let one = browser.get(&format!("/app/v1/apps/{APP}")).await.json();
    assert_eq!((&one["name"], &one["origins"]), (&json!("Zaytoun Market"), &json!(["http://127.0.0.1:9"])));
    assert_eq!(browser.get("/app/v1/apps/none").await.error(), (404, "NOT_FOUND".into()));
}
