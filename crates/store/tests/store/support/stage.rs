//! A database that is only this test's, and a house on it: an engine, a reader, a user with money, a shop.

use super::commands::{SARA, add_shop, add_user, iqd, top_up};
use super::{Cluster, Watch, Watched, run_sql};
use mithaq_domain::{AccountId, Command, Done, Policy, RandomMint};
use mithaq_store::{Database, Engine, Keeper, PostgresDatabase, Reader, Store, StoreError, Surroundings};
use mithaq_types::{Currency, ManualClock, SeededEntropy, UserId};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use tempfile::TempDir;

/// Every engine draws from a source of its own, as every process does.
static SEED: AtomicU64 = AtomicU64::new(1);

/// What the tests change as tables are views on SQLite.
const VIEWS: &str = "CREATE TEMP TRIGGER change_account INSTEAD OF UPDATE ON accounts BEGIN \
    UPDATE standing SET balance = NEW.balance WHERE kind = 'account' AND name = OLD.account; END; \
    CREATE TEMP TRIGGER change_state INSTEAD OF UPDATE ON contract_states BEGIN \
    UPDATE standing SET name = NEW.contract_id, body = NEW.body WHERE kind = 'contract' AND name = OLD.contract_id; END;";

/// Where a test runs. Dropping it removes everything.
pub enum Stage {
    /// A directory with a database in it.
    Sqlite {
        /// Open, unless the test has closed it.
        database: Option<Database>,
        /// The directory.
        directory: TempDir,
    },
    /// A database on a server of the tests' own.
    Postgres {
        /// Open.
        database: Box<PostgresDatabase>,
        /// Where.
        url: String,
    },
}

impl Stage {
    /// An empty database in a directory of its own.
    pub fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let database = Some(Database::open(directory.path()).expect("a database"));
        Self::Sqlite { database, directory }
    }

    /// An empty database on the server that the tests share, if there is one.
    pub async fn postgres() -> Option<Self> {
        let cluster = Cluster::shared()?;
        Some(Self::postgres_at(&cluster.database().await))
    }

    /// The database at `url`.
    pub fn postgres_at(url: &str) -> Self {
        let database = Box::new(PostgresDatabase::open(url).expect("a database"));
        Self::Postgres { database, url: url.to_owned() }
    }

    /// Where PostgreSQL's database is.
    pub fn url(&self) -> &str {
        match self {
            Self::Sqlite { .. } => panic!("a file"),
            Self::Postgres { url, .. } => url,
        }
    }

    /// Starts an engine, watched by `watch`.
    pub fn start(&self, clock: &Arc<ManualClock>, watch: &Watch) -> (Engine, JoinHandle<()>) {
        let around = around(clock);
        match self {
            Self::Sqlite { database, .. } => {
                let store = database.as_ref().expect("open").store().expect("a writer");
                start(store, around, watch)
            }
            Self::Postgres { database, .. } => start(database.store().expect("a writer"), around, watch),
        }
    }

    /// Does something to the store.
    pub fn run<T: Task>(&self) -> Result<T::Output, StoreError> {
        match self {
            Self::Sqlite { database, .. } => run::<T>(database.as_ref().expect("open").store().expect("a writer")),
            Self::Postgres { database, .. } => run::<T>(database.store().expect("a writer")),
        }
    }

    /// Readers.
    pub fn reader(&self) -> Reader {
        match self {
            Self::Sqlite { database, .. } => database.as_ref().expect("open").reader().expect("readers"),
            Self::Postgres { database, .. } => database.reader().expect("readers"),
        }
    }

    /// This process's standing.
    pub fn keeper(&self) -> Keeper {
        match self {
            Self::Sqlite { database, .. } => database.as_ref().expect("open").keeper(),
            Self::Postgres { database, .. } => database.keeper().expect("a reactor"),
        }
    }

    /// Closes the database and opens it again, as a new process would.
    pub fn reopen(&mut self) {
        match self {
            Self::Sqlite { database, directory } => {
                drop(database.take());
                *database = Some(Database::open(directory.path()).expect("opens again"));
            }
            Self::Postgres { database, url } => **database = PostgresDatabase::open(url).expect("opens again"),
        }
    }

    /// Runs statements behind the engine's back.
    pub async fn tamper(&self, sql: &str) {
        match self {
            Self::Sqlite { directory, .. } => {
                let connection = rusqlite::Connection::open(directory.path().join("mithaq.db")).expect("opens");
                connection.busy_timeout(std::time::Duration::from_secs(5)).expect("waits");
                connection.execute_batch(&format!("PRAGMA ignore_check_constraints = 1; {VIEWS} {sql}")).expect(sql);
            }
            Self::Postgres { url, .. } => {
                let sql = format!("ALTER TABLE accounts DROP CONSTRAINT IF EXISTS accounts_not_negative; {sql}");
                run_sql(url, &sql).await;
            }
        }
    }
}

