//! What only the sandbox has: a database in a folder, a clock that can be moved, the demo merchant's key.

use super::listen::Addresses;
use crate::failure;
use crate::house::{Ground, House, Keys, Plan, make_certificate};
use crate::settings::{GatewayRules, Rules};
use anyhow::Context as _;
use mithaq_crypto::{PrivateKey, SystemEntropy};
use mithaq_delivery::Guard;
use mithaq_store::Database;
use mithaq_types::{Clock, ShiftedClock, Timestamp};
use mithaq_wallet::{Alarm, SimulatedBank, SimulatedIssuer, Sources};
use mithaq_web::{Capacity, Sandbox};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Under which name the clock's shift survives a restart.
const CLOCK_SHIFT: &str = "sandbox.clock.shift-ms";

/// Longer than anybody moves the clock.
const ALWAYS: (Timestamp, Timestamp) = (Timestamp::constant(946_684_800, 0), Timestamp::constant(4_102_444_800, 0));

/// All of it.
pub struct Parts {
    /// Where it is reached.
    pub addresses: Addresses,
    /// The wallet.
    pub house: House,
    /// The clock that can be moved.
    pub clock: Arc<ShiftedClock>,
    /// The demo merchant's key.
    pub merchant_key: PrivateKey,
    /// Where that is, in PEM.
    pub merchant_key_path: PathBuf,
    /// Where the wallet's public key is, in PEM.
    pub wallet_key_path: PathBuf,
    /// Holds the directory's lock.
    pub database: Database,
}

impl Parts {
    /// Opens the directory, making what is missing.
    pub fn open(directory: &Path, addresses: &Addresses, capacity: Capacity) -> anyhow::Result<Self> {
        let database = Database::open(directory).map_err(|error| failure::database(directory, error))?;
        let broken = |error| failure::database(directory, error);
        let reader = database.reader().map_err(broken)?;
        let keys_path = directory.join("keys");
        let keys = Keys::open(&keys_path)?;
        let clock = Arc::new(ShiftedClock::new(stored_shift(&reader).map_err(broken)?));
        let clock_for_house: Arc<dyn Clock> = Arc::<ShiftedClock>::clone(&clock);
        let alarm = Alarm::new(Arc::clone(&clock_for_house));
        let wallet_key = keys.ring.current().1.public();
        // Merchants of a sandbox may use certificates too, and its clock may stand in any of their years.
        let gateway = GatewayRules {
            certificate: Some(make_certificate(&keys_path, keys.ring.current().1, "Mithaq Sandbox", ALWAYS)?),
            window: None,
        };
        let plan = Plan {
            keys,
            clock: clock_for_house,
            alarm: alarm.clone(),
            rules: Rules { gateway, ..Rules::default() },
            origin: addresses.wallet.clone(),
            capacity,
            // Merchants of a sandbox live on this machine.
            guard: Guard::sandbox(),
            sources: simulated(&clock),
            sandbox: Some(Sandbox {
                clock: Arc::clone(&clock),
                alarm,
                calls: mithaq_web::calls::CallLog::default(),
                sign_strs: mithaq_web::SignStrLever::default(),
            }),
        };
        let house = House::build(Ground::sqlite(&database).map_err(broken)?, plan)?;

        let merchant_key_path = keys_path.join("demo-merchant.pem");
        let merchant_key = merchant_key(&merchant_key_path)?;
        let wallet_key_path = keys_path.join("wallet-public.pem");
        std::fs::write(&wallet_key_path, wallet_key.to_pem()).context("the wallet's public key")?;
        Ok(Self {
            addresses: addresses.clone(),
            house,
            clock,
            merchant_key,
            merchant_key_path: absolute(merchant_key_path),
            wallet_key_path: absolute(wallet_key_path),
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

/// Cards and a bank that exist in the sandbox only.
fn simulated(clock: &Arc<ShiftedClock>) -> Sources {
    let clock: Arc<dyn Clock> = Arc::<ShiftedClock>::clone(clock);
    let issuer = SimulatedIssuer::new(clock, Arc::new(SystemEntropy));
    Sources { issuer: Arc::new(issuer), bank: Arc::new(SimulatedBank) }
}
