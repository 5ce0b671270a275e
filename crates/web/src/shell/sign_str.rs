//! The argument of `my.paySignCenter` (spec/alipay-agreement.md 1.7): opened, checked, and explained where it is wrong, so that
//! whoever built it knows what to change.

use super::SignStrRule;
use super::sign_record::{self, Noted};
use crate::gateway::{self, Opened};
use crate::state::Shared;
use mithaq_alipay::{
    GatewayError, Method, Mistake, Params, SignStrError, SignType, SubCode, open_sign_str, request_content,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

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
    let (params, mistakes) = match open(app, sign_str) {
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
        Err(refused) => Err(Wrong { error: refused.error, sign_type: refused.sign_type }),
    };
    let advice = advice(&params, &mistakes, opened.as_ref().err().map(|wrong| wrong.error.sub_code));
    let opened = opened.map_err(|wrong| Wrong { error: explained(&wrong.error, &advice), ..wrong });
    let error = opened.as_ref().err().map(|wrong| &wrong.error);
    sign_record::noted(app, &Noted { sign_str, app_id: &app_id, content: &content, error, advice });
    opened
}

/// The parameters, and what is wrong with them. A patient sandbox takes what is encoded once only.
fn open(app: &Shared, sign_str: &str) -> Result<(Params, Vec<Mistake>), SignStrError> {
    match open_sign_str(sign_str) {
        Err(SignStrError::Mistake(Mistake::EncodedOnce)) if app.sign_str_rule() == SignStrRule::Lenient => {
            let encoded = utf8_percent_encode(sign_str, NON_ALPHANUMERIC).to_string();
            let (params, mut mistakes) = open_sign_str(&encoded)?;
            mistakes.push(Mistake::EncodedOnce);
            Ok((params, mistakes))
        }
        other => other,
    }
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

/// All that can be seen of what its developer should change: the signature first.
fn advice(params: &Params, mistakes: &[Mistake], refused: Option<SubCode>) -> Vec<&'static str> {
    let (leads_out, of_signature): (Vec<Mistake>, Vec<Mistake>) =
        mistakes.iter().partition(|mistake| **mistake == Mistake::ReturnUrl);
    let mut advice: Vec<&'static str> = of_signature.iter().map(|mistake| mistake.advice()).collect();
    if advice.is_empty() && refused == Some(SubCode::IsvInvalidSignature) {
        advice.push(WRONG_KEY);
    }
    if refused.is_some() && is_old_key(params) && !of_signature.contains(&Mistake::OtherKey) {
        advice.push(OLD_KEY);
    }
    advice.extend(leads_out.iter().map(|mistake| mistake.advice()));
    advice
}

/// The refusal with the advice.
fn explained(error: &GatewayError, advice: &[&'static str]) -> GatewayError {
    let (first, last) = match error.sub_code {
        // The string that the wallet built is long, and stands at the end of what is said already.
        SubCode::IsvInvalidSignature => (advice.join(" "), error.message.clone()),
        _ => (error.message.clone(), advice.join(" ")),
    };
    GatewayError::with_message(error.sub_code, format!("{first} {last}").trim())
}

/// A signature that fits in form and yet does not fit.
const WRONG_KEY: &str = "The signature in signStr was made with another private key than the one whose public half is registered \
                         for this app, or over another string. Compare both with what the server signs.";
/// What was usual when the seed was written.
const OLD_KEY: &str = "The signature in signStr is 128 bytes long: it was made with an old RSA key of 1024 bits. RSA2 needs 2048 \
                       bits and more: make a new pair, register its public half, and sign with RSA2.";

fn is_old_key(params: &Params) -> bool {
    params.ascii("sign").is_some_and(|sign| sign.trim_end_matches('=').len() < LONG_SIGN)
}
