//! `alipay.trade.query`: how a trade stands (spec/alipay-agreement.md 2.7).

use super::super::Opened;
use super::find::find;
use super::standing::{fund_bills, payer, price, status_now};
use super::written;
use crate::state::Shared;
use mithaq_alipay::messages::{QueryTradeAnswer, QueryTradeRequest};
use mithaq_alipay::{GatewayError, WireTime};

/// How the trade stands now. What the payer paid stays what it is when it is refunded.
pub async fn query(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let request = QueryTradeRequest::parse(&opened.call.biz_content)
        .map_err(|error| GatewayError::content(opened.call.method, &error))?;
    let view = find(shared, opened, &request.reference).await?;
    let (payment, state) = (&view.payment, &view.state);
    let payer = payer(shared, opened, payment, state).await?;
    let paid = (state.taken > 0).then(|| price(payment, state.taken));
    let answer = QueryTradeAnswer {
        trade_no: payment.payment_id.to_string(),
        out_trade_no: payment.request_id.clone(),
        trade_status: status_now(shared, state),
        total_amount: price(payment, payment.amount.minor),
        buyer_user_type: payer.id.is_some().then_some("PRIVATE"),
        buyer_logon_id: payer.logon_id,
        buyer_user_id: payer.id,
        buyer_open_id: None,
        buyer_pay_amount: paid,
        receipt_amount: paid,
        point_amount: paid.map(|_| price(payment, 0)),
        invoice_amount: paid,
        send_pay_date: state.paid_at.map(WireTime),
        fund_bill_list: fund_bills(payment, state),
        passback_params: payment.gateway.as_ref().and_then(|trade| trade.passback.clone()),
    };
    written(opened, answer)
}
