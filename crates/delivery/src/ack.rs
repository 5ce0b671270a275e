//! Whether a merchant's answer acknowledges a notice (spec/openapi.md 5.6, qicard.md 7.3; alipay-agreement.md 1.9).

use mithaq_alipay::notices::ACKNOWLEDGED;
use mithaq_crypto::PublicKey;
use mithaq_domain::Client;
use mithaq_openapi::messages::Ack;
use mithaq_openapi::signature::{Message, SignatureHeader, headers, verify_message};
use reqwest::header::HeaderMap;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Keys that are kept parsed; beyond that all are forgotten.
const KEYS_MAX: usize = 10_000;
/// Letters of a merchant's own words in an error text.
const QUOTE_MAX: usize = 64;

/// Nothing if `answer` to `request` says that `client` has the notice; otherwise why it has to be sent again.
///
/// A signature is checked where there is one; an answer without is taken.
pub fn judge(answer: &Answer, request: &Message<'_>, client: &Client, keys: &ParsedKeys) -> Result<(), String> {
    match answer.status {
        200 => {}
        status @ 300..=399 => return Err(redirected(status)),
        status => return Err(format!("HTTP {status} instead of 200")),
    }
    check_signature(answer, request, client, keys)?;
    if answer.body.is_empty() {
        return Err("HTTP 200 without a body: the answer must hold result.resultStatus S".to_owned());
    }
    let Some(ack) = Ack::parse(&answer.body) else {
        return Err("the answer is not JSON with result.resultStatus".to_owned());
    };
    if ack.is_success() {
        return Ok(());
    }
    Err(format!("the merchant answered {} {}", ack.result.result_status, quoted(&ack.result.result_code)))
}

/// The same on the Alipay surface, where nothing but the bytes `success` is an acknowledgement.
pub fn judge_form(answer: &Answer) -> Result<(), String> {
    match answer.status {
        200..=299 => {}
        status @ 300..=399 => return Err(redirected(status)),
        status => return Err(format!("HTTP {status} instead of 200 and success")),
    }
    if answer.body == ACKNOWLEDGED {
        return Ok(());
    }
    let found = String::from_utf8_lossy(&answer.body);
    let found = found.trim_start_matches('\u{feff}').trim();
    let found = match found.trim_matches(['"', '\'']).to_ascii_lowercase().as_str() {
        "" => "nothing",
        "success" => "that word with something around it, or in other letters",
        _ if found.starts_with('<') => "a page",
        _ if found.starts_with(['{', '[']) => "JSON",
        _ => "something else",
    };
    Err(format!("the answer must be the 7 bytes success, without quotes, spaces or a line's end; it was {found}"))
}

fn redirected(status: u16) -> String {
    format!("HTTP {status}: redirects are not followed")
}

fn check_signature(answer: &Answer, request: &Message<'_>, client: &Client, keys: &ParsedKeys) -> Result<(), String> {
    let header = |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok());
    if !answer.headers.contains_key(headers::SIGNATURE) {
        return Ok(());
    }
    let bad = |reason: &str| Err(format!("the signature of the answer is not valid: {reason}"));
    let Some(signature) = header(headers::SIGNATURE).and_then(|text| SignatureHeader::parse(text).ok()) else {
        return bad("the header Signature cannot be read");
    };
    let Some(time) = header(headers::RESPONSE_TIME) else {
        return bad("the header Response-Time is missing");
    };
    let key = match signature.key_version {
        Some(version) => client.keys.iter().find(|key| key.version == version),
        None => client.keys.iter().max_by_key(|key| key.version),
    };
    let Some(key) = key.and_then(|key| keys.get(&key.public_pem)) else {
        return bad("no key is registered under its keyVersion");
    };
    // The header is signed as it was sent; a merchant that leaves it out means itself.
    let client_id = header(headers::CLIENT_ID).unwrap_or(request.client_id);
    if client_id != request.client_id {
        return bad("the header Client-Id is another client's");
    }
    let signed = Message { time, body: &answer.body, ..*request };
    if verify_message(&signed, &signature, &key).valid {
        Ok(())
    } else {
        bad("it does not fit the answer's Response-Time and body")
    }
}

/// Merchants' public keys, parsed once: that takes longer than a verification.
#[derive(Default)]
pub struct ParsedKeys {
    by_pem: Mutex<HashMap<String, PublicKey>>,
}

impl ParsedKeys {
    fn get(&self, pem: &str) -> Option<PublicKey> {
        let mut by_pem = self.by_pem.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = by_pem.get(pem) {
            return Some(key.clone());
        }
        let key = PublicKey::from_pem(pem).ok()?;
        if by_pem.len() >= KEYS_MAX {
            by_pem.clear();
        }
        by_pem.insert(pem.to_owned(), key.clone());
        Some(key)
    }
}

/// A merchant's words, short and harmless.
fn quoted(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(QUOTE_MAX).collect()
}
