//! The scripts that pages load from elsewhere and that the container answers itself (spec/qicard.md 11.3,
//! point 2): the bridge, which is in the page already, does what they do.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Where they are under the proxy's origin.
pub const PREFIX: &str = "/__mithaq/known/";

/// Host and beginning of the path.
const KNOWN: [(&str, &str); 4] = [
    ("cdn.marmot-cloud.com", "/npm/hylid-bridge/"),
    ("cdn.marmot-cloud.com", "/page/hylid-bridge/"),
    ("appx", "/web-view.min.js"),
    ("a.alipayobjects.com", "/g/h5-lib/alipayjsapi/"),
];

const SCRIPT: &str =
    "// Answered by the wallet: its bridge, loaded before this script, already defines what this one would.\n";

/// The place under the proxy's origin of a known script's `address`; nothing for any other address.
pub fn place_of(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("//")?;
    let web = ["", "http:", "https:"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let (host, path) = rest.split_at(rest.find('/')?);
    let known = |&(known_host, start): &(&str, &str)| host.eq_ignore_ascii_case(known_host) && path.starts_with(start);
    (web && KNOWN.iter().any(known)).then(|| format!("{PREFIX}{}{path}", host.to_ascii_lowercase()))
}

/// Answers for all of them.
pub async fn answer() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], SCRIPT)
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn any_version_of_a_known_script_has_a_place_here() {
        for (address, place) in [
            (
                "https://cdn.marmot-cloud.com/npm/hylid-bridge/2.10.0/index.js",
                "cdn.marmot-cloud.com/npm/hylid-bridge/2.10.0/index.js",
            ),
            (
                "//CDN.marmot-cloud.com/page/hylid-bridge/3/i.js?x=1",
                "cdn.marmot-cloud.com/page/hylid-bridge/3/i.js?x=1",
            ),
            (" HTTPS://appx/web-view.min.js ", "appx/web-view.min.js"),
            (
                "http://a.alipayobjects.com/g/h5-lib/alipayjsapi/3.1.1/a.js",
                "a.alipayobjects.com/g/h5-lib/alipayjsapi/3.1.1/a.js",
            ),
        ] {
            assert_eq!(place_of(address), Some(format!("/__mithaq/known/{place}")), "{address}");
        }
    }

    #[test]
    fn no_other_address_has() {
        for address in [
            "https://cdn.marmot-cloud.com/npm/other/1.js",
            "https://evil.example/npm/hylid-bridge/1.js",
            "https://cdn.marmot-cloud.com.evil.example/npm/hylid-bridge/1.js",
            "/npm/hylid-bridge/1.js",
            "app.js",
            "",
        ] {
            assert_eq!(place_of(address), None, "{address}");
        }
    }
}
