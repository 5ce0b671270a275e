//! A merchant's endpoint: keeps what comes, and answers as the test says.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use mithaq_crypto::PrivateKey;
use mithaq_openapi::signature::{SignatureEncoding, content_to_sign, headers, sign};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::watch;

pub const DONE: &str = r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}"#;

/// What to answer.
#[derive(Clone)]
pub enum Reply {
    /// HTTP 200 and an acknowledgement.
    Done,
    /// A status with a body.
    Status(u16, String),
    /// HTTP 302 to another path of the same endpoint.
    Redirect,
    /// Nothing, for ever.
    Silence,
    /// An acknowledgement signed with a key.
    Signed(PrivateKey),
}

impl Reply {
    /// HTTP 200 with a body.
    pub fn body(text: &str) -> Self {
        Self::Status(200, text.to_owned())
    }

    /// HTTP 200 with a result.
    pub fn result(status: &str, code: &str) -> Self {
        Self::body(&format!(r#"{{"result":{{"resultCode":"{code}","resultStatus":"{status}"}}}}"#))
    }
}

/// A message as it came.
#[derive(Clone)]
pub struct Received {
    pub uri: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

type Answers = Arc<Mutex<Box<dyn FnMut(usize) -> Reply + Send>>>;

#[derive(Clone)]
struct Endpoint {
    answers: Answers,
    received: watch::Sender<Vec<Received>>,
}

/// The endpoint.
pub struct Receiver {
    pub address: SocketAddr,
    answers: Answers,
    received: watch::Receiver<Vec<Received>>,
}

impl Receiver {
    /// Listens on a free port; `answers(n)` is the answer to the n-th message, from 0.
    pub async fn start(answers: impl FnMut(usize) -> Reply + Send + 'static) -> Self {
        let (sender, received) = watch::channel(Vec::new());
        let answers: Answers = Arc::new(Mutex::new(Box::new(answers)));
        let endpoint = Endpoint { answers: Arc::clone(&answers), received: sender };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let router = Router::new().fallback(receive).with_state(endpoint);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, answers, received }
    }

    /// Answers otherwise from now on.
    pub fn answer(&self, answers: impl FnMut(usize) -> Reply + Send + 'static) {
        *self.answers.lock().expect("no test panics here") = Box::new(answers);
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.borrow().clone()
    }

    /// Waits until `count` messages came.
    pub async fn wait_for(&mut self, count: usize) -> Vec<Received> {
        let enough = self.received.wait_for(|received| received.len() >= count).await;
        enough.expect("the endpoint lives").clone()
    }
}

async fn receive(State(endpoint): State<Endpoint>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let received = Received { uri: uri.to_string(), headers, body };
    let number = endpoint.received.borrow().len();
    let reply = (endpoint.answers.lock().expect("no test panics here"))(number);
    endpoint.received.send_modify(|all| all.push(received.clone()));
    match reply {
        Reply::Done => DONE.into_response(),
        Reply::Status(status, body) => (StatusCode::from_u16(status).expect("a status"), body).into_response(),
        Reply::Redirect => (StatusCode::FOUND, [("Location", "/elsewhere")], DONE).into_response(),
        Reply::Silence => std::future::pending().await,
        Reply::Signed(key) => signed(&received, &key),
    }
}

fn signed(received: &Received, key: &PrivateKey) -> Response {
    let (client_id, time) = (received.header(headers::CLIENT_ID), "2026-12-01T09:00:00+03:00");
    let content = content_to_sign("POST", &received.uri, client_id, time, DONE.as_bytes());
    let signature = sign(&content, key, 1, SignatureEncoding::Percent);
    let own = [
        (headers::CLIENT_ID, client_id.to_owned()),
        (headers::RESPONSE_TIME, time.to_owned()),
        (headers::SIGNATURE, signature),
    ];
    (own, DONE).into_response()
}
