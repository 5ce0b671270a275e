//! A process of the wallet from its start to its clean stop.
//!
//! Ports are taken and keys are read first: what is wrong with them ends the program at once. A database that is out of
//! reach does not: the process waits for it. Only then does anybody reach the wallet, so that a request is never
//! accepted by a process that could not have answered it.

use super::banner::{self, Addresses};
use super::health::Health;
use super::ports::Port;
use super::settings::ServeSettings;
use super::{admin, database, health, installation};
use crate::house::{Ground, House, Keys, Plan, Tasks, told_to_stop};
use crate::telemetry::{self, Telemetry};
use mithaq_delivery::Guard;
use mithaq_store::PostgresDatabase;
use mithaq_types::SystemClock;
use mithaq_wallet::Alarm;
use std::sync::Arc;
use std::time::Duration;

/// How long the stop waits for what was accepted. A merchant is answered within 20 s, come what may; what is not
/// finished then is a connection whose client sends nothing. With the rest of the stop it stays below the 30 s after
/// which supervisors lose patience.
const FINISH: Duration = Duration::from_secs(22);
/// How long it then waits for those who ask how it is.
const LAST_WORD: Duration = Duration::from_secs(1);

/// Serves until the program is told to stop, and stops.
pub async fn live(settings: ServeSettings) -> anyhow::Result<()> {
    let telemetry = telemetry::start(&settings.telemetry)?;
    let alarm = Alarm::new(Arc::new(SystemClock));
    let health = Health::new(alarm.clone());
    let process = Process { settings, telemetry, alarm, health };
    let outcome = process.live().await;
    process.telemetry.stop().await;
    outcome
}

/// What everything in the process needs.
struct Process {
    settings: ServeSettings,
    telemetry: Telemetry,
    /// Says stop.
    alarm: Alarm,
    health: Health,
}

impl Process {
    async fn live(&self) -> anyhow::Result<()> {
        self.stop_when_told()?;
        let wallet = Port::reserve("listen", self.settings.listen)?;
        let admin = Port::reserve("admin_listen", self.settings.admin_listen)?;
        let keys = Keys::open(&self.settings.keys)?;

        // It answers to the very end, also while everything else is stopping.
        let last = Alarm::new(Arc::new(SystemClock));
        let mut asked = Tasks::new(last.clone());
        let addresses = Addresses { wallet: wallet.address(), admin: admin.address() };
        tracing::info!(wallet.address = %addresses.wallet, admin.address = %addresses.admin, "serve: starting");
        asked.serve(admin.open()?, admin::router(self.health.clone(), self.telemetry.clone()));
        let outcome = match database::wait_for(&self.settings.database_url, &self.alarm).await {
            Ok(Some(database)) => self.work(&database, keys, wallet, &addresses).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        last.stop();
        asked.finish(LAST_WORD).await;
        outcome
    }

    fn stop_when_told(&self) -> anyhow::Result<()> {
        let (told, alarm) = (told_to_stop()?, self.alarm.clone());
        tokio::spawn(async move {
            told.await;
            tracing::info!("serve: stopping");
            alarm.stop();
        });
        Ok(())
    }

    /// What is done between the database's arrival and the stop.
    async fn work(
        &self,
        database: &PostgresDatabase,
        keys: Keys,
        port: Port,
        addresses: &Addresses,
    ) -> anyhow::Result<()> {
        let plan = Plan {
            keys,
            clock: Arc::new(SystemClock),
            alarm: self.alarm.clone(),
            rules: self.settings.rules.clone(),
            origin: self.settings.public_url.clone(),
            capacity: self.settings.capacity,
            guard: Guard::production().with_networks(self.settings.notify_allow.clone()),
            sandbox: None,
        };
        let ground = Ground { store: database.store()?, reader: database.reader()?, keeper: database.keeper()? };
        let house = House::build(ground, plan)?;
        let mut tasks = Tasks::new(self.alarm.clone());
        let outcome = match installation::check(&house, &self.settings.keys).await {
            Ok(true) => self.open(&house, &mut tasks, port, addresses),
            Ok(false) => Ok(()),
            Err(error) => Err(error),
        };
        if outcome.is_ok() {
            self.alarm.stopped().await;
        }
        self.alarm.stop();
        if !tasks.finish(FINISH).await {
            tracing::warn!("serve: gave up waiting for what was accepted");
        }
        house.close().await;
        outcome
    }

    /// Lets everybody in.
    fn open(&self, house: &House, tasks: &mut Tasks, port: Port, addresses: &Addresses) -> anyhow::Result<()> {
        house.start_jobs(tasks)?;
        tasks.spawn(health::probe(house.keeper.clone(), self.health.clone()));
        self.telemetry.watch(house.wallet.reader().clone(), Arc::new(SystemClock));
        tasks.serve(port.open()?, mithaq_web::router(house.app.clone()));
        self.health.found();
        banner::print(&self.settings, addresses);
        Ok(())
    }
}
