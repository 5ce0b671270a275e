//! What tests want of a server: one for all of them, no errors to handle, and one line where there is none.

use crate::{Cluster, Error, Settings};
use std::io::Write as _;
use std::sync::{Once, OnceLock};

/// Enough for tests, and little enough for many servers at once.
const SMALL: Settings<'static> = &[("shared_buffers", "64MB")];

impl Cluster {
    /// The server that all tests of a program share; `None` where PostgreSQL is not installed, which is said once.
    ///
    /// # Panics
    /// As [`Cluster::new`].
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
        SHARED.get_or_init(Self::new).as_ref()
    }

    /// A server for one test; `None` where PostgreSQL is not installed.
    ///
    /// # Panics
    /// When it does not start, or is not installed although `MITHAQ_REQUIRE_POSTGRES` is `1`.
    #[must_use]
    pub fn new() -> Option<Self> {
        match Self::start_new(SMALL) {
            Ok(cluster) => Some(cluster),
            Err(Error::Missing) => {
                let required = std::env::var_os("MITHAQ_REQUIRE_POSTGRES").is_some_and(|value| value == "1");
                assert!(!required, "{}", Error::Missing);
                skipped();
                None
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// A new, empty database; how to reach it.
    ///
    /// # Panics
    /// When there is none to be had.
    pub async fn database(&self) -> String {
        self.new_database().await.expect("a database")
    }

    /// The server dies at once, as if the power went.
    ///
    /// # Panics
    /// When it does not.
    pub fn stop(&self) {
        self.crash().expect("it stops");
    }

    /// And comes back.
    ///
    /// # Panics
    /// When it does not.
    pub fn start(&self) {
        self.resume().expect("it starts");
    }
}

/// Runs statements on a connection of their own.
///
/// # Panics
/// When they fail.
pub async fn run(url: &str, sql: &str) {
    crate::execute(url, sql).await.expect("it runs");
}

fn skipped() {
    // Past the test harness, which would keep it to itself.
    static SAID: Once = Once::new();
    let line = b"SKIPPED: PostgreSQL is not installed, tests on PostgreSQL do not run\n";
    SAID.call_once(|| {
        let _ = std::io::stderr().write_all(line);
    });
}
