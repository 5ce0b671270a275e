//! The sandbox's control: its answers when something is wrong, who may call it, and the clock.

mod errors;
mod play;
