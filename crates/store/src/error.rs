//! What can go wrong below the decisions.

/// A database's failure. Its text is for logs, never for the wire.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or broke.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The server refused or broke.
    #[error("database: {}", crate::postgres::reason(.0))]
    Postgres(#[from] tokio_postgres::Error),
    /// The server cannot be reached, or does not answer in time. Nothing was done.
    #[error("the database is out of reach: {0}")]
    Unavailable(String),
    /// The connection broke; what was not committed did not happen.
    #[error("the connection to the database broke")]
    Lost,
    /// Another process changed what was read.
    #[error("another process changed a row first")]
    Conflict,
    /// The connection broke during a commit, and whether that took place could not be found out.
    #[error("it is not known whether a commit took place")]
    Unknown,
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
    /// Made by a build from before the first release.
    #[error("the database was made by a build from before the first release; move it away and start anew")]
    TooOld,
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
    /// Whether the same work may succeed if tried again at once.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        // A serialisation failure, a deadlock; a unique key that another process was faster to take: its row is seen
        // the next time.
        const CODES: [&str; 3] = ["40001", "40P01", "23505"];
        match self {
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
            ),
            Self::Lost | Self::Conflict => true,
            Self::Postgres(error) => {
                self.is_lost_connection() || error.code().is_some_and(|code| CODES.contains(&code.code()))
            }
            _ => false,
        }
    }

    /// Whether no part of the work can succeed now: the database is out of reach or too slow, or what happened is not
    /// known. Neither trying again nor dividing the work helps.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        // A statement or a lock that took too long; a full disk; a server that takes no writes (any more); and, where an
        // engine is distributed, a commit of which it does not know itself whether it took place.
        const CODES: [&str; 5] = ["57014", "55P03", "53100", "25006", "40003"];
        match self {
            Self::Unavailable(_) | Self::Unknown => true,
            Self::Postgres(error) => error.code().is_some_and(|code| CODES.contains(&code.code())),
            _ => false,
        }
    }

    /// Which of the errors of statements that were sent together says what went wrong. A statement that had to be prepared
    /// first may have come after one that failed, and then only says that the transaction is over.
    pub(crate) fn cause(errors: impl IntoIterator<Item = Self>) -> Option<Self> {
        const IS_OVER: &str = "25P02";
        let follows = |error: &Self| match error {
            Self::Postgres(error) => error.code().is_some_and(|code| code.code() == IS_OVER),
            _ => false,
        };
        errors.into_iter().min_by_key(follows)
    }

    /// Whether a connection ended with it: no answer came, or the server said that it ends.
    pub(crate) fn is_lost_connection(&self) -> bool {
        let Self::Postgres(error) = self else { return false };
        match error.as_db_error() {
            Some(error) => matches!(error.severity(), "FATAL" | "PANIC"),
            None => {
                error.is_closed() || std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>())
            }
        }
    }
}
