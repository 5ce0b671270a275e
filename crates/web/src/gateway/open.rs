//! From parameters to a call whose app and signature are known (spec/alipay-agreement.md 1.3).

use super::apps::KnownApp;
use super::checks;
use crate::state::Shared;
use mithaq_alipay::{App, Call, Freshness, GatewayError, Method, Opening, Params, SignType, SubCode};
use mithaq_domain::GatewayApp;
use mithaq_types::GatewayAppId;
use std::cell::Cell;
use std::sync::Arc;

/// A call that its app has signed and whose common parameters are in order.
pub(crate) struct Opened {
    /// Whose it is.
    pub app: GatewayApp,
    /// What is asked for.
    pub call: Call,
}

/// A call that goes no further, and what an answer to it needs.
pub(crate) struct Refused {
    /// What it named, if there is such a method: the answer stands under its name.
    pub method: Option<Method>,
    /// Why.
    pub error: GatewayError,
    /// Whose it says it is, if there is such an app. Only `signed` proves it.
    pub app: Option<GatewayApp>,
    /// Whether that app's signature fits.
    pub signed: bool,
    /// How the answer is signed.
    pub sign_type: SignType,
    /// Whether the app uses certificates, so that the answer names the wallet's.
    pub by_certificate: bool,
}

impl Refused {
    /// A call that could not even be read.
    pub fn unread(method: Option<Method>, error: GatewayError) -> Self {
        Self { method, error, app: None, signed: false, sign_type: SignType::Rsa2, by_certificate: false }
    }
}

/// Looks the app up and checks everything that all methods have in common.
///
/// # Errors
/// [`Refused`], with the first thing that is wrong.
pub(crate) async fn open(shared: &Shared, params: Params) -> Result<Opened, Refused> {
    let asked = params.ascii("sign_type").map_or(Some(SignType::Rsa), SignType::parse);
    let method = params.ascii("method").and_then(Method::parse);
    let opening = Opening::of(params).map_err(|error| Refused::unread(method, error))?;
    let known = match shared.directory.app(shared.wallet.reader(), &GatewayAppId::new(opening.app_id())).await {
        Ok(Some(known)) => known,
        Ok(None) => return Err(Refused::unread(method, opening.unknown_app())),
        Err(error) => {
            tracing::error!(error.message = %error, "gateway: the app could not be read");
            return Err(Refused::unread(method, SubCode::AopUnknowError.into()));
        }
    };
    let signed = Cell::new(false);
    let verify = |sign_type, content: &[u8], sign: &str| {
        signed.set(known.verify(sign_type, content, sign));
        signed.get()
    };
    let checked = match may_use_certificates(shared, &known) {
        Ok(()) => opening
            .check(&as_checked(shared, &known), &verify)
            .and_then(|call| checks::is_offered(&call).map(|()| call)),
        Err(error) => Err(error),
    };
    checked.map(|call| Opened { app: known.app.clone(), call }).map_err(|error| Refused {
        app: Some(known.app.clone()),
        signed: signed.get(),
        sign_type: sign_type_for(&known, asked),
        by_certificate: known.certificates.is_some(),
        ..Refused::unread(method, error)
    })
}

/// How an answer to `known` is signed, whatever it has asked: with SHA-1 only if it may use that.
pub(super) fn sign_type_for(known: &Arc<KnownApp>, asked: Option<SignType>) -> SignType {
    asked.filter(|_| known.app.may_use_sha1).unwrap_or(SignType::Rsa2)
}

fn as_checked(shared: &Shared, known: &KnownApp) -> App {
    // A sandbox's clock may stand anywhere, while a merchant's shows the time of day.
    let window = shared.config.gateway.window.filter(|_| shared.sandbox.is_none());
    App {
        has_key: known.has_key(),
        may_use_rsa: known.app.may_use_sha1,
        certificates: known.certificates.clone(),
        freshness: window.map(|window| Freshness { now: shared.wallet.now(), window }),
    }
}

/// An app with a certificate: it must count today, and the wallet must have one too, since its answers name it.
fn may_use_certificates(shared: &Shared, known: &KnownApp) -> Result<(), GatewayError> {
    if known.certificates.is_none() {
        return Ok(());
    }
    if shared.config.gateway.certificate.is_none() {
        let message =
            "This wallet has no certificate of its own. Use a plain key, or ask its operator for certificates.";
        return Err(GatewayError::with_message(SubCode::IsvAlipayCertNotExist, message));
    }
    if known.certificate_is_over(shared.wallet.now()) {
        return Err(SubCode::IsvAppCertExpired.into());
    }
    Ok(())
}
