//! The wallet's use cases, one file each, and its background jobs.
//!
//! A use case makes what a decision may not make itself (secrets, hashes, a look at the PIN), submits
//! one command, and opens the answer. It holds no rules: those are `mithaq-domain`'s.

mod agreements;
mod alarm;
mod cards;
mod codes;
mod due;
mod fault;
mod gateway;
mod interactions;
mod jobs;
mod lease;
mod messages;
mod offers;
mod operations;
mod operator;
mod orders;
mod payments;
mod people;
mod pins;
mod plans;
mod security;
mod sessions;
mod signing;
mod sources;
mod tokens;
mod transfers;
mod wallet;

pub use alarm::Alarm;
pub use cards::NewCard;
pub use codes::{CodeCharge, ShownCode};
pub use fault::Fault;
pub use gateway::{AgreementRequest, NewDeduction};
pub use interactions::NewInteraction;
pub use jobs::{ask_issuers, end_contracts, expire_payments, fold_credits};
pub use lease::{LIFE, Standing, keep_while};
pub use messages::{Channel, NewMessage};
pub use offers::OfferView;
pub use operations::NewOperation;
pub use operator::{Deposited, Holdings, NewApp, NewClient};
pub use orders::{ConfirmRequest, NewOrder, OrderPage};
pub use payments::Charge;
pub use people::NewUser;
pub use plans::{PlansRun, run_due_plans, run_plans};
pub use sessions::OpenedSession;
pub use signing::{GrantRequest, Page, Pin, SignRequest, SignedCode};
pub use sources::{
    Bank, BankDraw, BankVerdict, CardCharge, CardRefused, Issuer, IssuerSilent, LinkedCard, NoBank, NoIssuer,
    SimulatedBank, SimulatedIssuer, Sources,
};
pub use tokens::{Bearer, Tokens};
pub use transfers::{NewTransfer, TopUpRequest};
pub use wallet::{Setup, Wallet};
