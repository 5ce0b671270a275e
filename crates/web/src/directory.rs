//! Clients with their keys parsed once: reading a PEM costs more than verifying a signature.

use mithaq_crypto::PublicKey;
use mithaq_domain::{Client, Key, Merchant};
use mithaq_store::{Reader, StoreError};
use mithaq_types::ClientId;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
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

type Entry = (Instant, Arc<KnownClient>);

/// The memory of clients.
#[derive(Default)]
pub struct Directory {
    known: RwLock<HashMap<ClientId, Entry>>,
}

impl Directory {
    /// A client by its id, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn client(&self, reader: &Reader, id: &ClientId) -> Result<Option<Arc<KnownClient>>, StoreError> {
        let now = Instant::now();
        if let Some((since, known)) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(id)
            && now.duration_since(*since) < FRESH
        {
            return Ok(Some(Arc::clone(known)));
        }
        let clients = reader.rows(vec![Key::Client(id.clone())]).await?;
        let Some(client) = clients.client(id).cloned() else { return Ok(None) };
        let merchants = reader.rows(vec![Key::Merchant(client.merchant_id.clone())]).await?;
        let Some(merchant) = merchants.merchant(&client.merchant_id).cloned() else { return Ok(None) };
        let keys = client
            .keys
            .iter()
            .filter_map(|key| PublicKey::from_pem(&key.public_pem).ok().map(|parsed| (key.version, parsed)))
            .collect();
        let known = Arc::new(KnownClient { client, merchant, keys });
        let mut remembered = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert(id.clone(), (now, Arc::clone(&known)));
        Ok(Some(known))
    }

    /// Forgets everything: a client was changed here.
    pub fn forget(&self) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
