//! The wallet's own certificate and the root above it, for apps that use certificates (spec/alipay-agreement.md 1.8).

use mithaq_alipay::{Certificate, CertificateError, root_number};
use mithaq_crypto::PublicKey;

/// Why a certificate cannot be the wallet's.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WalletCertificateError {
    /// The certificate itself cannot be used.
    #[error("the wallet's certificate: {0}")]
    Own(CertificateError),
    /// The root cannot be used.
    #[error("the root certificate: {0}")]
    Root(CertificateError),
    /// It is for another key.
    #[error("the wallet's certificate is not for the key that the wallet signs with")]
    OtherKey,
}

/// A certificate of the wallet's signing key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WalletCertificate {
    /// `alipay_cert_sn`: by which answers name it.
    pub number: String,
    /// `alipay_root_cert_sn`: by which apps name the root.
    pub root_number: String,
    /// What merchants verify answers with, as PEM.
    pub pem: String,
    /// The certificates above it, as PEM.
    pub root_pem: String,
}

impl WalletCertificate {
    /// Reads both files; the certificate must be for `key`.
    ///
    /// # Errors
    /// [`WalletCertificateError`].
    pub fn read(pem: &str, root_pem: &str, key: &PublicKey) -> Result<Self, WalletCertificateError> {
        let own = Certificate::read(pem).map_err(WalletCertificateError::Own)?;
        let root_number = root_number(root_pem).map_err(WalletCertificateError::Root)?;
        if PublicKey::from_pem(&own.public_key).ok().as_ref() != Some(key) {
            return Err(WalletCertificateError::OtherKey);
        }
        Ok(Self { number: own.number, root_number, pem: pem.to_owned(), root_pem: root_pem.to_owned() })
    }
}
