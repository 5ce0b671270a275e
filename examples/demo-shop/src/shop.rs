//! What every handler shares: the client and receiver for the wallet, the book, the sources of time and randomness.

use crate::book::Book;
use crate::config::{Config, ShopError, Sources};
use crate::error::ApiError;
use axum::http::HeaderValue;
use mithaq_merchant::{Client, Receiver, SeenInMemory, Timestamp};
use std::fmt::Write as _;
use tokio::sync::Mutex;
use url::Url;

/// A day's notifications of a small shop.
const SEEN_NOTIFICATIONS_MAX: usize = 10_000;

pub struct Shop {
    /// Calls the wallet, signed.
    pub wallet: Client,
    /// Believes only what the wallet signed.
    pub receiver: Receiver,
    /// Which notifications were handled.
    pub seen: SeenInMemory,
    /// What the shop remembers.
    pub book: Book,
    /// Held while a code is exchanged, so that the same code handed over twice at once makes one subscription.
    pub exchange: Mutex<()>,
    wallet_origin: String,
    content_security_policy: HeaderValue,
    public_url: String,
    sources: Sources,
}

impl Shop {
    /// Checks the configuration and sets the shop up.
    pub fn new(config: Config, sources: Sources) -> Result<Self, ShopError> {
        let wallet_origin = origin(&config.wallet_url).ok_or(ShopError::Address("wallet_url"))?;
        origin(&config.public_url).ok_or(ShopError::Address("public_url"))?;
        let wallet = Client::builder(&config.wallet_url, &config.client_id)
            .private_key_pem(&config.private_key_pem)
            .wallet_key_pem(&config.wallet_public_key_pem)
            .clock(sources.clock.clone())
            .build()?;
        // No clock window: a sandbox moves its clock by months. A shop in production sets one.
        let receiver = Receiver::new(&config.client_id, &[config.wallet_public_key_pem])?
            .clock_window(None, sources.clock.clone())
            .sign_acks(&config.private_key_pem, 1)?;
        let policy = format!(
            "default-src 'none'; script-src 'self' {wallet_origin}; style-src 'self'; img-src 'self'; \
             connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {wallet_origin}"
        );
        Ok(Self {
            wallet,
            receiver,
            seen: SeenInMemory::new(SEEN_NOTIFICATIONS_MAX),
            book: Book::new(),
            exchange: Mutex::new(()),
            content_security_policy: HeaderValue::try_from(policy).map_err(|_| ShopError::Address("wallet_url"))?,
            wallet_origin,
            public_url: config.public_url.trim_end_matches('/').to_owned(),
            sources,
        })
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        self.sources.clock.now()
    }

    /// `bytes` random bytes as hex digits.
    ///
    /// # Errors
    /// 500 if the machine has no randomness: nothing can be kept secret then.
    pub fn random_hex(&self, bytes: usize) -> Result<String, ApiError> {
        let mut buffer = vec![0; bytes];
        (self.sources.random)(&mut buffer).map_err(|_| ApiError::internal("no randomness"))?;
        Ok(buffer.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02X}");
            text
        }))
    }

    /// A new order's id, which is its `paymentRequestId` too.
    ///
    /// # Errors
    /// As [`Shop::random_hex`].
    pub fn order_id(&self) -> Result<String, ApiError> {
        Ok(format!("Z-{}", self.random_hex(5)?))
    }

    /// Where the cashier sends a user who did not come from the Mini Program.
    pub fn page_url(&self) -> String {
        format!("{}/", self.public_url)
    }

    /// Where the wallet sends its notifications: `kind` is `payment`, `refund`, `void` or `contract`.
    pub fn notify_url(&self, kind: &str) -> String {
        format!("{}/notify/{kind}", self.public_url)
    }

    /// Where the bridge script is, and who may frame the page.
    pub fn wallet_origin(&self) -> &str {
        &self.wallet_origin
    }

    /// The page runs its own scripts and the wallet's bridge, talks to nobody but this shop, and is framed by the wallet.
    pub fn content_security_policy(&self) -> HeaderValue {
        self.content_security_policy.clone()
    }
}

fn origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(url.origin().ascii_serialization())
}
