//! The merchants' API: the order of its checks, what its answers look like, and what each call does.

mod answers;
mod busy;
mod cancelling;
mod document;
mod holds;
mod in_store;
mod order;
mod orders;
mod refunds;
mod shop;
mod time;
mod tokens;
