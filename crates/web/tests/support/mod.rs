//! A wallet of its own for every test, and those who talk to it.

mod answer;
mod browser;
mod merchant;
mod orders;
mod people;
mod sign_strs;
mod world;

pub use answer::Answer;
pub use browser::{Browser, Opened};
pub use merchant::{MERCHANT_KEY, Request, is_signed, result_of};
pub use orders::cashier_path;
pub use people::{OMAR, Person, SARA};
pub use sign_strs::{GATEWAY_APP, OTHER_GATEWAY_APP, PageRequest, encode, signed_result, signed_return};
pub use world::{APP, CLIENT, OTHER_CLIENT, WALLET_KEY, World, serve};
