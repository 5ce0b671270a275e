//! The sandbox's servers and jobs, from start to a clean stop.

use super::listen::Listeners;
use super::parts::Parts;
use super::world;
use crate::house::{Signals, Tasks};
use anyhow::Context as _;
use std::time::Duration;
use url::Url;

/// How long the end waits for what was accepted.
const FINISH: Duration = Duration::from_secs(5);
/// How long it then waits for the engine to close the database.
const LAST_BATCH: Duration = Duration::from_secs(5);

/// Everything that runs.
pub struct Running {
    tasks: Tasks,
}

/// Starts all of it.
pub fn start(parts: &Parts, listeners: Listeners, app: Option<Url>) -> anyhow::Result<Running> {
    let house = &parts.house;
    let mut tasks = Tasks::new(house.alarm.clone());
    for listener in listeners.wallet {
        tasks.serve(listener, mithaq_web::router(house.app.clone()));
    }
    if let (Some(listener), Some(target)) = (listeners.proxy, app) {
        let proxy = mithaq_web::proxy::Proxy { target, wallet_origin: parts.addresses.wallet.clone(), observe: true };
        tasks.serve(listener, mithaq_web::proxy::router(proxy));
    }
    let shop = demo_shop::Config {
        wallet_url: parts.addresses.wallet.clone(),
        public_url: parts.addresses.merchant.clone(),
        client_id: world::CLIENT_ID.to_owned(),
        private_key_pem: parts.merchant_key.to_pem()?,
        wallet_public_key_pem: std::fs::read_to_string(&parts.wallet_key_path).context("the wallet's public key")?,
    };
    // The shop's calendar moves along with the wallet's.
    let sources = demo_shop::Sources { clock: parts.clock.clone(), ..demo_shop::Sources::of_this_machine() };
    let (merchant, alarm) = (listeners.merchant, house.alarm.clone());
    let stop = async move { alarm.stopped().await };
    tasks.spawn(async move {
        if let Err(error) = demo_shop::serve_with(merchant, shop, sources, stop).await {
            tracing::error!(error.message = %error, "dev: the demo merchant stopped");
        }
    });
    house.start_jobs(&mut tasks, None)?;
    Ok(Running { tasks })
}

impl Running {
    /// Waits for Ctrl-C or SIGTERM, lets what was accepted finish, and closes the database.
    pub async fn until_stopped(self, parts: Parts) -> anyhow::Result<()> {
        Signals::listen()?.stop().await;
        parts.house.alarm.stop();
        self.tasks.finish(FINISH).await;
        let Parts { house, database, .. } = parts;
        house.close(LAST_BATCH).await;
        drop(database);
        Ok(())
    }
}
