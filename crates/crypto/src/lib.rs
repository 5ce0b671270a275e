#![doc = include_str!("../README.md")]

mod certificate;
mod entropy;
mod hash;
mod key_ring;
mod pem;
mod pin;
mod private_key;
mod public_key;
mod seal;
mod secret_file;
mod sha1;

pub use certificate::{Certified, CertifyError};
pub use entropy::SystemEntropy;
pub use hash::{constant_time_eq, hmac_sha256_hex, sha256, sha256_hex};
pub use key_ring::{KeyRing, KeyRingError};
pub use pin::{hash_pin, verify_pin};
pub use private_key::PrivateKey;
pub use public_key::{KeyError, PublicKey};
pub use seal::{SealError, Sealer};
pub use sha1::Sha1PublicKey;
