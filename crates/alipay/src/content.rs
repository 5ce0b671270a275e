//! The bytes that a signature is over (spec/alipay-agreement.md 1.3, 1.9).

use crate::Params;

/// `sign_type`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignType {
    /// SHA-256 with RSA, at least 2048 bits.
    Rsa2,
    /// SHA-1 with RSA: old, and only for those who are allowed it.
    Rsa,
}

impl SignType {
    /// The word on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Rsa2 => "RSA2",
            Self::Rsa => "RSA",
        }
    }

    /// Reads the parameter `sign_type`. Where it is missing, old documents mean `RSA`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "RSA2" => Some(Self::Rsa2),
            "RSA" => Some(Self::Rsa),
            _ => None,
        }
    }
}

/// What a request's signature is over: all parameters but `sign`, those without a value left out, by name.
#[must_use]
pub fn request_content(params: &Params) -> Vec<u8> {
    join(params.iter().filter(|(name, value)| *name != "sign" && !value.is_empty()))
}

/// The same with those that have no value: two official clients sign them as `name=`. To be tried when the first does not fit.
#[must_use]
pub fn request_content_with_empty(params: &Params) -> Vec<u8> {
    join(params.iter().filter(|(name, _)| *name != "sign"))
}

/// What a notification's signature is over: `sign_type` is left out too.
#[must_use]
pub fn notice_content(params: &Params) -> Vec<u8> {
    join(params.iter().filter(|(name, value)| *name != "sign" && *name != "sign_type" && !value.is_empty()))
}

/// `name=value`, with `&` between them; values as they are, not encoded.
fn join<'a>(pairs: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut content = Vec::new();
    for (name, value) in pairs {
        if !content.is_empty() {
            content.push(b'&');
        }
        content.extend_from_slice(name.as_bytes());
        content.push(b'=');
        content.extend_from_slice(value);
    }
    content
}
