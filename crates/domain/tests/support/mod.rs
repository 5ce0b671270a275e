//! What the tests stand on: a wallet in memory, people and shops to fill it, and short ways to say what happens.

mod agreements;
mod commands;
mod deals;
mod orders;
mod samples;
mod world;

pub use agreements::{
    GATEWAY_URL, SIGN_URL, TRADE_URL, at_will, by_shop, close, cny, day, deduct, ends, films, gateway_app, give_back,
    monthly, periodic, put_off, run_by_wallet, run_plan, sign_agreement, terms_of, trade,
};
pub use commands::{AsCommand, at, cancel, exchange, fresh, grant, hash, iqd, pay, prepare, refresh, sign, usd};
pub use orders::{
    PAID_URL, REFUND_URL, VOID_URL, accept, by_card, by_code, call_off, card, confirm, expire, freeze, issue, message,
    operate, order, refund, settle, transfer, withdraw,
};
pub use samples::{NOOR, OMAR, RIVAL, SARA, SHOP, app, client, merchant, page, terms, user};
pub use world::World;

/// What a user's phone shows before signing.
pub const SEEN: &str = "Zaytoun Market may charge you.";
