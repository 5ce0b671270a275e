//! The worked vectors of spec/openapi.md 1.11, with their five negative cases.

use mithaq_crypto::{PrivateKey, PublicKey, sha256_hex};
use mithaq_openapi::signature::{Message, SignatureEncoding, SignatureHeader, content_to_sign, sign, verify_message};

const CLIENT_ID: &str = "2099010100000000000001";

/// A vector: who signed, what, and what the digest says about the text that is signed.
struct Vector {
    key: &'static str,
    uri: &'static str,
    time: &'static str,
    body: &'static [u8],
    header: &'static str,
    content_len: usize,
    content_sha256: &'static str,
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("vectors/", $name))
    };
}

const REQUEST: Vector = Vector {
    key: file!("merchant-public.pem"),
    uri: "/v1/authorizations/prepare",
    time: "2026-01-15T10:20:30+03:00",
    body: file!("request-body.json").as_bytes(),
    header: file!("request-header.txt"),
    content_len: 201,
    content_sha256: "158f0952b3f66218c245046db88910ea08b6600ba95a9780b54194d1a3452b83",
};

const RESPONSE: Vector = Vector {
    key: file!("wallet-public.pem"),
    uri: "/v1/authorizations/prepare",
    time: "2026-01-15T10:20:31+03:00",
    body: file!("response-body.json").as_bytes(),
    header: file!("response-header.txt"),
    content_len: 244,
    content_sha256: "2148a1005ba548336bf9d5ec29679f886a153132a66f72993d4ba121d2797086",
};

const NOTIFICATION: Vector = Vector {
    key: file!("wallet-public.pem"),
    uri: "/hooks/paymentNotify",
    time: "2026-01-15T10:25:01+03:00",
    body: file!("notification-body.json").as_bytes(),
    header: file!("notification-header.txt"),
    content_len: 382,
    content_sha256: "7ca9dd81b02b87690d79e90e5d32981eacd605c966a9483c5ba3fd13d5d01ec9",
};

impl Vector {
    fn message(&self) -> Message<'static> {
        Message { method: "POST", uri: self.uri, client_id: CLIENT_ID, time: self.time, body: self.body }
    }

    fn key(&self) -> PublicKey {
        PublicKey::from_pem(self.key).expect("key")
    }

    fn header(&self) -> SignatureHeader {
        SignatureHeader::parse(self.header).expect("header")
    }
}

#[test]
fn request_response_and_notification_verify() {
    for vector in [REQUEST, RESPONSE, NOTIFICATION] {
        let content = vector.message().content();
        assert_eq!(content.len(), vector.content_len, "{}", vector.time);
        assert_eq!(sha256_hex(&content), vector.content_sha256, "{}", vector.time);
        assert!(verify_message(&vector.message(), &vector.header(), &vector.key()).valid, "{}", vector.time);
    }
}

#[test]
fn the_body_of_the_request_is_the_one_of_the_digest() {
    assert_eq!(
        sha256_hex(REQUEST.body),
        "04d415312db9d1de44e2aa56ad0aec2f4fe6e1cde83fb035cab11c336785e63b",
        "escaped quotes and Arabic letters arrive as they were sent"
    );
}

#[test]
fn all_four_encodings_of_the_signature_are_read() {
    let base64 = file!("request-signature.base64").trim();
    let forms = [
        base64,
        base64.trim_end_matches('='),
        file!("request-signature.percent").trim(),
        file!("request-signature.base64url").trim(),
    ];
    for form in forms {
        let header = SignatureHeader::parse(&format!("algorithm=RSA256, keyVersion=1, signature={form}"));
        assert_eq!(header.as_ref().map(|header| &header.signature), Ok(&REQUEST.header().signature), "{form}");
    }
}

#[test]
fn a_header_is_written_byte_for_byte_as_a_qi_client_writes_it() {
    for vector in [REQUEST, RESPONSE, NOTIFICATION] {
        assert_eq!(vector.header().to_string(), vector.header.trim());
    }
    let percent = SignatureHeader { encoding: SignatureEncoding::Percent, ..REQUEST.header() };
    assert!(percent.to_string().ends_with(file!("request-signature.percent").trim()));
}

fn fails(content: &[u8], key: &PublicKey) {
    assert!(!key.verify(content, &REQUEST.header().signature));
}

#[test]
fn negative_a_another_language_in_the_body_fails() {
    let body = String::from_utf8(REQUEST.body.to_vec()).expect("text").replace("ar-IQ", "en-US");
    let message = Message { body: body.as_bytes(), ..REQUEST.message() };
    assert!(!verify_message(&message, &REQUEST.header(), &REQUEST.key()).valid);
}

#[test]
fn negative_b_the_wallets_key_does_not_fit_the_merchants_signature() {
    assert!(!verify_message(&REQUEST.message(), &REQUEST.header(), &RESPONSE.key()).valid);
}

#[test]
fn negative_c_crlf_instead_of_lf_fails() {
    let head = format!("POST {}\r\n{CLIENT_ID}.{}.", REQUEST.uri, REQUEST.time);
    fails(&[head.as_bytes(), REQUEST.body].concat(), &REQUEST.key());
}

#[test]
fn negative_d_a_newline_after_the_body_fails() {
    fails(&[REQUEST.message().content().as_slice(), b"\n"].concat(), &REQUEST.key());
}

#[test]
fn negative_e_a_lower_case_method_fails() {
    fails(&content_to_sign("post", REQUEST.uri, CLIENT_ID, REQUEST.time, REQUEST.body), &REQUEST.key());
}

#[test]
fn a_generated_key_signs_what_its_public_half_verifies() {
    let key = PrivateKey::generate().expect("key");
    for encoding in [SignatureEncoding::Base64, SignatureEncoding::Percent] {
        let text = sign(&REQUEST.message().content(), &key, 7, encoding);
        let header = SignatureHeader::parse(&text).expect("header");
        assert_eq!((header.key_version, header.encoding), (Some(7), encoding));
        assert!(verify_message(&REQUEST.message(), &header, &key.public()).valid);
        assert!(!verify_message(&REQUEST.message(), &header, &REQUEST.key()).valid);
    }
}

#[test]
fn a_wallet_mounted_under_a_prefix_still_verifies_the_path_from_v1() {
    let mounted = Message { uri: "/wallet/v1/authorizations/prepare", ..REQUEST.message() };
    let verification = verify_message(&mounted, &REQUEST.header(), &REQUEST.key());
    assert!(verification.valid);
    assert_eq!(verification.content, REQUEST.message().content(), "the text that fits is reported");

    let elsewhere = Message { uri: "/wallet/v1/payments/pay", ..REQUEST.message() };
    let verification = verify_message(&elsewhere, &REQUEST.header(), &REQUEST.key());
    assert!(!verification.valid);
    assert_eq!(verification.content, elsewhere.content(), "else the text over the path as requested");
}

#[test]
fn a_signature_of_another_length_than_the_key_fails() {
    let mut header = REQUEST.header();
    header.signature.push(0);
    assert!(!verify_message(&REQUEST.message(), &header, &REQUEST.key()).valid);
}
