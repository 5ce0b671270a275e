//! The text forms keys travel in: PEM armour, or bare base64 of the same bytes.

use crate::KeyError;
use aws_lc_rs::rsa;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A key's bytes and, if it came in PEM armour, the label between the dashes.
pub(crate) struct KeyText {
    pub(crate) label: Option<String>,
    pub(crate) der: Vec<u8>,
}

/// Reads the first PEM block of `text`, or all of it as base64. `None` if it is neither.
pub(crate) fn read(text: &str) -> Option<KeyText> {
    let Some((_, armoured)) = text.split_once("-----BEGIN ") else {
        return Some(KeyText { label: None, der: decode(text)? });
    };
    let (label, rest) = armoured.split_once("-----")?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    Some(KeyText { label: Some(label.to_owned()), der: decode(body)? })
}

/// Reads a public key: PKIX (`PUBLIC KEY`) or PKCS#1 (`RSA PUBLIC KEY`), of any size.
pub(crate) fn read_public(text: &str) -> Result<rsa::PublicKey, KeyError> {
    let key = read(text).ok_or(KeyError::NotText)?;
    if !matches!(key.label.as_deref(), None | Some("PUBLIC KEY" | "RSA PUBLIC KEY")) {
        return Err(KeyError::WrongKind);
    }
    rsa::PublicKey::from_der(&key.der).map_err(|_| KeyError::NotRsa)
}

/// Writes `der` as one PEM block with lines of 64 characters.
pub(crate) fn write(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for (index, character) in body.chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text.push_str(&format!("\n-----END {label}-----\n"));
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    // Keys pasted from a form or an environment variable bring spaces, CRs and literal `\n` with them.
    let compact: String = text.replace("\\n", "").chars().filter(|character| !character.is_whitespace()).collect();
    if compact.is_empty() { None } else { STANDARD.decode(compact).ok() }
}
