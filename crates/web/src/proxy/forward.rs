//! One request through the proxy: to the site and back.

use super::{Proxy, address, answer, question};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use url::{Host, Url};

/// How long the site may take to accept a connection. Its answer may take as long as it likes.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// What the proxy works with.
pub struct Site {
    /// What is shown, and to whom.
    pub proxy: Proxy,
    /// Talks to the site, or why it cannot.
    pub http: Result<reqwest::Client, String>,
}

/// A client that passes on what it gets.
///
/// # Errors
/// When the machine's certificates cannot be read and the site needs them.
pub fn client(target: &Url) -> Result<reqwest::Client, reqwest::Error> {
    let builder = || {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(CONNECT_WITHIN);
        // What runs on this machine is not behind its proxy.
        if is_loopback(target) { builder.no_proxy() } else { builder }
    };
    match builder().build() {
        Err(_) if target.scheme() == "http" => builder().tls_certs_only([]).build(),
        built => built,
    }
}

/// Hands a request to the site and its answer to the browser.
pub async fn forward(State(site): State<Arc<Site>>, request: Request) -> Response {
    let started = Instant::now();
    let target = &site.proxy.target;
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let Some(url) = address::at_target(target, &path) else {
        return plain(StatusCode::BAD_REQUEST, "Only paths of the site can be asked for.\n");
    };
    let (parts, body) = request.into_parts();
    if parts.headers.get(header::UPGRADE).is_some_and(|to| to.as_bytes().eq_ignore_ascii_case(b"websocket")) {
        return plain(StatusCode::NOT_IMPLEMENTED, "The preview proxy passes on HTTP only, no WebSocket.\n");
    }
    let response = match &site.http {
        Err(error) => unreachable_page(target, error),
        Ok(http) => {
            let mut question =
                http.request(parts.method.clone(), url).headers(question::headers(&parts.headers, target));
            if let Some(body) = question::body(body) {
                question = question.body(body);
            }
            match question.send().await {
                Ok(answer) => answer::answer(&site.proxy, &parts.headers, answer),
                Err(error) => unreachable_page(target, &root(&error.without_url())),
            }
        }
    };
    if site.proxy.observe {
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        // Without the query: it may hold what is nobody's business.
        let path = parts.uri.path();
        tracing::info!(http.method = %parts.method, http.path = path, http.status = response.status().as_u16(), ms, "proxy: passed on");
    }
    response
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

fn plain(status: StatusCode, line: &'static str) -> Response {
    (status, line).into_response()
}

/// What the innermost of nested errors says.
fn root(error: &dyn Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

/// The page in the place of a site that does not answer.
fn unreachable_page(target: &Url, why: &str) -> Response {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (site, why) = (escape(&address::origin(target)), escape(why));
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>No answer</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\n\
         <body><h1>{site} does not answer</h1><p>{why}</p><p>Start the Mini Program, then reload.</p></body></html>\n"
    );
    (StatusCode::BAD_GATEWAY, [(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}
