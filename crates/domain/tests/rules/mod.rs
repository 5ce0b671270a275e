//! One file per subject, one test per rule.

mod audit;
mod cancel;
mod consent;
mod ending;
mod exchange;
mod failures;
mod ledger;
mod limits;
mod notices;
mod offers;
mod operator;
mod outbox;
mod pages;
mod payments;
mod people;
mod pin;
mod refresh;
mod registry;
mod repeats;
mod rounds;
mod signing;
