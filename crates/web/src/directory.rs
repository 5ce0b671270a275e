//! Clients with their keys parsed once: reading a PEM costs more than verifying a signature.
//!
//! However many calls ask for a client at once, the database is read once: the others wait for that read.

use mithaq_crypto::PublicKey;
use mithaq_domain::{Client, Key, Merchant};
use mithaq_store::{Reader, StoreError};
use mithaq_types::ClientId;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;
use tokio::sync::{OnceCell, Semaphore};
use tokio::time::Instant;

/// How long another process's change to a client may go unseen.
const FRESH: Duration = Duration::from_secs(5);
/// Clients remembered at most; beyond it the memory starts anew.
const REMEMBERED_MAX: usize = 10_000;

/// A client as the API needs it.
pub struct KnownClient {
    /// Its row.
    pub client: Client,
    /// Whom it acts for.
    pub merchant: Merchant,
    keys: HashMap<u32, PublicKey>,
}

impl KnownClient {
    /// The key of a version; the newest without one.
    #[must_use]
    pub fn key(&self, version: Option<u32>) -> Option<(u32, &PublicKey)> {
        let version = version.or_else(|| self.keys.keys().max().copied())?;
        self.keys.get(&version).map(|key| (version, key))
    }
}

/// The memory of clients.
#[derive(Default)]
pub struct Directory {
    memory: RwLock<Memory>,
}

#[derive(Default)]
struct Memory {
    known: HashMap<ClientId, (Instant, Arc<KnownClient>)>,
    /// Reads that are under way, each shared by all who wait for it.
    looks: HashMap<ClientId, Arc<Look>>,
}

/// What a read found, or why it failed.
type Look = OnceCell<Result<Option<Arc<KnownClient>>, String>>;

impl Directory {
    /// A client by its id, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn client(&self, reader: &Reader, id: &ClientId) -> Result<Option<Arc<KnownClient>>, StoreError> {
        self.client_by(id, || read(reader, id)).await
    }

    /// The same; a read that it takes waits for a turn of `turns`.
    ///
    /// # Errors
    /// As [`Directory::client`].
    pub async fn client_in_turn(
        &self,
        turns: &Semaphore,
        reader: &Reader,
        id: &ClientId,
    ) -> Result<Option<Arc<KnownClient>>, StoreError> {
        let read = async || {
            let _turn = turns.acquire().await;
            read(reader, id).await
        };
        self.client_by(id, read).await
    }

    /// A client that was met before, however long ago, without a look at the database.
    #[must_use]
    pub fn recall(&self, id: &ClientId) -> Option<Arc<KnownClient>> {
        self.memory().known.get(id).map(|(_, known)| Arc::clone(known))
    }

    /// Forgets everything: a client was changed here. What is being read now counts no longer either.
    pub fn forget(&self) {
        let mut memory = self.memory_mut();
        memory.known.clear();
        memory.looks.clear();
    }

    async fn client_by<Reading>(
        &self,
        id: &ClientId,
        read: impl FnOnce() -> Reading,
    ) -> Result<Option<Arc<KnownClient>>, StoreError>
    where
        Reading: Future<Output = Result<Option<Arc<KnownClient>>, StoreError>>,
    {
        let now = Instant::now();
        if let Some((since, known)) = self.memory().known.get(id)
            && now.duration_since(*since) < FRESH
        {
            return Ok(Some(Arc::clone(known)));
        }
        let look = Arc::clone(self.memory_mut().looks.entry(id.clone()).or_default());
        let joined = Joined { directory: self, id, look: &look };
        let mut own = None;
        // If whoever reads goes away meanwhile, the next one who waits reads instead.
        let reading = async {
            let found = read().await.map_err(|error| {
                let text = error.to_string();
                own = Some(error);
                text
            });
            joined.remember(now, found.as_ref().ok().and_then(Option::as_ref));
            found
        };
        match look.get_or_init(|| reading).await {
            Ok(found) => Ok(found.clone()),
            Err(text) => Err(own.unwrap_or_else(|| StoreError::Unavailable(text.clone()))),
        }
    }

    fn memory(&self) -> RwLockReadGuard<'_, Memory> {
        self.memory.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn memory_mut(&self) -> RwLockWriteGuard<'_, Memory> {
        self.memory.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of those who wait for a read.
struct Joined<'a> {
    directory: &'a Directory,
    id: &'a ClientId,
    look: &'a Arc<Look>,
}

impl Joined<'_> {
    /// The read is over, and whoever comes now begins another. What it found is remembered unless [`Directory::forget`]
    /// was called meanwhile: then it may be what was before a change.
    fn remember(&self, now: Instant, found: Option<&Arc<KnownClient>>) {
        let mut memory = self.directory.memory_mut();
        if !memory.looks.get(self.id).is_some_and(|current| Arc::ptr_eq(current, self.look)) {
            return;
        }
        memory.looks.remove(self.id);
        let Some(found) = found else { return };
        if memory.known.len() >= REMEMBERED_MAX {
            memory.known.clear();
        }
        memory.known.insert(self.id.clone(), (now, Arc::clone(found)));
    }
}

impl Drop for Joined<'_> {
    fn drop(&mut self) {
        if self.look.initialized() {
            return;
        }
        // Nobody waits any more: the memory's handle, and this one.
        let mut memory = self.directory.memory_mut();
        if Arc::strong_count(self.look) <= 2
            && memory.looks.get(self.id).is_some_and(|current| Arc::ptr_eq(current, self.look))
        {
            memory.looks.remove(self.id);
        }
    }
}

async fn read(reader: &Reader, id: &ClientId) -> Result<Option<Arc<KnownClient>>, StoreError> {
    let clients = reader.rows(vec![Key::Client(id.clone())]).await?;
    let Some(client) = clients.client(id).cloned() else { return Ok(None) };
    let merchants = reader.rows(vec![Key::Merchant(client.merchant_id.clone())]).await?;
    let Some(merchant) = merchants.merchant(&client.merchant_id).cloned() else { return Ok(None) };
    let keys = client
        .keys
        .iter()
        .filter_map(|key| PublicKey::from_pem(&key.public_pem).ok().map(|parsed| (key.version, parsed)))
        .collect();
    Ok(Some(Arc::new(KnownClient { client, merchant, keys })))
}

#[cfg(test)]
mod tests;
