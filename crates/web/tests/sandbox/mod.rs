//! The sandbox's control: its answers when something is wrong, who may call it, playing the user, and the clock.

mod cashier;
mod clock;
mod errors;
mod pay_sign_center;
mod play;
