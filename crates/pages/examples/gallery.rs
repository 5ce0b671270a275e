//! Writes every sample page in both languages, with the assets, into a folder that any file server can show:
//! `cargo run -p mithaq-pages --example gallery -- OUT_DIR`, then serve OUT_DIR at the root of an origin.

use mithaq_pages::{Language, Page, Renderer, asset, asset_paths};
use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::args().nth(1).ok_or("usage: gallery OUT_DIR")?);
    let renderer = Renderer::new()?;
    let mut index = String::from("<!doctype html><meta charset=\"utf-8\"><title>Gallery</title><ul>\n");
    for language in Language::ALL {
        fs::create_dir_all(out.join(language.tag()))?;
        for sample in Page::samples(language) {
            let path = format!("{}/{}.html", language.tag(), sample.name);
            fs::write(out.join(&path), renderer.render(&sample.page)?)?;
            let kept = match &sample.page {
                Page::Authorize(page) => Some(renderer.terms_text(page)?),
                Page::Sign(page) => Some(renderer.sign_text(&page.frame, &page.merchant, &page.deal)?),
                _ => None,
            };
            if let Some(kept) = kept {
                fs::write(out.join(path.replace(".html", ".txt")), kept)?;
            }
            index.push_str(&format!("<li><a href=\"/{path}\">{path}</a>\n"));
        }
    }
    fs::write(out.join("index.html"), index + "</ul>\n")?;
    for path in asset_paths() {
        let target = out.join("static").join(path.as_ref());
        fs::create_dir_all(target.parent().ok_or("no folder")?)?;
        fs::write(target, asset(&path).ok_or("no such asset")?.bytes)?;
    }
    Ok(())
}
