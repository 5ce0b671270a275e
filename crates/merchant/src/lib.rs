#![doc = include_str!("../README.md")]

mod answers;
mod client;
mod config;
mod error;
mod exchange;
mod pay_until_known;
mod receiver;
mod seen;
mod wallet_keys;

pub use answers::{PayOutcome, PaymentState, Prepared, Tokens};
pub use client::Client;
pub use config::ClientBuilder;
pub use error::{Cause, Error};
pub use pay_until_known::Patience;
pub use receiver::{Incoming, Notification, Receiver, Rejection};
pub use seen::{Begin, Seen, SeenInMemory};

// A merchant depends on this crate alone: what its methods take and give is at hand here.
pub use mithaq_crypto::{KeyError, PrivateKey, PublicKey};
pub use mithaq_openapi::messages::{
    Ack, ApplyTokenRequest, Buyer, ContractEnd, ContractStatus, ContractStatusNotification, InquiryPaymentRequest,
    Language, Order, PayRequest, PaymentNotification, PaymentStatus, PrepareRequest,
};
pub use mithaq_openapi::signature::SignatureEncoding;
pub use mithaq_openapi::{Amount, Product, ResultBody, ResultCode, ResultStatus, Scope, UserInfo};
pub use mithaq_types::{Clock, Currency, CustomerId, Money, PaymentId, SystemClock, Timestamp};
