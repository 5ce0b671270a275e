//! Whether the app that a request names really made it (spec/alipay-agreement.md 1.2, 1.3, 1.8).

use super::{App, Verify};
use crate::sign_str::{Mistake, mistakes_of};
use crate::{GatewayError, Params, SignType, SubCode, request_content, request_content_with_empty};

/// Bytes of the built string that the merchant is shown, at most.
const SHOWN_MAX: usize = 16_384;
/// Characters of a signature, at most: those of a key of 4096 bits are 684.
const SIGN_MAX: usize = 1024;

/// Whether the request is in certificate mode, as its app must be.
pub(super) fn mode(params: &Params, app: &App) -> Result<bool, GatewayError> {
    let (sent, sent_root) = (params.get("app_cert_sn"), params.get("alipay_root_cert_sn"));
    match (&app.certificates, sent) {
        (None, None) => Ok(false),
        (None, Some(_)) => Err(GatewayError::with_message(
            SubCode::IsvAppCertNotExist,
            "This app is registered with a plain key. Leave app_cert_sn out, or register its certificate.",
        )),
        (Some(_), None) => Err(SubCode::IsvMissingAppCertSn.into()),
        (Some(known), Some(sent)) if sent != known.app.as_bytes() => Err(SubCode::IsvAppCertNotExist.into()),
        (Some(known), Some(_)) => match sent_root {
            None => Err(SubCode::IsvMissingAlipayRootCertSn.into()),
            Some(root) if root != known.root.as_bytes() => Err(SubCode::IsvInvalidAlipayRootCertSn.into()),
            Some(_) => Ok(true),
        },
    }
}

/// Checks the signature.
pub(super) fn check(params: &Params, app: &App, verify: Verify<'_>) -> Result<SignType, GatewayError> {
    if !app.has_key {
        return Err(SubCode::IsvMissingSignatureConfig.into());
    }
    let sign_type = sign_type(params, app)?;
    if params.get("sign").is_none() {
        return Err(SubCode::IsvMissingSignature.into());
    }
    let content = request_content(params);
    let fits = |content: &[u8]| {
        params.ascii("sign").is_some_and(|sign| sign.len() <= SIGN_MAX && verify(sign_type, content, sign))
    };
    if fits(&content) || (params.has_empty() && fits(&request_content_with_empty(params))) {
        return Ok(sign_type);
    }
    Err(GatewayError::with_message(SubCode::IsvInvalidSignature, explain(params, &content)))
}

/// Where it is missing, old documents mean `RSA`: taken for that where the app may use it at all.
fn sign_type(params: &Params, app: &App) -> Result<SignType, GatewayError> {
    let named = match params.get("sign_type") {
        None if app.may_use_rsa => return Ok(SignType::Rsa),
        None => return Err(SubCode::IsvMissingSignatureType.into()),
        Some(_) => params.ascii("sign_type").and_then(SignType::parse),
    };
    named.filter(|named| *named == SignType::Rsa2 || app.may_use_rsa).ok_or(SubCode::IsvInvalidSignatureType.into())
}

/// What to look at when a signature does not fit: the string that the wallet built, as the live gateway does, and what can be
/// seen of the reason.
fn explain(params: &Params, content: &[u8]) -> String {
    let mut text = String::from("The signature does not fit the request.");
    for mistake in mistakes_of(params) {
        match mistake {
            Mistake::PlusLost => text.push_str(" sign holds a space: a plus sign was lost, percent-encode it as %2B."),
            Mistake::OtherKey => text.push_str(" sign is too short for RSA2: it was made with another kind of key."),
            Mistake::EncodedOnce | Mistake::EncodedThrice | Mistake::ReturnUrl => {}
        }
    }
    let shown = content.get(..SHOWN_MAX).unwrap_or(content);
    text.push_str(" Sign exactly this string, with the private key whose public half the wallet has: ");
    text.push_str(&String::from_utf8_lossy(shown));
    if shown.len() < content.len() {
        text.push_str(&format!(" ({} more bytes)", content.len() - shown.len()));
    }
    text
}
