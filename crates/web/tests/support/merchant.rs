//! A merchant's backend that signs its calls, or gets something about them wrong on purpose.

use super::{Answer, CLIENT, WALLET_KEY, World};
use jiff::tz::TimeZone;
use mithaq_crypto::PrivateKey;
use mithaq_openapi::signature::{Message, SignatureEncoding, SignatureHeader, sign, verify_message};
use mithaq_openapi::time;
use mithaq_types::{Clock as _, SystemClock};
use serde_json::Value;
use std::sync::LazyLock;

/// Of both clients.
pub static MERCHANT_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("a key"));

/// A body that prepare takes.
pub const PREPARE: &str =
    r#"{"scopes":"AGREEMENT_PAY","extendInfo":"{\"language\":\"en-US\",\"contractDesc\":\"A box\"}"}"#;

/// A call: right as it is made, each member may be changed.
pub struct Request {
    pub method: &'static str,
    /// As requested.
    pub path: String,
    /// As signed, if that differs.
    pub signed_path: Option<String>,
    pub client_id: String,
    pub time: String,
    pub body: String,
    pub encoding: SignatureEncoding,
    pub key_version: u32,
    pub content_type: Option<&'static str>,
    /// In the place of the headers that are made out of the above; an empty one leaves the header out.
    pub instead: Vec<(&'static str, String)>,
}

impl Request {
    /// `prepare`.
    pub fn new() -> Self {
        Self {
            method: "POST",
            path: "/v1/authorizations/prepare".into(),
            signed_path: None,
            client_id: CLIENT.into(),
            time: time::format(SystemClock.now(), &TimeZone::UTC),
            body: PREPARE.into(),
            encoding: SignatureEncoding::Base64,
            key_version: 1,
            content_type: Some("application/json; charset=UTF-8"),
            instead: Vec::new(),
        }
    }

    /// The same with another header than it should have; an empty one is left out.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.instead.push((name, value.into()));
        self
    }

    /// The `Signature` header that it should have.
    pub fn signature(&self) -> String {
        let uri = self.signed_path.as_deref().unwrap_or(&self.path);
        let message = Message {
            method: self.method,
            uri,
            client_id: &self.client_id,
            time: &self.time,
            body: self.body.as_bytes(),
        };
        sign(&message.content(), &MERCHANT_KEY, self.key_version, self.encoding)
    }

    /// Sends it.
    pub async fn send(self, world: &World) -> Answer {
        let signature = self.signature();
        let made = [
            ("Client-Id", self.client_id.clone()),
            ("Request-Time", self.time.clone()),
            ("Signature", signature),
            ("Content-Type", self.content_type.unwrap_or_default().to_owned()),
        ];
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let method = self.method.parse().expect("a method");
        let mut request = http.request(method, format!("{}{}", world.origin, self.path)).body(self.body);
        let replaced = |name: &str| self.instead.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        let kept = made.into_iter().filter(|(name, _)| !replaced(name));
        for (name, value) in kept.chain(self.instead.iter().cloned()).filter(|(_, value)| !value.is_empty()) {
            request = request.header(name, value);
        }
        Answer::of(request).await
    }

    /// Sends it and returns `resultStatus resultCode`, after checking that the answer is well signed.
    pub async fn result(self, world: &World) -> String {
        let (method, path) = (self.method, self.signed_path.clone().unwrap_or_else(|| self.path.clone()));
        let answer = self.send(world).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(is_signed(&answer, method, &path), "the answer's signature: {answer:?}");
        result_of(&answer.json())
    }
}

/// Whether `answer` to a call of `path` carries the wallet's signature over its very bytes.
pub fn is_signed(answer: &Answer, method: &str, path: &str) -> bool {
    let message = Message {
        method,
        uri: path,
        client_id: answer.header("Client-Id"),
        time: answer.header("Response-Time"),
        body: answer.text.as_bytes(),
    };
    let header = SignatureHeader::parse(answer.header("Signature"));
    header.is_ok_and(|header| {
        header.key_version == Some(1) && verify_message(&message, &header, &WALLET_KEY.public()).valid
    })
}

/// `resultStatus resultCode` of a body.
pub fn result_of(body: &Value) -> String {
    let text = |name: &str| body["result"][name].as_str().unwrap_or_default().to_owned();
    format!("{} {}", text("resultStatus"), text("resultCode"))
}
