//! Signatures with SHA-1: `sign_type=RSA` of the Alipay surface (spec/alipay-agreement.md 1.2), for old merchants that the
//! operator lets use it, and in the sandbox.
//!
//! Checking them is `aws-lc-rs`' like everything else. It makes none, so making them is the `rsa` crate's: with a known timing
//! weakness in its past (RUSTSEC-2023-0071), it exponentiates in constant time since 0.10, and blinds here besides. Nothing but
//! answers to such requests is signed with it; notifications and all else are signed with SHA-256 by `aws-lc-rs`.

use crate::public_key::{KeyError, size_of};
use crate::{PrivateKey, pem};
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY};
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::rand_core::{TryCryptoRng, TryRng};
use sha1::{Digest as _, Sha1};
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

/// An RSA public key of 1024 to 4096 bits that only signatures with SHA-1 are checked with. Cloning is cheap.
#[derive(Clone)]
pub struct Sha1PublicKey(Arc<ParsedPublicKey>);

impl Sha1PublicKey {
    /// Reads what [`PublicKey::from_pem`](crate::PublicKey::from_pem) reads, down to 1024 bits.
    ///
    /// # Errors
    /// [`KeyError`] says what is wrong with the text.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let key = pem::read_public(text)?;
        let bits = size_of(&key);
        if !(1024..=4096).contains(&bits) {
            return Err(KeyError::Sha1Size(bits));
        }
        let spki: PublicKeyX509Der<'_> = key.as_der().map_err(|_| KeyError::NotRsa)?;
        let parsed = ParsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, spki.as_ref());
        Ok(Self(Arc::new(parsed.map_err(|_| KeyError::NotRsa)?)))
    }

    /// Whether `signature` is this key's RSASSA-PKCS1-v1_5 SHA-1 signature of `message`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verify_sig(message, signature).is_ok()
    }
}

impl fmt::Debug for Sha1PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sha1PublicKey")
    }
}

/// The private half as the other library wants it.
pub(crate) struct Sha1Signer(rsa::RsaPrivateKey);

impl Sha1Signer {
    /// The same key.
    pub(crate) fn of(key: &PrivateKey) -> Result<Self, KeyError> {
        let pem = key.to_pem()?;
        rsa::RsaPrivateKey::from_pkcs8_pem(&pem).map(Self).map_err(|_| KeyError::NotRsa)
    }

    /// The RSASSA-PKCS1-v1_5 SHA-1 signature of `message`.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        // A parsed key of 2048 bits has room for the padding: it cannot fail.
        self.0
            .sign_with_rng(&mut Blinding, Pkcs1v15Sign::new::<Sha1>(), &Sha1::digest(message))
            .expect("an RSA key signs")
    }
}

/// The machine's randomness for the blinding.
struct Blinding;

impl TryRng for Blinding {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        use mithaq_types::Entropy as _;
        crate::SystemEntropy.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Blinding {}
