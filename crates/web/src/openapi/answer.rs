//! An answer: its body, made once, and the signature over exactly those bytes.

use super::checks::{Incoming, Learnt};
use crate::calls::{Links, Story};
use crate::state::Shared;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use mithaq_openapi::signature::{SignatureEncoding, SignatureHeader, content_to_sign, headers};
use mithaq_openapi::{ApiError, Failure, ResultBody, ResultStatus, WireBody, time};

/// What an endpoint answers.
pub struct Reply {
    /// The bytes to sign and to send.
    pub body: Vec<u8>,
    /// `resultCode`, for the log.
    pub code: String,
    /// `resultStatus`.
    pub status: ResultStatus,
    /// What it led to, for the Studio.
    pub links: Links,
    /// Which of the seeds' diagrams the call is a step of, for the Studio.
    pub story: Option<Story>,
}

impl Reply {
    /// An answer with `result` in it.
    #[must_use]
    pub fn of(result: &ResultBody, body: &impl WireBody) -> Self {
        Self {
            body: body.to_json(),
            code: result.result_code.clone(),
            status: result.result_status,
            links: Links::default(),
            story: None,
        }
    }

    /// The same with what it led to.
    #[must_use]
    pub fn linked(mut self, links: Links) -> Self {
        self.links = links;
        self
    }

    /// The same as a step of a diagram.
    #[must_use]
    pub const fn told_in(mut self, story: Story) -> Self {
        self.story = Some(story);
        self
    }

    /// A refusal.
    #[must_use]
    pub fn refused(error: &ApiError) -> Self {
        let body = Failure { result: error.result() };
        Self::of(&body.result, &body)
    }
}

/// A signed answer, ready to go.
pub struct Envelope {
    /// The status and headers.
    pub headers: Vec<(&'static str, String)>,
    /// The bytes.
    pub body: Vec<u8>,
    /// The name of this exchange, for support.
    pub trace_id: String,
}

impl Envelope {
    /// Signs `reply` for the caller, in the encoding that the caller uses.
    pub async fn sign(shared: &Shared, incoming: &Incoming<'_>, learnt: &Learnt, reply: &Reply) -> Self {
        let client_id = client_id_of(incoming);
        let now = time::format(shared.wallet.now(), &shared.config.zone);
        let content =
            content_to_sign(incoming.method.as_str(), &signed_uri(incoming, learnt), &client_id, &now, &reply.body);
        let (version, key) = shared.keys.current();
        let Ok(signature) = shared.signer.sign(key, content).await else { return Self::unsigned(shared) };
        let percent = learnt.client.as_ref().is_some_and(|known| known.client.percent_signatures)
            || learnt.signature.as_ref().is_some_and(|header| header.encoding == SignatureEncoding::Percent);
        let encoding = if percent { SignatureEncoding::Percent } else { SignatureEncoding::Base64 };
        let header = SignatureHeader { key_version: Some(version), signature, encoding };
        Self::signed(shared, client_id, now, &header, reply.body.clone())
    }

    /// `body`, with the signature that was made for it at `time`.
    pub fn signed(
        shared: &Shared,
        client_id: String,
        time: String,
        signature: &SignatureHeader,
        body: Vec<u8>,
    ) -> Self {
        let trace_id = trace_id(shared);
        let headers = vec![
            (headers::CLIENT_ID, client_id),
            (headers::RESPONSE_TIME, time),
            (headers::TRACE_ID, trace_id.clone()),
            (header::CONTENT_TYPE.as_str(), "application/json; charset=UTF-8".to_owned()),
            (headers::SIGNATURE, signature.to_string()),
        ];
        Self { headers, body, trace_id }
    }

    /// HTTP 503 without a body or a signature: all that is left when not even a refusal can be signed.
    pub fn unsigned(shared: &Shared) -> Self {
        let trace_id = trace_id(shared);
        let headers = vec![(headers::TRACE_ID, trace_id.clone()), (header::RETRY_AFTER.as_str(), "1".to_owned())];
        Self { headers, body: Vec::new(), trace_id }
    }
}

impl IntoResponse for Envelope {
    fn into_response(self) -> Response {
        let status = if self.body.is_empty() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
        let mut response = (status, self.body).into_response();
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

fn trace_id(shared: &Shared) -> String {
    shared.wallet.entropy().hex(8)
}

/// The `Client-Id` that the caller sent, cut to what can safely be sent back.
pub fn client_id_of(incoming: &Incoming<'_>) -> String {
    let sent = incoming.headers.get(headers::CLIENT_ID).map(HeaderValue::as_bytes).unwrap_or_default();
    sent.iter().filter(|byte| byte.is_ascii_graphic()).take(64).map(|byte| char::from(*byte)).collect()
}

/// The path that the caller signed: the one it requested, or that path's tail from `/v1/`.
fn signed_uri(incoming: &Incoming<'_>, learnt: &Learnt) -> String {
    let signed = learnt.content.as_ref().filter(|_| learnt.verified).and_then(|content| {
        let line = content.split(|byte| *byte == b'\n').next()?;
        std::str::from_utf8(line).ok()?.strip_prefix("POST ").map(str::to_owned)
    });
    signed.unwrap_or_else(|| incoming.uri.to_owned())
}
