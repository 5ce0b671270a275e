//! The wallet app over HTTP: what a user sees and does there, and what nobody else does for them.

mod entry;
mod history;
mod inbox;
mod money;
mod own;
mod safety;
mod scan;

use crate::support::Answer;

/// Every page that anybody can ask for.
const PAGES: [&str; 10] = [
    "/wallet",
    "/wallet/history",
    "/wallet/inbox",
    "/wallet/top-up",
    "/wallet/send",
    "/wallet/receive",
    "/wallet/code",
    "/wallet/scan",
    "/wallet/cards",
    "/wallet/security",
];

/// The value of a hidden field of a page's form.
fn hidden(page: &Answer, name: &str) -> String {
    let (_, rest) = page.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{page:?}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// The addresses on a page that begin with `prefix`, each once.
fn links(page: &Answer, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in page.text.split(&format!("href=\"{prefix}")).skip(1) {
        let link = format!("{prefix}{}", rest.split('"').next().unwrap_or_default());
        if !found.contains(&link) {
            found.push(link);
        }
    }
    found
}
