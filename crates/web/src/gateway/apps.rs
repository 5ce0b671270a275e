//! Apps with their keys read once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mithaq_alipay::{Certificate, CertificateError, CertificateNumbers, SignType, root_number};
use mithaq_crypto::{KeyError, PublicKey, Sha1PublicKey};
use mithaq_domain::{GatewayApp, GatewayKey};
use mithaq_types::Timestamp;

/// Why an app's key or certificate cannot be registered.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AppKeyError {
    /// The key, or the one in the certificate, is none that signatures can be checked with.
    #[error("the app's key: {0}")]
    Key(#[from] KeyError),
    /// The certificate cannot be used.
    #[error("the app's certificate: {0}")]
    Certificate(CertificateError),
    /// The certificates above it cannot be used.
    #[error("the root certificate: {0}")]
    Root(CertificateError),
}

/// An app as its calls are checked.
pub(crate) struct KnownApp {
    /// Its row.
    pub app: GatewayApp,
    /// The numbers that it must send, where it uses certificates.
    pub certificates: Option<CertificateNumbers>,
    /// From when till when its certificate counts.
    validity: Option<(Timestamp, Timestamp)>,
    key: Option<PublicKey>,
    sha1_key: Option<Sha1PublicKey>,
}

/// Whether the calls of an app like this could be checked. To be asked before it is registered.
///
/// # Errors
/// [`AppKeyError`].
pub fn check_app(app: &GatewayApp) -> Result<(), AppKeyError> {
    let Some(key) = &app.key else { return Ok(()) };
    let (pem, _) = read(key)?;
    if app.may_use_sha1 {
        Sha1PublicKey::from_pem(&pem)?;
    } else {
        PublicKey::from_pem(&pem)?;
    }
    Ok(())
}

impl KnownApp {
    /// Reads its key or certificate.
    pub fn read(app: GatewayApp) -> Self {
        let read = app.key.as_ref().and_then(|key| read(key).ok());
        let (pem, certificates) = read.unwrap_or_default();
        let (numbers, validity) = certificates.map(|read| (read.numbers, read.validity)).unzip();
        let (key, sha1_key) = (PublicKey::from_pem(&pem).ok(), Sha1PublicKey::from_pem(&pem).ok());
        Self { app, certificates: numbers, validity, key, sha1_key }
    }

    /// Whether there is anything to check its signatures with.
    pub fn has_key(&self) -> bool {
        self.key.is_some() || (self.app.may_use_sha1 && self.sha1_key.is_some())
    }

    /// Whether its certificate does not count at `now`: not yet, or no longer.
    pub fn certificate_is_over(&self, now: Timestamp) -> bool {
        self.validity.is_some_and(|(begin, end)| now < begin || now > end)
    }

    /// Whether `sign`, in Base64, is its signature of `content`.
    pub fn verify(&self, sign_type: SignType, content: &[u8], sign: &str) -> bool {
        let Ok(signature) = STANDARD.decode(sign) else { return false };
        match sign_type {
            SignType::Rsa2 => self.key.as_ref().is_some_and(|key| key.verify(content, &signature)),
            SignType::Rsa => self.sha1_key.as_ref().is_some_and(|key| key.verify(content, &signature)),
        }
    }
}

struct ReadCertificates {
    numbers: CertificateNumbers,
    validity: (Timestamp, Timestamp),
}

/// The public key's PEM, and the certificates that it came from.
fn read(key: &GatewayKey) -> Result<(String, Option<ReadCertificates>), AppKeyError> {
    match key {
        GatewayKey::Public { public_pem } => Ok((public_pem.clone(), None)),
        GatewayKey::Certificate { app_pem, root_pem } => {
            let own = Certificate::read(app_pem).map_err(AppKeyError::Certificate)?;
            let root = root_number(root_pem).map_err(AppKeyError::Root)?;
            let numbers = CertificateNumbers { app: own.number, root };
            Ok((own.public_key, Some(ReadCertificates { numbers, validity: (own.not_before, own.not_after) })))
        }
    }
}
