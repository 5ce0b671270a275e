//! How the signature's bytes are written into the header (spec/openapi.md 1.5).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// The two encodings we emit. Four are read: these, base64url, and any of them without padding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum SignatureEncoding {
    /// Standard base64 as it is. What Qi's clients send and expect.
    #[default]
    Base64,
    /// Standard base64, then percent-encoded. What the generic A+ family sends and expects: its verifiers would read
    /// a raw `+` as a space.
    Percent,
}

impl SignatureEncoding {
    /// Writes the bytes of a signature.
    #[must_use]
    pub fn encode(self, signature: &[u8]) -> String {
        let text = STANDARD.encode(signature);
        match self {
            Self::Base64 => text,
            Self::Percent => text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"),
        }
    }

    /// Reads a signature in any of the four encodings and tells which family its sender belongs to.
    /// `None` if it is none of them.
    #[must_use]
    pub fn decode(text: &str) -> Option<(Self, Vec<u8>)> {
        // A `+` stays a plus: only forms (`application/x-www-form-urlencoded`) write spaces that way.
        let (encoding, plain) = if text.contains('%') {
            (Self::Percent, percent_decode_str(text).decode_utf8().ok()?)
        } else {
            (Self::Base64, Cow::Borrowed(text))
        };
        let standard: String = plain.chars().map(standard_letter).collect();
        let signature = STANDARD_NO_PAD.decode(standard.trim_end_matches('=')).ok()?;
        if signature.is_empty() { None } else { Some((encoding, signature)) }
    }
}

const fn standard_letter(letter: char) -> char {
    match letter {
        '-' => '+',
        '_' => '/',
        other => other,
    }
}
