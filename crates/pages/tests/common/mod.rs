//! What the tests of the pages share: rendering, and reading a page as a person does.

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
