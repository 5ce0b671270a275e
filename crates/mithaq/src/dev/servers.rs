//! The servers and jobs, from start to a clean stop.

use super::listen::Listeners;
use super::parts::Parts;
use super::world;
use anyhow::Context as _;
use mithaq_wallet::Alarm;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use url::Url;

/// Everything that runs.
pub struct Running {
    tasks: JoinSet<()>,
}

/// Starts all of it.
pub fn start(parts: &Parts, listeners: Listeners, app: Option<Url>) -> anyhow::Result<Running> {
    let mut tasks = JoinSet::new();
    for listener in listeners.wallet {
        tasks.spawn(serve(listener, mithaq_web::router(parts.app.clone()), parts.alarm.clone()));
    }
    if let (Some(listener), Some(target)) = (listeners.proxy, app) {
        let proxy = mithaq_web::proxy::Proxy { target, wallet_origin: parts.addresses.wallet.clone(), observe: true };
        tasks.spawn(serve(listener, mithaq_web::proxy::router(proxy), parts.alarm.clone()));
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
    let (merchant, stop) = (listeners.merchant, stopped(parts.alarm.clone()));
    tasks.spawn(async move {
        if let Err(error) = demo_shop::serve_with(merchant, shop, sources, stop).await {
            tracing::error!(error.message = %error, "dev: the demo merchant stopped");
        }
    });
    tasks.spawn(mithaq_wallet::run_expiry(parts.wallet.clone(), parts.alarm.clone()));
    let delivery = mithaq_web::delivery(&parts.app)?;
    tasks.spawn(mithaq_delivery::run(delivery, parts.alarm.clone()));
    Ok(Running { tasks })
}

impl Running {
    /// Waits for Ctrl-C or SIGTERM, lets what was accepted finish, and closes the database.
    pub async fn until_stopped(mut self, parts: Parts) -> anyhow::Result<()> {
        wait_for_signal().await?;
        parts.alarm.stop();
        let rest = async { while self.tasks.join_next().await.is_some() {} };
        // A connection that its client never closes must not keep the program alive.
        if tokio::time::timeout(std::time::Duration::from_secs(5), rest).await.is_err() {
            self.tasks.shutdown().await;
        }
        let Parts { wallet, app, engine_thread, database, .. } = parts;
        drop((wallet, app));
        // The last handle is gone: the engine finishes its batch and ends.
        let joined = tokio::task::spawn_blocking(move || engine_thread.join());
        let _ = tokio::time::timeout(std::time::Duration::from_secs(5), joined).await;
        drop(database);
        Ok(())
    }
}

async fn serve(listener: TcpListener, router: axum::Router, alarm: Alarm) {
    if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stopped(alarm)).await {
        tracing::error!(error.message = %error, "dev: a server stopped");
    }
}

async fn stopped(alarm: Alarm) {
    alarm.stopped().await;
}

async fn wait_for_signal() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        stopped = tokio::signal::ctrl_c() => stopped?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
