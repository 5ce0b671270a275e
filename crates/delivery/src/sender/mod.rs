//! Notices over HTTP: signed, sent once, the answer read. What is signed and what counts as an acknowledgement is each
//! surface's own: `json.rs`, `form.rs`.

mod form;
mod json;

pub use form::signed_body;

use crate::ack::{Answer, ParsedKeys};
use crate::{Exchange, Guard, Limits, Refused, Request, Response};
use mithaq_crypto::{KeyRing, PrivateKey};
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

    /// What `make` makes with the newest key, off the reactor, one at a time. Answers with the key's version too.
    async fn signed(&self, make: impl FnOnce(u32, &PrivateKey) -> String + Send + 'static) -> (u32, String) {
        let (version, key) = self.keys.current();
        let key = key.clone();
        let _turn = self.signing.acquire().await;
        (version, tokio::task::spawn_blocking(move || make(version, &key)).await.unwrap_or_default())
    }

    /// Sends a request once and asks `judge` about the answer.
    async fn post(
        &self,
        url: &Url,
        request: Request,
        body: Vec<u8>,
        judge: impl FnOnce(&Answer) -> Result<(), String>,
    ) -> (Exchange, Result<(), String>) {
        let answer = tokio::time::timeout(self.timeout, self.exchange(url, &request, body)).await;
        let answer = answer.unwrap_or_else(|_| Err(format!("no answer within {:?}", self.timeout)));
        match answer {
            Ok(answer) => {
                let outcome = judge(&answer);
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
