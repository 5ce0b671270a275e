//! `alipay.trade.refund`: money goes back, all or a part (spec/alipay-agreement.md 2.8).

use super::super::Opened;
use super::find::find;
use super::refusals::{About, said};
use super::standing::{payer, price, status_now};
use super::written;
use crate::state::Shared;
use mithaq_alipay::messages::{RefundAnswer, RefundRequest, TradeReference};
use mithaq_alipay::{GatewayError, WireTime};
use mithaq_domain::{PaymentRef, Wish, trade_request_id};
use mithaq_types::Currency;
use mithaq_wallet::NewOperation;

/// Gives back, once for each `out_request_no`. What is refused keeps nothing: the same number may succeed later.
pub async fn refund(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let method = opened.call.method;
    let request = RefundRequest::parse(&opened.call.biz_content, Currency::CNY)
        .map_err(|error| GatewayError::content(method, &error))?;
    let before = find(shared, opened, &request.reference).await?;
    let (client_id, payment) = (opened.app.client_id.clone(), &before.payment);
    let request_no = request.out_request_no.as_deref().unwrap_or(&payment.request_id);
    let request_id = trade_request_id(&payment.payment_id, request_no);
    let new = NewOperation {
        client_id,
        request_id,
        payment: PaymentRef::Id(payment.payment_id.clone()),
        wish: Wish::Refund(request.refund_amount, None),
        reason: request.refund_reason,
        notify_url: None,
    };
    let about = About {
        status: Some(status_now(shared, &before.state)),
        is_over_total: request.refund_amount.minor > payment.amount.minor,
        ..About::default()
    };
    let (done, is_repeat) = shared.wallet.refund_trade(new).await.map_err(|fault| said(method, &fault, about))?;
    // How much was given back by now, this refund and others too.
    let after = find(shared, opened, &TradeReference::Trade(payment.payment_id.to_string())).await?;
    let payer = payer(shared, opened, payment, &after.state).await?;
    let wants = |option: &str| request.query_options.iter().any(|wanted| wanted == option);
    written(
        opened,
        RefundAnswer {
            trade_no: payment.payment_id.to_string(),
            out_trade_no: payment.request_id.clone(),
            buyer_logon_id: payer.logon_id.unwrap_or_default(),
            buyer_user_id: payer.id,
            buyer_open_id: None,
            fund_change: (!is_repeat).into(),
            refund_fee: price(payment, after.state.refunded),
            send_back_fee: wants("send_back_fee").then(|| price(payment, done.amount.minor)),
            gmt_refund_pay: Some(WireTime(done.at)),
        },
    )
}
