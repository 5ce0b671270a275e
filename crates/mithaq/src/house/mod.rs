//! What every wallet is made of, in a sandbox and in production: keys, rules, engine, use cases, what handlers share.
//! And how all of it comes to a clean stop.

mod gateway;
mod keys;
mod server;
mod stop;
mod tasks;

pub use gateway::make_certificate;
pub use keys::Keys;
pub use stop::Signals;
pub use tasks::Tasks;

use crate::settings::Rules;
use anyhow::Context as _;
use jiff::SignedDuration;
use mithaq_crypto::SystemEntropy;
use mithaq_delivery::{Gateway, Guard};
use mithaq_domain::RandomMint;
use mithaq_pages::Renderer;
use mithaq_store::{
    Database, Engine, Keeper, PgStore, PostgresDatabase, Reader, SqliteStore, Store, StoreError, Surroundings,
};
use mithaq_types::Clock;
use mithaq_wallet::{Alarm, Setup, Sources, Wallet};
use mithaq_web::{App, Capacity, Config, Directory, Sandbox, Shared, SignPool};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// How long the stop waits for the jobs: one may be asking a database that does not answer. What they leave undone is
/// done by the next process, or the next run.
const LAST_JOBS: Duration = Duration::from_secs(3);
/// How long the end waits for the database to take back what this process had to itself.
const LAST_LEASE: Duration = Duration::from_secs(1);

/// Connections that the engine writes over to PostgreSQL: while the server works for one, the other decides.
const LANES: usize = 2;

/// An open database.
pub struct Ground<S> {
    /// Where the engine writes: one connection, or several to the same database.
    pub stores: Vec<S>,
    /// For all that only looks.
    pub reader: Reader,
    /// This process among those that share it.
    pub keeper: Keeper,
}

impl Ground<SqliteStore> {
    /// A database of this process alone.
    pub fn sqlite(database: &Database) -> Result<Self, StoreError> {
        let (reader, keeper) = (database.reader()?, database.keeper());
        Ok(Self { stores: vec![database.store()?], reader, keeper })
    }
}

impl Ground<PgStore> {
    /// A database that processes share.
    pub fn postgres(database: &PostgresDatabase) -> Result<Self, StoreError> {
        let stores = (0..LANES).map(|_| database.store()).collect::<Result<_, _>>()?;
        Ok(Self { stores, reader: database.reader()?, keeper: database.keeper()? })
    }
}

/// What one house has and another has not.
pub struct Plan {
    /// The wallet's keys.
    pub keys: Keys,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// Wakes and stops the jobs.
    pub alarm: Alarm,
    /// Lifetimes, limits, currencies.
    pub rules: Rules,
    /// The wallet's own origin, without a slash at the end.
    pub origin: String,
    /// How much is answered at once.
    pub capacity: Capacity,
    /// Where notifications may go.
    pub guard: Guard,
    /// The sandbox's levers, in a sandbox.
    pub sandbox: Option<Sandbox>,
    /// Where money comes from besides the balance.
    pub sources: Sources,
}

/// A wallet, ready to be served.
pub struct House {
    /// The use cases.
    pub wallet: Wallet,
    /// What the web's handlers share.
    pub app: App,
    /// Wakes and stops the jobs.
    pub alarm: Alarm,
    /// This process among those that share the database.
    pub keeper: Keeper,
    /// The engine's thread, to be waited for at the end.
    engine_thread: JoinHandle<()>,
}

impl House {
    /// Builds it.
    pub fn build(ground: Ground<impl Store>, plan: Plan) -> anyhow::Result<Self> {
        let Ground { stores, reader, keeper } = ground;
        let Plan { keys, clock, alarm, rules, origin, capacity, guard, sandbox, sources } = plan;
        let policy = rules.policy;
        let mint = Arc::new(RandomMint::new(SystemEntropy));
        let around = Surroundings { clock: Arc::clone(&clock), policy: policy.clone(), mint };
        let (engine, engine_thread) = Engine::start_lanes(stores, around)?;
        let config = Config {
            wallet_origin: origin,
            zone: policy.zone.clone(),
            currencies: rules.currencies,
            clock_window: SignedDuration::from_mins(5),
            trade_pay_route: rules.trade_pay_route,
            gateway: gateway::config(&rules.gateway, &keys.ring)?,
        };
        let entropy = Arc::new(SystemEntropy);
        let wallet = Wallet::new(Setup { engine, reader, clock, entropy, policy, sealer: keys.sealer, sources });
        let app = Arc::new(Shared {
            wallet: wallet.clone(),
            keys: keys.ring,
            signer: SignPool::start_with(capacity)?,
            directory: Directory::default(),
            pages: Arc::new(Renderer::new()?),
            config,
            guard,
            sandbox,
        });
        Ok(Self { wallet, app, alarm, keeper, engine_thread })
    }

    /// Starts what works in the background. SMS and e-mail go to `gateway`; without one they are written down.
    pub fn start_jobs(&self, tasks: &mut Tasks, gateway: Option<Gateway>) -> anyhow::Result<()> {
        let jobs = mithaq_web::jobs(&self.app, self.keeper.clone(), gateway, self.alarm.clone());
        let jobs = jobs.context("notifications cannot be sent from here")?;
        let alarm = self.alarm.clone();
        tasks.spawn(async move {
            tokio::select! {
                () = jobs => {}
                () = async { alarm.stopped().await; tokio::time::sleep(LAST_JOBS).await } => {}
            }
        });
        Ok(())
    }

    /// Lets the engine finish and end, for `last_batch` at most, and leaves the rest to the others. Whoever else holds
    /// the wallet must have let go of it.
    pub async fn close(self, last_batch: Duration) {
        let Self { wallet, app, keeper, engine_thread, .. } = self;
        drop((wallet, app));
        // The last handle is gone: the engine finishes its batch and ends.
        let joined = tokio::task::spawn_blocking(move || engine_thread.join());
        let _ = tokio::time::timeout(last_batch, joined).await;
        // What cannot be given back runs out by itself.
        let _ = tokio::time::timeout(LAST_LEASE, keeper.leave()).await;
    }
}
