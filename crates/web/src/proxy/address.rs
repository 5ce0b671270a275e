//! From the proxy's addresses to the site's, and back.

use axum::http::{HeaderMap, header};
use url::Url;

/// Where a request goes: the site's origin with the path and query asked for. Nothing for what is no path.
pub fn at_target(target: &Url, path_and_query: &str) -> Option<Url> {
    if !path_and_query.starts_with('/') {
        return None;
    }
    let url = Url::parse(&format!("{}{path_and_query}", &target[..url::Position::BeforePath])).ok()?;
    (url.origin() == target.origin()).then_some(url)
}

/// The proxy's own origin, as the browser names it.
pub fn own_origin(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    Some(format!("http://{host}"))
}

/// An address of the proxy (`Origin`, `Referer`) as the site would have seen it; others as they are.
pub fn as_sites(address: &str, own_origin: &str, target: &Url) -> String {
    match address.strip_prefix(own_origin) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{}{rest}", origin(target)),
        _ => address.to_owned(),
    }
}

/// A `Location` of the site: within the site without its origin, so that the browser stays here.
pub fn as_ours(location: &str, target: &Url) -> String {
    match Url::parse(location) {
        Ok(url) if url.origin() == target.origin() => url[url::Position::BeforePath..].to_owned(),
        _ => location.to_owned(),
    }
}

/// An address's origin, as text.
pub fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Url {
        Url::parse("http://127.0.0.1:3000/start?x=1").unwrap()
    }

    #[test]
    fn a_request_goes_to_the_sites_origin_and_nowhere_else() {
        let at = |path: &str| at_target(&site(), path).map(|url| url.to_string());
        assert_eq!(at("/a?b=%2F").as_deref(), Some("http://127.0.0.1:3000/a?b=%2F"));
        assert_eq!(at("//evil.example/a").as_deref(), Some("http://127.0.0.1:3000//evil.example/a"));
        assert_eq!((at("*"), at("@evil.example/"), at(".evil.example/")), (None, None, None));
    }

    #[test]
    fn a_redirect_within_the_site_stays_behind_the_proxy() {
        assert_eq!(as_ours("http://127.0.0.1:3000/next?a#b", &site()), "/next?a#b");
        assert_eq!(as_ours("next", &site()), "next");
        assert_eq!(as_ours("http://127.0.0.1:3001/", &site()), "http://127.0.0.1:3001/");
    }

    #[test]
    fn the_site_sees_its_own_addresses() {
        let seen = |address: &str| as_sites(address, "http://127.0.0.1:7602", &site());
        assert_eq!(seen("http://127.0.0.1:7602"), "http://127.0.0.1:3000");
        assert_eq!(seen("http://127.0.0.1:7602/a"), "http://127.0.0.1:3000/a");
        assert_eq!(seen("http://127.0.0.1:76021/a"), "http://127.0.0.1:76021/a");
        assert_eq!(seen("null"), "null");
    }
}
