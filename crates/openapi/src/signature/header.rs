//! The `Signature` header: `algorithm=RSA256, keyVersion=1, signature=…` (spec/openapi.md 1.3).

use super::SignatureEncoding;
use crate::{ApiError, ResultCode};
use std::fmt;

/// A `Signature` header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignatureHeader {
    /// Which key made it; `None` means the newest of the sender.
    pub key_version: Option<u32>,
    /// The decoded bytes.
    pub signature: Vec<u8>,
    /// How the bytes were, or will be, written.
    pub encoding: SignatureEncoding,
}

/// What is wrong with a header.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HeaderError {
    /// A part without `=`.
    #[error("every part must have the form key=value, separated by commas")]
    Form,
    /// One key twice.
    #[error("no key may occur twice")]
    Duplicate,
    /// Not RSA256 or a name for the same.
    #[error("algorithm must be RSA256")]
    Algorithm,
    /// Not a whole number.
    #[error("keyVersion must be a whole number")]
    KeyVersion,
    /// No `signature=`.
    #[error("the part signature=… is missing")]
    Missing,
    /// Not base64 in any of the accepted forms.
    #[error("the signature must be base64, raw or percent-encoded")]
    Encoding,
}

impl HeaderError {
    /// The protocol's code: a header that is not well formed is `PARAM_ILLEGAL`, one whose signature can never be
    /// valid `INVALID_SIGNATURE` (spec/openapi.md 1.3, 1.6, 1.9).
    #[must_use]
    pub const fn code(self) -> ResultCode {
        match self {
            Self::Form | Self::KeyVersion | Self::Missing => ResultCode::ParamIllegal,
            Self::Duplicate | Self::Algorithm | Self::Encoding => ResultCode::InvalidSignature,
        }
    }
}

impl From<HeaderError> for ApiError {
    fn from(error: HeaderError) -> Self {
        match error.code() {
            ResultCode::ParamIllegal => Self::illegal("header Signature:", &error.to_string()),
            code => Self::with_message(code, format!("The Signature header is not valid: {error}.")),
        }
    }
}

/// The names in use for RSASSA-PKCS1-v1_5 with SHA-256.
const ALGORITHMS: [&str; 3] = ["RSA256", "SHA256withRSA", "RSA-SHA256"];

impl SignatureHeader {
    /// Reads a header: parts in any order, with or without spaces, each split at its first `=` (the rest may be
    /// padding); unknown keys are ignored.
    ///
    /// # Errors
    /// [`HeaderError`].
    pub fn parse(text: &str) -> Result<Self, HeaderError> {
        let (mut algorithm, mut key_version, mut signature) = (None, None, None);
        let mut seen: Vec<String> = Vec::new();
        for part in text.split(',') {
            let (key, value) = part.split_once('=').ok_or(HeaderError::Form)?;
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "algorithm" => algorithm = Some(value),
                "keyversion" => key_version = Some(value),
                "signature" => signature = Some(value),
                _ => {}
            }
            if seen.contains(&key) {
                return Err(HeaderError::Duplicate);
            }
            seen.push(key);
        }
        if algorithm.is_some_and(|name| !ALGORITHMS.iter().any(|known| known.eq_ignore_ascii_case(name))) {
            return Err(HeaderError::Algorithm);
        }
        let key_version = match key_version {
            // `str::parse` would take a leading plus.
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(digits.parse().map_err(|_| HeaderError::KeyVersion)?)
            }
            Some(_) => return Err(HeaderError::KeyVersion),
            None => None,
        };
        let value = signature.filter(|value| !value.is_empty()).ok_or(HeaderError::Missing)?;
        let (encoding, signature) = SignatureEncoding::decode(value).ok_or(HeaderError::Encoding)?;
        Ok(Self { key_version, signature, encoding })
    }
}

/// The signature last and a comma with one space between the parts: some clients take all that follows `signature=`.
impl fmt::Display for SignatureHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("algorithm=RSA256, ")?;
        if let Some(version) = self.key_version {
            write!(f, "keyVersion={version}, ")?;
        }
        write!(f, "signature={}", self.encoding.encode(&self.signature))
    }
}
