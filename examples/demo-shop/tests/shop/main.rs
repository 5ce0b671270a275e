//! The shop over HTTP. Most of the loop is tested against the real wallet in a browser (tests/browser); here are the cases
//! in which the wallet must misbehave, so a small stub with a key of its own plays it.

mod charges;
mod contracts;
mod notifications;
mod office;
mod orders;
mod site;
mod stub;
mod world;
