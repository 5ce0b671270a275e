//! What the sandbox is made of: the database, the keys, the clock, the wallet, the web's shared state.

use super::listen::Addresses;
use crate::failure;
use anyhow::Context as _;
use jiff::SignedDuration;
use mithaq_crypto::{KeyRing, PrivateKey, Sealer, SystemEntropy};
use mithaq_delivery::Guard;
use mithaq_domain::{Policy, RandomMint};
use mithaq_pages::Renderer;
use mithaq_store::{Database, Engine, Surroundings};
use mithaq_types::{Clock, Currency, ShiftedClock};
use mithaq_wallet::{Alarm, Setup, Wallet};
use mithaq_web::{App, Config, Directory, Sandbox, Shared, SignPool};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

/// Under which name the clock's shift survives a restart.
const CLOCK_SHIFT: &str = "sandbox.clock.shift-ms";

/// All of it.
pub struct Parts {
    /// Where it is reached.
    pub addresses: Addresses,
    /// The use cases.
    pub wallet: Wallet,
    /// What the web's handlers share.
    pub app: App,
    /// The clock that can be moved.
    pub clock: Arc<ShiftedClock>,
    /// Wakes and stops the jobs.
    pub alarm: Alarm,
    /// The demo merchant's key.
    pub merchant_key: PrivateKey,
    /// Where that is, in PEM.
    pub merchant_key_path: PathBuf,
    /// Where the wallet's public key is, in PEM.
    pub wallet_key_path: PathBuf,
    /// The engine's thread, to be waited for at the end.
    pub engine_thread: JoinHandle<()>,
    /// Holds the directory's lock.
    pub database: Database,
}

impl Parts {
    /// Opens the directory, making what is missing.
    pub fn open(directory: &Path, addresses: &Addresses) -> anyhow::Result<Self> {
        let database = Database::open(directory).map_err(|error| failure::database(directory, error))?;
        let broken = |error| failure::database(directory, error);
        let reader = database.reader().map_err(broken)?;
        let entropy: Arc<SystemEntropy> = Arc::new(SystemEntropy);
        let keys = Arc::new(KeyRing::open(&directory.join("keys"))?);
        let sealer = Sealer::from_file(&directory.join("keys").join("master.key"), &*entropy)?;
        let clock = Arc::new(ShiftedClock::new(stored_shift(&reader).map_err(broken)?));
        let policy = Policy::default();
        let around = Surroundings {
            clock: Arc::<ShiftedClock>::clone(&clock),
            policy: policy.clone(),
            mint: Arc::new(RandomMint::new(SystemEntropy)),
        };
        let (engine, engine_thread) = Engine::start(database.store().map_err(broken)?, around)?;
        let alarm = Alarm::new(Arc::<ShiftedClock>::clone(&clock));
        let zone = policy.zone.clone();
        let clock_for_wallet: Arc<dyn Clock> = Arc::<ShiftedClock>::clone(&clock);
        let wallet = Wallet::new(Setup { engine, reader, clock: clock_for_wallet, entropy, policy, sealer });

        let merchant_key_path = directory.join("keys").join("demo-merchant.pem");
        let merchant_key = merchant_key(&merchant_key_path)?;
        let wallet_key_path = directory.join("keys").join("wallet-public.pem");
        std::fs::write(&wallet_key_path, keys.current().1.public().to_pem()).context("the wallet's public key")?;

        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let app = Arc::new(Shared {
            wallet: wallet.clone(),
            keys,
            // One core is left for the engine: a starved writer costs more than a waiting signature.
            signer: SignPool::start(cores.saturating_sub(1))?,
            directory: Directory::default(),
            pages: Arc::new(Renderer::new()?),
            config: Config {
                wallet_origin: addresses.wallet.clone(),
                zone,
                currencies: vec![Currency::IQD],
                clock_window: SignedDuration::from_mins(5),
            },
            // Merchants of a sandbox live on this machine.
            guard: Guard::sandbox(),
            sandbox: Some(Sandbox {
                clock: Arc::clone(&clock),
                alarm: alarm.clone(),
                calls: mithaq_web::calls::CallLog::default(),
            }),
        });
        Ok(Self {
            addresses: addresses.clone(),
            wallet,
            app,
            clock,
            alarm,
            merchant_key,
            merchant_key_path: absolute(merchant_key_path),
            wallet_key_path: absolute(wallet_key_path),
            engine_thread,
            database,
        })
    }
}

fn stored_shift(reader: &mithaq_store::Reader) -> Result<i64, mithaq_store::StoreError> {
    let text = reader.meta_now(CLOCK_SHIFT)?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// The demo merchant's key: its own, made once, as a merchant would.
fn merchant_key(path: &Path) -> anyhow::Result<PrivateKey> {
    if let Ok(pem) = std::fs::read_to_string(path) {
        return PrivateKey::from_pem(&pem).with_context(|| format!("{} is not a private key", path.display()));
    }
    let key = PrivateKey::generate()?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("{} cannot be written", path.display()))?;
    std::io::Write::write_all(&mut file, key.to_pem()?.as_bytes())?;
    Ok(key)
}

fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}
