//! Failures at start, in words that say what to do.

use crate::operator::database_trouble;
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

/// A database that `serve` cannot use: it would make the tables itself.
pub fn server(error: StoreError) -> anyhow::Error {
    match error {
        StoreError::Foreign => anyhow::anyhow!("the database holds tables that are not mithaq's; choose an empty one"),
        error => database_trouble(error),
    }
}

/// Whether a database that answers so may be of use a little later, without anybody touching this program: it is out of
/// reach, starting, a standby that may be promoted, or its administrator is not finished with it.
pub fn may_pass(error: &StoreError) -> bool {
    match error {
        StoreError::Postgres(error) => error.code().is_some() || error.is_closed(),
        error => error.is_outage() || error.is_transient(),
    }
}
