//! From parameters to a call whose app and signature are known (spec/alipay-agreement.md 1.3).

use super::apps::KnownApp;
use crate::state::Shared;
use mithaq_alipay::{App, Call, GatewayError, Method, Opening, Params, SignType, SubCode, root_of};
use mithaq_domain::GatewayApp;
use mithaq_types::GatewayAppId;
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
    /// The name under which the answer stands.
    pub root: String,
    /// What it named, if there is such a method.
    pub method: Option<Method>,
    /// Why.
    pub error: GatewayError,
    /// Whose it says it is, if there is such an app. Nothing proves it.
    pub app: Option<GatewayApp>,
    /// How the answer is signed.
    pub sign_type: SignType,
    /// Whether the app uses certificates, so that the answer names the wallet's.
    pub by_certificate: bool,
}

/// Looks the app up and checks everything that all methods have in common.
///
/// # Errors
/// [`Refused`], with the first thing that is wrong.
pub(crate) async fn open(shared: &Shared, params: Params) -> Result<Opened, Refused> {
    let sign_type = params.ascii("sign_type").map_or(Some(SignType::Rsa), SignType::parse);
    let method = params.ascii("method").and_then(Method::parse);
    let refuse = |error: GatewayError, app: Option<Arc<KnownApp>>| {
        let app = app.map(|known| known.app.clone());
        let may_use_sha1 = app.as_ref().is_some_and(|app| app.may_use_sha1);
        Refused {
            root: root_of(method, true),
            method,
            error,
            sign_type: sign_type.filter(|_| may_use_sha1).unwrap_or(SignType::Rsa2),
            by_certificate: false,
            app,
        }
    };
    let opening = Opening::of(params).map_err(|error| refuse(error, None))?;
    let known = match shared.wallet.gateway_app(&GatewayAppId::new(opening.app_id())).await {
        Ok(Some(app)) => Arc::new(KnownApp::read(app)),
        Ok(None) => return Err(refuse(opening.unknown_app(), None)),
        Err(fault) => {
            tracing::error!(error.message = %fault, "gateway: the app could not be read");
            return Err(refuse(SubCode::AopUnknowError.into(), None));
        }
    };
    let app = App {
        has_key: known.has_key(),
        may_use_rsa: known.app.may_use_sha1,
        certificates: known.certificates.clone(),
        freshness: None,
    };
    let verify = |sign_type, content: &[u8], sign: &str| known.verify(sign_type, content, sign);
    match opening.check(&app, &verify) {
        Ok(call) => Ok(Opened { app: known.app.clone(), call }),
        Err(error) => Err(refuse(error, Some(known))),
    }
}
