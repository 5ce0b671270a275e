//! What went wrong, in one line that says what to do. Nothing here quotes a database's URL: it may hold a password.

use mithaq_domain::Refusal;
use mithaq_store::{EngineError, StoreError};
use mithaq_wallet::Fault;

/// A database that cannot be used.
pub fn database(error: StoreError) -> anyhow::Error {
    match error {
        StoreError::Foreign => anyhow::anyhow!(
            "the database is not a mithaq database of this version; if it is new or older, run `mithaq migrate`"
        ),
        StoreError::Newer { found, known } => anyhow::anyhow!(
            "the database was made by a newer version of mithaq (schema {found}, this program knows {known}); update mithaq"
        ),
        StoreError::Unavailable(reason) => {
            anyhow::anyhow!("the database is out of reach ({reason}); check --database-url and the server")
        }
        StoreError::Postgres(_) => anyhow::anyhow!("{error}"),
        error => anyhow::anyhow!("the database cannot be used: {error}"),
    }
}

/// A command that did not succeed; `refused` words what the rules say about it.
pub fn fault(fault: Fault, refused: impl FnOnce(&Refusal) -> String) -> anyhow::Error {
    match fault {
        Fault::Refused(refusal) => anyhow::anyhow!(refused(&refusal)),
        Fault::Engine(EngineError::Busy | EngineError::Stopped) => {
            anyhow::anyhow!("nothing was done: the engine takes no more commands; run it again")
        }
        Fault::Engine(EngineError::Failed) => anyhow::anyhow!(
            "the database did not confirm it, so it may or may not be done: look with `list`, then run it again (MITHAQ_LOG=info tells why)"
        ),
        Fault::Store(error) => database(error),
        Fault::Internal(place) => anyhow::anyhow!("internal error in {place}; please report it"),
    }
}
