//! What goes to the site and what comes back: everything, save what belongs to one connection or to the wallet.

use super::site::Before;
use crate::support::Answer;
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{AppendHeaders, IntoResponse as _, Redirect};
use axum::routing::{any, get};
use reqwest::Method;
use std::collections::BTreeMap;

/// A site that answers with what it was asked.
fn echo() -> Router {
    Router::new().fallback(any(|method: axum::http::Method, uri: Uri, headers: HeaderMap, body: Bytes| async move {
        let headers: BTreeMap<String, String> = headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
            .collect();
        let seen = serde_json::json!({
            "method": method.as_str(), "uri": uri.to_string(), "headers": headers,
            "body": String::from_utf8_lossy(&body),
        });
        (StatusCode::IM_A_TEAPOT, axum::Json(seen))
    }))
}

#[tokio::test]
async fn every_method_path_query_body_and_status_goes_through() {
    let before = Before::site(echo()).await;
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"] {
        let body = if method == "GET" { "" } else { "{\"متن\":1}" };
        let request = before.request(method.parse().expect("a method"), "/a//b%2Fc?x=%20&y=1").body(body);
        let answer = Answer::of(request).await;
        let seen = answer.json();
        assert_eq!((answer.status, &seen["method"]), (418, &method.into()));
        assert_eq!((&seen["uri"], &seen["body"]), (&"/a//b%2Fc?x=%20&y=1".into(), &body.into()), "{method}");
    }
}

#[tokio::test]
async fn the_site_is_asked_as_if_there_were_no_proxy() {
    let before = Before::site(echo()).await;
    let request = before
        .request(Method::POST, "/")
        .header("Origin", &before.origin)
        .header("Referer", format!("{}/from?x", before.origin))
        .header("Accept-Encoding", "gzip, br")
        .header("X-Own", "kept")
        .header("Connection", "x-hop")
        .header("X-Hop", "dropped")
        .header("Cookie", "sid=1; mithaq_session=secret; b=2")
        .body("x");
    let headers = Answer::of(request).await.json()["headers"].clone();
    for (name, value) in [
        ("host", before.site.trim_start_matches("http://")),
        ("origin", before.site.as_str()),
        ("referer", &format!("{}/from?x", before.site)),
        ("accept-encoding", "identity"),
        ("x-own", "kept"),
        ("content-length", "1"),
        ("cookie", "sid=1; b=2"),
    ] {
        assert_eq!(headers[name], value, "{name}");
    }
    assert!(headers["x-hop"].is_null());
    let elsewhere = before.request(Method::POST, "/").header("Origin", "https://other.example");
    assert_eq!(Answer::of(elsewhere).await.json()["headers"]["origin"], "https://other.example");
}

#[tokio::test]
async fn a_redirect_within_the_site_stays_here_and_one_away_from_it_goes_away() {
    let site = Router::new()
        .route(
            "/in",
            get(|headers: HeaderMap| async move {
                let host = headers[header::HOST].to_str().expect("a host").to_owned();
                Redirect::to(&format!("http://{host}/next?a=1#b"))
            }),
        )
        .route("/relative", get(|| async { Redirect::to("next") }))
        .route("/away", get(|| async { Redirect::to("https://pay.example/x") }));
    let before = Before::site(site).await;
    for (path, location) in [("/in", "/next?a=1#b"), ("/relative", "next"), ("/away", "https://pay.example/x")] {
        let answer = before.get(path).await;
        assert_eq!((answer.status, answer.header("Location")), (303, location), "{path}");
    }
}

#[tokio::test]
async fn the_sites_cookies_are_made_ones_that_work_in_a_frame() {
    let site = Router::new().route(
        "/",
        get(|| async {
            let cookies = [
                (header::SET_COOKIE, "sid=1; Domain=shop.example; HttpOnly; SameSite=Lax"),
                (header::SET_COOKIE, "b=2; Secure; Path=/x"),
            ];
            (AppendHeaders(cookies), "x").into_response()
        }),
    );
    let answer = Before::site(site).await.get("/").await;
    let cookies: Vec<_> =
        answer.headers.get_all("Set-Cookie").iter().map(|value| value.to_str().expect("text")).collect();
    let own = "SameSite=None; Secure; Partitioned";
    assert_eq!(cookies, [format!("sid=1; HttpOnly; {own}"), format!("b=2; Path=/x; {own}")]);
}

#[tokio::test]
async fn a_websocket_is_refused_with_one_clear_line() {
    let before = Before::site(echo()).await;
    let request = before.request(Method::GET, "/socket").header("Connection", "Upgrade").header("Upgrade", "websocket");
    let answer = Answer::of(request).await;
    assert_eq!((answer.status, answer.text.as_str()), (501, "The preview proxy passes on HTTP only, no WebSocket.\n"));
}

#[tokio::test]
async fn a_site_that_does_not_answer_is_named() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let before = Before::address(&format!("http://{free}")).await;
    let answer = before.get("/").await;
    assert_eq!((answer.status, answer.heading()), (502, format!("http://{free} does not answer")));
    assert!(answer.text.contains("refused") && answer.header("Cache-Control") == "no-store", "{}", answer.text);
}
