//! What deliveries need, and how much is done at the same time.

use crate::{Attempt, Guard, Messenger};
use mithaq_crypto::KeyRing;
use mithaq_pages::Renderer;
use mithaq_wallet::{Standing, Wallet};
use std::sync::Arc;
use std::time::Duration;

/// How much is attempted at the same time, and for how long.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Attempts at the same time, all targets together.
    pub at_once: usize,
    /// Attempts at the same time at one host that acknowledges; at any other it is one. With each goes the recording of
    /// its outcome, so that it also bounds how many outcomes of a host share a commit.
    pub per_host: usize,
    /// The same for the way out to users.
    pub to_users: usize,
    /// How long an attempt may take in all: looking up, connecting, sending, reading (spec/openapi.md 5.6).
    pub timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { at_once: 256, per_host: 16, to_users: 64, timeout: Duration::from_secs(10) }
    }
}

/// Is told of every attempt. Called from the job: must not block.
pub type OnAttempt = Arc<dyn Fn(Attempt) + Send + Sync>;

/// What deliveries are made of.
pub struct Setup {
    /// Rows, clock, engine.
    pub wallet: Wallet,
    /// The wallet's signing keys.
    pub keys: Arc<KeyRing>,
    /// The words for users.
    pub pages: Arc<Renderer>,
    /// Which targets may be called.
    pub guard: Guard,
    /// The way out for SMS and e-mail.
    pub messenger: Arc<dyn Messenger>,
    /// Whether this process may deliver what is its own: not while others may have taken it over.
    pub standing: Standing,
    /// How much at the same time.
    pub limits: Limits,
    /// Who watches, if anybody.
    pub on_attempt: Option<OnAttempt>,
}
