//! Serial numbers of certificates, with the digest's vectors (spec/alipay-agreement.md 1.8). The certificates are throw-away ones
//! with the issuer and serial numbers of the digest; their private keys are not kept.

use mithaq_alipay::{Certificate, CertificateError, root_number};
use mithaq_crypto::PublicKey;
use mithaq_types::Timestamp;
use proptest::prelude::*;

/// Issued by the test root, serial number 1001.
const APP: &str = include_str!("data/certificates/app.pem");
/// The key in it, as openssl writes it.
const APP_KEY: &str = include_str!("data/certificates/app-public.pem");
/// The test root, serial number 2002; one signed with an elliptic curve; a second one signed with RSA.
const ROOTS: &str = include_str!("data/certificates/roots.pem");
/// Its issuer has an e-mail address.
const MAIL: &str = include_str!("data/certificates/mail.pem");

#[test]
fn an_apps_certificate_has_the_digests_number() {
    let certificate = Certificate::read(APP).expect("reads");
    assert_eq!(certificate.number, "42aab0511c0dd930c7c1c7d78af80f60");
    assert!(certificate.not_before < certificate.not_after);
}

#[test]
fn its_key_is_the_one_that_calls_are_verified_with() {
    let certificate = Certificate::read(APP).expect("reads");
    assert_eq!(certificate.public_key, APP_KEY);
    let fingerprint = |pem: &str| PublicKey::from_pem(pem).expect("a key").fingerprint();
    assert_eq!(fingerprint(&certificate.public_key), fingerprint(APP_KEY));
}

#[test]
fn a_root_file_has_the_numbers_of_its_rsa_roots_and_of_no_others() {
    let first = "eab2b3ae554e010f816cc7b5a478603f";
    let second = "477da7edd19b831a0b541a0bc9e9f0a7";
    assert_eq!(root_number(ROOTS), Ok(format!("{first}_{second}")), "a serial number of 94 bits too");
    assert_eq!(Certificate::read(ROOTS).map(|root| root.number).as_deref(), Ok(first), "the first of the file");
}

#[test]
fn what_is_no_certificate_or_has_no_one_number_is_refused() {
    assert_eq!(Certificate::read(""), Err(CertificateError::None));
    assert_eq!(Certificate::read(APP_KEY), Err(CertificateError::None), "a key is no certificate");
    assert_eq!(Certificate::read(MAIL), Err(CertificateError::Issuer), "clients write e-mail addresses differently");
    let lines: Vec<&str> = APP.lines().collect();
    let torn = [&lines[..3], &lines[lines.len() - 1..]].concat().join("\n");
    assert_eq!(Certificate::read(&torn), Err(CertificateError::Damaged));
    assert_eq!(root_number("nothing"), Err(CertificateError::None));
}

proptest! {
    #[test]
    fn no_damage_breaks_the_reader(place in 28_usize..1100, letter in "[A-Za-z0-9+/=\n-]", text in "\\PC{0,200}") {
        let mut damaged = APP.to_owned();
        if place < damaged.len() {
            damaged.replace_range(place..=place, &letter);
        }
        let _ = Certificate::read(&damaged);
        let _ = root_number(&damaged);
        let _ = Certificate::read(&format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"));
    }
}

#[test]
fn what_the_wallet_makes_for_itself_has_numbers_and_holds_its_key() {
    let (begin, end): (Timestamp, Timestamp) =
        ("2026-01-01T00:00:00Z".parse().expect("a time"), "2036-01-01T00:00:00Z".parse().expect("a time"));
    let key = mithaq_crypto::PrivateKey::generate().expect("a key");
    let made = key.certify("Zaytoun Bank", begin, end).expect("a certificate");
    let read = Certificate::read(&made.pem).expect("reads");
    assert_eq!((read.not_before, read.not_after), (begin, end));
    assert_eq!(mithaq_crypto::PublicKey::from_pem(&read.public_key), Ok(key.public()));
    let root = root_number(&made.root_pem).expect("an RSA root");
    assert!(root.len() == 32 && read.number.len() == 32 && root != read.number);
}
