//! Trades: paid, asked, refunded, closed (spec/alipay-agreement.md 2.6 to 2.13).

mod app_pay;
mod cancel;
mod close;
mod create;
mod expiry;
mod order;
mod pay;
mod query;
mod reference;
mod refund;
mod refund_query;
mod shared;
mod sign_params;

pub use app_pay::{AppPayAnswer, AppPayRequest};
pub use cancel::{CancelAction, CancelAnswer, CancelRequest};
pub use close::{CloseAnswer, CloseRequest};
pub use create::{Buyer, CreateAnswer, CreateRequest};
pub use expiry::{Expiry, Timeout};
pub use order::Order;
pub use pay::{AsyncMode, PayAnswer, PayRequest};
pub use query::{QueryTradeAnswer, QueryTradeRequest};
pub use reference::TradeReference;
pub use refund::{RefundAnswer, RefundRequest};
pub use refund_query::{FoundRefund, RefundQueryAnswer, RefundQueryRequest};
pub use shared::{FundBill, TradeStatus, YesNo};
pub use sign_params::SignParams;

/// Characters of a trade's number, the wallet's or the merchant's, at most.
const TRADE_MAX: usize = 64;
/// The most that a trade can be, in cents: 100000000.00 yuan.
const AMOUNT_MAX: i64 = 10_000_000_000;
