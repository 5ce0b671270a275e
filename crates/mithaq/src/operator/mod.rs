//! The operator's commands: `migrate`, `client`, `gateway-app`, `user`, `payment`, `keys`.
//!
//! What changes something goes the same road as a merchant's request: a command, decided by the engine of this very
//! process on the database that the servers use too. They see it at once, but for clients and apps, which they remember
//! for 5 seconds. With `--json` a command prints one JSON document; what goes wrong is one line on standard error, exit code 1.

pub mod client;
pub mod gateway_app;
pub mod keys;
pub mod migrate;
pub mod payment;
pub mod user;

mod desk;
mod pin;
mod trouble;
mod values;
mod views;

pub use trouble::database as database_trouble;

use crate::settings::Where;

/// What every command of the operator may be told.
#[derive(clap::Args)]
pub struct Common {
    #[command(flatten)]
    place: Where,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

/// Prints an answer: `document` for programs, `text` for people.
fn print(json: bool, document: &serde_json::Value, text: &str) {
    if json {
        println!("{document}");
    } else {
        println!("{}", text.trim_end());
    }
}
