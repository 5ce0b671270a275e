//! The wallet as the operator's commands open it: on the servers' database, with an engine of its own, for one command.

use super::{Common, trouble};
use crate::settings::Rules;
use mithaq_crypto::{Sealer, SystemEntropy};
use mithaq_domain::RandomMint;
use mithaq_store::{Engine, PostgresDatabase, Surroundings};
use mithaq_types::{Entropy as _, SystemClock};
use mithaq_wallet::{Setup, Sources, Wallet};
use std::sync::Arc;

/// What a command works with.
pub struct Desk {
    /// The use cases.
    pub wallet: Wallet,
    /// Limits, the calendar, the currencies.
    pub rules: Rules,
}

/// Opens the wallet, does `work`, and closes it again.
///
/// # Errors
/// When the settings are wrong, the database cannot be used or is not of this version, and as `work`.
pub fn open<T>(common: Common, work: impl AsyncFnOnce(&Desk) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let settings = common.place.read()?;
    let (url, rules) = (settings.database_url()?, settings.rules()?);
    if std::env::var_os("MITHAQ_LOG").is_some() {
        crate::logging::start("info");
    }
    // Only `mithaq migrate` changes the schema: looked at first, a database of another version is left alone.
    PostgresDatabase::inspect(&url).map_err(trouble::database)?;
    let database = PostgresDatabase::open(&url).map_err(trouble::database)?;
    let around = Surroundings {
        clock: Arc::new(SystemClock),
        policy: rules.policy.clone(),
        mint: Arc::new(RandomMint::new(SystemEntropy)),
    };
    let store = database.store().map_err(trouble::database)?;
    let (engine, engine_thread) = Engine::start(store, around)?;
    let wallet = Wallet::new(Setup {
        reader: database.reader().map_err(trouble::database)?,
        engine,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        policy: rules.policy.clone(),
        sealer: passing_sealer(),
        sources: Sources::none(),
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let desk = Desk { wallet, rules };
    let outcome = runtime.block_on(work(&desk));
    drop(desk);
    let _ = engine_thread.join();
    outcome
}

/// Nothing that the operator's commands do is sealed, so they need not know the installation's master key.
fn passing_sealer() -> Sealer {
    let mut key = [0; 32];
    SystemEntropy.fill(&mut key);
    Sealer::new(&key)
}
