//! `alipay.trade.close`: an unpaid trade is closed (spec/alipay-agreement.md 2.10).

use super::super::Opened;
use super::find::{find, named};
use super::refusals::{About, said};
use super::written;
use crate::state::Shared;
use mithaq_alipay::GatewayError;
use mithaq_alipay::messages::{CloseAnswer, CloseRequest};

/// Closes the trade; one that is closed already is left so.
pub async fn close(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let method = opened.call.method;
    let request =
        CloseRequest::parse(&opened.call.biz_content).map_err(|error| GatewayError::content(method, &error))?;
    find(shared, opened, &request.reference).await?;
    let closed = shared.wallet.close_payment(opened.app.client_id.clone(), named(&request.reference)).await;
    let (payment, _) = closed.map_err(|fault| said(method, &fault, About::default()))?;
    written(opened, CloseAnswer { trade_no: payment.payment_id.to_string(), out_trade_no: payment.request_id })
}
