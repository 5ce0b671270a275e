//! The shell's API: sessions, what may change them, and the calls of Mini Programs.

mod auth_code;
mod auth_url;
mod ending;
mod forgery;
mod order_str;
mod pay_sign_center;
mod pay_sign_races;
mod pay_sign_refused;
mod session;
mod signing;
mod trade_pay;
