//! The wallet's use cases, one file each, and its background jobs.
//!
//! A use case makes what a decision may not make itself (secrets, hashes, a look at the PIN), submits
//! one command, and opens the answer. It holds no rules: those are `mithaq-domain`'s.

mod agreements;
mod alarm;
mod fault;
mod interactions;
mod jobs;
mod lease;
mod offers;
mod operator;
mod payments;
mod people;
mod pins;
mod sessions;
mod signing;
mod tokens;
mod wallet;

pub use alarm::Alarm;
pub use fault::Fault;
pub use interactions::NewInteraction;
pub use jobs::{end_contracts, fold_credits};
pub use lease::{LIFE, Standing, keep_while};
pub use offers::OfferView;
pub use operator::{Deposited, Holdings, NewApp, NewClient};
pub use payments::Charge;
pub use people::NewUser;
pub use sessions::OpenedSession;
pub use signing::{GrantRequest, Page, Pin, SignRequest, SignedCode};
pub use tokens::{Bearer, Tokens};
pub use wallet::{Setup, Wallet};
