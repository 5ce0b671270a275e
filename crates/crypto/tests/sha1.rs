//! Signatures with SHA-1, for those who still sign so.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mithaq_crypto::{KeyError, PrivateKey, PublicKey, Sha1PublicKey};

/// A key of 1024 bits, as the seed's app has one, and what OpenSSL signed with it.
const OLD_KEY: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDMuycw49IzDTV2dDV0nLCRUCcJ
VTu4ySQXshQcXnsuZr/jOzJ1BDGe/1EwgpNfXb5FY4DGimpX1hkTb1p0TB1DkprA
lFotlsJhwO7IR+Gpk7G3YC3zc+TIfUKYfVI7uOtCIPDK4GIrZfkjctRg+9moA4Dh
OgvKQ97gEQCnxlQ1CwIDAQAB
-----END PUBLIC KEY-----";
const OLD_TEXT: &[u8] = b"app_id=1&sign_type=RSA";
const OLD_SIGN: &str = "VcelU+x6I+CoJUExR/UJ0K/hLsRumBoMeo+Z4s69bL20Il+Em7DEXZ4S66vXnf3Xp2wOSE6YoN1AFTkQH+BTr5tzYed8ytRQJv8k+6\
                        lwtx93JjMPgegfgur8A2kAbcSUjfw85rMLqDFG5JQIu45TfX8yWR5J+BV72PKKGmg2zkk=";
/// One of 768 bits.
const SMALL_KEY: &str = "MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhAMpYveH76g9jPwd5JreC8EvHjaTQK7SYdPdwu7aTh23J6NbuUIivSo9owdXoeGBiRm5V/Q1\
                         xP2HDbM8pv1SzLfxyf3Ric9h6pXFRrCyngs5gtiHDu7lQgcGRN7jCaXIxewIDAQAB";

#[test]
fn keys_of_1024_bits_check_signatures_with_sha1_and_no_others() {
    let (key, sign) = (Sha1PublicKey::from_pem(OLD_KEY).expect("a key"), STANDARD.decode(OLD_SIGN).expect("base64"));
    assert!(key.verify(OLD_TEXT, &sign));
    assert!(!key.verify(b"app_id=2&sign_type=RSA", &sign));
    assert!(!key.verify(OLD_TEXT, &sign[..127]));
    assert_eq!(PublicKey::from_pem(OLD_KEY), Err(KeyError::Size(1024)));
    assert_eq!(Sha1PublicKey::from_pem(SMALL_KEY).map(|_| ()), Err(KeyError::Sha1Size(768)));
    assert_eq!(Sha1PublicKey::from_pem("AAAA").map(|_| ()), Err(KeyError::NotRsa));
}

#[test]
fn what_the_wallet_signs_with_sha1_its_public_half_knows_and_it_is_the_same_each_time() {
    let key = PrivateKey::generate().expect("a key");
    let public = Sha1PublicKey::from_pem(&key.public().to_pem()).expect("a key");
    let signed = key.sign_sha1(OLD_TEXT);
    assert_eq!((signed.len(), &key.sign_sha1(OLD_TEXT)), (256, &signed), "the blinding does not show");
    assert!(public.verify(OLD_TEXT, &signed));
    assert!(!public.verify(b"another text", &signed));
    assert!(!key.public().verify(OLD_TEXT, &signed), "nor does it pass for one with SHA-256");
    assert!(!public.verify(OLD_TEXT, &key.sign(OLD_TEXT)), "nor the other way round");
}
