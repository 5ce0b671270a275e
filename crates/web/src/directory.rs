//! Clients and apps with their keys parsed once: reading a PEM costs more than verifying a signature.

mod memory;

use crate::gateway::KnownApp;
use memory::Memory;
use mithaq_crypto::PublicKey;
use mithaq_domain::{Client, Key, Merchant, Row};
use mithaq_store::{Reader, StoreError};
use mithaq_types::{ClientId, GatewayAppId};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Semaphore;

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

/// The memory of clients and of apps of the gateway.
#[derive(Default)]
pub struct Directory {
    clients: Memory<ClientId, KnownClient>,
    apps: Memory<GatewayAppId, KnownApp>,
}

impl Directory {
    /// A client by its id, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn client(&self, reader: &Reader, id: &ClientId) -> Result<Option<Arc<KnownClient>>, StoreError> {
        self.clients.get(id, || read(reader, id)).await
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
        self.clients.get(id, read).await
    }

    /// A client that was met before, however long ago, without a look at the database.
    #[must_use]
    pub fn recall(&self, id: &ClientId) -> Option<Arc<KnownClient>> {
        self.clients.recall(id)
    }

    /// An app of the gateway by its id, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn app(&self, reader: &Reader, id: &GatewayAppId) -> Result<Option<Arc<KnownApp>>, StoreError> {
        let read = async || match reader.row(Key::GatewayApp(id.clone())).await? {
            Some(Row::GatewayApp(app)) => Ok(Some(Arc::new(KnownApp::read(*app)))),
            _ => Ok(None),
        };
        self.apps.get(id, read).await
    }

    /// An app that was met before, without a look at the database.
    pub(crate) fn recall_app(&self, id: &GatewayAppId) -> Option<Arc<KnownApp>> {
        self.apps.recall(id)
    }

    /// Forgets everything: a client or an app was changed here.
    pub fn forget(&self) {
        self.clients.forget();
        self.apps.forget();
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
