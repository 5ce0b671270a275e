//! What can go wrong below the decisions.

/// A database's failure. Its text is for logs, never for the wire.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or broke.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A row holds what no version of this program writes.
    #[error("inconsistent row in {table}: {detail}")]
    Inconsistent {
        /// Where.
        table: &'static str,
        /// What.
        detail: String,
    },
    /// Made by a newer program.
    #[error("the database was made by a newer version of mithaq (schema {found}, this program knows {known})")]
    Newer {
        /// The database's schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Not ours at all.
    #[error("the file is not a mithaq database")]
    Foreign,
    /// Another process uses it.
    #[error("another mithaq process is using this data directory")]
    InUse,
    /// The file system said no.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The reading thread died.
    #[error("the reader stopped")]
    Stopped,
}

impl StoreError {
    /// Whether the same work may succeed if tried again.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Sqlite(error) if matches!(
            error.sqlite_error_code(),
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
        ))
    }
}
