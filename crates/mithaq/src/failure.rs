//! Failures at start, in words that say what to do.

use mithaq_store::StoreError;
use std::path::Path;

/// A database that cannot be opened.
pub fn database(directory: &Path, error: StoreError) -> anyhow::Error {
    let place = directory.display();
    match error {
        StoreError::InUse => {
            anyhow::anyhow!("{place} is in use by another mithaq process; stop it, or choose another --data-dir")
        }
        StoreError::Newer { found, known } => anyhow::anyhow!(
            "{place} was made by a newer version of mithaq (schema {found}, this program knows {known}); update mithaq, or choose another --data-dir"
        ),
        StoreError::Foreign => {
            anyhow::anyhow!("{place}/mithaq.db is not a mithaq database; choose another --data-dir")
        }
        error => anyhow::anyhow!("cannot use the data directory {place}: {error}"),
    }
}
