//! The grammar of the `Signature` header (spec/openapi.md 1.3, qicard.md 1.1).

use mithaq_openapi::ResultCode;
use mithaq_openapi::signature::{HeaderError, SignatureEncoding, SignatureHeader};
use proptest::prelude::*;

fn parse(text: &str) -> Result<SignatureHeader, HeaderError> {
    SignatureHeader::parse(text)
}

fn signature(bytes: &[u8]) -> SignatureHeader {
    SignatureHeader { key_version: Some(1), signature: bytes.to_vec(), encoding: SignatureEncoding::Base64 }
}

#[test]
fn parts_may_come_in_any_order_with_any_spaces_and_case() {
    let expected = Ok(signature(b"\xfb\xef\xff!"));
    for text in [
        "algorithm=RSA256, keyVersion=1, signature=++//IQ==",
        "algorithm=RSA256,keyVersion=1,signature=++//IQ==",
        "signature=++//IQ==,   keyVersion=1 ,algorithm=RSA256",
        "Algorithm=rsa256, keyVersion=1, signature=++//IQ==",
        "algorithm=SHA256withRSA, keyVersion=1, signature=++//IQ==",
        "algorithm=rsa-sha256, keyVersion=1, signature=++//IQ==",
        "keyVersion=1, signature=++//IQ==",
        "algorithm=RSA256, keyVersion=1, signature=--__IQ, note=anything",
    ] {
        assert_eq!(parse(text), expected, "{text}");
    }
}

#[test]
fn a_missing_key_version_means_the_newest() {
    assert_eq!(parse("algorithm=RSA256, signature=AAAA").map(|header| header.key_version), Ok(None));
}

#[test]
fn each_way_to_be_wrong_has_its_error() {
    for (text, error) in [
        ("", HeaderError::Form),
        ("nonsense", HeaderError::Form),
        ("algorithm=RSA256, keyVersion=1", HeaderError::Missing),
        ("algorithm=RSA256, keyVersion=1, signature=", HeaderError::Missing),
        ("algorithm=ECC224, keyVersion=1, signature=AAAA", HeaderError::Algorithm),
        ("algorithm=RSA256, keyVersion=+1, signature=AAAA", HeaderError::KeyVersion),
        ("algorithm=RSA256, keyVersion=, signature=AAAA", HeaderError::KeyVersion),
        ("algorithm=RSA256, keyVersion=99999999999, signature=AAAA", HeaderError::KeyVersion),
        ("signature=AAAA, signature=AAAA", HeaderError::Duplicate),
        ("note=a, note=b, signature=AAAA", HeaderError::Duplicate),
        ("signature=AA AA", HeaderError::Encoding),
        ("signature=A", HeaderError::Encoding),
        ("signature=====", HeaderError::Encoding),
        ("signature=%ZZ", HeaderError::Encoding),
        ("signature=%FF%FE", HeaderError::Encoding),
    ] {
        assert_eq!(parse(text), Err(error), "{text}");
    }
}

#[test]
fn a_header_that_is_not_well_formed_is_another_matter_than_one_that_cannot_be_valid() {
    assert_eq!(HeaderError::Missing.code(), ResultCode::ParamIllegal);
    assert_eq!(HeaderError::Duplicate.code(), ResultCode::InvalidSignature);
    assert_eq!(HeaderError::Algorithm.code(), ResultCode::InvalidSignature);
}

#[test]
fn a_plus_is_never_read_as_a_space() {
    let (encoding, bytes) = SignatureEncoding::decode("+%2B//").expect("decodes");
    assert_eq!((encoding, bytes), (SignatureEncoding::Percent, b"\xfb\xef\xff".to_vec()));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        bytes in proptest::collection::vec(any::<u8>(), 1..600),
        key_version in proptest::option::of(any::<u32>()),
        percent in any::<bool>(),
    ) {
        let written = SignatureHeader {
            key_version,
            signature: bytes,
            encoding: if percent { SignatureEncoding::Percent } else { SignatureEncoding::Base64 },
        };
        let read = parse(&written.to_string()).expect("well formed");
        prop_assert_eq!(&read.signature, &written.signature);
        prop_assert_eq!(read.key_version, written.key_version);
        // Base64 without `+`, `/` and `=` looks the same in both encodings.
        prop_assert!(read.encoding == written.encoding || !written.to_string().contains('%'));
    }

    #[test]
    fn reading_any_text_never_panics(text in "\\PC*", glue in "[=,%+a-z]{0,40}") {
        let _ = parse(&text);
        let _ = parse(&format!("signature={glue}{text}"));
        let _ = SignatureEncoding::decode(&text);
    }
}
