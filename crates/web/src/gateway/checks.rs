//! What is checked of a call beyond its form, whatever its method.

use super::Opened;
use crate::state::Shared;
use mithaq_alipay::{Call, GatewayError, Method, SubCode};
use mithaq_domain::Status;

/// Whether the call asks for nothing that is not there, and that would change whom or what it is about.
///
/// # Errors
/// An app that acts for another merchant, and content that is encrypted: neither is passed over in silence.
pub(super) fn is_offered(call: &Call) -> Result<(), GatewayError> {
    if call.app_auth_token.is_some() {
        let message = "This wallet gives out no app_auth_token: an app acts for its own merchant. Leave it out.";
        return Err(GatewayError::with_message(SubCode::AopInvalidAppAuthToken, message));
    }
    let is_json = call.biz_content.is_empty() || call.biz_content.trim_start().starts_with('{');
    if call.params.get("encrypt_type").is_some() && !is_json {
        let message = "Encrypted content is not offered. Send biz_content as JSON, without encrypt_type.";
        return Err(GatewayError::with_message(SubCode::IsvInvalidParameter, message));
    }
    Ok(())
}

/// Whether the app's client may call at all.
///
/// # Errors
/// In the method's own word for a merchant that is stopped, where it has one.
pub(super) async fn client_may_call(shared: &Shared, opened: &Opened) -> Result<(), GatewayError> {
    match shared.directory.client(shared.wallet.reader(), &opened.app.client_id).await {
        Ok(Some(known)) if known.client.status == Status::Active => Ok(()),
        Ok(_) => Err(stopped(opened.call.method)),
        Err(error) => {
            tracing::error!(error.message = %error, "gateway: the client could not be read");
            Err(opened.call.method.system_error().into())
        }
    }
}

fn stopped(method: Method) -> GatewayError {
    let own = [SubCode::MerchantStatusIsNotNormal, SubCode::AcqMerchantStatusNotNormal];
    match method.sub_codes().find(|sub_code| own.contains(sub_code)) {
        Some(sub_code) => sub_code.into(),
        None => {
            let message = "The merchant is stopped. Contact the wallet's operator.";
            GatewayError::with_message(SubCode::IsvInsufficientIsvPermissions, message)
        }
    }
}

/// The call's address for notifications. Refused in the moment it is named, rather than found out by a delivery that fails.
///
/// # Errors
/// When notifications may not go there.
pub(super) fn notify_url(shared: &Shared, opened: &Opened) -> Result<Option<String>, GatewayError> {
    let Some(url) = &opened.call.notify_url else { return Ok(None) };
    match shared.guard.check_url(url) {
        Ok(_) => Ok(Some(url.clone())),
        Err(refused) => {
            let message = format!("notify_url cannot be used: {refused}.");
            Err(GatewayError::with_message(opened.call.method.invalid_parameter(), message))
        }
    }
}
