//! What the tests stand on: a wallet in memory, people and shops to fill it, and short ways to say what happens.

mod commands;
mod deals;
mod samples;
mod world;

pub use commands::{AsCommand, at, cancel, exchange, fresh, grant, hash, iqd, pay, prepare, refresh, sign, usd};
pub use samples::{NOOR, OMAR, RIVAL, SARA, SHOP, app, client, merchant, page, terms, user};
pub use world::World;

/// What a user's phone shows before signing.
pub const SEEN: &str = "Zaytoun Market may charge you.";
