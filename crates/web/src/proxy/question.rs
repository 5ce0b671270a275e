//! A browser's request on its way to the site.

use super::{address, cookie};
use axum::body::{Body, HttpBody as _};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use url::Url;

/// Headers that are about one connection only, or that are written anew for the next one.
const NOT_PASSED: [&str; 11] = [
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "host",
    "accept-encoding",
];

/// The headers of `asked` for the site.
pub fn headers(asked: &HeaderMap, target: &Url) -> HeaderMap {
    let mut passed = passed(asked);
    // What is compressed cannot be read on its way.
    passed.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if let Some(own) = address::own_origin(asked) {
        for name in [header::ORIGIN, header::REFERER] {
            change(&mut passed, &name, |value| Some(address::as_sites(value, &own, target)));
        }
    }
    change(&mut passed, &header::COOKIE, cookie::without_session);
    passed
}

/// The body of a request; none where there is none.
pub fn body(body: Body) -> Option<reqwest::Body> {
    (!body.is_end_stream()).then(|| reqwest::Body::wrap_stream(body.into_data_stream()))
}

/// Without what is about one connection only.
pub fn passed(headers: &HeaderMap) -> HeaderMap {
    let named: Vec<String> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    let stays =
        |name: &HeaderName| NOT_PASSED.contains(&name.as_str()) || named.iter().any(|other| other == name.as_str());
    headers.iter().filter(|(name, _)| !stays(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Changes every value of `name`; nothing left is no header.
pub fn change(headers: &mut HeaderMap, name: &HeaderName, how: impl Fn(&str) -> Option<String>) {
    let changed = headers.get_all(name).iter().filter_map(|value| match value.to_str() {
        Ok(text) => how(text).and_then(|text| HeaderValue::from_str(&text).ok()),
        Err(_) => Some(value.clone()),
    });
    let changed: Vec<HeaderValue> = changed.collect();
    headers.remove(name);
    for value in changed {
        headers.append(name, value);
    }
}
