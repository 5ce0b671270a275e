//! Serial numbers of certificates, by which apps and the wallet name theirs (spec/alipay-agreement.md 1.8).

use base64::Engine as _;
use md5::{Digest as _, Md5};
use mithaq_types::Timestamp;
use x509_parser::certificate::X509Certificate;
use x509_parser::objects::{oid_registry, oid2abbrev};
use x509_parser::pem::Pem;

/// How the signature algorithms begin whose roots count: PKCS#1.
const RSA_ROOT: &str = "1.2.840.113549.1.1";

/// Why a certificate cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CertificateError {
    /// There is no certificate in it.
    #[error("the file holds no certificate: it must be PEM text that begins with -----BEGIN CERTIFICATE-----")]
    None,
    /// One is damaged.
    #[error("the certificate cannot be read: it is damaged, or not X.509")]
    Damaged,
    /// Its issuer has a name that clients write in different ways, so that there is no one number.
    #[error(
        "the certificate's issuer is named by more than CN, OU, O, L, ST and C: clients write such names differently"
    )]
    Issuer,
}

/// What the wallet needs of an app's certificate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Certificate {
    /// `app_cert_sn`, or of the wallet's own certificate `alipay_cert_sn`.
    pub number: String,
    /// The public key in it, as PEM.
    pub public_key: String,
    /// When it begins to count.
    pub not_before: Timestamp,
    /// When it has run out.
    pub not_after: Timestamp,
}

impl Certificate {
    /// Reads the first certificate of a PEM file.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn read(pem: &str) -> Result<Self, CertificateError> {
        let first = blocks(pem).next().ok_or(CertificateError::None)??;
        let certificate = first.parse_x509().map_err(|_| CertificateError::Damaged)?;
        let validity = certificate.validity();
        let time = |seconds| Timestamp::from_second(seconds).map_err(|_| CertificateError::Damaged);
        Ok(Self {
            number: number(&certificate)?,
            public_key: pem_of(certificate.public_key().raw),
            not_before: time(validity.not_before.timestamp())?,
            not_after: time(validity.not_after.timestamp())?,
        })
    }
}

/// `alipay_root_cert_sn`: the numbers of all certificates of the root file that are signed with RSA, joined with `_`. Others
/// are left out.
///
/// # Errors
/// [`CertificateError`]; [`CertificateError::None`] too when none of them is signed with RSA.
pub fn root_number(pem: &str) -> Result<String, CertificateError> {
    let mut numbers = Vec::new();
    for block in blocks(pem) {
        let block = block?;
        let certificate = block.parse_x509().map_err(|_| CertificateError::Damaged)?;
        if certificate.signature_algorithm.algorithm.to_id_string().starts_with(RSA_ROOT) {
            numbers.push(number(&certificate)?);
        }
    }
    if numbers.is_empty() { Err(CertificateError::None) } else { Ok(numbers.join("_")) }
}

fn blocks(pem: &str) -> impl Iterator<Item = Result<Pem, CertificateError>> {
    let blocks = Pem::iter_from_buffer(pem.as_bytes());
    blocks
        .filter(|block| block.as_ref().map_or(true, |block| block.label == "CERTIFICATE"))
        .map(|block| block.map_err(|_| CertificateError::Damaged))
}

/// MD5 over the issuer, last attribute first, and the serial number in decimal. A name and no proof: who made a call, its
/// signature says.
fn number(certificate: &X509Certificate<'_>) -> Result<String, CertificateError> {
    let mut named = Vec::new();
    for attribute in certificate.issuer().iter_attributes() {
        let name = oid2abbrev(attribute.attr_type(), oid_registry()).map_err(|_| CertificateError::Issuer)?;
        if !matches!(name, "CN" | "OU" | "O" | "L" | "ST" | "C") {
            return Err(CertificateError::Issuer);
        }
        let value = attribute.as_str().map_err(|_| CertificateError::Issuer)?;
        named.push(format!("{name}={value}"));
    }
    named.reverse();
    let digest = Md5::digest(format!("{}{}", named.join(","), certificate.tbs_certificate.serial));
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A key's DER as PEM.
fn pem_of(der: &[u8]) -> String {
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
    for (place, letter) in text.chars().enumerate() {
        if place > 0 && place % 64 == 0 {
            pem.push('\n');
        }
        pem.push(letter);
    }
    pem.push_str("\n-----END PUBLIC KEY-----\n");
    pem
}
