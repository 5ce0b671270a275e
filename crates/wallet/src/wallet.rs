//! What every use case needs: the engine, the reader, the clock, randomness, the keys to sealed secrets.

use crate::{Fault, Sources};
use mithaq_crypto::{Sealer, sha256};
use mithaq_domain::{Command, Done, Hash, Key, Policy, Row};
use mithaq_store::{Engine, Reader};
use mithaq_types::{Clock, Entropy, Timestamp};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// PINs hashed at the same time. Each takes about 19 MiB and 30 ms of a core.
const PIN_HASHES_MAX: usize = 2;

/// What a wallet is made of.
///
/// The order counts at the end: fields are dropped from the top, and SQLite empties its log into the database
/// only when the last connection that closes may write. So the readers go first.
pub struct Setup {
    /// Looks.
    pub reader: Reader,
    /// Decides and writes.
    pub engine: Engine,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// Secrets and ids come from here.
    pub entropy: Arc<dyn Entropy>,
    /// The operator's settings.
    pub policy: Policy,
    /// Seals what must be read again: tokens in notices, replies to calls.
    pub sealer: Sealer,
    /// Where money comes from besides the balance.
    pub sources: Sources,
}

/// The wallet. Cheap to clone.
#[derive(Clone)]
pub struct Wallet {
    inner: Arc<Inner>,
}

struct Inner {
    setup: Setup,
    pin_hashes: Semaphore,
}

impl Wallet {
    /// A wallet over `setup`.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        Self { inner: Arc::new(Inner { setup, pin_hashes: Semaphore::new(PIN_HASHES_MAX) }) }
    }

    /// Looks, for lists and pages.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.inner.setup.reader
    }

    /// The engine, for chores and the jobs' signals.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.inner.setup.engine
    }

    /// The operator's settings.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.inner.setup.policy
    }

    /// The present.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.setup.clock.now()
    }

    /// Randomness.
    #[must_use]
    pub fn entropy(&self) -> &dyn Entropy {
        &*self.inner.setup.entropy
    }

    /// Where money comes from besides the balance.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.inner.setup.sources
    }

    pub(crate) fn pin_hashes(&self) -> &Semaphore {
        &self.inner.pin_hashes
    }

    /// Opens a sealed text. `None` if it was not sealed here, or for something else.
    #[must_use]
    pub fn unseal(&self, context: &str, sealed: &str) -> Option<String> {
        let bytes = self.inner.setup.sealer.open(context, sealed).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Seals a text for later.
    #[must_use]
    pub fn seal(&self, context: &str, secret: &str) -> String {
        self.inner.setup.sealer.seal(context, secret.as_bytes(), self.entropy())
    }

    /// Submits a command; the answer is durable.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn submit(&self, command: Command) -> Result<Done, Fault> {
        Ok(self.engine().submit(command).await??)
    }

    /// The row under `key`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn row(&self, key: Key) -> Result<Option<Row>, Fault> {
        Ok(self.reader().row(key).await?)
    }
}

/// SHA-256 over what must be equal in a repeat. Every part goes in with its length: no two lists of parts give the same
/// bytes.
pub fn content(parts: &[&str]) -> Hash {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    Hash(sha256(&bytes))
}

/// How a secret is remembered.
pub fn hash(secret: &str) -> Hash {
    Hash(sha256(secret.as_bytes()))
}
