//! Receiving what the wallet tells: verified, without duplicates, acknowledged (spec/qicard.md 7.3, openapi.md 5.6).

use crate::seen::Turn;
use crate::wallet_keys::WalletKeys;
use crate::{Begin, Error, Notification, Seen};
use http::{HeaderMap, HeaderName, HeaderValue, Response, request};
use jiff::tz::TimeZone;
use mithaq_crypto::PrivateKey;
use mithaq_openapi::messages::Ack;
use mithaq_openapi::signature::{HeaderError, Message, SignatureEncoding, SignatureHeader, headers, sign};
use mithaq_openapi::{ResultBody, ResultCode, WireBody as _, time};
use mithaq_types::{Clock, SystemClock};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A request as it arrived, before anything was parsed.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The method.
    pub method: &'a str,
    /// Path and query of the URL the wallet called: the one given as `paymentNotifyUrl`. Behind a proxy or a router
    /// that rewrites paths, the original.
    pub uri: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The bytes.
    pub body: &'a [u8],
}

impl<'a> Incoming<'a> {
    /// From the parts of an HTTP request.
    #[must_use]
    pub fn of(parts: &'a request::Parts, body: &'a [u8]) -> Self {
        let uri = parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        Self { method: parts.method.as_str(), uri, headers: &parts.headers, body }
    }
}

