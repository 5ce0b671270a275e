//! The way out for SMS and e-mail in production: the operator's own gateway, told by HTTP.
//!
//! Each message is a POST of JSON to one URL:
//!
//! ```json
//! {"id": "019DBC…-sms", "channel": "sms", "to": "9647700000001", "subject": null, "text": "Mithaq: …",
//!  "at": "2026-12-01T06:00:00Z", "userId": "2166…", "paymentId": "2026…"}
//! ```
//!
//! with `Authorization: Bearer …` and `Idempotency-Key`, which is the message's `id`. Any status 2xx says that the gateway
//! has it; with any other, or none, the message is sent again like a notice that was not acknowledged, under the same id.

use crate::{Messenger, MessengerError, Sending};
use mithaq_store::Sent;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use std::time::Duration;

/// How long connecting may take. For the rest there is `Limits::timeout`.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a connection may wait for the next message.
const IDLE: Duration = Duration::from_secs(30);
/// Of an answer no more is read, and nothing is done with it: reading it lets the connection be used again.
const ANSWER_MAX: usize = 64 * 1024;

/// Why there is no gateway.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// Its URL is none.
    #[error("the gateway's URL must begin with https:// or http:// and name a host")]
    Url,
    /// Its secret cannot be sent.
    #[error("the gateway's secret must be one line of visible ASCII")]
    Secret,
    /// The HTTP client cannot be made.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
}

/// Hands messages to the operator's gateway.
pub struct Gateway {
    http: reqwest::Client,
    url: Url,
    authorization: Option<HeaderValue>,
}

/// A message on the wire.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Wire<'a> {
    id: &'a str,
    channel: &'a str,
    to: &'a str,
    subject: Option<&'a str>,
    text: &'a str,
    at: String,
    user_id: &'a str,
    payment_id: Option<&'a str>,
}

impl Gateway {
    /// The gateway at `url`, which knows us by `secret`. The operator vouches for the URL: it may lead into a private
    /// network, and be without TLS there.
    ///
    /// # Errors
    /// [`GatewayError`].
    pub fn new(url: &str, secret: Option<&str>) -> Result<Self, GatewayError> {
        let url = Url::parse(url).map_err(|_| GatewayError::Url)?;
        if !matches!(url.scheme(), "https" | "http") || url.host_str().is_none() {
            return Err(GatewayError::Url);
        }
        let bearer = |secret: &str| {
            let is_fit = !secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic());
            let mut value = HeaderValue::from_str(&format!("Bearer {secret}")).ok().filter(|_| is_fit)?;
            value.set_sensitive(true);
            Some(value)
        };
        let authorization = secret.map(|secret| bearer(secret.trim()).ok_or(GatewayError::Secret)).transpose()?;
        let builder = || {
            reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .connect_timeout(CONNECT)
                .pool_idle_timeout(IDLE)
        };
        let http = match builder().build() {
            // Where there are no root certificates a gateway without TLS can be reached all the same.
            Err(_) if url.scheme() == "http" => builder().tls_certs_only([]).build()?,
            built => built?,
        };
        Ok(Self { http, url, authorization })
    }

    async fn hand_over(&self, message: &Sent) -> Result<(), MessengerError> {
        let Sent { sent_id, channel, to, title, body, at, user_id, payment_id, .. } = message;
        let wire = Wire {
            id: sent_id,
            channel,
            to,
            subject: title.as_deref(),
            text: body,
            at: at.to_string(),
            user_id: user_id.as_str(),
            payment_id: payment_id.as_ref().map(|id| id.as_str()),
        };
        let body = serde_json::to_vec(&wire).map_err(|error| MessengerError(error.to_string()))?;
        let mut post = self.http.post(self.url.clone()).header(CONTENT_TYPE, "application/json").body(body);
        post = post.header("Idempotency-Key", sent_id);
        if let Some(authorization) = &self.authorization {
            post = post.header(AUTHORIZATION, authorization);
        }
        let mut answer = post.send().await.map_err(|error| MessengerError(describe(&error).to_owned()))?;
        let status = answer.status();
        let mut read = 0;
        while let Ok(Some(chunk)) = answer.chunk().await {
            read += chunk.len();
            if read > ANSWER_MAX {
                break;
            }
        }
        if status.is_success() {
            return Ok(());
        }
        Err(MessengerError(format!("the gateway answered HTTP {}", status.as_u16())))
    }
}

impl Messenger for Gateway {
    fn send(&self, message: Sent) -> Sending<'_> {
        Box::pin(async move { self.hand_over(&message).await })
    }
}

/// What went wrong, without the URL: its query may hold a secret.
fn describe(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "the gateway did not answer in time"
    } else if error.is_connect() {
        "no connection to the gateway"
    } else {
        "the exchange with the gateway broke off"
    }
}
