//! A site's page on its way through: the bridge becomes the first thing in its head, known scripts are
//! taken from here. Works on the stream, so that a page that is sent in pieces is shown in pieces.

use super::known;
use super::tag::{Tag, Token, raw_text_length};
use std::ops::Range;

/// Elements whose inside is text, whatever it looks like.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"];
/// The longest unfinished tag or comment that is waited for.
const HELD_MAX: usize = 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Puts a script tag into one page.
pub struct Rewriter {
    script: String,
    begun: bool,
    placed: bool,
    raw: Option<String>,
    held: Vec<u8>,
}

impl Rewriter {
    /// One that puts `script` (a whole element) before everything else in the page's head.
    pub const fn new(script: String) -> Self {
        Self { script, begun: false, placed: false, raw: None, held: Vec::new() }
    }

    /// The next piece of the page: what can be sent on.
    pub fn push(&mut self, piece: &[u8]) -> Vec<u8> {
        self.held.extend_from_slice(piece);
        self.advance(false)
    }

    /// The page is over: the rest of it.
    pub fn finish(&mut self) -> Vec<u8> {
        self.advance(true)
    }

    fn advance(&mut self, last: bool) -> Vec<u8> {
        let held = std::mem::take(&mut self.held);
        let mut rest = held.as_slice();
        let mut out = Vec::with_capacity(held.len() + self.script.len());
        if !self.begun && (last || rest.len() >= BYTE_ORDER_MARK.len()) {
            self.begun = true;
            if let Some(after) = rest.strip_prefix(BYTE_ORDER_MARK) {
                out.extend_from_slice(BYTE_ORDER_MARK);
                rest = after;
            }
        }
        while self.begun && !rest.is_empty() {
            let Some(token) = self.next(rest, last) else { break };
            let (now, after) = rest.split_at(token.length());
            self.pass(&token, now, &mut out);
            rest = after;
        }
        if last && self.begun && !self.placed {
            self.place(&mut out);
        }
        self.held = rest.to_vec();
        out
    }

    /// The next token, if its end is there.
    fn next(&self, html: &[u8], last: bool) -> Option<Token> {
        if let Some(name) = &self.raw {
            let length = raw_text_length(html, name);
            if length > 0 {
                return Some(Token::Text(length));
            }
        }
        // What never ends is sent on as it is.
        Token::first(html).or_else(|| (last || html.len() > HELD_MAX).then_some(Token::Text(html.len())))
    }

    fn pass(&mut self, token: &Token, bytes: &[u8], out: &mut Vec<u8>) {
        let mut after = false;
        if !self.placed {
            // Before anything that a browser would make a head for (HTML, "before head").
            match token {
                Token::Comment(_) => {}
                Token::Text(_) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Token::Tag(tag) if tag.name == "html" && !tag.closing => {}
                Token::Tag(tag) if tag.name == "head" && !tag.closing => after = true,
                Token::Text(_) | Token::Tag(_) => self.place(out),
            }
        }
        match token {
            Token::Tag(tag) => {
                self.raw = RAW.iter().find(|name| **name == tag.name && !tag.closing).map(|name| (*name).to_owned());
                pass_tag(tag, bytes, out);
            }
            Token::Text(_) | Token::Comment(_) => out.extend_from_slice(bytes),
        }
        if after {
            self.place(out);
        }
    }

    fn place(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.script.as_bytes());
        self.placed = true;
    }
}

