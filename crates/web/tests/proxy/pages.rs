//! Pages get the bridge before anything else, and may be shown in the shell's frame.

use super::site::{BRIDGE, Before, WALLET};
use crate::support::Answer;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use reqwest::Method;

const PAGE: &str = "<!doctype html>\n<html lang=\"ar\"><head><meta charset=\"utf-8\">\
    <script src=\"https://cdn.marmot-cloud.com/npm/hylid-bridge/2.10.0/index.js\" integrity=\"sha384-x\"></script>\
    <title>متجر</title></head><body><a href=\"https://appx/web-view.min.js\">x</a></body></html>";

#[tokio::test]
async fn a_page_loads_the_bridge_first_and_known_scripts_from_the_proxy() {
    let before = Before::site(Router::new().route("/", get(|| async { Html(PAGE) }))).await;
    let page = before.get("/").await;
    let known = "/__mithaq/known/cdn.marmot-cloud.com/npm/hylid-bridge/2.10.0/index.js";
    assert!(page.text.contains(&format!("<head>{BRIDGE}<meta charset=\"utf-8\"><script src=\"{known}\" ></script>")));
    assert!(
        page.text.contains("<title>متجر</title>") && page.text.contains("<a href=\"https://appx/web-view.min.js\">")
    );
    let script = before.get(known).await;
    assert_eq!((script.status, script.header("Content-Type")), (200, "text/javascript; charset=utf-8"));
    assert!(script.text.lines().all(|line| line.starts_with("//")), "the bridge is there already: {}", script.text);
}

#[tokio::test]
async fn only_html_that_is_shown_is_changed() {
    let kinds = [("/a.js", "text/javascript"), ("/a.json", "application/json"), ("/a", "text/html; charset=utf-16")];
    let site = kinds.iter().fold(Router::new().route("/part", get(|| async { Html(PAGE) })), |site, (path, kind)| {
        let kind = *kind;
        site.route(path, get(move || async move { ([(header::CONTENT_TYPE, kind), (header::ETAG, "\"1\"")], PAGE) }))
    });
    let before = Before::site(site).await;
    for (path, kind) in kinds {
        let answer = before.get(path).await;
        assert_eq!((answer.text.as_str(), answer.header("ETag"), answer.header("Content-Type")), (PAGE, "\"1\"", kind));
    }
    for (fetched_for, changed) in [("empty", false), ("iframe", true), ("document", true)] {
        let request = before.request(Method::GET, "/part").header("Sec-Fetch-Dest", fetched_for);
        assert_eq!(Answer::of(request).await.text.contains(BRIDGE), changed, "{fetched_for}");
    }
}

#[tokio::test]
async fn what_would_keep_a_page_out_of_the_frame_is_taken_away_and_nothing_else() {
    let policy = "default-src 'self'; frame-ancestors 'none'; img-src *";
    let site = Router::new().route(
        "/",
        get(move || async move {
            let headers = [
                (header::X_FRAME_OPTIONS, "DENY"),
                (header::CONTENT_SECURITY_POLICY, policy),
                (header::REFERRER_POLICY, "same-origin"),
            ];
            (headers, Html(PAGE))
        }),
    );
    let page = Before::site(site).await.get("/").await;
    assert!(!page.headers.contains_key("X-Frame-Options"));
    let expected = format!("default-src 'self'; img-src *; script-src 'self' {WALLET}");
    assert_eq!(page.header("Content-Security-Policy"), expected);
    assert_eq!(page.header("Referrer-Policy"), "same-origin");
}

#[tokio::test]
async fn a_page_that_trusts_only_its_nonce_trusts_the_bridge() {
    let policy = "script-src 'strict-dynamic' 'nonce-R4nd0m=='";
    let site =
        Router::new().route("/", get(move || async move { ([(header::CONTENT_SECURITY_POLICY, policy)], Html(PAGE)) }));
    let page = Before::site(site).await.get("/").await;
    assert!(page.text.contains(&format!("<head><script nonce=\"R4nd0m==\" src=\"{WALLET}/bridge/v1.js\">")));
}

#[tokio::test]
async fn a_page_sent_in_pieces_is_shown_in_pieces() {
    let (pieces, receiver) = tokio::sync::mpsc::channel::<Result<Bytes, std::io::Error>>(1);
    let receiver = std::sync::Arc::new(std::sync::Mutex::new(Some(receiver)));
    let stream = move || async move {
        let receiver = receiver.lock().expect("lock").take().expect("asked once");
        let body = Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(receiver));
        Response::builder().header("Content-Type", "text/html").body(body).expect("a response").into_response()
    };
    let before = Before::site(Router::new().route("/", get(stream))).await;
    let answer = tokio::spawn(before.request(Method::GET, "/").send());
    pieces.send(Ok("<html><he".into())).await.expect("sent");
    let mut answer = answer.await.expect("joined").expect("an answer");
    pieces.send(Ok("ad><p>first".into())).await.expect("sent");
    let mut seen = String::new();
    while !seen.ends_with("first") {
        seen.push_str(std::str::from_utf8(&answer.chunk().await.expect("a piece").expect("more")).expect("UTF-8"));
    }
    assert_eq!(seen, format!("<html><head>{BRIDGE}<p>first"), "before the site has sent the rest");
    pieces.send(Ok("</html>".into())).await.expect("sent");
    drop(pieces);
    assert_eq!(answer.text().await.expect("the rest"), "</html>");
}

#[tokio::test]
async fn asking_for_the_head_of_a_page_brings_no_body() {
    let before = Before::site(Router::new().route("/", get(|| async { Html(PAGE) }))).await;
    let answer = Answer::of(before.request(Method::HEAD, "/")).await;
    assert_eq!((answer.status, answer.text.as_str(), answer.headers.contains_key("Content-Length")), (200, "", false));
}
