//! The messages, one file per endpoint: requests with `parse` (wallet) and `to_json` (SDK), answers that both sides
//! share. Members a message does not list are ignored.

mod ack;
mod apply_token;
mod cancel_token;
mod contract_status_notify;
mod inquiry_payment;
mod inquiry_user_info;
mod pay;
mod payment_notify;
mod prepare;

pub use crate::json::Language;
pub use ack::Ack;
pub use apply_token::{ApplyTokenRequest, ApplyTokenResponse, Grant};
pub use cancel_token::{CancelTokenRequest, CancelTokenResponse};
pub use contract_status_notify::{ContractEnd, ContractStatus, ContractStatusNotification};
pub use inquiry_payment::{
    InquiryPaymentRequest, InquiryPaymentResponse, PaymentReference, PaymentStatus, Transaction,
};
pub use inquiry_user_info::{InquiryUserInfoRequest, InquiryUserInfoResponse};
pub use pay::{Buyer, Order, PayRequest, PayResponse, RedirectActionForm};
pub use payment_notify::PaymentNotification;
pub use prepare::{PrepareRequest, PrepareResponse};

/// Longest id of a payment or of a request.
const ID_MAX: usize = 64;
/// Longest access or refresh token.
const TOKEN_MAX: usize = 128;
/// Longest URL of a notification or redirect.
const URL_MAX: usize = 1024;

/// Makes a message an answer: written by the wallet, read by the merchant.
macro_rules! answer {
    ($name:ident) => {
        impl crate::WireBody for $name {}

        impl crate::WireResponse for $name {
            fn result(&self) -> &crate::ResultBody {
                &self.result
            }
        }
    };
}
use answer;
