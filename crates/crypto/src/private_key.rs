//! The private half of an RSA key: makes signatures.

use crate::pem;
use crate::sha1::Sha1Signer;
use crate::{KeyError, PublicKey};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// An RSA private key of 2048 to 4096 bits, parsed once. Cloning is cheap and shares the key.
#[derive(Clone)]
pub struct PrivateKey(Arc<Inner>);

struct Inner {
    pair: RsaKeyPair,
    public: PublicKey,
    /// Made when it is first asked for: few ever are.
    sha1: OnceLock<Sha1Signer>,
}

impl PrivateKey {
    /// A new RSA-2048 key from the machine's randomness.
    ///
    /// # Errors
    /// [`KeyError::NotRsa`] if the library could not make one.
    pub fn generate() -> Result<Self, KeyError> {
        Self::from_pair(RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::NotRsa)?)
    }

    /// Reads PKCS#8 (`PRIVATE KEY`) or PKCS#1 (`RSA PRIVATE KEY`) PEM, or the bare base64 of either.
    ///
    /// # Errors
    /// [`KeyError`] says what is wrong with the text; it never quotes it.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let key = pem::read(text).ok_or(KeyError::NotText)?;
        let pair = match key.label.as_deref() {
            Some("PRIVATE KEY") => RsaKeyPair::from_pkcs8(&key.der),
            Some("RSA PRIVATE KEY") => RsaKeyPair::from_der(&key.der),
            None => RsaKeyPair::from_pkcs8(&key.der).or_else(|_| RsaKeyPair::from_der(&key.der)),
            Some(_) => return Err(KeyError::WrongKind),
        };
        Self::from_pair(pair.map_err(|_| KeyError::NotRsa)?)
    }

    fn from_pair(pair: RsaKeyPair) -> Result<Self, KeyError> {
        let public = PublicKey::from_rsa(pair.public_key())?;
        Ok(Self(Arc::new(Inner { pair, public, sha1: OnceLock::new() })))
    }

    /// PKCS#8 PEM. Whoever calls this holds a secret.
    ///
    /// # Errors
    /// [`KeyError::NotRsa`] if the library cannot serialise the key.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let der: Pkcs8V1Der<'_> = self.0.pair.as_der().map_err(|_| KeyError::NotRsa)?;
        Ok(pem::write("PRIVATE KEY", der.as_ref()))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.0.public.clone()
    }

    /// The RSASSA-PKCS1-v1_5 SHA-256 signature of `message`: `modulus_len` bytes, always the same for one message.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.0.public.modulus_len()];
        // The padding has no randomness in it, and the buffer has the only length that fits: it cannot fail
        // with a key that was parsed.
        self.0
            .pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .expect("a parsed RSA key signs");
        signature
    }

    /// The RSASSA-PKCS1-v1_5 SHA-1 signature of `message`, for those who asked with one: about ten times slower.
    #[must_use]
    pub fn sign_sha1(&self, message: &[u8]) -> Vec<u8> {
        // Both libraries read what the first one writes: a key that one has parsed, the other takes.
        self.0.sha1.get_or_init(|| Sha1Signer::of(self).expect("a parsed RSA key")).sign(message)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey(of {:?})", self.0.public)
    }
}
