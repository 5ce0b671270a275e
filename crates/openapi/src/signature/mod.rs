//! Signed messages: the header, the text that is signed, and its verification (spec/openapi.md 1.3 to 1.6).
//!
//! Sender: serialise the body once → [`content_to_sign`] → [`sign`] → send header, `Client-Id`, time and those bytes.
//! Receiver: [`SignatureHeader::parse`] → find the key by `Client-Id` and version → [`verify_message`] over the bytes
//! received, before any parsing.

mod content;
mod encoding;
mod header;

pub use content::{Message, content_to_sign, request_uri, tail_from_v1};
pub use encoding::SignatureEncoding;
pub use header::{HeaderError, SignatureHeader};

use mithaq_crypto::{PrivateKey, PublicKey};

/// Names of the headers, in the spelling of the documents; lookups ignore case.
pub mod headers {
    /// Who the message belongs to: selects the merchant's key.
    pub const CLIENT_ID: &str = "Client-Id";
    /// When a request or notification was made.
    pub const REQUEST_TIME: &str = "Request-Time";
    /// When an answer or acknowledgement was made.
    pub const RESPONSE_TIME: &str = "Response-Time";
    /// Algorithm, key version and signature.
    pub const SIGNATURE: &str = "Signature";
    /// A name for one exchange, for support.
    pub const TRACE_ID: &str = "Trace-Id";
}

/// The value of the `Signature` header for `content`.
#[must_use]
pub fn sign(content: &[u8], key: &PrivateKey, key_version: u32, encoding: SignatureEncoding) -> String {
    SignatureHeader { key_version: Some(key_version), signature: key.sign(content), encoding }.to_string()
}

/// What came of checking a signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verification {
    /// Whether the signature fits.
    pub valid: bool,
    /// The text it was checked against: the one that fits or, if none does, the one over the path as requested.
    pub content: Vec<u8>,
}

/// Checks `header` against the message as requested and, if that fails, with the path's tail from `/v1/`: clients of a
/// wallet that is mounted under a prefix sign the path without it (spec/qicard.md 1).
#[must_use]
pub fn verify_message(message: &Message<'_>, header: &SignatureHeader, key: &PublicKey) -> Verification {
    let fits = |content: &[u8]| header.signature.len() == key.modulus_len() && key.verify(content, &header.signature);
    let content = message.content();
    if fits(&content) {
        return Verification { valid: true, content };
    }
    if let Some(tail) = tail_from_v1(message.uri) {
        let shorter = Message { uri: tail, ..*message }.content();
        if fits(&shorter) {
            return Verification { valid: true, content: shorter };
        }
    }
    Verification { valid: false, content }
}
