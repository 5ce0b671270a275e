#![doc = include_str!("../README.md")]

mod answers;
mod client;
mod config;
mod error;
mod exchange;
mod notification;
mod receiver;
mod seen;
mod until_known;
mod wallet_keys;

pub use answers::{
    Cancelled, Captured, Confirmed, PayOutcome, PaymentState, Prepared, RefundState, Refunded, Tokens, Voided,
};
pub use client::Client;
pub use config::ClientBuilder;
pub use error::{Cause, Error};
pub use notification::Notification;
pub use receiver::{Incoming, Receiver, Rejection};
pub use seen::{Begin, Seen, SeenInMemory};
pub use until_known::Patience;

// A merchant depends on this crate alone: what its methods take and give is at hand here.
pub use mithaq_crypto::{KeyError, PrivateKey, PublicKey};
pub use mithaq_openapi::messages::{
    Ack, ApplyTokenRequest, Buyer, CancelRequest, CaptureRequest, ConfirmRequest, ContentTemplate, ContractEnd,
    ContractStatus, ContractStatusNotification, InquiryPaymentRequest, InquiryRefundRequest, Language,
    MerchantAcceptRequest, MerchantInfo, MessageChannel, OperationStatus, Order, PayRequest, PaymentNotification,
    PaymentReference, PaymentStatus, PrepareRequest, RefundNotification, RefundReference, RefundRequest,
    SendMessageRequest, TemplateParameters, Transaction, TransactionType, UserAccount, UserCard, VoidNotification,
    VoidRequest, VoidSource,
};
pub use mithaq_openapi::signature::SignatureEncoding;
pub use mithaq_openapi::{Amount, Product, ResultBody, ResultCode, ResultStatus, Scope, UserInfo};
pub use mithaq_types::{Clock, Currency, CustomerId, MessageId, Money, OperationId, PaymentId, SystemClock, Timestamp};
