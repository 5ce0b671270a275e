//! A process of the wallet from its start to its clean stop.
//!
//! Ports are taken and keys are read first: what is wrong with them ends the program at once. A database that is out of
//! reach does not: the process waits for it. Only then does anybody reach the wallet, so that a request is never
//! accepted by a process that could not have answered it.

use super::banner;
use super::health::Health;
use super::ports::Port;
use super::settings::ServeSettings;
use super::{admin, database, health, installation};
use crate::house::{House, Keys, Plan, Tasks, told_to_stop};
use mithaq_delivery::Guard;
use mithaq_store::PostgresDatabase;
use mithaq_types::SystemClock;
use mithaq_wallet::Alarm;
use std::sync::Arc;
use std::time::Duration;

/// How long the stop waits for what was accepted: a merchant waits 25 s for its answer (spec/qicard.md 1).
const FINISH: Duration = Duration::from_secs(25);
/// How long it then waits for those who ask how it is.
const LAST_WORD: Duration = Duration::from_secs(1);

/// Serves until the program is told to stop, and stops.
pub async fn live(settings: ServeSettings) -> anyhow::Result<()> {
    let told = told_to_stop()?;
    let alarm = Alarm::new(Arc::new(SystemClock));
    let listening = Port::reserve("listen", settings.listen)?;
    let asked = Port::reserve("admin_listen", settings.admin_listen)?;
    let keys = Keys::open(&settings.keys)?;
    let health = Health::new(alarm.clone());

    // It answers to the very end, also while everything else is stopping.
    let last = Alarm::new(Arc::new(SystemClock));
    let mut answering = Tasks::new(last.clone());
    let ports = banner::Ports { wallet: listening.address(), admin: asked.address() };
    tracing::info!(admin.address = %ports.admin, "serve: starting");
    answering.serve(asked.open()?, admin::router(health.clone()));
    tokio::spawn({
        let alarm = alarm.clone();
        async move {
            told.await;
            tracing::info!("serve: stopping");
            alarm.stop();
        }
    });

    let outcome = match database::wait_for(&settings.database_url, &alarm).await {
        Ok(Some(database)) => work(&settings, keys, &database, &alarm, &health, (listening, &ports)).await,
        Ok(None) => Ok(()),
        Err(error) => Err(error),
    };
    last.stop();
    answering.finish(LAST_WORD).await;
    outcome
}

/// What is done between the database's arrival and the stop.
async fn work(
    settings: &ServeSettings,
    keys: Keys,
    database: &PostgresDatabase,
    alarm: &Alarm,
    health: &Health,
    (listening, ports): (Port, &banner::Ports),
) -> anyhow::Result<()> {
    let plan = Plan {
        keys,
        clock: Arc::new(SystemClock),
        alarm: alarm.clone(),
        rules: settings.rules.clone(),
        origin: settings.public_url.clone(),
        guard: Guard::production().with_networks(settings.notify_allow.clone()),
        sandbox: None,
    };
    let house = House::build(database.store()?, database.reader()?, plan)?;
    let mut tasks = Tasks::new(alarm.clone());
    let outcome = match installation::check(&house, &settings.keys).await {
        Ok(()) => open(settings, &house, &mut tasks, health, (listening, ports)),
        Err(error) => Err(error),
    };
    if outcome.is_ok() {
        alarm.stopped().await;
    }
    alarm.stop();
    if !tasks.finish(FINISH).await {
        tracing::warn!("serve: gave up waiting for what was accepted");
    }
    house.close().await;
    outcome
}

/// Lets everybody in.
fn open(
    settings: &ServeSettings,
    house: &House,
    tasks: &mut Tasks,
    health: &Health,
    (listening, ports): (Port, &banner::Ports),
) -> anyhow::Result<()> {
    house.start_jobs(tasks)?;
    tasks.spawn(health::probe(house.wallet.reader().clone(), health.clone()));
    tasks.serve(listening.open()?, mithaq_web::router(house.app.clone()));
    health.found();
    banner::print(settings, ports);
    Ok(())
}
