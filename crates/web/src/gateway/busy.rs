//! What callers hear when there is no room: 40005, signed, at once, for almost nothing.
//!
//! The signature covers the business object alone, which is the same for everybody and names no time: it is made once for as
//! long as the process runs, and shared. So a flood of calls costs no signatures at all. Whoever keeps such an answer and shows
//! it to a merchant in the place of a later one makes the merchant ask again, as losing that answer would.

use super::open::{Refused, sign_type_for};
use super::seal::certificate;
use crate::state::Shared;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mithaq_alipay::{GatewayError, Method, Params, SignType, SubCode, business_object, envelope, root_of};
use mithaq_crypto::PrivateKey;
use mithaq_types::GatewayAppId;
use tokio::sync::OnceCell;

/// The signatures, each made when it is first needed.
#[derive(Default)]
pub(crate) struct BusySignatures {
    rsa2: OnceCell<String>,
    rsa: OnceCell<String>,
}

/// The same as a refusal, for the Studio.
pub(super) fn refusal(method: Option<Method>) -> Refused {
    Refused::unread(method, error())
}

fn error() -> GatewayError {
    let message = "Too many calls are being worked on. Wait a moment, then repeat this one: nothing was done.";
    GatewayError::with_message(SubCode::IsvAppCallLimited, message)
}

/// The answer to a call that was not let in.
pub(super) async fn answer(shared: &Shared, method: Option<Method>, params: Option<&Params>) -> String {
    let known = params.and_then(|params| params.ascii("app_id"));
    let known = known.and_then(|app_id| shared.directory.recall_app(&GatewayAppId::new(app_id)));
    let asked = params.and_then(|params| params.ascii("sign_type")).and_then(SignType::parse);
    let sign_type = known.as_ref().map_or(SignType::Rsa2, |known| sign_type_for(known, asked));
    let object = business_object(&error()).unwrap_or_default();
    let (signatures, (_, key)) = (shared.signer.gateway_busy(), shared.keys.current());
    let cell = match sign_type {
        SignType::Rsa2 => &signatures.rsa2,
        SignType::Rsa => &signatures.rsa,
    };
    let sign = cell.get_or_try_init(|| sign(key.clone(), sign_type, object.clone())).await.ok();
    let by_certificate = known.is_some_and(|known| known.certificates.is_some());
    envelope(&root_of(method, true), &object, certificate(shared, by_certificate), sign.map(String::as_str))
}

/// Not among those that wait for the pool's threads: this one goes ahead of all of them, once.
async fn sign(key: PrivateKey, sign_type: SignType, object: String) -> Result<String, tokio::task::JoinError> {
    let signing = move || match sign_type {
        SignType::Rsa2 => key.sign(object.as_bytes()),
        SignType::Rsa => key.sign_sha1(object.as_bytes()),
    };
    tokio::task::spawn_blocking(signing).await.map(|signature| STANDARD.encode(signature))
}
