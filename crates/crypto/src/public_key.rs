//! The public half of an RSA key: checks signatures.

use crate::pem;
use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use std::fmt;
use std::sync::Arc;

/// Why a text is not a key Mithaq takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyError {
    /// Neither PEM nor base64.
    #[error("the key is neither PEM nor base64")]
    NotText,
    /// PEM of something else, for example of a certificate or of the other half.
    #[error("the PEM block does not hold the kind of key that is wanted here")]
    WrongKind,
    /// The bytes are not an RSA key.
    #[error("the bytes are not a valid RSA key")]
    NotRsa,
    /// Shorter than 2048 or longer than 4096 bits.
    #[error("the key has {0} bits; 2048 to 4096 are accepted")]
    Size(usize),
    /// Shorter than 1024 or longer than 4096 bits, where SHA-1 is used.
    #[error("the key has {0} bits; 1024 to 4096 are accepted")]
    Sha1Size(usize),
    /// The public exponent is even or below 65537.
    #[error("the public exponent must be odd and at least 65537")]
    Exponent,
}

/// An RSA public key of 2048 to 4096 bits (spec/openapi.md 1.6), parsed once. Cloning is cheap.
#[derive(Clone)]
pub struct PublicKey(Arc<Inner>);

struct Inner {
    parsed: ParsedPublicKey,
    spki: Vec<u8>,
    modulus_len: usize,
}

impl PublicKey {
    /// Reads PKIX (`PUBLIC KEY`) or PKCS#1 (`RSA PUBLIC KEY`) PEM, or the bare base64 of either.
    ///
    /// # Errors
    /// [`KeyError`] says what is wrong with the text.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_rsa(&pem::read_public(text)?)
    }

    pub(crate) fn from_rsa(key: &rsa::PublicKey) -> Result<Self, KeyError> {
        let bits = size_of(key);
        if !(2048..=4096).contains(&bits) {
            return Err(KeyError::Size(bits));
        }
        let exponent = key.exponent().big_endian_without_leading_zero();
        let odd = exponent.last().is_some_and(|byte| byte % 2 == 1);
        let large = exponent.len() > 3 || (exponent.len() == 3 && exponent >= [1, 0, 1].as_slice());
        if !odd || !large {
            return Err(KeyError::Exponent);
        }
        let spki: PublicKeyX509Der<'_> = key.as_der().map_err(|_| KeyError::NotRsa)?;
        let spki = spki.as_ref().to_vec();
        let parsed = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &spki).map_err(|_| KeyError::NotRsa)?;
        Ok(Self(Arc::new(Inner { parsed, spki, modulus_len: bits.div_ceil(8) })))
    }

    /// PKIX PEM, the form a wallet's key is handed out in (spec/qicard.md 1.2).
    #[must_use]
    pub fn to_pem(&self) -> String {
        pem::write("PUBLIC KEY", &self.0.spki)
    }

    /// Whether `signature` is this key's RSASSA-PKCS1-v1_5 SHA-256 signature of `message`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.parsed.verify_sig(message, signature).is_ok()
    }

    /// Length of the modulus, and so of every signature, in bytes: 256 for RSA-2048.
    #[must_use]
    pub fn modulus_len(&self) -> usize {
        self.0.modulus_len
    }

    /// SHA-256 of the PKIX bytes in hex: a short name for the key that people can compare.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        crate::sha256_hex(&self.0.spki)
    }
}

/// Bits of the modulus.
pub(crate) fn size_of(key: &rsa::PublicKey) -> usize {
    let modulus = key.modulus().big_endian_without_leading_zero();
    modulus.len() * 8 - modulus.first().map_or(0, |byte| byte.leading_zeros() as usize)
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.spki == other.0.spki
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint())
    }
}
