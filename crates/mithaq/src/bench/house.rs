//! The wallet that is measured: as `mithaq serve` runs it, on a ledger of its own, reached over loopback.

use super::place::{Ledger, Place};
use crate::house::{House, Keys, Plan, Tasks};
use crate::settings::Rules;
use mithaq_crypto::PublicKey;
use mithaq_delivery::Guard;
use mithaq_types::SystemClock;
use mithaq_wallet::{Alarm, Standing};
use mithaq_web::{App, Capacity};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long a stop may take.
const STOP_WITHIN: Duration = Duration::from_secs(20);

/// What works in the background.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Jobs {
    /// Leases and folding: nothing is delivered, messages stay in the outbox.
    Quiet,
    /// Everything.
    All,
}

/// A running wallet.
pub struct Running {
    /// The wallet.
    pub house: House,
    /// Where it listens.
    pub address: SocketAddr,
    /// What its answers are signed with.
    pub key: PublicKey,
    tasks: Tasks,
    ledger: Ledger,
}

impl Running {
    /// Serves a wallet over the ledger at `place`, with its keys in `keys`.
    pub async fn open(place: &Place, keys: &Path, signers: usize, jobs: Jobs) -> anyhow::Result<Self> {
        let ledger = place.open()?;
        let keys = Keys::open(keys)?;
        let key = keys.ring.current().1.public();
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let address = listener.local_addr()?;
        let alarm = Alarm::new(Arc::new(SystemClock));
        let house = ledger.house(Plan {
            keys,
            clock: Arc::new(SystemClock),
            alarm: alarm.clone(),
            rules: Rules::default(),
            origin: format!("http://{address}"),
            capacity: Capacity::of(signers),
            // The merchant that is notified is on this machine.
            guard: Guard::sandbox(),
            sandbox: None,
            sources: mithaq_wallet::Sources::none(),
        })?;
        let mut tasks = Tasks::new(alarm);
        match jobs {
            Jobs::All => house.start_jobs(&mut tasks, None)?,
            Jobs::Quiet => tasks.spawn(quiet_jobs(&house)),
        }
        tasks.serve(listener, mithaq_web::bench_router(App::clone(&house.app)));
        Ok(Self { house, address, key, tasks, ledger })
    }

    /// Stops serving, lets the engine finish, and closes the ledger.
    pub async fn close(self) -> anyhow::Result<()> {
        let Self { house, tasks, ledger, .. } = self;
        house.alarm.stop();
        anyhow::ensure!(tasks.finish(STOP_WITHIN).await, "the wallet does not stop");
        house.close(STOP_WITHIN).await;
        drop(ledger);
        Ok(())
    }
}

/// The jobs of a wallet that delivers nothing.
fn quiet_jobs(house: &House) -> impl Future<Output = ()> + Send + use<> {
    let standing = Standing::among_others();
    let fold = mithaq_wallet::fold_credits(house.wallet.clone(), standing.clone(), house.alarm.clone());
    mithaq_wallet::keep_while(house.keeper.clone(), standing, mithaq_wallet::LIFE, fold)
}
