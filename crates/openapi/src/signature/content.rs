//! The text that is signed (spec/openapi.md 1.4).

use url::Url;

/// A message as its signature sees it. All texts verbatim from the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Message<'a> {
    /// `POST`. An answer repeats the method of its request.
    pub method: &'a str,
    /// Path and query. An answer repeats those of its request.
    pub uri: &'a str,
    /// The header `Client-Id`.
    pub client_id: &'a str,
    /// The header `Request-Time`, in answers `Response-Time`.
    pub time: &'a str,
    /// The bytes on the wire.
    pub body: &'a [u8],
}

impl Message<'_> {
    /// The bytes to sign.
    #[must_use]
    pub fn content(&self) -> Vec<u8> {
        content_to_sign(self.method, self.uri, self.client_id, self.time, self.body)
    }
}

/// `METHOD SP URI LF Client-Id . Time . BODY`, with nothing before, between or after.
#[must_use]
pub fn content_to_sign(method: &str, uri: &str, client_id: &str, time: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("{method} {uri}\n{client_id}.{time}.");
    [head.as_bytes(), body].concat()
}

/// The part of a URL that is signed when it is called: path, and `?query` if there is one.
#[must_use]
pub fn request_uri(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

/// `/v1/payments/pay` of `/wallet/v1/payments/pay`; `None` if the path has no prefix before `/v1/`, or no `/v1/`.
#[must_use]
pub fn tail_from_v1(uri: &str) -> Option<&str> {
    let path = uri.split_once('?').map_or(uri, |(path, _)| path);
    match path.find("/v1/") {
        None | Some(0) => None,
        Some(start) => Some(&uri[start..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_prefix_before_v1_is_taken_off() {
        assert_eq!(tail_from_v1("/wallet/v1/payments/pay?a=1"), Some("/v1/payments/pay?a=1"));
        assert_eq!(tail_from_v1("/v1/payments/pay"), None);
        assert_eq!(tail_from_v1("/hooks?next=/x/v1/y"), None);
        assert_eq!(tail_from_v1(""), None);
    }

    #[test]
    fn the_uri_of_a_url_is_its_path_and_query() {
        let uri = |text: &str| request_uri(&Url::parse(text).expect("url"));
        assert_eq!(uri("https://shop.example.com/hooks/pay"), "/hooks/pay");
        assert_eq!(uri("https://shop.example.com/hooks?a=1&b=2#top"), "/hooks?a=1&b=2");
        assert_eq!(uri("http://127.0.0.1:7601"), "/");
    }
}
