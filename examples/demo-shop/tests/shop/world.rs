//! A shop that runs, and a page that talks to it.

use crate::stub::{CLIENT_ID, SHOP, Stub, WALLET, accepted, notification_headers, says, tokens};
use demo_shop::{Config, serve};
use mithaq_merchant::PrivateKey;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub struct World {
    pub wallet: Stub,
    pub url: String,
    http: reqwest::Client,
    presses: AtomicU32,
    stop: oneshot::Sender<()>,
    server: JoinHandle<Result<(), demo_shop::ShopError>>,
}

impl World {
    pub async fn open() -> Self {
        let wallet = Stub::start().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let config = Config {
            wallet_url: wallet.url.clone(),
            public_url: url.clone(),
            client_id: CLIENT_ID.into(),
            private_key_pem: SHOP.to_pem().expect("a PEM"),
            wallet_public_key_pem: WALLET.public().to_pem(),
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(serve(listener, config, async move {
            let _ = stopped.await;
        }));
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { wallet, url, http, presses: AtomicU32::new(0), stop, server }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.http.get(format!("{}{path}", self.url)).send().await.expect("an answer")
    }

    /// The same with a header of the test's choice.
    pub async fn get_with(&self, path: &str, name: &str, value: &str) -> Response {
        self.http.get(format!("{}{path}", self.url)).header(name, value).send().await.expect("an answer")
    }

    /// What a browser asks before a page of another origin may.
    pub async fn preflight(&self, path: &str) -> Response {
        self.http.request(Method::OPTIONS, format!("{}{path}", self.url)).send().await.expect("an answer")
    }

    /// What the page sends. Answers status and body.
    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.post_as("", path, body).await
    }

    /// The same with a session.
    pub async fn post_as(&self, session: &str, path: &str, body: Value) -> (u16, Value) {
        let request = self.http.post(format!("{}{path}", self.url)).header("Content-Type", "application/json");
        let request = request.header("Authorization", format!("Bearer {session}")).body(body.to_string());
        let response = request.send().await.expect("an answer");
        (response.status().as_u16(), response.json_body().await)
    }

    /// What the page fetches with a session. Answers status and body.
    pub async fn get_as(&self, session: &str, path: &str) -> (u16, Value) {
        let response = self.get_with(path, "Authorization", &format!("Bearer {session}")).await;
        (response.status().as_u16(), response.json_body().await)
    }

    /// Signs `customer` in. Answers the session.
    pub async fn sign_in(&self, customer: &str) -> String {
        self.sign_in_with_bell(customer).await.0
    }

    /// The same. Answers session and bell.
    pub async fn sign_in_with_bell(&self, customer: &str) -> (String, String) {
        self.wallet.will([tokens("AT2"), says("SUCCESS", "S", json!({ "userInfo": { "userId": customer } }))]);
        let (status, visitor) = self.post("/api/login", json!({ "authCode": "CODE" })).await;
        assert_eq!((status, &visitor["customerId"]), (200, &json!(customer)));
        let text = |name: &str| visitor[name].as_str().expect("a text").to_owned();
        (text("session"), text("bell"))
    }

    /// A new order of `goods`, open in the cashier.
    pub async fn order(&self, session: &str, goods: &str) -> Value {
        self.wallet.will([accepted()]);
        let once = format!("press-{:04}", self.presses.fetch_add(1, Ordering::Relaxed));
        let (status, order) = self.post_as(session, "/api/orders", json!({ "goods": goods, "once": once })).await;
        assert_eq!(status, 200, "{order}");
        order
    }

    /// The order as it stands now, for its customer.
    pub async fn see(&self, session: &str, order: &Value) -> Value {
        self.get_as(session, &format!("/api/orders/{}", order["id"].as_str().expect("an id"))).await.1
    }

    /// What its customer does with an order. Answers the order.
    pub async fn act(&self, session: &str, order: &Value, action: &str) -> Value {
        let path = format!("/api/orders/{}/{action}", order["id"].as_str().expect("an id"));
        let (status, order) = self.post_as(session, &path, json!({})).await;
        assert_eq!(status, 200, "{order}");
        order
    }

    /// What the shop's people do with an order. Answers status and body.
    pub async fn office(&self, order: &Value, action: &str, body: Value) -> (u16, Value) {
        self.post(&format!("/api/office/orders/{}/{action}", order["id"].as_str().expect("an id")), body).await
    }

    /// A subscription whose access token is `AT1`. Answers its id.
    pub async fn subscribe(&self) -> String {
        self.wallet.will([tokens("AT1")]);
        let (status, subscription) = self.post("/api/subscribe", json!({ "authCode": "CODE" })).await;
        assert_eq!(status, 200, "{subscription}");
        subscription["id"].as_str().expect("an id").to_owned()
    }

    /// Presses "charge" and answers the latest charge.
    pub async fn charge(&self, id: &str) -> Value {
        let (status, subscription) = self.post("/api/charge", json!({ "subscriptionId": id })).await;
        assert_eq!(status, 200, "{subscription}");
        subscription["charges"][0].clone()
    }

    pub async fn subscription(&self, id: &str) -> Value {
        let body = self.get(&format!("/api/subscriptions/{id}")).await.bytes().await.expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    }

    /// What the wallet sends, signed with `key`. Answers `resultStatus`.
    pub async fn notify(&self, path: &str, body: Value, key: &PrivateKey) -> String {
        let text = body.to_string();
        let mut request = self.http.post(format!("{}{path}", self.url));
        for (name, value) in notification_headers(key, path, &text) {
            request = request.header(name, value);
        }
        let response = request.body(text).send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 200, "the wallet reads the body, not the status");
        let answer: Value = serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON");
        answer["result"]["resultStatus"].as_str().expect("a status").to_owned()
    }

    /// Asks the shop to stop and waits until it has.
    pub async fn close(self) {
        self.stop.send(()).expect("still open");
        let stopped = tokio::time::timeout(Duration::from_secs(5), self.server).await;
        stopped.expect("it stops in time").expect("no panic").expect("no error");
    }
}

/// Reading an answer.
pub trait JsonBody {
    /// Its body as JSON.
    async fn json_body(self) -> Value;
}

impl JsonBody for Response {
    async fn json_body(self) -> Value {
        serde_json::from_slice(&self.bytes().await.expect("a body")).expect("JSON")
    }
}
