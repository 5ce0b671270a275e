//! What the tests of the pages share: rendering, and reading a page as a person does.

#![allow(dead_code, reason = "each test program uses its part")]

use mithaq_pages::wallet::{Door, Screen, WalletPage};
use mithaq_pages::{Language, Page, Renderer};

/// A renderer whose words and templates are in order.
pub fn renderer() -> Renderer {
    Renderer::new().expect("words and templates parse")
}

/// Every sample in both languages: its name with the language, the page, and its HTML.
pub fn rendered() -> Vec<(String, Page, String)> {
    let renderer = renderer();
    let mut all = Vec::new();
    for language in Language::ALL {
        for sample in Page::samples(language) {
            let name = format!("{} {}", language.tag(), sample.name);
            let html = renderer.render(&sample.page).unwrap_or_else(|error| panic!("{name}: {error:?}"));
            all.push((name, sample.page, html));
        }
    }
    all
}

/// The HTML of a page, with its slashes as they are typed.
pub fn html(page: &Page) -> String {
    renderer().render(page).expect("renders").replace("&#x2f;", "/")
}

/// The HTML of the sample of this name.
pub fn named(name: &str, language: Language) -> String {
    let sample = Page::samples(language).into_iter().find(|sample| sample.name == name).expect("a sample");
    html(&sample.page)
}

/// Those of them whose name begins so, with their slashes readable.
pub fn rendered_of(beginning: &str) -> Vec<(String, Page, String)> {
    let named = |name: &str| name.split(' ').nth(1).is_some_and(|name| name.starts_with(beginning));
    let found = rendered().into_iter().filter(|(name, _, _)| named(name));
    let found: Vec<_> = found.map(|(name, page, html)| (name, page, html.replace("&#x2f;", "/"))).collect();
    assert!(!found.is_empty(), "{beginning}");
    found
}

/// A screen of the wallet app, with its slashes readable.
pub fn screen(language: Language, screen: Screen) -> String {
    let page = Page::Wallet(Box::new(WalletPage::sample(language, Door::Home, screen)));
    renderer().render(&page).expect("renders").replace("&#x2f;", "/")
}

/// The text of a page: no tags, no entities, single spaces.
pub fn text(html: &str) -> String {
    let after_head = html.split("</head>").nth(1).unwrap_or(html);
    let bare: String = after_head.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    let plain = entities.iter().fold(bare, |text, (entity, letter)| text.replace(entity, letter));
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
