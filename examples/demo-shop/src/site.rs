//! The pages: the Mini Program, with three places filled in, the merchant's office, and their static files.

use crate::error::ApiError;
use crate::offer::{self, Plan};
use crate::shop::Shop;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::sync::Arc;

#[derive(RustEmbed)]
#[folder = "miniprogram/"]
struct Files;

/// `GET /`: the page, with the wallet's origin in its first script tag and the offer's facts.
pub async fn page(State(shop): State<Arc<Shop>>) -> Result<Response, ApiError> {
    let html = Files::get("index.html").ok_or_else(ApiError::not_found)?;
    let first_delivery = offer::next_delivery(shop.now()).map(|day| day.to_string()).unwrap_or_default();
    let html = String::from_utf8_lossy(&html.data)
        .replace("{{wallet_origin}}", shop.wallet_origin())
        .replace("{{first_delivery}}", &first_delivery)
        .replace("{{price}}", &Plan::FreshBox.price().minor.to_string());
    Ok(html_page(shop.content_security_policy(), html))
}

/// `GET /office`: the page of the merchant's people. Nobody may frame it.
pub async fn office() -> Result<Response, ApiError> {
    let html = Files::get("office.html").ok_or_else(ApiError::not_found)?;
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                  base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    Ok(html_page(HeaderValue::from_static(policy), String::from_utf8_lossy(&html.data).into_owned()))
}

fn html_page(policy: HeaderValue, html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (headers, html).into_response()
}

/// `GET /style/…`.
pub async fn style(Path(name): Path<String>) -> Result<Response, ApiError> {
    file("style", &name)
}

/// `GET /js/…`.
pub async fn script(Path(name): Path<String>) -> Result<Response, ApiError> {
    file("js", &name)
}

fn file(folder: &str, name: &str) -> Result<Response, ApiError> {
    let kind = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => return Err(ApiError::not_found()),
    };
    let file = Files::get(&format!("{folder}/{name}")).ok_or_else(ApiError::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, file.data.into_owned()).into_response())
}
