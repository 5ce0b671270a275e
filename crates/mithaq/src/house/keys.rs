//! The wallet's own keys, in one folder: `wallet-key-<version>.pem` sign, `master.key` seals.

use mithaq_crypto::{KeyRing, Sealer, SystemEntropy};
use std::path::Path;
use std::sync::Arc;

/// Both kinds.
pub struct Keys {
    /// What answers and notifications are signed with.
    pub ring: Arc<KeyRing>,
    /// What seals secrets that must be read again.
    pub sealer: Sealer,
}

impl Keys {
    /// Reads them, making what is missing.
    pub fn open(directory: &Path) -> anyhow::Result<Self> {
        let ring = Arc::new(KeyRing::open(directory)?);
        let sealer = Sealer::from_file(&directory.join("master.key"), &SystemEntropy)?;
        Ok(Self { ring, sealer })
    }
}
