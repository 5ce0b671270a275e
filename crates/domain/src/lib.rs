#![doc = include_str!("../README.md")]

mod account;
mod agreement;
mod answer;
mod audit;
mod change;
mod client;
mod command;
mod contract;
mod decide;
mod deposit;
mod hash;
mod interaction;
mod ledger;
mod mint;
mod news;
mod operation;
mod order;
mod outbox;
mod payment;
mod payment_operation;
mod payment_rules;
mod payment_state;
mod plan;
mod plan_run;
mod policy;
mod refusal;
mod request;
mod state;
mod token;
mod transfer;
mod user;

pub use account::{Account, AccountId, DaySpend, Owner};
pub use agreement::{
    AgreementHolder, AgreementNumber, AgreementTerms, GatewayApp, GatewayKey, GatewayTrade, LiveAgreement, Signer,
};
pub use answer::{Answer, Cancelled, Done, PlanStep, Settled, Signed, TokenGrant};
pub use audit::Audit;
pub use change::{Change, Key, Row};
pub use client::{AgreementPay, App, Client, ClientKey, Merchant, Status};
pub use command::{Command, EndedBy};
pub use contract::{Contract, ContractState, ContractStatus, EndReason, Language, Offer, Terms};
pub use decide::{Decision, World, decide, needs};
pub use deposit::Deposit;
pub use hash::Hash;
pub use interaction::{Interaction, InteractionOutcome, InteractionState};
pub use ledger::{Entry, LedgerError, Transaction};
pub use mint::{Mint, RandomMint};
pub use news::{GatewayNews, RefundNews, UserNews};
pub use operation::Operation;
pub use order::{
    Card, CodePay, ConfirmOrder, OperateRequest, OrderRequest, PaymentCode, PaymentRef, SettleCard, Verdict, Wish,
};
pub use outbox::{Delivery, DeliveryState, NoticeStep, Outbox, OutboxKind};
pub use payment::{FailReason, Order, Payment, PaymentOutcome, Product};
pub use payment_operation::{
    OperationBy, OperationKind, OperationOutcome, OperationRefusal, PaymentOperation, trade_request_id,
};
pub use payment_state::{CancelReason, Event, Flow, Illegal, PaymentState, PaymentStatus, Source, Step, Windows};
pub use plan::{Every, Plan, PlanRefusal, PlanState};
pub use plan_run::{AfterFailure, Dunning, PlanRun};
pub use policy::Policy;
pub use refusal::Refusal;
pub use request::{
    Deduct, Evidence, ExchangeCode, FreshTokens, Grant, PayRequest, PinCheck, RefreshTokens, SendMessage, Sign,
    SignAgreement,
};
pub use state::State;
pub use token::{AuthCode, Consent, DayCount, Scope, Token};
pub use transfer::{MerchantMessage, Transfer};
pub use user::{Customer, InboxMessage, PersonName, Session, User, UserStatus};