fn around(clock: &Arc<ManualClock>) -> Surroundings {
    let entropy = SeededEntropy::new(SEED.fetch_add(1, Ordering::Relaxed));
    Surroundings {
        clock: Arc::<ManualClock>::clone(clock),
        policy: Policy::default(),
        mint: Arc::new(RandomMint::new(entropy)),
    }
}

/// Something done to a store, on a thread of its own as the engine's is.
pub trait Task {
    /// What it finds.
    type Output: Send + 'static;

    /// Does it.
    fn run(store: &mut impl Store) -> Result<Self::Output, StoreError>;
}

fn run<T: Task>(mut store: impl Store) -> Result<T::Output, StoreError> {
    std::thread::spawn(move || T::run(&mut store)).join().expect("no panic")
}

fn start(store: impl Store, around: Surroundings, watch: &Watch) -> (Engine, JoinHandle<()>) {
    Engine::start(Watched::new(store, watch.clone()), around).expect("a thread")
}

/// A wallet at work.
pub struct House {
    /// Its database.
    pub stage: Stage,
    /// What it does and where it can be held up.
    pub watch: Watch,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    engine: Option<(Engine, JoinHandle<()>)>,
}

impl House {
    /// A house with nobody in it.
    pub fn empty(stage: Stage) -> Self {
        let clock = Arc::new(ManualClock::at("2026-12-01T06:00:00Z".parse().expect("an instant")));
        let watch = Watch::default();
        let engine = Some(stage.start(&clock, &watch));
        Self { stage, watch, clock, engine }
    }

    /// A house with Sara, who has 250,000 dinars, and a shop.
    pub async fn open(stage: Stage) -> Self {
        let house = Self::empty(stage);
        house.done(add_shop()).await;
        house.done(add_user(SARA)).await;
        house.done(top_up(SARA, iqd(250_000))).await;
        house
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.engine.as_ref().expect("running").0
    }

    /// Another engine on the same database, as another process would run it.
    pub fn another(&self) -> Engine {
        self.stage.start(&self.clock, &Watch::default()).0
    }

    /// One more engine, with several connections to PostgreSQL.
    pub fn in_lanes(&self, lanes: usize) -> Engine {
        let Stage::Postgres { database, .. } = &self.stage else { panic!("SQLite has one writer") };
        let stores = (0..lanes).map(|_| database.store().expect("a writer")).collect();
        Engine::start_lanes(stores, around(&self.clock)).expect("threads").0
    }

    /// Submits a command that must succeed.
    pub async fn done(&self, command: Command) -> Done {
        self.engine().submit(command).await.expect("durable").expect("done")
    }

    /// Stops the engine once it has finished, and waits for it.
    pub fn stop(&mut self) {
        if let Some((engine, thread)) = self.engine.take() {
            drop(engine);
            thread.join().expect("ends well");
        }
    }

    /// Stops, closes, opens and starts.
    pub fn restart(&mut self) {
        self.stop();
        self.stage.reopen();
        self.engine = Some(self.stage.start(&self.clock, &self.watch));
    }

    /// What a user can spend, in fils.
    pub async fn balance(&self, user: &str) -> i64 {
        let account = AccountId::user(UserId::new(user), Currency::IQD);
        let key = mithaq_domain::Key::Account(account.clone());
        self.stage.reader().rows(vec![key]).await.expect("readable").balance_of(&account).balance
    }

    /// The ledger holds.
    pub async fn verified(&self) {
        let report = self.stage.reader().verify().await.expect("readable");
        assert!(report.ok(), "{report:#?}");
    }
}
