//! One notice over HTTP: signed anew, sent once, its answer read and judged.

use crate::ack::{Answer, ParsedKeys, judge};
use crate::{Exchange, Guard, Limits, Refused, Request, Response};
use mithaq_crypto::KeyRing;
use mithaq_domain::Client;
use mithaq_openapi::signature::{Message, SignatureEncoding, headers, request_uri, sign};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use url::Url;

/// Longest answer that is read.
const ANSWER_MAX: usize = 64 * 1024;
/// Letters of an error text.
const ERROR_MAX: usize = 200;
/// How long a connection may wait for the next notice to the same host.
const IDLE: Duration = Duration::from_secs(30);
const METHOD: &str = "POST";

/// Sends notices.
pub struct Sender {
    http: reqwest::Client,
    keys: Arc<KeyRing>,
    parsed: ParsedKeys,
    timeout: Duration,
    /// Signatures made at the same time, off the reactor: 0.3 ms of a core each.
    signing: Semaphore,
}

impl Sender {
    /// A sender to the targets that `guard` allows.
    pub fn new(guard: &Guard, keys: Arc<KeyRing>, limits: &Limits) -> Result<Self, reqwest::Error> {
        let builder = || {
            reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .dns_resolver(guard.clone())
                .pool_idle_timeout(IDLE)
        };
        let http = match builder().build() {
            // A machine without root certificates can still run a sandbox: only targets with TLS are out of reach.
            Err(_) if guard.allows_http() => builder().tls_certs_only([]).build()?,
            built => built?,
        };
        Ok(Self { http, keys, parsed: ParsedKeys::default(), timeout: limits.timeout, signing: Semaphore::new(1) })
    }

    /// Sends `body` to `url` on behalf of `client`, stamped `time` (the text of `Request-Time`).
    pub async fn send(&self, url: &Url, client: &Client, time: &str, body: Vec<u8>) -> (Exchange, Result<(), String>) {
        let (key_version, key) = self.keys.current();
        let (uri, client_id) = (request_uri(url), client.client_id.as_str());
        let message = Message { method: METHOD, uri: &uri, client_id, time, body: &body };
        let content = message.content();
        let encoding = if client.percent_signatures { SignatureEncoding::Percent } else { SignatureEncoding::Base64 };
        let signature = {
            let (key, content) = (key.clone(), content.clone());
            let _turn = self.signing.acquire().await;
            tokio::task::spawn_blocking(move || sign(&content, &key, key_version, encoding)).await
        };
        let request = Request {
            method: METHOD,
            url: url.to_string(),
            path: uri.clone(),
            headers: vec![
                (headers::CLIENT_ID, client_id.to_owned()),
                (headers::REQUEST_TIME, time.to_owned()),
                (headers::SIGNATURE, signature.unwrap_or_default()),
                ("Content-Type", "application/json; charset=UTF-8".to_owned()),
            ],
            body: String::from_utf8_lossy(&body).into_owned(),
            signed_text: String::from_utf8_lossy(&content).into_owned(),
            key_version,
        };
        let answer = tokio::time::timeout(self.timeout, self.exchange(url, &request, body.clone())).await;
        let answer = answer.unwrap_or_else(|_| Err(format!("no answer within {:?}", self.timeout)));
        match answer {
            Ok(answer) => {
                let outcome = judge(&answer, &message, client, &self.parsed);
                (Exchange { request, response: Some(answer.into()) }, outcome)
            }
            Err(error) => (Exchange { request, response: None }, Err(error)),
        }
    }

    async fn exchange(&self, url: &Url, request: &Request, body: Vec<u8>) -> Result<Answer, String> {
        let mut post = self.http.post(url.clone()).body(body);
        for (name, value) in &request.headers {
            post = post.header(*name, value);
        }
        let mut response = post.send().await.map_err(describe)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(describe)? {
            if body.len() + chunk.len() > ANSWER_MAX {
                return Err(format!("the answer is longer than {} KiB", ANSWER_MAX / 1024));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status: response.status().as_u16(), headers: std::mem::take(response.headers_mut()), body })
    }
}

impl From<Answer> for Response {
    fn from(answer: Answer) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            status: answer.status,
            headers: answer.headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect(),
            body: text(&answer.body),
        }
    }
}

/// What went wrong, in a few words. Without the URL: its query may hold a merchant's secret.
fn describe(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut root: &(dyn Error + 'static) = &error;
    while let Some(source) = root.source() {
        if let Some(refused) = source.downcast_ref::<Refused>() {
            return refused.to_string();
        }
        root = source;
    }
    let what = if error.is_connect() { "no connection" } else { "the exchange broke off" };
    format!("{what}: {root}").chars().take(ERROR_MAX).collect()
}
