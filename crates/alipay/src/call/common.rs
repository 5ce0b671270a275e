//! The common parameters one by one (spec/alipay-agreement.md 1.2).

use super::Freshness;
use super::opening::named_method;
use crate::text::read_text;
use crate::time::parse_time;
use crate::{Charset, GatewayError, Method, Params, SubCode};
use mithaq_types::Timestamp;
use url::Url;

/// Characters of an address, at most.
const URL_MAX: usize = 256;
/// Characters of a token, at most.
const TOKEN_MAX: usize = 40;

pub(super) fn method(params: &Params) -> Result<Method, GatewayError> {
    match params.get("method") {
        None => Err(SubCode::IsvMissingMethod.into()),
        Some(_) => named_method(params).ok_or(SubCode::IsvInvalidMethod.into()),
    }
}

pub(super) fn mixed_charsets() -> GatewayError {
    GatewayError::with_message(
        SubCode::IsvInvalidCharset,
        "The values are not all in the charset that charset names. Encode every value in that charset.",
    )
}

pub(super) fn version(params: &Params) -> Result<(), GatewayError> {
    match params.get("version") {
        None => Err(SubCode::IsvMissingVersion.into()),
        Some(b"1.0") => Ok(()),
        Some(_) => Err(illegal("version must be 1.0.")),
    }
}

pub(super) fn format(params: &Params) -> Result<(), GatewayError> {
    match params.get("format") {
        Some(format) if !format.eq_ignore_ascii_case(b"json") => Err(SubCode::IsvInvalidFormat.into()),
        _ => Ok(()),
    }
}

pub(super) fn timestamp(params: &Params, freshness: Option<Freshness>) -> Result<Timestamp, GatewayError> {
    if params.get("timestamp").is_none() {
        return Err(SubCode::IsvMissingTimestamp.into());
    }
    let time = params.ascii("timestamp").and_then(parse_time).ok_or(SubCode::IsvInvalidTimestamp)?;
    match freshness {
        Some(Freshness { now, window }) if time.duration_since(now).abs() > window => Err(GatewayError::with_message(
            SubCode::IsvInvalidTimestamp,
            "timestamp is too far from the present. Send the time of the call as yyyy-MM-dd HH:mm:ss, in GMT+8.",
        )),
        _ => Ok(time),
    }
}

pub(super) fn url(params: &Params, name: &str) -> Result<Option<String>, GatewayError> {
    match params.get(name) {
        None => Ok(None),
        Some(_) => match params.ascii(name).filter(|text| text.len() <= URL_MAX && is_http_url(text)) {
            Some(url) => Ok(Some(url.to_owned())),
            None => Err(illegal(&format!("{name} must be an absolute http or https URL of at most 256 characters."))),
        },
    }
}

pub(super) fn token(params: &Params, name: &str, wrong: SubCode) -> Result<Option<String>, GatewayError> {
    match params.get(name) {
        None => Ok(None),
        Some(_) => match params.ascii(name).filter(|text| text.len() <= TOKEN_MAX) {
            Some(token) => Ok(Some(token.to_owned())),
            None => Err(wrong.into()),
        },
    }
}

pub(super) fn biz_content(params: &Params, method: Method, charset: Charset) -> Result<String, GatewayError> {
    if !method.has_biz_content() {
        return Ok(String::new());
    }
    let bytes = params.get("biz_content").ok_or_else(|| {
        illegal("biz_content is missing. Send the method's own parameters in it, as one JSON object.")
    })?;
    read_text(bytes, charset).ok_or_else(mixed_charsets)
}

fn illegal(message: &str) -> GatewayError {
    GatewayError::with_message(SubCode::IsvInvalidParameter, message)
}

/// The URL parser drops line ends and trims spaces; a text with those would be called as something else than it says.
pub(crate) fn is_http_url(text: &str) -> bool {
    let clean = !text.chars().any(|character| character.is_whitespace() || character.is_control());
    clean && Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
