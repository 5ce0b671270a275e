//! The merchants' API: the order of its checks, and what its answers look like.

mod answers;
mod busy;
mod order;
mod time;
