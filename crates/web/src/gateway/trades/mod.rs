//! Trades: deductions, orders, refunds (spec/alipay-agreement.md 2.6 to 2.13).

use super::Opened;
use crate::state::Shared;
use mithaq_alipay::{GatewayError, Method};

/// The business object of a call about trades.
///
/// # Errors
/// What the method refuses with.
pub(super) async fn answer(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let _ = shared;
    match opened.call.method {
        Method::TradePay
        | Method::TradeQuery
        | Method::TradeRefund
        | Method::RefundQuery
        | Method::TradeClose
        | Method::TradeCancel
        | Method::TradeCreate => Err(opened.call.method.system_error().into()),
        other => Err(other.system_error().into()),
    }
}
