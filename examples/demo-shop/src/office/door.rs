//! Who may enter the office: whoever sits at the machine that the shop runs on. A real shop has accounts for its people
//! here; a demo that anybody on the network could make give money back would be a bad example.

use crate::error::ApiError;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use url::Url;

/// Lets a request through that comes from this machine, by a name of this machine, from a page of this shop.
pub async fn guard(request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if peer.is_some_and(is_here) && is_asked_from_here(request.headers()) {
        next.run(request).await
    } else {
        ApiError::office_closed().into_response()
    }
}

/// The name that was asked for keeps out pages of others whose name leads here, `Origin` pages of others that post here,
/// and what a proxy adds keeps out those whom it lets in.
fn is_asked_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let proxied = ["forwarded", "x-forwarded-for", "via"].iter().any(|name| headers.contains_key(*name));
    let Some(host) = text(header::HOST) else { return false };
    let is_own_page = headers.get(header::ORIGIN).is_none() || text(header::ORIGIN) == Some(&format!("http://{host}"));
    !proxied && is_own_page && is_name_of_this_machine(host)
}

fn is_name_of_this_machine(host: &str) -> bool {
    let url = Url::parse(&format!("http://{host}/")).ok();
    match url.as_ref().and_then(Url::host) {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn is_here(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn asked(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_asked_from_here(&headers.collect())
    }

    #[test]
    fn a_browser_on_this_machine_may_enter() {
        for host in ["127.0.0.1:7601", "localhost:7601", "[::1]:7601"] {
            assert!(asked(&[("host", host)]), "{host}");
        }
        assert!(asked(&[("host", "127.0.0.1:7601"), ("origin", "http://127.0.0.1:7601")]));
    }

    #[test]
    fn pages_of_others_names_of_others_and_proxies_may_not() {
        assert!(!asked(&[("host", "127.0.0.1:7601"), ("origin", "http://localhost:7600")]));
        assert!(!asked(&[("host", "127.0.0.1:7601"), ("origin", "null")]));
        assert!(!asked(&[("host", "shop.example.com")]));
        assert!(!asked(&[("host", "localhost.example.com:7601")]));
        assert!(!asked(&[("host", "localhost"), ("x-forwarded-for", "10.0.0.7")]));
        assert!(!asked(&[]));
    }

    #[test]
    fn an_address_of_this_machine_is_one_in_either_notation() {
        for (address, here) in [("127.0.0.1", true), ("::1", true), ("::ffff:127.0.0.1", true), ("10.0.0.7", false)] {
            assert_eq!(is_here(address.parse().expect("an address")), here, "{address}");
        }
    }
}
