//! Deliveries against a merchant that listens on loopback, under a clock that is moved by hand.

mod alipay;
mod cost;
mod gateway;
mod jobs;
mod notices;
mod orders;
mod processes;
mod receiver;
mod resilience;
mod schedule;
mod users;
mod world;
