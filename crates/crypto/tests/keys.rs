//! RSA keys: the text forms they are read from, what is refused, and what they sign.

use mithaq_crypto::{KeyError, KeyRing, PrivateKey, PublicKey};

const TEXT: &[u8] = b"POST /v1/payments/pay\n2099.2026-01-15T10:20:30+03:00.{}";

fn body_of(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}

/// The PKCS#1 part of a PKCS#8 RSA key: what follows the fixed 26-byte head of a 2048-bit key.
fn to_pkcs1(pkcs8: &str) -> String {
    use base64::Engine as _;
    let der = base64::engine::general_purpose::STANDARD.decode(body_of(pkcs8)).expect("base64");
    base64::engine::general_purpose::STANDARD.encode(&der[26..])
}

#[test]
fn a_signature_is_known_by_the_public_half_only() {
    let key = PrivateKey::generate().expect("key");
    let signature = key.sign(TEXT);
    assert_eq!(signature.len(), 256);
    assert!(key.public().verify(TEXT, &signature));
    assert!(!key.public().verify(b"something else", &signature));
    assert!(!key.public().verify(TEXT, &signature[..255]));
    assert!(!PrivateKey::generate().expect("key").public().verify(TEXT, &signature));
}

#[test]
fn private_keys_are_read_in_all_forms_merchants_hold_them_in() {
    let key = PrivateKey::generate().expect("key");
    let pkcs8 = key.to_pem().expect("pem");
    let pkcs1 = to_pkcs1(&pkcs8);
    let forms = [
        pkcs8.clone(),
        pkcs8.replace('\n', "\r\n"),
        body_of(&pkcs8),
        format!("-----BEGIN RSA PRIVATE KEY-----\n{pkcs1}\n-----END RSA PRIVATE KEY-----\n"),
        pkcs1,
    ];
    for form in forms {
        assert_eq!(PrivateKey::from_pem(&form).expect("readable").public(), key.public());
    }
}

#[test]
fn public_keys_are_read_as_pem_and_as_bare_base64() {
    let key = PrivateKey::generate().expect("key").public();
    let pem = key.to_pem();
    assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\n") && pem.ends_with("-----END PUBLIC KEY-----\n"));
    assert!(pem.lines().all(|line| line.len() <= 64));
    assert_eq!(PublicKey::from_pem(&pem), Ok(key.clone()));
    assert_eq!(PublicKey::from_pem(&body_of(&pem)), Ok(key));
}

#[test]
fn a_private_key_is_refused_where_a_public_one_is_wanted() {
    let pem = PrivateKey::generate().expect("key").to_pem().expect("pem");
    assert_eq!(PublicKey::from_pem(&pem), Err(KeyError::WrongKind));
    assert_eq!(PublicKey::from_pem("not a key!"), Err(KeyError::NotText));
    assert_eq!(PublicKey::from_pem("AAAA"), Err(KeyError::NotRsa));
    assert_eq!(PublicKey::from_pem(""), Err(KeyError::NotText));
}

/// A PKCS#1 public key with a modulus of `modulus_len` bytes (top bit set) and the given exponent bytes.
fn pkcs1_public(modulus_len: usize, exponent: &[u8]) -> String {
    use base64::Engine as _;
    let length = |len: usize| -> Vec<u8> {
        match len {
            0..128 => vec![len as u8],
            128..256 => vec![0x81, len as u8],
            _ => vec![0x82, (len >> 8) as u8, len as u8],
        }
    };
    let mut modulus = vec![0xC5; modulus_len];
    modulus.insert(0, 0);
    let mut body = vec![0x02];
    body.extend(length(modulus.len()));
    body.extend(&modulus);
    body.push(0x02);
    body.extend(length(exponent.len()));
    body.extend(exponent);
    let mut der = vec![0x30];
    der.extend(length(body.len()));
    der.extend(body);
    base64::engine::general_purpose::STANDARD.encode(der)
}

#[test]
fn keys_that_are_too_short_too_long_or_have_a_weak_exponent_are_refused() {
    let usual = [1, 0, 1];
    assert!(PublicKey::from_pem(&pkcs1_public(256, &usual)).is_ok());
    assert!(PublicKey::from_pem(&pkcs1_public(512, &usual)).is_ok());
    assert_eq!(PublicKey::from_pem(&pkcs1_public(128, &usual)), Err(KeyError::Size(1024)));
    assert_eq!(PublicKey::from_pem(&pkcs1_public(1024, &usual)), Err(KeyError::Size(8192)));
    assert_eq!(PublicKey::from_pem(&pkcs1_public(256, &[3])), Err(KeyError::Exponent));
    assert!(PublicKey::from_pem(&pkcs1_public(256, &[1, 0, 2])).is_err(), "even");
}

#[test]
fn debug_shows_no_secret() {
    let key = PrivateKey::generate().expect("key");
    let shown = format!("{key:?} {:?}", KeyRing::single(key.clone()));
    assert!(shown.len() < 400 && !body_of(&key.to_pem().expect("pem")).contains(&shown), "{shown}");
}
