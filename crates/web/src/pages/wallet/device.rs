//! What a browser is, by what it calls itself: good enough for its owner to recognise it, never for a decision.

/// Browsers, the ones that others pretend to be last.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Systems, in the same order.
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// `Chrome, Android`; nothing where neither is known.
pub fn name(agent: Option<&str>) -> String {
    let find = |known: &[(&str, &'static str)]| {
        let agent = agent?;
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let parts: Vec<&str> = [find(&BROWSERS), find(&SYSTEMS)].into_iter().flatten().collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn browsers_are_recognised_by_their_own_mark_and_not_by_whom_they_pretend_to_be() {
        let phone = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36";
        assert_eq!(name(Some(phone)), "Chrome, Android");
        assert_eq!(name(Some(&format!("{phone} Edg/142.0"))), "Edge, Android");
        let apple = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/19.0 Safari/604.1";
        assert_eq!(name(Some(apple)), "Safari, iPhone");
        assert_eq!(
            name(Some("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")),
            "Firefox, Linux"
        );
        assert_eq!(name(Some("curl/8")), "");
        assert_eq!(name(None), "");
    }
}
