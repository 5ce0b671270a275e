//! Notifications as the wallet sends them.

use http::HeaderMap;
use mithaq_crypto::PrivateKey;
use mithaq_merchant::{Incoming, Receiver};
use mithaq_openapi::signature::{Message, SignatureEncoding, sign};
use std::sync::LazyLock;

pub const CLIENT_ID: &str = "2188000000000001";
pub const TIME: &str = "2026-12-01T12:00:00+03:00";
pub const PAYMENT: &str = r#"{"paymentResult":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"paymentId":"P1","paymentRequestId":"SUB-1","extendInfo":"{\"sourcePlatform\":\"MINI_APP\"}","paymentTime":"2026-12-01T12:00:00+03:00","paymentAmount":{"currency":"IQD","value":"5000000"},"paymentCreateTime":"2026-12-01T12:00:00+03:00","paymentStatus":"SUCCESS"}"#;
pub const HELD: &str = r#"{"paymentResult":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"paymentId":"P1","paymentRequestId":"SUB-1","extendInfo":"{\"sourcePlatform\":\"MINI_APP\"}","paymentAmount":{"currency":"IQD","value":"5000000"},"paymentCreateTime":"2026-12-01T12:00:00+03:00","paymentStatus":"AUTH_SUCCESS"}"#;
pub const REFUND: &str = r#"{"refundId":"R1","refundRequestId":"RF-1","paymentId":"P1","paymentRequestId":"SUB-1","refundAmount":{"currency":"IQD","value":"1000"},"refundReason":"bruised","refundTime":"2026-12-01T12:00:00+03:00","refundStatus":"SUCCESS"}"#;
pub const VOID: &str = r#"{"voidResult":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"voidRequestId":"V-1","voidId":"V1","paymentId":"P1","voidAmount":{"currency":"IQD","value":"1000"},"voidTime":"2026-12-01T12:00:00+03:00","voidSource":"SYSTEM"}"#;
pub const CONTRACT: &str = r#"{"accessToken":"AT7d0f","contractStatus":"INVALID","modifyTime":"1768461605","customerId":"C1","reason":"USER"}"#;

static WALLET: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("key"));
static MERCHANT: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("key"));

pub fn wallet_key() -> &'static PrivateKey {
    &WALLET
}

pub fn merchant_key() -> &'static PrivateKey {
    &MERCHANT
}

pub fn receiver() -> Receiver {
    Receiver::new(CLIENT_ID, &[WALLET.public().to_pem()]).expect("a receiver")
}

/// A request as it arrives.
pub struct Sent {
    pub method: String,
    pub uri: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Sent {
    pub fn new(body: &str) -> Self {
        Self::to("/hooks/pay", body)
    }

    pub fn to(uri: &str, body: &str) -> Self {
        Self::make(&WALLET, CLIENT_ID, uri, body)
    }

    pub fn signed_by(key: &PrivateKey, body: &str) -> Self {
        Self::make(key, CLIENT_ID, "/hooks/pay", body)
    }

    pub fn for_client(client_id: &str, body: &str) -> Self {
        Self::make(&WALLET, client_id, "/hooks/pay", body)
    }

    fn make(key: &PrivateKey, client_id: &str, uri: &str, body: &str) -> Self {
        let message = Message { method: "POST", uri, client_id, time: TIME, body: body.as_bytes() };
        let signature = sign(&message.content(), key, 1, SignatureEncoding::Base64);
        let mut headers = HeaderMap::new();
        for (name, value) in [("Client-Id", client_id), ("Request-Time", TIME), ("Signature", &signature)] {
            headers.insert(name, value.parse().expect("value"));
        }
        Self { method: "POST".to_owned(), uri: uri.to_owned(), headers, body: body.to_owned() }
    }

    pub fn incoming(&self) -> Incoming<'_> {
        Incoming { method: &self.method, uri: &self.uri, headers: &self.headers, body: self.body.as_bytes() }
    }
}
