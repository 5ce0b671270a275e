//! The files that pages link: styles, the script, fonts. All of them are in the program.

use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::fmt::Write as _;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// Where the server has to serve [`asset`]s: `/static/page.css` is `asset("page.css")`.
pub const ASSET_PREFIX: &str = "/static/";

/// A file to serve.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// For `Content-Type`.
    pub content_type: &'static str,
    /// For `ETag`, with its quotes: changes when the content does.
    pub etag: String,
}

/// The file of a path below [`ASSET_PREFIX`], without a leading slash: `tokens.css`, `fonts/inter-latin.woff2`.
#[must_use]
pub fn asset(path: &str) -> Option<Asset> {
    let file = Files::get(path)?;
    let mut etag = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..16] {
        let _ = write!(etag, "{byte:02x}");
    }
    etag.push('"');
    Some(Asset { content_type: content_type(path), bytes: file.data, etag })
}

/// The paths of all files, in alphabetical order.
pub fn asset_paths() -> impl Iterator<Item = Cow<'static, str>> {
    Files::iter()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{asset, asset_paths};

    #[test]
    fn every_file_has_a_type_of_its_own_and_a_quoted_etag() {
        for path in asset_paths() {
            let found = asset(&path).expect("listed");
            assert_ne!(found.content_type, "application/octet-stream", "{path}");
            assert!(found.etag.len() == 34 && found.etag.starts_with('"') && found.etag.ends_with('"'));
        }
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        assert!(asset("../Cargo.toml").is_none());
        assert!(asset("/tokens.css").is_none());
        assert!(asset("fonts").is_none());
    }

    #[test]
    fn everything_together_stays_below_a_megabyte() {
        let bytes: usize = asset_paths().filter_map(|path| asset(&path)).map(|found| found.bytes.len()).sum();
        assert!(bytes < 1_000_000, "{bytes}");
    }

    #[test]
    fn every_url_in_the_styles_leads_to_a_file() {
        for sheet in ["tokens.css", "page.css"] {
            let bytes = asset(sheet).expect("shipped").bytes;
            let text = std::str::from_utf8(&bytes).expect("UTF-8");
            for url in text.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let path = url.strip_prefix(super::ASSET_PREFIX).expect("our own");
                assert!(asset(path).is_some(), "{sheet} links {url}");
            }
        }
    }
}
