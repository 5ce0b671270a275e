//! `alipay.trade.cancel`: a trade of unknown outcome is undone (spec/alipay-agreement.md 2.11).

use super::super::Opened;
use super::find::{named, taken};
use super::refusals::{About, said};
use super::standing::status_now;
use super::written;
use crate::state::Shared;
use mithaq_alipay::GatewayError;
use mithaq_alipay::messages::{CancelAction, CancelAnswer, CancelRequest, TradeReference, YesNo};
use mithaq_domain::{Payment, PaymentState, Refusal};

/// Closes what is unpaid and gives back what was paid today. A number that nothing came with yet is good for nothing any more.
pub async fn cancel(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let method = opened.call.method;
    let request =
        CancelRequest::parse(&opened.call.biz_content).map_err(|error| GatewayError::content(method, &error))?;
    let before = taken(shared, opened, &request.reference).await?;
    if before.as_ref().is_some_and(|view| view.payment.gateway.is_none()) {
        // A payment of the other surface: no trade, and no trade can come under its number.
        return written(opened, nothing(&request.reference));
    }
    let about = About { status: before.map(|view| status_now(shared, &view.state)), ..About::default() };
    let cancelled = shared.wallet.cancel_payment(opened.app.client_id.clone(), named(&request.reference)).await;
    match cancelled {
        Ok((payment, state)) => written(opened, undone(&payment, &state)),
        Err(fault) if fault.refusal() == Some(&Refusal::PaymentUnknown) => written(opened, nothing(&request.reference)),
        Err(fault) => Err(said(method, &fault, about)),
    }
}

fn undone(payment: &Payment, state: &PaymentState) -> CancelAnswer {
    CancelAnswer {
        trade_no: Some(payment.payment_id.to_string()),
        out_trade_no: Some(payment.request_id.clone()),
        retry_flag: YesNo::N,
        action: Some(if state.reversed { CancelAction::Refund } else { CancelAction::Close }),
    }
}

/// There is no such trade, and none can come under that number.
fn nothing(reference: &TradeReference) -> CancelAnswer {
    let out_trade_no = match reference {
        TradeReference::Trade(_) => None,
        TradeReference::Order(number) => Some(number.clone()),
    };
    CancelAnswer { trade_no: None, out_trade_no, retry_flag: YesNo::N, action: None }
}
