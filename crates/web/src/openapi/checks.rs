//! The checks before a body is looked at, in their order (spec/openapi.md 1.9, 1 to 8 and 10).

use crate::directory::KnownClient;
use crate::state::Shared;
use axum::http::{HeaderMap, Method, header};
use mithaq_domain::Status;
use mithaq_openapi::signature::{Message, SignatureHeader, headers, verify_message};
use mithaq_openapi::{Api, ApiError, ResultCode, time};
use mithaq_types::{ClientId, Clock as _, SystemClock};
use std::sync::Arc;

/// A request as it came.
pub struct Incoming<'a> {
    /// The method.
    pub method: &'a Method,
    /// Path and query as requested.
    pub uri: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The exact bytes.
    pub body: &'a [u8],
}

/// A caller whose signature holds.
pub struct Caller {
    /// Who.
    pub client: Arc<KnownClient>,
    /// What it calls.
    pub api: Api,
}

impl Caller {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ClientId {
        self.client.client.client_id.clone()
    }
}

/// What was learnt on the way, for the answer and the Studio; filled as far as the checks came.
#[derive(Default)]
pub struct Learnt {
    /// The client, once it is known.
    pub client: Option<Arc<KnownClient>>,
    /// The header, once it was read.
    pub signature: Option<SignatureHeader>,
    /// The key that was used.
    pub key_version: Option<u32>,
    /// The text that was signed, or should have been.
    pub content: Option<Vec<u8>>,
    /// Whether the signature holds.
    pub verified: bool,
}

/// Which endpoint a request goes to, under whatever prefix; a query makes no difference.
pub fn api_of(uri: &str) -> Option<Api> {
    Api::from_path(tail_of(uri))
}

/// The path from its version on.
fn tail_of(uri: &str) -> &str {
    let path = uri.split_once('?').map_or(uri, |(path, _)| path);
    path.find("/v1/").map_or(path, |start| &path[start..])
}

/// Runs the checks. What was learnt stays in `learnt` also when one fails.
pub async fn run(shared: &Shared, incoming: &Incoming<'_>, learnt: &mut Learnt) -> Result<Caller, ApiError> {
    let api = api_of(incoming.uri).ok_or_else(|| {
        let tail = tail_of(incoming.uri);
        ApiError::with_message(ResultCode::InvalidApi, format!("There is no API at {tail}. Check the path."))
    })?;
    if incoming.method != Method::POST {
        return Err(ResultCode::MethodNotSupported.into());
    }
    content_type(incoming.headers)?;
    let (client_id, time_text, signature) = required_headers(incoming.headers)?;
    let client = known_client(shared, client_id).await?;
    learnt.client = Some(Arc::clone(&client));
    if client.client.status == Status::Suspended {
        return Err(ResultCode::InvalidClientStatus.into());
    }
    let signature = match SignatureHeader::parse(signature) {
        Ok(signature) => signature,
        Err(error) => {
            // A signature that cannot be read is an invalid one, and that comes after the time.
            fresh(shared, time_text)?;
            return Err(error.into());
        }
    };
    learnt.signature = Some(signature.clone());
    let (version, key) = client.key(signature.key_version).ok_or(ResultCode::KeyNotFound)?;
    learnt.key_version = Some(version);
    let message = Message { method: "POST", uri: incoming.uri, client_id, time: time_text, body: incoming.body };
    let verification = verify_message(&message, &signature, key);
    learnt.verified = verification.valid;
    learnt.content = Some(verification.content);
    fresh(shared, time_text)?;
    if !verification.valid {
        return Err(ResultCode::InvalidSignature.into());
    }
    Ok(Caller { client, api })
}

fn content_type(headers: &HeaderMap) -> Result<(), ApiError> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let text = value.to_str().unwrap_or_default();
    let media = text.split(';').next().unwrap_or_default().trim();
    let charset = text.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    });
    let json = media.eq_ignore_ascii_case("application/json");
    let utf8 = charset.is_none_or(|charset| matches!(charset.as_str(), "utf-8" | "utf8" | "us-ascii"));
    if json && utf8 { Ok(()) } else { Err(ResultCode::MediaTypeNotAcceptable.into()) }
}

/// The three headers, once each and readable. Two that name what is not offered are refused, not ignored.
fn required_headers(all: &HeaderMap) -> Result<(&str, &str, &str), ApiError> {
    let one = |name: &'static str| {
        let mut values = all.get_all(name).iter();
        let value = values.next().and_then(|value| value.to_str().ok()).map(str::trim).filter(|text| !text.is_empty());
        match (value, values.next()) {
            (Some(value), None) => Ok(value),
            _ => Err(ApiError::illegal(&format!("header {name}"), "must be present once, as plain ASCII text")),
        }
    };
    if all.contains_key("encrypt") {
        return Err(ApiError::illegal("header Encrypt", "must be left out: encrypted bodies are not offered"));
    }
    if all.contains_key("agent-token") {
        return Err(ResultCode::InvalidAgentToken.into());
    }
    let (client_id, time_text) = (one(headers::CLIENT_ID)?, one(headers::REQUEST_TIME)?);
    let signature = one(headers::SIGNATURE)?;
    if time::parse(time_text).is_none() {
        let rule = "must be an ISO 8601 time with offset, such as 2026-01-15T10:20:30+03:00";
        return Err(ApiError::illegal("header Request-Time", rule));
    }
    // Its form is checked here, its use later, so that the order of the answers is the documented one.
    if let Err(error) = SignatureHeader::parse(signature)
        && error.code() == ResultCode::ParamIllegal
    {
        return Err(error.into());
    }
    Ok((client_id, time_text, signature))
}

async fn known_client(shared: &Shared, client_id: &str) -> Result<Arc<KnownClient>, ApiError> {
    let found = shared.directory.client(shared.wallet.reader(), &ClientId::new(client_id)).await;
    match found {
        Ok(found) => found.ok_or_else(|| ResultCode::InvalidClient.into()),
        Err(error) => {
            tracing::error!(error.message = %error, "openapi: the client could not be read");
            Err(ResultCode::UnknownException.into())
        }
    }
}

/// In the sandbox a time is fresh by the wall clock or by the moved one, so that real clients keep
/// working while the clock stands elsewhere.
fn fresh(shared: &Shared, text: &str) -> Result<(), ApiError> {
    let Some(sent) = time::parse(text) else { return Err(ResultCode::TimestampInvalid.into()) };
    let near = |now: mithaq_types::Timestamp| sent.duration_since(now).abs() <= shared.config.clock_window;
    if near(shared.wallet.now()) || (shared.sandbox.is_some() && near(SystemClock.now())) {
        return Ok(());
    }
    let now = time::format(shared.wallet.now(), &shared.config.zone);
    let window = shared.config.clock_window.as_secs();
    let message = format!("Request-Time is more than {window} s from the wallet's clock, which reads {now}.");
    Err(ApiError::with_message(ResultCode::TimestampInvalid, message))
}

/// An address that notifications may go to. Refused here, in the moment it is named, rather than found
/// out by a delivery that fails.
pub fn notify_url(shared: &Shared, name: &str, url: Option<&str>) -> Result<(), ApiError> {
    match url.map(|url| shared.guard.check_url(url)) {
        Some(Err(refused)) => Err(ApiError::illegal(name, &format!("cannot be used: {refused}"))),
        _ => Ok(()),
    }
}
