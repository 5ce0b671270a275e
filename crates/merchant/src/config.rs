//! Setting a client up.

use crate::exchange::Exchange;
use crate::wallet_keys::WalletKeys;
use crate::{Client, Error};
use mithaq_crypto::PrivateKey;
use mithaq_openapi::signature::SignatureEncoding;
use mithaq_types::{Clock, SystemClock};
use reqwest::Url;
use std::sync::Arc;
use std::time::Duration;

/// The wallet answers within 20 s or says that it does not know (spec/openapi.md 2.3).
const TIMEOUT: Duration = Duration::from_secs(20);

/// What a [`Client`] is made from. Start with [`Client::builder`].
#[must_use]
pub struct ClientBuilder {
    gateway: String,
    client_id: String,
    private_key: String,
    key_version: u32,
    wallet_keys: Vec<String>,
    encoding: SignatureEncoding,
    clock: Arc<dyn Clock>,
    timeout: Duration,
}

impl ClientBuilder {
    pub(crate) fn new(gateway: String, client_id: String) -> Self {
        Self {
            gateway,
            client_id,
            private_key: String::new(),
            key_version: 1,
            wallet_keys: Vec::new(),
            encoding: SignatureEncoding::Base64,
            clock: Arc::new(SystemClock),
            timeout: TIMEOUT,
        }
    }

    /// The merchant's private key: PEM (PKCS#8 or PKCS#1) or bare base64. Required.
    pub fn private_key_pem(mut self, pem: impl Into<String>) -> Self {
        self.private_key = pem.into();
        self
    }

    /// Under which version the public half is registered at the wallet. 1 if not set.
    pub const fn key_version(mut self, version: u32) -> Self {
        self.key_version = version;
        self
    }

    /// The wallet's public key. Required; once for each key while the wallet rotates.
    pub fn wallet_key_pem(mut self, pem: impl Into<String>) -> Self {
        self.wallet_keys.push(pem.into());
        self
    }

    /// How signatures are written. Raw base64 if not set, which is what Qi's gateway expects.
    pub const fn signature_encoding(mut self, encoding: SignatureEncoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// Where `Request-Time` comes from. The machine's clock if not set.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// How long one call may take. 20 s if not set.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The client.
    ///
    /// # Errors
    /// [`Error::Config`] names what is missing or cannot be used.
    pub fn build(self) -> Result<Client, Error> {
        let gateway = Url::parse(self.gateway.trim_end_matches('/'))
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none())
            .ok_or_else(|| Error::Config("the gateway must be an absolute http or https URL".to_owned()))?;
        let printable = |byte: u8| byte.is_ascii_graphic();
        if self.client_id.is_empty() || !self.client_id.bytes().all(printable) {
            return Err(Error::Config("the client id must be printable ASCII without spaces".to_owned()));
        }
        let key = PrivateKey::from_pem(&self.private_key)
            .map_err(|error| Error::Config(format!("the merchant's private key: {error}")))?;
        // Nothing an answer says may send the signed request elsewhere.
        let mut http = reqwest::Client::builder().timeout(self.timeout).redirect(reqwest::redirect::Policy::none());
        if matches!(gateway.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
            // A proxy of the environment cannot reach this machine's own loopback.
            http = http.no_proxy();
        }
        Ok(Client::new(Exchange {
            http: http.build().map_err(|error| Error::Config(error.to_string()))?,
            gateway,
            client_id: self.client_id,
            key,
            key_version: self.key_version,
            wallet_keys: WalletKeys::from_pems(&self.wallet_keys)?,
            encoding: self.encoding,
            clock: self.clock,
        }))
    }
}

impl std::fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("gateway", &self.gateway)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
