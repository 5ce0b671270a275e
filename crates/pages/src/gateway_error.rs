//! What a browser is shown when a page method of the gateway is refused (spec/alipay-agreement.md 1.5, 1.6): one sentence
//! for whoever was sent here, and the codes for the developer who has to mend it.

use crate::{Frame, plain};
use minijinja::{Value, context};

/// The page of a refused page method.
#[derive(Clone, Debug)]
pub struct GatewayErrorContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// What is wrong.
    pub report: GatewayReport,
}

/// What the gateway says of a refused call. English and left to right, as on the wire.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GatewayReport {
    /// `method`, if the call named one.
    pub method: Option<String>,
    /// `app_id`, if the call named one.
    pub app_id: Option<String>,
    /// `code`: `40002`.
    pub code: String,
    /// `msg`: `Invalid Arguments`.
    pub msg: String,
    /// `sub_code`: `isv.invalid-signature`.
    pub sub_code: String,
    /// `sub_msg`: what happened and what to do, also the string that the wallet built.
    pub sub_msg: String,
}

impl GatewayReport {
    pub(crate) fn view(&self) -> Value {
        let some = |text: &Option<String>| text.as_deref().map(plain::line).filter(|text| !text.is_empty());
        context! {
            method => some(&self.method),
            app_id => some(&self.app_id),
            code => plain::line(&self.code),
            msg => plain::line(&self.msg),
            sub_code => plain::line(&self.sub_code),
            sub_msg => plain::block(&self.sub_msg),
        }
    }

    /// The end of the message key that says where to look: `gateway-error-do-signature`.
    fn hint(&self) -> &'static str {
        let sub_code = self.sub_code.as_str();
        let is = |part: &str| sub_code.contains(part);
        if is("invalid-signature-type") || is("missing-signature-type") {
            "gateway-error-do-signature-type"
        } else if is("signature-config") || is("signature-key") {
            "gateway-error-do-key"
        } else if is("missing-signature") || is("invalid-signature") {
            "gateway-error-do-signature"
        } else if is("app-id") {
            "gateway-error-do-app"
        } else if is("cert") {
            "gateway-error-do-certificate"
        } else if is("timestamp") {
            "gateway-error-do-timestamp"
        } else if is("charset") {
            "gateway-error-do-charset"
        } else if is("method") || is("forbidden-api") {
            "gateway-error-do-method"
        } else if is("unknow-error") {
            "gateway-error-do-wait"
        } else {
            "gateway-error-do-request"
        }
    }
}

impl GatewayErrorContext {
    pub(crate) fn view(&self) -> Value {
        context! { ix => (), announce => (), report => self.report.view(), hint => self.report.hint() }
    }
}
