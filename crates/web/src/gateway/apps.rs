//! Apps with their keys read once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mithaq_alipay::{Certificate, CertificateNumbers, SignType, root_number};
use mithaq_crypto::{PublicKey, Sha1PublicKey};
use mithaq_domain::{GatewayApp, GatewayKey};

/// An app as its calls are checked.
pub(crate) struct KnownApp {
    /// Its row.
    pub app: GatewayApp,
    /// The numbers that it must send, where it uses certificates.
    pub certificates: Option<CertificateNumbers>,
    key: Option<PublicKey>,
    sha1_key: Option<Sha1PublicKey>,
}

impl KnownApp {
    /// Reads its key or certificate.
    pub fn read(app: GatewayApp) -> Self {
        let (pem, certificates) = match &app.key {
            None => (None, None),
            Some(GatewayKey::Public { public_pem }) => (Some(public_pem.clone()), None),
            Some(GatewayKey::Certificate { app_pem, root_pem }) => {
                let read = Certificate::read(app_pem).ok().zip(root_number(root_pem).ok());
                let numbers =
                    read.as_ref().map(|(own, root)| CertificateNumbers { app: own.number.clone(), root: root.clone() });
                (read.map(|(own, _)| own.public_key), numbers)
            }
        };
        let pem = pem.unwrap_or_default();
        let (key, sha1_key) = (PublicKey::from_pem(&pem).ok(), Sha1PublicKey::from_pem(&pem).ok());
        Self { app, certificates, key, sha1_key }
    }

    /// Whether there is anything to check its signatures with.
    pub fn has_key(&self) -> bool {
        self.key.is_some() || (self.app.may_use_sha1 && self.sha1_key.is_some())
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
