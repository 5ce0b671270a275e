//! The site's cookies, so that they work in the shell's frame; the wallet's, so that they never leave.

use crate::shell::session;

/// A `Set-Cookie` of the site for the proxy's origin.
///
/// The frame is another site than the shell around it, and browsers keep only cookies there that say so:
/// `SameSite=None` and `Partitioned`, which ask for `Secure`; they take that from loopback addresses.
pub fn for_frame(set_cookie: &str) -> String {
    let mut parts = set_cookie.split(';').map(str::trim);
    let pair = parts.next().unwrap_or_default();
    let kept = parts.filter(|attribute| {
        let name = attribute.split('=').next().unwrap_or_default().trim();
        !["domain", "secure", "samesite", "partitioned", ""].iter().any(|gone| name.eq_ignore_ascii_case(gone))
    });
    let own = ["SameSite=None", "Secure", "Partitioned"];
    std::iter::once(pair).chain(kept).chain(own).collect::<Vec<_>>().join("; ")
}

/// A `Cookie` header without the wallet's session: browsers send cookies to every port of a host.
pub fn without_session(cookie: &str) -> Option<String> {
    let own = |pair: &&str| pair.split('=').next().is_some_and(|name| name.trim() == session::COOKIE);
    let kept: Vec<&str> = cookie.split(';').map(str::trim).filter(|pair| !pair.is_empty() && !own(pair)).collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sites_cookie_becomes_one_that_a_browser_keeps_in_a_frame() {
        let cookie = "sid=a=b; Domain=shop.example; Path=/x; Secure; HttpOnly; SameSite=Lax; Max-Age=9";
        assert_eq!(for_frame(cookie), "sid=a=b; Path=/x; HttpOnly; Max-Age=9; SameSite=None; Secure; Partitioned");
        assert_eq!(for_frame("a=1"), "a=1; SameSite=None; Secure; Partitioned");
    }

    #[test]
    fn the_wallets_session_is_not_for_the_site() {
        assert_eq!(without_session("a=1; mithaq_session=secret; b=2").as_deref(), Some("a=1; b=2"));
        assert_eq!(without_session("mithaq_session=secret"), None);
    }
}
