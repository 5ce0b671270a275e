//! The methods' messages: what `biz_content` asks, each with `parse`, and what is answered, as structs whose members are written
//! in the order of spec/alipay-agreement.md part 2. Members that a message does not list are ignored.
//!
//! An answer goes through [`Answered`](crate::Answered) and [`business_object`](crate::business_object); the OAuth method's goes
//! through the second only.

mod agreement;
mod oauth;
mod trade;

pub use agreement::{
    AT_WILL, Ages, AgreementKey, AgreementStatus, AgreementTerms, ExecutionPlan, FAR_AWAY, Identity, ModifyAnswer,
    ModifyRequest, PERIODIC, PageSign, Period, PeriodRule, PrincipalType, QueryAgreementAnswer, QueryAgreementRequest,
    TransferAnswer, TransferRequest, UnsignAnswer, UnsignRequest, UserKey, Validity,
};
pub use oauth::{TokenAnswer, TokenRequest};
pub use trade::{
    AppPayAnswer, AppPayRequest, AsyncMode, Buyer, CancelAction, CancelAnswer, CancelRequest, CloseAnswer,
    CloseRequest, CreateAnswer, CreateRequest, Expiry, FoundRefund, FundBill, Order, PayAnswer, PayRequest,
    QueryTradeAnswer, QueryTradeRequest, RefundAnswer, RefundQueryAnswer, RefundQueryRequest, RefundRequest,
    SignParams, Timeout, TradeReference, TradeStatus, YesNo,
};
