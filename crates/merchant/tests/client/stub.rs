//! A wallet on the loopback: verifies every request, answers by script, signs its answers.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use mithaq_crypto::{PrivateKey, PublicKey};
use mithaq_merchant::{Client, ClientBuilder};
use mithaq_openapi::signature::{Message, SignatureEncoding, SignatureHeader, sign, verify_message};
use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

pub const CLIENT_ID: &str = "2188000000000001";

/// Keys are slow to make: one set for all tests of this program.
pub static MERCHANT: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("key"));
pub static WALLET: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("key"));
pub static STRANGER: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("key"));

/// One line of the script.
#[derive(Clone)]
pub enum Reply {
    /// A good answer with this body.
    Signed(String),
    /// The same, signed by someone else.
    SignedByAStranger(String),
    /// The same, without this header.
    Without(&'static str, String),
    /// The same, with a character changed after signing.
    Changed(String),
    /// Another HTTP status.
    Status(u16),
    /// No answer until the client has given up.
    Silence,
}

/// The wallet's side of a test.
pub struct Stub {
    pub url: String,
    state: Arc<Shared>,
}

struct Shared {
    script: Mutex<VecDeque<Reply>>,
    requests: Mutex<Vec<(String, String)>>,
    merchant_key: PublicKey,
}

impl Stub {
    /// A wallet that answers its first requests by `script`.
    pub async fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let state = Arc::new(Shared {
            script: Mutex::new(script.into_iter().collect()),
            requests: Mutex::default(),
            merchant_key: MERCHANT.public(),
        });
        let app = Router::new().fallback(answer).with_state(state.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, state }
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder(&self.url, CLIENT_ID)
            .private_key_pem(MERCHANT.to_pem().expect("pem"))
            .wallet_key_pem(WALLET.public().to_pem())
            .timeout(Duration::from_secs(5))
    }

    pub fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    /// Path and body of every request that verified.
    pub fn requests(&self) -> Vec<(String, String)> {
        self.state.requests.lock().expect("lock").clone()
    }

    pub fn paths(&self) -> Vec<String> {
        self.requests().into_iter().map(|(path, _)| path).collect()
    }
}

async fn answer(
    State(state): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let (client_id, time) = (header("Client-Id"), header("Request-Time"));
    let message = Message { method: method.as_str(), uri: uri.path(), client_id: &client_id, time: &time, body: &body };
    let valid = SignatureHeader::parse(&header("Signature"))
        .is_ok_and(|signature| verify_message(&message, &signature, &state.merchant_key).valid);
    let reply = if valid && mithaq_openapi::time::parse(&time).is_some() {
        let text = String::from_utf8(body.to_vec()).expect("UTF-8");
        state.requests.lock().expect("lock").push((uri.path().to_owned(), text));
        state.script.lock().expect("lock").pop_front().unwrap_or(Reply::Status(500))
    } else {
        Reply::Signed(result("INVALID_SIGNATURE", "F"))
    };
    let (key, body, left_out) = match reply {
        Reply::Signed(body) => (&*WALLET, body, ""),
        Reply::SignedByAStranger(body) => (&*STRANGER, body, ""),
        Reply::Without(name, body) => (&*WALLET, body, name),
        Reply::Changed(body) => {
            let mut response = signed(&WALLET, uri.path(), &client_id, &body, "");
            *response.body_mut() = Body::from(body.replace("Success", "success"));
            return response;
        }
        Reply::Status(status) => {
            return Response::builder().status(status).body(Body::empty()).expect("a response");
        }
        Reply::Silence => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            return Response::new(Body::empty());
        }
    };
    signed(key, uri.path(), &client_id, &body, left_out)
}

fn signed(key: &PrivateKey, uri: &str, client_id: &str, body: &str, left_out: &str) -> Response<Body> {
    let time = "2026-12-01T12:00:00+03:00";
    let content = Message { method: "POST", uri, client_id, time, body: body.as_bytes() }.content();
    let signature = sign(&content, key, 1, SignatureEncoding::Base64);
    let mut response = Response::builder().header("Content-Type", "application/json; charset=UTF-8");
    for (name, value) in [("Client-Id", client_id), ("Response-Time", time), ("Signature", &signature)] {
        if name != left_out {
            response = response.header(name, value);
        }
    }
    response.body(Body::from(body.to_owned())).expect("a response")
}

/// A body of nothing but a result.
pub fn result(code: &str, status: &str) -> String {
    format!(r#"{{"result":{{"resultCode":"{code}","resultStatus":"{status}","resultMessage":"Success."}}}}"#)
}

/// A successful body with more members, written as JSON without braces.
pub fn success(members: &str) -> String {
    format!(r#"{{"result":{{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."}},{members}}}"#)
}
