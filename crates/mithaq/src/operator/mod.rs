//! The operator's commands: `migrate`, `client`, `user`, `keys`.

pub mod client;
pub mod keys;
pub mod migrate;
pub mod user;
