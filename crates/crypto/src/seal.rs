//! Secrets at rest: AES-256-GCM under one master key, each bound to where it belongs.

use crate::secret_file;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use mithaq_types::Entropy;
use std::path::Path;
use std::{fmt, io};

/// Why a sealed text was not opened, or a master key not loaded.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// Not of the form `v1.<base64url>`.
    #[error("the text is not a sealed secret")]
    Form,
    /// Sealed under another key or for another context, or changed since.
    #[error("the secret was sealed under another key or for another purpose, or was changed")]
    Refused,
    /// The file of the master key could not be read or created.
    #[error("the master key file cannot be used: {0}")]
    Io(#[from] io::Error),
    /// The file does not hold 32 bytes in base64.
    #[error("the master key file must hold 32 bytes in base64")]
    MasterKey,
}

/// Seals and opens secrets. A text form: `v1.` and the base64url of nonce, ciphertext and tag.
pub struct Sealer {
    key: LessSafeKey,
}

impl Sealer {
    /// A sealer under `master_key`.
    #[must_use]
    pub fn new(master_key: &[u8; 32]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, master_key).expect("32 bytes are an AES-256 key");
        Self { key: LessSafeKey::new(key) }
    }

    /// Loads the master key (32 bytes in base64) from `path`; makes one there, mode 0600, if the file is absent.
    ///
    /// # Errors
    /// [`SealError::Io`] and [`SealError::MasterKey`].
    pub fn from_file(path: &Path, entropy: &dyn Entropy) -> Result<Self, SealError> {
        let text = secret_file::read_or_create(path, || {
            let mut fresh = [0; 32];
            entropy.fill(&mut fresh);
            STANDARD.encode(fresh) + "\n"
        })?;
        let bytes = STANDARD.decode(text.trim()).map_err(|_| SealError::MasterKey)?;
        let master_key: [u8; 32] = bytes.try_into().map_err(|_| SealError::MasterKey)?;
        Ok(Self::new(&master_key))
    }

    /// Seals `secret` for `context`, for example `token/<token id>`; it opens under the same context only.
    #[must_use]
    pub fn seal(&self, context: &str, secret: &[u8], entropy: &dyn Entropy) -> String {
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce);
        let mut sealed = secret.to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(context.as_bytes()), &mut sealed)
            .expect("secrets are far below the length limit of AES-GCM");
        let bytes = [nonce.as_slice(), &sealed].concat();
        format!("v1.{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Opens what [`Sealer::seal`] made for the same `context`.
    ///
    /// # Errors
    /// [`SealError::Form`] and [`SealError::Refused`].
    pub fn open(&self, context: &str, sealed: &str) -> Result<Vec<u8>, SealError> {
        let text = sealed.strip_prefix("v1.").ok_or(SealError::Form)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| SealError::Form)?;
        let (nonce, body) = bytes.split_first_chunk::<NONCE_LEN>().ok_or(SealError::Form)?;
        let mut body = body.to_vec();
        let secret = self
            .key
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(context.as_bytes()), &mut body)
            .map_err(|_| SealError::Refused)?;
        Ok(secret.to_vec())
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}
