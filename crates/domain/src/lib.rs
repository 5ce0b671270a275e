//! What the wallet decides: contracts, tokens, payments and the ledger, as pure functions.
//!
//! ```text
//! needs(command, state)          -> the rows a decision still lacks
//! decide(command, state, world)  -> an answer, and the changes that make it true
//! state.apply(change)            -> the next command of the batch sees it
//! ```
//!
//! No I/O, no clock, no randomness of its own, no protocol: the present instant, the policy and
//! the maker of ids come in as [`World`]. So every rule is tested in microseconds, and two
//! databases cannot differ in behaviour.

mod account;
mod audit;
mod change;
mod client;
mod command;
mod contract;
mod decide;
mod hash;
mod interaction;
mod ledger;
mod mint;
mod outbox;
mod payment;
mod policy;
mod refusal;
mod state;
mod token;
mod user;

pub use account::{Account, AccountId, DaySpend, Owner};
pub use audit::Audit;
pub use change::{Change, Key, Row};
pub use client::{AgreementPay, App, Client, ClientKey, Merchant, Status};
pub use command::{
    Answer, Cancelled, Command, Done, EndedBy, Evidence, ExchangeCode, FreshTokens, Grant, PayRequest, PinCheck,
    RefreshTokens, Settled, Sign, Signed, TokenGrant,
};
pub use contract::{Contract, ContractState, ContractStatus, EndReason, Language, Offer, Terms};
pub use decide::{Decision, World, decide, needs};
pub use hash::Hash;
pub use interaction::{Interaction, InteractionOutcome, InteractionState};
pub use ledger::{Entry, LedgerError, Transaction};
pub use mint::{Mint, RandomMint};
pub use outbox::{Delivery, DeliveryState, Outbox, OutboxKind, UserNews};
pub use payment::{FailReason, Payment, PaymentOutcome, Product, RequestRecord};
pub use policy::Policy;
pub use refusal::Refusal;
pub use state::State;
pub use token::{AuthCode, Consent, Scope, Token};
pub use user::{Customer, InboxMessage, PersonName, Session, User, UserStatus};
