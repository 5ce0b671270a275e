//! A wallet that answers what a test tells it to, signed, and remembers what it was asked.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mithaq_merchant::PrivateKey;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::net::TcpListener;

pub const CLIENT_ID: &str = "2188000000000001";
/// Signs what the wallet says.
pub static WALLET: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("a key"));
/// Signs what the shop asks.
pub static SHOP: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("a key"));
/// Belongs to nobody.
pub static STRANGER: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("a key"));

const TIME: &str = "2026-12-01T09:00:00+03:00";

/// What the wallet does with the next request.
pub enum Reply {
    /// Answers so.
    Says(Value),
    /// Applies it perhaps, but the answer is lost.
    Lost,
}

pub type Asked = (String, Value);

#[derive(Clone)]
pub struct Stub {
    pub url: String,
    script: Arc<Mutex<VecDeque<Reply>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Stub {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let stub = Self { url, script: Arc::default(), asked: Arc::default() };
        let router = Router::new().fallback(answer).with_state(stub.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    /// The next answers, in order.
    pub fn will(&self, replies: impl IntoIterator<Item = Reply>) {
        self.script.lock().expect("whole").extend(replies);
    }

    /// What was asked: path and body.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("whole").clone()
    }
}

async fn answer(State(stub): State<Stub>, uri: Uri, body: Bytes) -> Response {
    let asked = (uri.path().to_owned(), serde_json::from_slice(&body).unwrap_or(Value::Null));
    stub.asked.lock().expect("whole").push(asked);
    let next = stub.script.lock().expect("whole").pop_front();
    let Some(Reply::Says(value)) = next else {
        return Response::builder().status(StatusCode::BAD_GATEWAY).body(Body::empty()).expect("a response");
    };
    let text = value.to_string();
    Response::builder()
        .header("Client-Id", CLIENT_ID)
        .header("Response-Time", TIME)
        .header("Signature", signature(&WALLET, uri.path(), &text))
        .body(Body::from(text))
        .expect("a response")
}

/// The `Signature` header over a body, as the protocol says.
pub fn signature(key: &PrivateKey, path: &str, body: &str) -> String {
    let text = format!("POST {path}\n{CLIENT_ID}.{TIME}.{body}");
    format!("algorithm=RSA256, keyVersion=1, signature={}", STANDARD.encode(key.sign(text.as_bytes())))
}

/// The headers of a notification.
pub fn notification_headers(key: &PrivateKey, path: &str, body: &str) -> [(&'static str, String); 3] {
    [("Client-Id", CLIENT_ID.to_owned()), ("Request-Time", TIME.to_owned()), ("Signature", signature(key, path, body))]
}

/// An answer with `result` and more members.
pub fn says(code: &str, status: &str, more: Value) -> Reply {
    let mut answer = json!({ "result": { "resultCode": code, "resultStatus": status, "resultMessage": "" } });
    if let (Value::Object(answer), Value::Object(more)) = (&mut answer, more) {
        answer.extend(more);
    }
    Reply::Says(answer)
}

pub fn tokens(token: &str) -> Reply {
    says("SUCCESS", "S", json!({ "accessToken": token, "customerId": "216610000000000000001" }))
}

pub fn refused(code: &str) -> Reply {
    says(code, "F", json!({}))
}

pub fn paid() -> Reply {
    says("SUCCESS", "S", json!({ "paymentId": "20261201000000000000000000000000001" }))
}

/// The cashier waits for the user.
pub fn accepted() -> Reply {
    let form = json!({ "method": "GET", "redirectUrl": "http://wallet.example/cashier?orderId=7F" });
    says("ACCEPT", "A", json!({ "paymentId": "P1", "redirectActionForm": form }))
}

/// How a payment stands, when asked.
pub fn standing(status: &str, more: Value) -> Reply {
    let mut state = json!({ "paymentId": "P1", "paymentStatus": status });
    if let (Value::Object(state), Value::Object(more)) = (&mut state, more) {
        state.extend(more);
    }
    says("SUCCESS", "S", state)
}
