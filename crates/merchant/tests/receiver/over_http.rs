//! The receiver in an axum server, as a merchant would mount it.

use crate::world::{PAYMENT, Sent, receiver};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Response, request::Parts};
use axum::routing::post;
use axum::{Router, extract::Request};
use mithaq_merchant::{Incoming, Receiver, SeenInMemory};
use mithaq_openapi::messages::Ack;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

struct Shop {
    receiver: Receiver,
    seen: SeenInMemory,
    paid: AtomicU32,
}

async fn hook(State(shop): State<Arc<Shop>>, request: Request) -> Response<Body> {
    let (parts, body): (Parts, Body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, 65_536).await.unwrap_or_default();
    let answer = shop
        .receiver
        .receive(&Incoming::of(&parts, &body), &shop.seen, async |_| {
            shop.paid.fetch_add(1, Ordering::SeqCst);
            Ok::<(), std::io::Error>(())
        })
        .await;
    answer.map(Body::from)
}

#[tokio::test]
async fn a_notification_over_http_is_handled_once_and_acknowledged() {
    let shop = Arc::new(Shop { receiver: receiver(), seen: SeenInMemory::new(10), paid: AtomicU32::new(0) });
    let app = Router::new().route("/hooks/pay", post(hook)).with_state(shop.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, app).await });

    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    for uri in ["/hooks/pay?shop=1", "/hooks/pay?shop=1", "/hooks/pay"] {
        let sent = Sent::to(uri, PAYMENT);
        let response =
            http.post(format!("{url}{uri}")).headers(sent.headers).body(sent.body).send().await.expect("sent");
        assert_eq!(response.status(), 200);
        let body = response.bytes().await.expect("a body");
        assert!(Ack::parse(&body).is_some_and(|ack| ack.is_success()));
    }
    assert_eq!(shop.paid.load(Ordering::SeqCst), 1);
}
