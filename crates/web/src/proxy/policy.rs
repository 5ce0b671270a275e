//! A site's Content-Security-Policy, opened just so far that its pages show in the shell's frame and load
//! the bridge.

/// The bytes of one header, changed: nothing left is no header. A header may hold several policies.
pub fn opened(header: &str, wallet_origin: &str) -> Option<String> {
    let policies = header.split(',').map(|policy| one(policy, wallet_origin)).filter(|policy| !policy.is_empty());
    Some(policies.collect::<Vec<_>>().join(", ")).filter(|header| !header.is_empty())
}

/// The nonce that lets scripts of the page run, for the bridge to carry: where `'strict-dynamic'` stands,
/// no origin is enough.
pub fn nonce(header: &str) -> Option<&str> {
    let mut sources = header.split([';', ',']).map(str::trim).filter(|directive| directive.starts_with("script-src"));
    let nonce = sources
        .find_map(|directive| directive.split_ascii_whitespace().find_map(|source| source.strip_prefix("'nonce-")));
    let plain = |nonce: &&str| nonce.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte));
    nonce.and_then(|nonce| nonce.strip_suffix('\'')).filter(plain)
}

fn one(policy: &str, wallet_origin: &str) -> String {
    let split = |directive: &str| {
        let (name, sources) =
            directive.split_once(|letter: char| letter.is_ascii_whitespace()).unwrap_or((directive, ""));
        (name.to_ascii_lowercase(), sources.trim().to_owned())
    };
    let directives = policy.split(';').map(str::trim).filter(|directive| !directive.is_empty()).map(split);
    let mut directives: Vec<(String, String)> = directives.collect();
    // The site may be on https; here it is on http.
    directives.retain(|(name, _)| name != "frame-ancestors" && name != "upgrade-insecure-requests");
    let is_for_scripts = |name: &str| matches!(name, "script-src" | "script-src-elem");
    if !directives.iter().any(|(name, _)| name == "script-src")
        && let Some((_, general)) = directives.iter().find(|(name, _)| name == "default-src").cloned()
    {
        directives.push(("script-src".to_owned(), general));
    }
    for (_, sources) in directives.iter_mut().filter(|(name, _)| is_for_scripts(name)) {
        // The known scripts, which the site may have allowed where they used to be, come from the site's
        // own origin now.
        let mut all: Vec<&str> =
            sources.split_ascii_whitespace().filter(|source| !source.eq_ignore_ascii_case("'none'")).collect();
        for needed in ["'self'", wallet_origin] {
            if !all.contains(&needed) {
                all.push(needed);
            }
        }
        *sources = all.join(" ");
    }
    let text = |(name, sources): &(String, String)| format!("{name} {sources}").trim_end().to_owned();
    directives.iter().map(text).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "http://localhost:7600";

    #[test]
    fn a_policy_lets_the_page_be_framed_and_the_bridge_be_loaded_and_stays_otherwise() {
        for (header, expected) in [
            ("frame-ancestors 'none'", None),
            ("img-src *; frame-ancestors 'self'", Some("img-src *")),
            ("script-src 'none'; img-src x", Some("script-src 'self' http://localhost:7600; img-src x")),
            ("default-src https:", Some("default-src https:; script-src https: 'self' http://localhost:7600")),
            (
                "Script-Src 'nonce-a';script-src-elem x",
                Some(
                    "script-src 'nonce-a' 'self' http://localhost:7600; script-src-elem x 'self' http://localhost:7600",
                ),
            ),
            ("upgrade-insecure-requests", None),
            ("frame-ancestors a, img-src b", Some("img-src b")),
        ] {
            assert_eq!(opened(header, W).as_deref(), expected, "{header}");
        }
    }

    #[test]
    fn the_pages_nonce_is_found() {
        assert_eq!(nonce("default-src x; script-src 'strict-dynamic' 'nonce-Ab+/1=='"), Some("Ab+/1=="));
        assert_eq!(nonce("style-src 'nonce-a'; script-src x"), None);
        assert_eq!(nonce("script-src 'nonce-\"><script>'"), None);
    }
}
