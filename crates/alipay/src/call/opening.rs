//! From parameters to a call, in the order of spec/alipay-agreement.md 1.3.

use super::{App, Call, Verify, common, signature};
use crate::{Charset, FormError, GatewayError, Method, Params, SubCode, charset_of};

/// Parameters that name an app. Which one it is and what may be expected of it, the caller finds out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opening {
    params: Params,
    app_id: String,
}

impl Opening {
    /// The first check: there is an `app_id`.
    ///
    /// # Errors
    /// `isv.missing-app-id`, `isv.invalid-app-id`.
    pub fn of(params: Params) -> Result<Self, GatewayError> {
        if params.get("app_id").is_none() {
            return Err(SubCode::IsvMissingAppId.into());
        }
        let plain = |text: &&str| text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match params.ascii("app_id").filter(plain).map(str::to_owned) {
            Some(app_id) => Ok(Self { params, app_id }),
            None => Err(GatewayError::with_message(
                SubCode::IsvInvalidAppId,
                "app_id must be at most 32 letters and digits: the number of your app.",
            )),
        }
    }

    /// The app that the request names.
    #[must_use]
    pub fn app_id(&self) -> &str {
        &self.app_id
    }

    /// The method that it names, if there is such a one: the answer stands under its name also when the call is refused.
    #[must_use]
    pub fn method(&self) -> Option<Method> {
        named_method(&self.params)
    }

    /// The refusal when there is no such app.
    #[must_use]
    pub fn unknown_app(&self) -> GatewayError {
        GatewayError::with_message(
            SubCode::IsvInvalidAppId,
            format!("app_id {} names no app of this wallet. Register the app, or correct the number.", self.app_id),
        )
    }

    /// All other checks: the app's key or certificate, the signature, then method, charset, version, format, time, addresses,
    /// content.
    ///
    /// # Errors
    /// What the first check that fails says.
    pub fn check(self, app: &App, verify: Verify<'_>) -> Result<Call, GatewayError> {
        let Self { params, app_id } = self;
        let by_certificate = signature::mode(&params, app)?;
        let sign_type = signature::check(&params, app, verify)?;
        let method = common::method(&params)?;
        let declared = params.ascii("charset").and_then(Charset::parse).ok_or(SubCode::IsvInvalidCharset)?;
        let charset = charset_of(&params, declared).ok_or_else(common::mixed_charsets)?;
        common::version(&params)?;
        common::format(&params)?;
        Ok(Call {
            method,
            app_id,
            sign_type,
            charset,
            timestamp: common::timestamp(&params, app.freshness)?,
            notify_url: common::url(&params, "notify_url")?,
            return_url: common::url(&params, "return_url")?,
            app_auth_token: common::token(&params, "app_auth_token", SubCode::AopInvalidAppAuthToken)?,
            auth_token: common::token(&params, "auth_token", SubCode::AopInvalidAuthToken)?,
            biz_content: common::biz_content(&params, method, charset)?,
            by_certificate,
            params,
        })
    }
}

/// The method that parameters name, if there is such a one.
pub(super) fn named_method(params: &Params) -> Option<Method> {
    params.ascii("method").and_then(Method::parse)
}

impl From<FormError> for GatewayError {
    fn from(error: FormError) -> Self {
        Self::with_message(SubCode::IsvInvalidParameter, format!("The parameters cannot be read: {error}."))
    }
}
