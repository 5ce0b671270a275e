//! What every handler shares.

use crate::calls::CallLog;
use crate::directory::Directory;
use crate::gateway::GatewayConfig;
use crate::sign_pool::SignPool;
use crate::{SignStrLever, SignStrRule, TradePayRoute};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use mithaq_crypto::KeyRing;
use mithaq_delivery::Guard;
use mithaq_pages::Renderer;
use mithaq_types::{Currency, ShiftedClock};
use mithaq_wallet::{Alarm, Wallet};
use std::sync::Arc;

/// How this installation is reached and what it takes.
#[derive(Clone, Debug)]
pub struct Config {
    /// The wallet's own origin: `http://localhost:7600`. No trailing slash.
    pub wallet_origin: String,
    /// In whose offset times are written.
    pub zone: TimeZone,
    /// The currencies that payments may be in.
    pub currencies: Vec<Currency>,
    /// How far a `Request-Time` may be off (spec/openapi.md 1.7).
    pub clock_window: SignedDuration,
    /// How the codes of `my.tradePay` reach pages.
    pub trade_pay_route: TradePayRoute,
    /// What is decided about `gateway.do`.
    pub gateway: GatewayConfig,
}

impl Config {
    /// The currencies that users may have money in: those of payments, and the one of the Alipay surface.
    #[must_use]
    pub fn held_currencies(&self) -> Vec<Currency> {
        let mut held = self.currencies.clone();
        if !held.contains(&Currency::CNY) {
            held.push(Currency::CNY);
        }
        held
    }
}

/// The sandbox's levers. Present only in `mithaq dev`; without it nothing of the sandbox is mounted.
pub struct Sandbox {
    /// The clock that can be moved.
    pub clock: Arc<ShiftedClock>,
    /// Wakes the jobs after a move.
    pub alarm: Alarm,
    /// Every call between the parties, for the Studio.
    pub calls: CallLog,
    /// How strict it is with strings for `my.paySignCenter`.
    pub sign_strs: SignStrLever,
}

/// What handlers share.
pub struct Shared {
    /// The use cases.
    pub wallet: Wallet,
    /// The wallet's signing keys.
    pub keys: Arc<KeyRing>,
    /// Signs answers, off the reactor.
    pub signer: SignPool,
    /// Clients with their parsed keys.
    pub directory: Directory,
    /// The pages.
    pub pages: Arc<Renderer>,
    /// How this installation is reached.
    pub config: Config,
    /// Which addresses merchants may name for notifications.
    pub guard: Guard,
    /// The sandbox, if this is one.
    pub sandbox: Option<Sandbox>,
}

/// The state that axum hands to every handler.
pub type App = Arc<Shared>;

impl Shared {
    /// How strings for `my.paySignCenter` are taken.
    #[must_use]
    pub fn sign_str_rule(&self) -> SignStrRule {
        self.sandbox.as_ref().map_or(SignStrRule::Usual, |sandbox| sandbox.sign_strs.rule())
    }

    /// The list of calls, in the sandbox.
    #[must_use]
    pub fn calls(&self) -> Option<&CallLog> {
        self.sandbox.as_ref().map(|sandbox| &sandbox.calls)
    }
}
