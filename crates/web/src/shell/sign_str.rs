//! The argument of `my.paySignCenter` (spec/alipay-agreement.md 1.7): opened, checked, and explained where it is wrong, so that
//! whoever built it knows what to change.

use super::sign_record::{self, Noted};
use crate::gateway::{self, Opened};
use crate::state::Shared;
use mithaq_alipay::{
    GatewayError, Method, Mistake, Params, SignStrError, SignType, SubCode, open_sign_str, request_content,
};

/// Characters of a signature in Base64 that keys of 2048 bits never fall below; one of 1024 bits has 171 without its padding.
const LONG_SIGN: usize = 200;

/// Why a signStr leads to no page.
pub struct Wrong {
    /// What `result` says.
    pub error: GatewayError,
    /// How it is signed.
    pub sign_type: SignType,
}

/// The request in a signStr, whose app and signature are known.
///
/// # Errors
/// [`Wrong`].
pub async fn read(app: &Shared, sign_str: &str) -> Result<Opened, Wrong> {
    let (params, mistakes) = match open_sign_str(sign_str) {
        Ok(found) => found,
        Err(error) => {
            let advice = match &error {
                SignStrError::Mistake(mistake) => Some(mistake.advice()),
                _ => None,
            };
            let error = unreadable(&error);
            sign_record::noted(app, &Noted::unreadable(sign_str, &error, advice));
            return Err(Wrong { error, sign_type: SignType::Rsa2 });
        }
    };
    let content = String::from_utf8_lossy(&request_content(&params)).into_owned();
    let app_id = params.ascii("app_id").unwrap_or_default().to_owned();
    let opened = match gateway::open(app, params.clone()).await {
        Ok(opened) if opened.call.method == Method::PageSign => Ok(opened),
        Ok(opened) => Err(Wrong { error: other_method(opened.call.method), sign_type: opened.call.sign_type }),
        Err(refused) => {
            Err(Wrong { error: explained(refused.error, &params, &mistakes), sign_type: refused.sign_type })
        }
    };
    let error = opened.as_ref().err().map(|wrong| &wrong.error);
    let mut advice: Vec<&'static str> = mistakes.iter().map(|mistake| mistake.advice()).collect();
    if advice.is_empty() && error.is_some_and(|error| error.sub_code == SubCode::IsvInvalidSignature) {
        advice.push(WRONG_KEY);
    }
    sign_record::noted(app, &Noted { sign_str, app_id: &app_id, content: &content, error, advice });
    opened
}

fn unreadable(error: &SignStrError) -> GatewayError {
    match error {
        // What it says cannot be what was signed.
        SignStrError::Mistake(mistake) => GatewayError::with_message(SubCode::IsvInvalidSignature, mistake.advice()),
        SignStrError::NoMethod => GatewayError::with_message(SubCode::IsvMissingMethod, format!("{error}.")),
        SignStrError::Length | SignStrError::Form(_) => {
            GatewayError::with_message(SubCode::IsvInvalidParameter, format!("{error}."))
        }
    }
}

fn other_method(method: Method) -> GatewayError {
    let message = format!(
        "my.paySignCenter opens {} and nothing else; this signStr holds {}. For a payment call my.tradePay with orderStr.",
        Method::PageSign.name(),
        method.name()
    );
    GatewayError::with_message(SubCode::IsvInvalidMethod, message)
}

/// The refusal, with all that can be seen of its reason.
fn explained(error: GatewayError, params: &Params, mistakes: &[Mistake]) -> GatewayError {
    let mut said: Vec<&str> = Vec::new();
    let names_no_key = error.sub_code != SubCode::IsvInvalidSignature;
    let of_signature = mistakes.iter().filter(|mistake| **mistake != Mistake::ReturnUrl);
    said.extend(of_signature.map(|mistake| mistake.advice()));
    if said.is_empty() && !names_no_key {
        said.push(WRONG_KEY);
    }
    if is_old_key(params) && !mistakes.contains(&Mistake::OtherKey) {
        said.push(OLD_KEY);
    }
    let leads_out = mistakes.contains(&Mistake::ReturnUrl).then(|| Mistake::ReturnUrl.advice());
    // The string that the wallet built is long, and stands at the end of what is said already.
    let parts: Vec<&str> = if names_no_key {
        std::iter::once(error.message.as_str()).chain(said).chain(leads_out).collect()
    } else {
        said.into_iter().chain(leads_out).chain([error.message.as_str()]).collect()
    };
    GatewayError::with_message(error.sub_code, parts.join(" "))
}

/// A signature that fits in form and yet does not fit.
const WRONG_KEY: &str = "The signature in signStr was made with another private key than the one whose public half is registered \
                         for this app, or over another string. Compare both with what the server signs.";
/// What was usual when the seed was written.
const OLD_KEY: &str = "The signature in signStr is 128 bytes long: it was made with an old RSA key of 1024 bits. This wallet takes \
                       keys of 2048 bits and more; make a new pair, register its public half, and sign with RSA2.";

fn is_old_key(params: &Params) -> bool {
    params.ascii("sign").is_some_and(|sign| sign.trim_end_matches('=').len() < LONG_SIGN)
}
