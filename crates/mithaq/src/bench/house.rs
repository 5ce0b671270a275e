//! The wallet that is measured: as in production, on a database of its own, reached over loopback.

use super::place::{Ledger, Place};
use jiff::SignedDuration;
use mithaq_crypto::{KeyRing, PrivateKey, PublicKey, Sealer, SystemEntropy};
use mithaq_delivery::Guard;
use mithaq_domain::{Policy, RandomMint};
use mithaq_pages::Renderer;
use mithaq_store::Surroundings;
use mithaq_types::{Currency, SystemClock};
use mithaq_wallet::{Alarm, Setup, Wallet};
use mithaq_web::{App, Config, Directory, Shared, SignPool};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::net::TcpListener;

/// A running wallet.
pub struct House {
    /// What its handlers share.
    pub app: App,
    /// The use cases.
    pub wallet: Wallet,
    /// Where it listens.
    pub address: SocketAddr,
    /// What its answers are signed with.
    pub key: PublicKey,
    alarm: Alarm,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
    engine_thread: JoinHandle<()>,
    ledger: Ledger,
}

impl House {
    /// Serves a wallet with a key of its own over the ledger at `place`, with its secrets in `secrets`.
    pub async fn open(place: &Place, secrets: &Path, signers: usize) -> anyhow::Result<Self> {
        let ledger = place.open()?;
        let reader = ledger.reader()?;
        let entropy = Arc::new(SystemEntropy);
        let sealer = Sealer::from_file(&secrets.join("master.key"), &*entropy)?;
        let policy = Policy::default();
        let zone = policy.zone.clone();
        let mint = Arc::new(RandomMint::new(SystemEntropy));
        let (engine, engine_thread) =
            ledger.engine(Surroundings { clock: Arc::new(SystemClock), policy: policy.clone(), mint })?;
        let wallet = Wallet::new(Setup { engine, reader, clock: Arc::new(SystemClock), entropy, policy, sealer });

        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let address = listener.local_addr()?;
        let key = PrivateKey::generate()?;
        let app = Arc::new(Shared {
            wallet: wallet.clone(),
            keys: Arc::new(KeyRing::single(key.clone())),
            signer: SignPool::start(signers)?,
            directory: Directory::default(),
            pages: Arc::new(Renderer::new()?),
            config: Config {
                wallet_origin: format!("http://{address}"),
                zone,
                currencies: vec![Currency::IQD],
                clock_window: SignedDuration::from_mins(5),
            },
            // The merchant that is notified is on this machine.
            guard: Guard::sandbox(),
            sandbox: None,
        });
        let alarm = Alarm::new(Arc::new(SystemClock));
        let stopped = {
            let alarm = alarm.clone();
            async move { alarm.stopped().await }
        };
        let router = mithaq_web::bench_router(App::clone(&app));
        let server = tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(stopped).await });
        Ok(Self { app, wallet, address, key: key.public(), alarm, server, engine_thread, ledger })
    }

    /// Stops serving, lets the engine finish, and closes the database.
    pub async fn close(self) -> anyhow::Result<()> {
        let Self { app, wallet, alarm, server, engine_thread, ledger, .. } = self;
        alarm.stop();
        server.await??;
        drop((app, wallet));
        // The last handle is gone: the engine finishes its batch and ends.
        let joined = tokio::task::spawn_blocking(move || engine_thread.join()).await?;
        joined.map_err(|_| anyhow::anyhow!("the engine's thread broke"))?;
        drop(ledger);
        Ok(())
    }
}
