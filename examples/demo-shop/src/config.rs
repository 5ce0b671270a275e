//! What the shop needs to know before it opens, and what can be wrong with it.

use mithaq_merchant::{Clock, SystemClock};
use std::fmt;
use std::sync::Arc;

/// How a merchant is known to its wallet.
#[derive(Clone)]
pub struct Config {
    /// The wallet: its API gateway, and the origin that serves its bridge script and frames the Mini Program.
    pub wallet_url: String,
    /// How the wallet reaches this shop.
    pub public_url: String,
    /// The `Client-Id` that the wallet gave this shop.
    pub client_id: String,
    /// This shop's private key. The wallet knows the public half, as version 1.
    pub private_key_pem: String,
    /// The wallet's public key: whatever it did not sign is not believed.
    pub wallet_public_key_pem: String,
}

/// The private key is not shown.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("wallet_url", &self.wallet_url)
            .field("public_url", &self.public_url)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// Where time and randomness come from.
#[derive(Clone)]
pub struct Sources {
    /// The shop's clock: `Request-Time`, delivery days, the story's times.
    pub clock: Arc<dyn Clock>,
    /// Fills bytes with what nobody can guess: subscription ids are made of it.
    pub random: fn(&mut [u8]) -> Result<(), NoRandomness>,
}

impl Sources {
    /// The machine's own.
    #[must_use]
    pub fn of_this_machine() -> Self {
        Self { clock: Arc::new(SystemClock), random: machine_random }
    }
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sources")
    }
}

/// The machine has no randomness to give.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoRandomness;

#[expect(clippy::disallowed_methods, reason = "the one place of this shop that reads the machine's randomness")]
fn machine_random(target: &mut [u8]) -> Result<(), NoRandomness> {
    aws_lc_rs::rand::fill(target).map_err(|_| NoRandomness)
}

/// Why the shop cannot open or stay open.
#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    /// An address of the configuration is not an http or https URL.
    #[error("{0} must be an absolute http or https URL")]
    Address(&'static str),
    /// A key or the client id cannot be used.
    #[error(transparent)]
    Wallet(#[from] mithaq_merchant::Error),
    /// The listener failed.
    #[error("the listener failed: {0}")]
    Listener(std::io::Error),
}