/// Why a request is not believed to be a notification of the wallet.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Rejection {
    /// A header is missing or not ASCII.
    #[error("the header {0} is missing")]
    Header(&'static str),
    /// The `Signature` header is malformed.
    #[error("the Signature header: {0}")]
    SignatureHeader(#[from] HeaderError),
    /// `Client-Id` is not this merchant's.
    #[error("it is meant for another client")]
    OtherClient,
    /// `Request-Time` cannot be read or is too far from the merchant's clock.
    #[error("Request-Time cannot be read, or is outside the clock window")]
    Time,
    /// None of the wallet's keys made the signature.
    #[error("the signature does not fit")]
    Signature,
    /// Signed by the wallet, but none of the notifications this SDK knows.
    #[error("the body is no notification: {0}")]
    Body(String),
}

impl Rejection {
    const fn code(&self) -> ResultCode {
        match self {
            Self::Header(_) => ResultCode::ParamIllegal,
            Self::SignatureHeader(error) => error.code(),
            Self::OtherClient => ResultCode::InvalidClient,
            Self::Time => ResultCode::TimestampInvalid,
            Self::Signature => ResultCode::InvalidSignature,
            Self::Body(_) => ResultCode::MsgParseError,
        }
    }
}

/// Receives the notifications of one wallet for one client.
#[derive(Clone)]
pub struct Receiver {
    client_id: String,
    wallet_keys: WalletKeys,
    window: Option<Duration>,
    clock: Arc<dyn Clock>,
    signer: Option<(PrivateKey, u32)>,
}

impl Receiver {
    /// A receiver for `client_id` that believes the keys `wallet_key_pems`: one, or several while the wallet rotates.
    ///
    /// # Errors
    /// [`Error::Config`] if there is no key, or one cannot be used.
    pub fn new(client_id: impl Into<String>, wallet_key_pems: &[String]) -> Result<Self, Error> {
        Ok(Self {
            client_id: client_id.into(),
            wallet_keys: WalletKeys::from_pems(wallet_key_pems)?,
            window: None,
            clock: Arc::new(SystemClock),
            signer: None,
        })
    }

    /// Refuses notifications whose `Request-Time` is farther than `window` from `clock`.
    ///
    /// Without it no clock is compared: replays are then caught by [`Seen`] and by the states of your orders. In
    /// production 300 s is a good window. Against a sandbox leave it out, or give the sandbox's clock: there the
    /// wallet's time can be moved by months, and every notification would be refused.
    #[must_use]
    pub fn clock_window(mut self, window: Option<Duration>, clock: Arc<dyn Clock>) -> Self {
        self.window = window;
        self.clock = clock;
        self
    }

    /// Signs acknowledgements, with `Response-Time` from the receiver's clock. Wallets accept unsigned ones too.
    ///
    /// # Errors
    /// [`Error::Config`] if the key cannot be used.
    pub fn sign_acks(mut self, private_key_pem: &str, key_version: u32) -> Result<Self, Error> {
        let key = PrivateKey::from_pem(private_key_pem)
            .map_err(|error| Error::Config(format!("the merchant's private key: {error}")))?;
        self.signer = Some((key, key_version));
        Ok(self)
    }

    /// Verifies a request and reads the notification in it.
    ///
    /// # Errors
    /// [`Rejection`]: do not act on it.
    pub fn read(&self, incoming: &Incoming<'_>) -> Result<Notification, Rejection> {
        let header = |name: &'static str| {
            let value = incoming.headers.get(name).and_then(|value| value.to_str().ok());
            value.ok_or(Rejection::Header(name))
        };
        let client_id = header(headers::CLIENT_ID)?;
        let request_time = header(headers::REQUEST_TIME)?;
        let signature = SignatureHeader::parse(header(headers::SIGNATURE)?)?;
        if client_id != self.client_id {
            return Err(Rejection::OtherClient);
        }
        let message =
            Message { method: incoming.method, uri: incoming.uri, client_id, time: request_time, body: incoming.body };
        if !self.wallet_keys.verify(&message, &signature) {
            return Err(Rejection::Signature);
        }
        let sent_at = time::parse(request_time).ok_or(Rejection::Time)?;
        if let Some(window) = self.window
            && self.clock.now().duration_since(sent_at).unsigned_abs() > window
        {
            return Err(Rejection::Time);
        }
        Notification::of_body(incoming.body).map_err(Rejection::Body)
    }

    /// Verifies a request, lets `handle` act on it unless it was handled before, and makes the answer to send.
    ///
    /// The notification counts as handled only when `handle` returned `Ok`; otherwise the wallet is asked to send it
    /// again, without being told why: log the error in the handler. The answer always has HTTP status 200, since the
    /// wallet reads its body.
    pub async fn receive<E, F>(
        &self,
        incoming: &Incoming<'_>,
        seen: &dyn Seen,
        handle: impl FnOnce(Notification) -> F,
    ) -> Response<Vec<u8>>
    where
        F: Future<Output = Result<(), E>>,
    {
        let notification = match self.read(incoming) {
            Ok(notification) => notification,
            Err(rejection) => {
                let result = ResultBody::with_message(rejection.code(), &rejection.to_string());
                return self.answer(incoming, &Ack { result });
            }
        };
        let key = notification.key();
        let ack = match seen.begin(&key) {
            Begin::Handled => Ack::success(),
            Begin::Busy => Ack::again(),
            Begin::First => {
                let turn = Turn::new(seen, &key);
                if handle(notification).await.is_ok() {
                    turn.handled();
                    Ack::success()
                } else {
                    Ack::again()
                }
            }
        };
        self.answer(incoming, &ack)
    }

    /// The answer that carries `ack`, signed if the receiver signs.
    #[must_use]
    pub fn answer(&self, incoming: &Incoming<'_>, ack: &Ack) -> Response<Vec<u8>> {
        let body = ack.to_json();
        let mut answer_headers = HeaderMap::new();
        let mut set = |name: &str, value: &str| {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                answer_headers.insert(name, value);
            }
        };
        set("content-type", "application/json; charset=UTF-8");
        if let Some((key, key_version)) = &self.signer {
            let response_time = time::format(self.clock.now(), &TimeZone::UTC);
            let message = Message {
                method: incoming.method,
                uri: incoming.uri,
                client_id: &self.client_id,
                time: &response_time,
                body: &body,
            };
            set(headers::SIGNATURE, &sign(&message.content(), key, *key_version, SignatureEncoding::Base64));
            set(headers::CLIENT_ID, &self.client_id);
            set(headers::RESPONSE_TIME, &response_time);
        }
        let mut response = Response::new(body);
        *response.headers_mut() = answer_headers;
        response
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
