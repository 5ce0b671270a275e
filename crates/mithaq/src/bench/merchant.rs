//! The merchants' side of notifications: takes each, and acknowledges it with a signature.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use jiff::tz::TimeZone;
use mithaq_crypto::PrivateKey;
use mithaq_openapi::WireBody as _;
use mithaq_openapi::messages::Ack;
use mithaq_openapi::signature::{SignatureEncoding, content_to_sign, headers, sign};
use mithaq_openapi::time;
use mithaq_types::{Clock as _, SystemClock};
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::town::Town;

/// Where notifications go.
const PATH: &str = "/notified";

/// A receiver for all merchants.
pub struct Receiver {
    /// The address to give as `paymentNotifyUrl`.
    pub url: String,
    counted: watch::Receiver<u64>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

struct Inside {
    keys: HashMap<String, PrivateKey>,
    zone: TimeZone,
    count: watch::Sender<u64>,
}

impl Receiver {
    /// Listens for the merchants of `town`.
    pub async fn open(town: &Town, zone: TimeZone) -> anyhow::Result<Self> {
        let keys = town.shops.iter().map(|shop| (shop.client_id.to_string(), shop.key.clone())).collect();
        let (count, counted) = watch::channel(0);
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let url = format!("http://{}{PATH}", listener.local_addr()?);
        let router = Router::new().route(PATH, post(take)).with_state(Arc::new(Inside { keys, zone, count }));
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, counted, server })
    }

    /// How many were acknowledged so far.
    pub fn count(&self) -> u64 {
        *self.counted.borrow()
    }

    /// Waits until this many were acknowledged.
    pub async fn acknowledged(&mut self, count: u64) -> anyhow::Result<()> {
        self.counted.wait_for(|now| *now >= count).await?;
        Ok(())
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn take(State(inside): State<Arc<Inside>>, uri: Uri, sent: HeaderMap, _body: Bytes) -> Response {
    let client_id = sent.get(headers::CLIENT_ID).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(key) = inside.keys.get(client_id) else { return StatusCode::NOT_FOUND.into_response() };
    let (now, body) = (time::format(SystemClock.now(), &inside.zone), Ack::success().to_json());
    let content = content_to_sign("POST", uri.path(), client_id, &now, &body);
    let signature = sign(&content, key, 1, SignatureEncoding::Base64);
    let signed = [(headers::CLIENT_ID, client_id), (headers::RESPONSE_TIME, &now), (headers::SIGNATURE, &signature)];
    let signed = signed.into_iter().filter_map(|(name, value)| {
        Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?))
    });
    let all: HeaderMap = signed.collect();
    inside.count.send_modify(|count| *count += 1);
    (all, body).into_response()
}
