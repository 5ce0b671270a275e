//! Answers and results, signed with the wallet's key off the reactor (spec/alipay-agreement.md 1.4).

use crate::state::Shared;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mithaq_alipay::{SignType, envelope};

/// The whole answer: `object` under `root`, with the signature over exactly its bytes. In certificate mode it names the wallet's
/// certificate.
pub(crate) async fn seal(
    shared: &Shared,
    root: &str,
    object: &str,
    sign_type: SignType,
    by_certificate: bool,
) -> String {
    let sign = sign_text(shared, sign_type, object.as_bytes()).await;
    envelope(root, object, certificate(shared, by_certificate), Some(&sign))
}

/// The wallet's signature of `text`, in Base64.
pub(crate) async fn sign_text(shared: &Shared, sign_type: SignType, text: &[u8]) -> String {
    let (_, key) = shared.keys.current();
    let signed = match sign_type {
        SignType::Rsa2 => shared.signer.sign(key, text.to_vec()).await,
        SignType::Rsa => shared.signer.sign_sha1(key, text.to_vec()).await,
    };
    if let Ok(signature) = signed {
        return STANDARD.encode(signature);
    }
    // More pages end at once than calls are let in. What has happened cannot be taken back, and must be told under signature:
    // these wait among the blocking threads.
    let (key, text) = (key.clone(), text.to_vec());
    let signing = move || match sign_type {
        SignType::Rsa2 => key.sign(&text),
        SignType::Rsa => key.sign_sha1(&text),
    };
    STANDARD.encode(tokio::task::spawn_blocking(signing).await.unwrap_or_default())
}

/// The number of the wallet's certificate, where an answer names it.
pub(super) fn certificate(shared: &Shared, by_certificate: bool) -> Option<&str> {
    shared.config.gateway.certificate.as_ref().filter(|_| by_certificate).map(|own| own.number.as_str())
}
