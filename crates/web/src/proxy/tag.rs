//! Just enough of HTML's tokens to find tags and their attributes, in bytes: every encoding that pages use
//! writes them as ASCII does.

use std::ops::Range;

/// What stands at some place of a page.
pub enum Token {
    /// Text, also the inside of a script.
    Text(usize),
    /// A comment, a doctype, or what browsers take for one.
    Comment(usize),
    /// A tag.
    Tag(Tag),
}

/// `<name …>` or `</name …>`.
pub struct Tag {
    /// In small letters.
    pub name: String,
    /// Whether it is an end tag.
    pub closing: bool,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// How long it is, brackets included.
    pub length: usize,
}

/// One attribute; places are within the tag.
pub struct Attribute {
    /// In small letters.
    pub name: String,
    /// Where its value is, without quotes; empty where there is none.
    pub value: Range<usize>,
    /// Where all of it is.
    pub whole: Range<usize>,
}

impl Token {
    /// How many bytes it takes.
    pub const fn length(&self) -> usize {
        match self {
            Self::Text(length) | Self::Comment(length) | Self::Tag(Tag { length, .. }) => *length,
        }
    }

    /// The token that `html` begins with; nothing if its end is not there yet.
    pub fn first(html: &[u8]) -> Option<Self> {
        match html {
            [b'<', b'!', b'-', b'-', ..] => Some(Self::Comment(find(html, b"-->")? + 3)),
            // It may still become a comment.
            [b'<'] | [b'<', b'!'] | [b'<', b'!', b'-'] | [b'<', b'/'] => None,
            [b'<', b'!' | b'?', ..] => Some(Self::Comment(find(html, b">")? + 1)),
            [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => tag(html, true).map(Self::Tag),
            [b'<', b'/', ..] => Some(Self::Comment(find(html, b">")? + 1)),
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => tag(html, false).map(Self::Tag),
            [_, rest @ ..] => Some(Self::Text(1 + rest.iter().position(|byte| *byte == b'<').unwrap_or(rest.len()))),
            [] => None,
        }
    }
}

/// How much of `html`, which is inside the element `name`, is surely text of that element. Such elements
/// (scripts, styles) end at their own end tag and nowhere else.
pub fn raw_text_length(html: &[u8], name: &str) -> usize {
    let end = format!("</{name}");
    let window = end.len();
    let found = html.windows(window).position(|part| part.eq_ignore_ascii_case(end.as_bytes()));
    // The last bytes may be the beginning of the end tag.
    found.unwrap_or_else(|| html.len().saturating_sub(window - 1))
}

fn find(html: &[u8], what: &[u8]) -> Option<usize> {
    html.windows(what.len()).position(|part| part == what)
}

/// The tag that `html` begins with.
fn tag(html: &[u8], closing: bool) -> Option<Tag> {
    let run =
        |from: usize, until: fn(&u8) -> bool| html.get(from..)?.iter().position(until).map(|length| from + length);
    let start = if closing { 2 } else { 1 };
    let mut at = run(start, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))?;
    let name = small(&html[start..at]);
    let mut attributes = Vec::new();
    loop {
        at = run(at, |byte| !byte.is_ascii_whitespace() && *byte != b'/')?;
        if html[at] == b'>' {
            return Some(Tag { name, closing, attributes, length: at + 1 });
        }
        let from = at;
        // An equals sign that begins a name is part of it.
        at = run(at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='))?;
        let name = small(&html[from..at]);
        let mut value = at..at;
        let next = run(at, |byte| !byte.is_ascii_whitespace())?;
        if html[next] == b'=' {
            let first = run(next + 1, |byte| !byte.is_ascii_whitespace())?;
            (value, at) = match html[first] {
                b'"' => quoted(first, run(first + 1, |byte| *byte == b'"')?),
                b'\'' => quoted(first, run(first + 1, |byte| *byte == b'\'')?),
                b'>' => (first..first, first),
                _ => {
                    let end = run(first, |byte| byte.is_ascii_whitespace() || *byte == b'>')?;
                    (first..end, end)
                }
            };
        }
        attributes.push(Attribute { name, value, whole: from..at });
    }
}

fn quoted(open: usize, close: usize) -> (Range<usize>, usize) {
    (open + 1..close, close + 1)
}

fn small(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_ascii_lowercase()
}
