//! The wallet's pages: what they show in each state, and what they never do.

mod authorize;
mod cashier;
mod consent;
mod frame;
mod order;
mod pay_and_sign;
mod pin;
mod sign;
mod sign_alone;
mod standalone;
