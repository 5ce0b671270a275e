//! The site's answer on its way to the browser.

use super::html::Rewriter;
use super::{Proxy, address, cookie, policy, question};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::{Stream, StreamExt as _};

/// The answer, with the bridge in it if it is a page.
pub fn answer(proxy: &Proxy, asked: &HeaderMap, answer: reqwest::Response) -> Response {
    let status = answer.status();
    let nonce = answer.headers().get_all(header::CONTENT_SECURITY_POLICY).iter();
    let nonce = nonce.filter_map(|value| policy::nonce(value.to_str().ok()?)).map(str::to_owned).next();
    let mut headers = headers(proxy, answer.headers());
    let body = if is_page(&headers) && wants_page(asked) {
        // Said of bytes that the browser does not get.
        for name in [header::CONTENT_LENGTH, header::ETAG, header::LAST_MODIFIED, header::ACCEPT_RANGES] {
            headers.remove(name);
        }
        let script = bridge(&proxy.wallet_origin, nonce.as_deref());
        Body::from_stream(rewritten(answer.bytes_stream(), Rewriter::new(script)))
    } else {
        Body::from_stream(answer.bytes_stream())
    };
    (status, headers, body).into_response()
}

fn headers(proxy: &Proxy, site: &HeaderMap) -> HeaderMap {
    let mut headers = question::passed(site);
    headers.remove(header::X_FRAME_OPTIONS);
    let open = |policy: &str| policy::opened(policy, &proxy.wallet_origin);
    question::change(&mut headers, &header::CONTENT_SECURITY_POLICY, open);
    question::change(&mut headers, &header::LOCATION, |location| Some(address::as_ours(location, &proxy.target)));
    question::change(&mut headers, &header::SET_COOKIE, |value| Some(cookie::for_frame(value)));
    headers
}

/// Whether the body is HTML that can be read.
fn is_page(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let kind = text(header::CONTENT_TYPE).to_ascii_lowercase();
    let html = kind.split(';').next().is_some_and(|media| media.trim() == "text/html");
    // In these, tags are not written as in ASCII.
    let wide = ["utf-16", "utf-32", "ucs-2"].iter().any(|charset| kind.contains(charset));
    let encoded = !matches!(text(header::CONTENT_ENCODING), "" | "identity");
    if html && encoded {
        tracing::warn!("proxy: the site sends a page compressed although asked not to; it gets no bridge");
    }
    html && !wide && !encoded
}

/// Whether the browser shows what it asked for. HTML that a script fetches is only a part of a page.
fn wants_page(asked: &HeaderMap) -> bool {
    let shown = |for_what: &HeaderValue| matches!(for_what.as_bytes(), b"document" | b"iframe" | b"frame");
    asked.get("sec-fetch-dest").is_none_or(shown)
}

/// The tag that loads the bridge.
fn bridge(wallet_origin: &str, nonce: Option<&str>) -> String {
    let nonce = nonce.map(|nonce| format!(" nonce=\"{nonce}\"")).unwrap_or_default();
    format!("<script{nonce} src=\"{wallet_origin}/bridge/v1.js\"></script>")
}

fn rewritten<E>(
    body: impl Stream<Item = Result<Bytes, E>> + Send,
    rewriter: Rewriter,
) -> impl Stream<Item = Result<Bytes, E>> + Send
where
    E: Send,
{
    // A body that breaks off is not finished: the browser hears of the break.
    let pieces = body.map(Some).chain(futures_util::stream::iter([None]));
    pieces.scan(Some(rewriter), |rewriter, piece| {
        let sent = match (piece, rewriter.as_mut()) {
            (Some(Ok(piece)), Some(page)) => Some(Ok(page.push(&piece).into())),
            (Some(Err(error)), _) => {
                *rewriter = None;
                Some(Err(error))
            }
            (None, Some(page)) => Some(Ok(page.finish().into())),
            (_, None) => None,
        };
        std::future::ready(sent)
    })
}
