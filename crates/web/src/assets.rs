//! Files that are part of the program: styles, fonts, the bridge script, the shell, the Studio.

use crate::pages::{Params, to_canonical_host};
use crate::state::{App, Shared};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use mithaq_crypto::sha256_hex;
use rust_embed::RustEmbed;
use serde::Deserialize;

/// The browser side, as it is.
#[derive(RustEmbed)]
#[folder = "../../miniapp/"]
#[include = "bridge/*.json"]
#[include = "bridge/src/*.js"]
#[include = "shell/*"]
#[include = "studio/*"]
#[exclude = "studio/dev/*"]
#[exclude = "studio/test/*"]
#[exclude = "*/test/*"]
#[exclude = "node_modules/*"]
struct MiniApp;

/// The shell shows Mini Programs of other origins in frames; nobody shows the shell in one (spec/jsapi.md 6.3).
const SHELL_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self'; frame-src 'self' http: https:; frame-ancestors 'none'; form-action 'none'; \
     base-uri 'none'; object-src 'none'";

/// All of them. The Studio only where there is a sandbox.
pub fn routes(app: &App) -> Router<App> {
    let router = Router::new()
        .route("/static/{*path}", get(page_asset))
        .route("/favicon.ico", get(|| async { Redirect::permanent("/static/mark.svg") }))
        .route("/bridge/v1.js", get(bridge))
        .route("/shell/{*path}", get(|path, headers| module("shell", path, headers)))
        .route("/app", get(shell));
    if app.sandbox.is_none() {
        return router;
    }
    router.route("/studio", get(studio)).route("/studio/{*path}", get(|path, headers| module("studio", path, headers)))
}

async fn page_asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    match mithaq_pages::asset(&path) {
        Some(asset) => file(&headers, asset.content_type, &asset.etag, asset.bytes.into_owned()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn module(folder: &'static str, Path(path): Path<String>, headers: HeaderMap) -> Response {
    let served = path.rsplit_once('.').and_then(|(_, kind)| content_type(kind));
    match (served, MiniApp::get(&format!("{folder}/{path}"))) {
        (Some(kind), Some(found)) => file(&headers, kind, &etag(&found.data), found.data.into_owned()),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The shell around one Mini Program. Which ones there are is the wallet app's to say.
async fn shell(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    if Params::of(uri.query()).get("appId").is_none() {
        let target = uri.path_and_query().map_or("/app", |target| target.as_str());
        let elsewhere = to_canonical_host(&app, &headers, target);
        return elsewhere.unwrap_or_else(|| Redirect::to("/wallet").into_response());
    }
    document(&app, "shell/index.html", &uri, &headers)
}

async fn studio(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    document(&app, "studio/index.html", &uri, &headers)
}

fn document(app: &Shared, path: &str, uri: &Uri, headers: &HeaderMap) -> Response {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    if let Some(elsewhere) = to_canonical_host(app, headers, target) {
        return elsewhere;
    }
    let Some(found) = MiniApp::get(path) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = file(headers, "text/html; charset=utf-8", &etag(&found.data), found.data.into_owned());
    let policy = [
        (header::CONTENT_SECURITY_POLICY, SHELL_POLICY),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in policy {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// How the bridge script is put together.
#[derive(Deserialize)]
struct BridgeParts {
    open: String,
    parts: Vec<String>,
    close: String,
}

/// The bridge script for H5 Mini Programs: one classic script, with this wallet's origin written into it.
async fn bridge(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(script) = bridge_script(&app) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = file(&headers, "text/javascript; charset=utf-8", &etag(script.as_bytes()), script.into_bytes());
    // Pages of any origin load it, also those that ask for isolation.
    response.headers_mut().insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

fn bridge_script(app: &Shared) -> Option<String> {
    let list: BridgeParts = serde_json::from_slice(&MiniApp::get("bridge/parts.json")?.data).ok()?;
    let parts = list.parts.iter().map(|path| {
        let part = MiniApp::get(&format!("bridge/{path}"))?;
        String::from_utf8(part.data.into_owned()).ok()
    });
    let body = parts.collect::<Option<Vec<_>>>()?.join("\n");
    let origin = serde_json::to_string(&app.config.wallet_origin).ok()?;
    let observe = if app.sandbox.is_some() { "\"true\"" } else { "\"false\"" };
    let script = format!("{}{body}{}", list.open, list.close);
    Some(script.replace("\"__MITHAQ_WALLET_ORIGIN__\"", &origin).replace("\"__MITHAQ_OBSERVE__\"", observe))
}

fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", &sha256_hex(bytes)[..32])
}

fn content_type(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

/// A file, or "not modified". Browsers ask every time: a new program serves new files at once.
fn file(asked: &HeaderMap, kind: &'static str, etag: &str, bytes: Vec<u8>) -> Response {
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { (StatusCode::OK, bytes).into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}
