//! Trades: deductions, orders, refunds (spec/alipay-agreement.md 2.6 to 2.13). One file for each method.

mod app_pay;
mod cancel;
mod close;
mod create;
mod find;
mod order;
mod pay;
mod query;
mod refund;
mod refund_query;
mod refusals;
mod standing;

pub(crate) use app_pay::app_pay;

use super::Opened;
use super::answer::object;
use crate::state::Shared;
use mithaq_alipay::{Answered, GatewayError, Method, SubCode};
use serde::Serialize;

/// The business object of a call about trades.
///
/// # Errors
/// What the method refuses with.
pub(super) async fn answer(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    match opened.call.method {
        Method::TradePay => pay::pay(shared, opened).await,
        Method::TradeQuery => query::query(shared, opened).await,
        Method::TradeRefund => refund::refund(shared, opened).await,
        Method::RefundQuery => refund_query::refund_query(shared, opened).await,
        Method::TradeClose => close::close(shared, opened).await,
        Method::TradeCancel => cancel::cancel(shared, opened).await,
        Method::TradeCreate => create::create(shared, opened).await,
        // A page's, and those that are not about trades.
        Method::AppPay
        | Method::PageSign
        | Method::AgreementQuery
        | Method::AgreementUnsign
        | Method::ExecutionPlanModify
        | Method::AgreementTransfer
        | Method::OauthToken => Err(SubCode::IsvInvalidMethod.into()),
    }
}

/// The business object of an answer that worked.
fn written(opened: &Opened, answer: impl Serialize) -> Result<String, GatewayError> {
    object(opened.call.method, &Answered::success(answer))
}
