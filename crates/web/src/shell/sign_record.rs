//! What is said of a signStr beside the reply: in the Studio's list and in the log.

use crate::calls::{Call, Coming, Party, Sending, SignatureView, Tone, stamp};
use crate::state::Shared;
use mithaq_alipay::GatewayError;

/// What was found.
pub struct Noted<'a> {
    /// The argument as it came.
    pub sign_str: &'a str,
    /// The app that it names, or nothing.
    pub app_id: &'a str,
    /// The string that its signature must be over.
    pub content: &'a str,
    /// Why it leads to no page.
    pub error: Option<&'a GatewayError>,
    /// What its developer should change, whether or not it leads to a page.
    pub advice: Vec<&'static str>,
}

impl<'a> Noted<'a> {
    /// Of one that cannot be opened; `advice` where it is known why.
    pub fn unreadable(sign_str: &'a str, error: &'a GatewayError, advice: Option<&'static str>) -> Self {
        Self { sign_str, app_id: "", content: "", error: Some(error), advice: advice.into_iter().collect() }
    }
}

/// Tells the log and the Studio of a string that can be read and yet leads to no page. `what` is its name: `signStr`,
/// `orderStr`.
pub fn refused(app: &Shared, what: &str, app_id: &str, error: &GatewayError) {
    tracing::warn!(app_id, error.sub_code = error.sub_code.wire(), "{what}: refused");
    let Some(calls) = app.calls() else { return };
    let mut call = Call::new("page", Party::Wallet, Party::MiniProgram, format!("{what} refused"));
    call.at = stamp(app.wallet.now(), &app.config.zone);
    (call.status, call.outcome) = (error.sub_code.wire().to_owned(), Tone::Bad);
    call.response = Some(Coming { body: error.to_string(), ..Coming::default() });
    calls.record(call);
}

/// Tells the log and the Studio what there is to say of a signStr.
pub fn noted(app: &Shared, noted: &Noted<'_>) {
    if let Some(error) = noted.error {
        tracing::warn!(app_id = noted.app_id, error.sub_code = error.sub_code.wire(), "signStr: refused");
    }
    for advice in &noted.advice {
        tracing::warn!(app_id = noted.app_id, advice, "signStr: a mistake in it");
    }
    let Some(calls) = app.calls() else { return };
    let mut call = Call::new("page", Party::MiniProgram, Party::Wallet, "signStr");
    call.at = stamp(app.wallet.now(), &app.config.zone);
    let body = noted.sign_str.to_owned();
    call.request = Some(Sending { path: "paySignCenter".to_owned(), body, ..Sending::default() });
    let advice = noted.advice.join(" ");
    let (status, outcome, reason) = match noted.error {
        Some(error) => (error.sub_code.wire(), Tone::Bad, error.message.clone()),
        None if !advice.is_empty() => ("opened, with a mistake", Tone::Wait, advice),
        None => ("opened", Tone::Good, String::new()),
    };
    (call.status, call.outcome) = (status.to_owned(), outcome);
    call.response = noted.error.map(|error| Coming { body: error.to_string(), ..Coming::default() });
    call.signature = Some(SignatureView {
        valid: noted.error.is_none(),
        key_version: None,
        client_name: Some(noted.app_id.to_owned()).filter(|id| !id.is_empty()),
        text: noted.content.to_owned(),
        reason: Some(reason).filter(|reason| !reason.is_empty()),
    });
    calls.record(call);
}
