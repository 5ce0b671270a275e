//! The merchants' API: the order of its checks, and what its answers look like.

mod answers;
mod order;
mod time;
