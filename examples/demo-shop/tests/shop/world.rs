//! A shop that runs, and a page that talks to it.

use crate::stub::{CLIENT_ID, SHOP, Stub, WALLET, notification_headers, tokens};
use demo_shop::{Config, serve};
use mithaq_merchant::PrivateKey;
use reqwest::Response;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub struct World {
    pub wallet: Stub,
    pub url: String,
    http: reqwest::Client,
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
        Self { wallet, url, http, stop, server }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.http.get(format!("{}{path}", self.url)).send().await.expect("an answer")
    }

    /// What the page sends. Answers status and body.
    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let request = self.http.post(format!("{}{path}", self.url)).header("Content-Type", "application/json");
        let response = request.body(body.to_string()).send().await.expect("an answer");
        let status = response.status().as_u16();
        let body = response.bytes().await.expect("a body");
        (status, serde_json::from_slice(&body).expect("JSON"))
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
