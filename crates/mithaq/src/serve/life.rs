//! A process of the wallet from its start to its clean stop.
//!
//! Ports are taken and keys are read first: what is wrong with them ends the program at once. A database that is out of
//! reach does not: the process waits for it. Only then does anybody reach the wallet, so that a request is never
//! accepted by a process that could not have answered it.

use super::banner::{self, Addresses};
use super::health::Health;
use super::ports::Port;
use super::settings::{Messages, ServeSettings};
use super::{admin, database, health, installation};
use crate::house::{Ground, House, Keys, Plan, Signals, Tasks};
use crate::telemetry::{self, Telemetry};
use mithaq_delivery::{Gateway, Guard};
use mithaq_store::PostgresDatabase;
use mithaq_types::SystemClock;
use mithaq_wallet::Alarm;
use std::sync::Arc;
use std::time::Duration;

/// How long the stop waits for what was accepted. A merchant is answered within 20 s, come what may; what is not
/// finished then is a connection whose client sends nothing. With the rest of the stop it stays below the 30 s after
/// which supervisors lose patience.
const FINISH: Duration = Duration::from_secs(22);
/// How long it then waits for the engine, which has nothing left to do but to take its leave of the database.
const LAST_BATCH: Duration = Duration::from_secs(2);
/// How long it then waits for those who ask how it is.
const LAST_WORD: Duration = Duration::from_secs(1);

/// The exit code of a stop that was not waited for.
const TOLD_TWICE: i32 = 1;

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

/// What is taken at the start, and given to the wallet when there is a database.
struct Taken {
    keys: Keys,
    gateway: Option<Gateway>,
    port: Port,
    addresses: Addresses,
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
        let port = Port::reserve("listen", self.settings.listen)?;
        let admin = Port::reserve("admin_listen", self.settings.admin_listen)?;
        let addresses = Addresses { wallet: port.address(), admin: admin.address() };
        let keys = Keys::open(&self.settings.keys)?;
        let gateway = self.settings.messages.as_ref().map(Messages::gateway).transpose()?;
        tracing::info!(wallet.address = %addresses.wallet, admin.address = %addresses.admin, "serve: starting");

        // It answers to the very end, also while everything else is stopping.
        let last = Alarm::new(Arc::new(SystemClock));
        let mut asked = Tasks::new(last.clone());
        asked.serve(admin.open()?, admin::router(self.health.clone(), self.telemetry.clone()));
        let outcome = match database::wait_for(&self.settings.database_url, &self.alarm).await {
            Ok(Some(database)) => self.work(&database, Taken { keys, gateway, port, addresses }).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        last.stop();
        asked.finish(LAST_WORD).await;
        outcome
    }

    fn stop_when_told(&self) -> anyhow::Result<()> {
        let (mut signals, alarm) = (Signals::listen()?, self.alarm.clone());
        tokio::spawn(async move {
            signals.stop().await;
            tracing::info!("serve: stopping");
            alarm.stop();
            // Whoever says it again does not want to wait. What is acknowledged is durable all the same.
            signals.stop().await;
            std::process::exit(TOLD_TWICE);
        });
        Ok(())
    }

    /// What is done between the database's arrival and the stop.
    async fn work(&self, database: &PostgresDatabase, taken: Taken) -> anyhow::Result<()> {
        let Taken { keys, gateway, port, addresses } = taken;
        let plan = Plan {
            keys,
            clock: Arc::new(SystemClock),
            alarm: self.alarm.clone(),
            rules: self.settings.rules.clone(),
            origin: self.settings.public_url.clone(),
            capacity: self.settings.capacity,
            guard: Guard::production().with_networks(self.settings.notify_allow.clone()),
            sandbox: None,
            sources: mithaq_wallet::Sources::none(),
        };
        let house = House::build(Ground::postgres(database)?, plan)?;
        let mut tasks = Tasks::new(self.alarm.clone());
        let outcome = match installation::check(&house, &self.settings.keys).await {
            Ok(true) => self.open(&house, &mut tasks, gateway, (port, &addresses)),
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
        house.close(LAST_BATCH).await;
        outcome
    }

    /// Lets everybody in.
    fn open(
        &self,
        house: &House,
        tasks: &mut Tasks,
        gateway: Option<Gateway>,
        (port, addresses): (Port, &Addresses),
    ) -> anyhow::Result<()> {
        house.start_jobs(tasks, gateway)?;
        tasks.spawn(health::probe(house.keeper.clone(), self.health.clone()));
        self.telemetry.watch(house.wallet.reader().clone(), Arc::new(SystemClock));
        tasks.serve(port.open()?, mithaq_web::router(house.app.clone()));
        self.health.found();
        banner::print(&self.settings, addresses);
        Ok(())
    }
}
