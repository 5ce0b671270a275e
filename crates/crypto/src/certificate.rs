//! Certificates of a key: for partners who do not take a plain public key (spec/alipay-agreement.md 1.8).
//!
//! The root that issues one signs nothing else, so its key is thrown away. Whom such a root is worth anything to is a matter of
//! how it was handed over; an operator who has a certification authority uses that instead.

use crate::{KeyError, PrivateKey, SystemEntropy};
use mithaq_types::{Entropy as _, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, IsCa, KeyPair, KeyUsagePurpose,
    PKCS_RSA_SHA256, SerialNumber,
};
use std::time::SystemTime;

/// Why no certificate could be made.
#[derive(Debug, thiserror::Error)]
pub enum CertifyError {
    /// A key could not be made or written.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The library refused a name or a time.
    #[error("the certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// A certificate and the root above it, both PEM.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Certified {
    /// The certificate.
    pub pem: String,
    /// The root.
    pub root_pem: String,
}

impl PrivateKey {
    /// A certificate of this key for the organization `name`, from `begin` till `end`, under a root of its own.
    ///
    /// # Errors
    /// [`CertifyError`].
    pub fn certify(&self, name: &str, begin: Timestamp, end: Timestamp) -> Result<Certified, CertifyError> {
        let pair = |key: &PrivateKey| -> Result<KeyPair, CertifyError> {
            Ok(KeyPair::from_pkcs8_pem_and_sign_algo(&key.to_pem()?, &PKCS_RSA_SHA256)?)
        };
        let mut root = params(name, &format!("{name} Root"), begin, end);
        root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let root = CertifiedIssuer::self_signed(root, pair(&PrivateKey::generate()?)?)?;
        let mut own = params(name, name, begin, end);
        own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let own = own.signed_by(&pair(self)?, &root)?;
        Ok(Certified { pem: own.pem(), root_pem: root.pem() })
    }
}

fn params(organization: &str, name: &str, begin: Timestamp, end: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    // Nothing but names that every client writes in the same way: certificates are named by a hash of them.
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, organization);
    params.distinguished_name.push(DnType::CommonName, name);
    (params.not_before, params.not_after) = (SystemTime::from(begin).into(), SystemTime::from(end).into());
    let mut serial = [0; 16];
    SystemEntropy.fill(&mut serial);
    // Positive, and as long as it says.
    serial[0] = serial[0] & 0x7F | 0x40;
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    params
}