/// A tag as it is, or with a known script taken from here. That one is not the file a checksum was made of.
fn pass_tag(tag: &Tag, bytes: &[u8], out: &mut Vec<u8>) {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    if matches!(tag.name.as_str(), "script" | "link") && !tag.closing {
        for attribute in tag.attributes.iter().filter(|attribute| matches!(attribute.name.as_str(), "src" | "href")) {
            let address = std::str::from_utf8(&bytes[attribute.value.clone()]).unwrap_or_default();
            edits.extend(known::place_of(address).map(|place| (attribute.value.clone(), place)));
        }
        if !edits.is_empty() {
            let sums = tag.attributes.iter().filter(|attribute| attribute.name == "integrity");
            edits.extend(sums.map(|attribute| (attribute.whole.clone(), String::new())));
            edits.sort_by_key(|(range, _)| range.start);
        }
    }
    let mut at = 0;
    for (range, text) in edits {
        out.extend_from_slice(&bytes[at..range.start]);
        out.extend_from_slice(text.as_bytes());
        at = range.end;
    }
    out.extend_from_slice(&bytes[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page after it went through whole, and byte by byte.
    fn through(page: &str) -> String {
        let mut whole = Rewriter::new("[B]".to_owned());
        let mut at_once = whole.push(page.as_bytes());
        at_once.extend(whole.finish());
        let mut single = Rewriter::new("[B]".to_owned());
        let mut in_pieces: Vec<u8> = page.bytes().flat_map(|byte| single.push(&[byte])).collect();
        in_pieces.extend(single.finish());
        let at_once = String::from_utf8(at_once).unwrap();
        assert_eq!(at_once, String::from_utf8(in_pieces).unwrap(), "pieces make no difference");
        at_once
    }

    #[test]
    fn the_bridge_is_the_first_child_of_the_head() {
        for (page, expected) in [
            ("<!doctype html><html><head><title>x</title>", "<!doctype html><html><head>[B]<title>x</title>"),
            ("<HEAD data-a='>'>\n<script>", "<HEAD data-a='>'>[B]\n<script>"),
            ("\u{feff}<!-- <head> --><html lang=ar><body>", "\u{feff}<!-- <head> --><html lang=ar>[B]<body>"),
            ("<p>a fragment", "[B]<p>a fragment"),
            ("plain words", "[B]plain words"),
            ("<!doctype html>\n<header>x</header>", "<!doctype html>\n[B]<header>x</header>"),
            ("", "[B]"),
            ("<!-- never closed", "[B]<!-- never closed"),
        ] {
            assert_eq!(through(page), expected);
        }
    }

    #[test]
    fn known_scripts_come_from_here_however_they_are_quoted() {
        let known = "https://appx/web-view.min.js";
        for (tag, expected) in [
            (format!("<script src=\"{known}\">"), "<script src=\"/__mithaq/known/appx/web-view.min.js\">"),
            (
                format!("<SCRIPT async SRC = '{known}' >"),
                "<SCRIPT async SRC = '/__mithaq/known/appx/web-view.min.js' >",
            ),
            (format!("<script src={known}>"), "<script src=/__mithaq/known/appx/web-view.min.js>"),
            (
                format!("<link rel=preload as=script href={known}>"),
                "<link rel=preload as=script href=/__mithaq/known/appx/web-view.min.js>",
            ),
            (
                format!("<script integrity=\"sha384-x\" src=\"{known}\" defer>"),
                "<script  src=\"/__mithaq/known/appx/web-view.min.js\" defer>",
            ),
        ] {
            assert_eq!(through(&format!("<head>{tag}")), format!("<head>[B]{expected}"));
        }
    }

    #[test]
    fn nothing_else_is_touched() {
        for page in [
            "<a href=\"https://appx/web-view.min.js\">x</a>",
            "<script>s = '<script src=\"https://appx/web-view.min.js\">'; if (a<b && c>d) {}</script><p>1 < 2</p>",
            "<!-- <script src=\"https://appx/web-view.min.js\"></script> -->",
            "<textarea><script src=\"https://appx/web-view.min.js\"></textarea>",
            "<script src=\"https://example.com/hylid-bridge/\" integrity=x></script>",
            "<img alt='<head>' src=https://appx/web-view.min.js/><p",
            "</ x><?php ?></p <br/>",
        ] {
            assert_eq!(through(&format!("<head>{page}")), format!("<head>[B]{page}"));
        }
    }
}
