//! The messages, one file per endpoint: requests with `parse` (wallet) and `to_json` (SDK), answers that both sides
//! share. Members a message does not list are ignored.

mod access_token;
mod ack;
mod apply_token;
mod cancel;
mod cancel_token;
mod capture;
mod confirm;
mod contract_status_notify;
mod inquiry_merchant_info;
mod inquiry_payment;
mod inquiry_refund;
mod inquiry_user_info;
mod inquiry_user_lists;
mod merchant_accept;
mod pay;
mod payment_notify;
mod prepare;
mod reference;
mod refund;
mod refund_notify;
mod send_message;
mod transaction;
mod void;
mod void_notify;

pub use crate::json::Language;
pub use access_token::AccessTokenRequest;
pub use ack::Ack;
pub use apply_token::{ApplyTokenRequest, ApplyTokenResponse, Grant};
pub use cancel::{CancelRequest, CancelResponse};
pub use cancel_token::{CancelTokenRequest, CancelTokenResponse};
pub use capture::{CaptureRequest, CaptureResponse};
pub use confirm::{ConfirmRequest, ConfirmResponse};
pub use contract_status_notify::{ContractEnd, ContractStatus, ContractStatusNotification};
pub use inquiry_merchant_info::{InquiryMerchantInfoRequest, InquiryMerchantInfoResponse, MerchantInfo};
pub use inquiry_payment::{InquiryPaymentRequest, InquiryPaymentResponse, PaymentStatus};
pub use inquiry_refund::{InquiryRefundRequest, InquiryRefundResponse};
pub use inquiry_user_info::{InquiryUserInfoRequest, InquiryUserInfoResponse};
pub use inquiry_user_lists::{
    InquiryUserAccountListRequest, InquiryUserAccountListResponse, InquiryUserCardListRequest,
    InquiryUserCardListResponse, UserAccount, UserCard,
};
pub use merchant_accept::{MerchantAcceptRequest, MerchantAcceptResponse};
pub use pay::{Buyer, Order, PayRequest, PayResponse, RedirectActionForm};
pub use payment_notify::PaymentNotification;
pub use prepare::{PrepareRequest, PrepareResponse};
pub use reference::{PaymentReference, RefundReference};
pub use refund::{RefundRequest, RefundResponse};
pub use refund_notify::RefundNotification;
pub use send_message::{ContentTemplate, MessageChannel, SendMessageRequest, SendMessageResponse, TemplateParameters};
pub use transaction::{OperationStatus, Transaction, TransactionType};
pub use void::{VoidRequest, VoidResponse};
pub use void_notify::{VoidNotification, VoidSource};

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
