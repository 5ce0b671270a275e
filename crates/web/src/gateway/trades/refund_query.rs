//! `alipay.trade.fastpay.refund.query`: how a refund stands (spec/alipay-agreement.md 2.9).

use super::super::Opened;
use super::find::find;
use super::refusals::{About, said};
use super::standing::price;
use super::written;
use crate::state::Shared;
use mithaq_alipay::messages::{FoundRefund, RefundQueryAnswer, RefundQueryRequest};
use mithaq_alipay::{GatewayError, WireTime};
use mithaq_domain::{OperationKind, PaymentOperation, trade_request_id};

/// The refund if it was made; where there is none, that is the answer.
pub async fn refund_query(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let method = opened.call.method;
    let request =
        RefundQueryRequest::parse(&opened.call.biz_content).map_err(|error| GatewayError::content(method, &error))?;
    let view = find(shared, opened, &request.reference).await?;
    let payment = &view.payment;
    let request_id = trade_request_id(&payment.payment_id, &request.out_request_no);
    let client_id = opened.app.client_id.clone();
    let known = shared.wallet.operation(client_id, OperationKind::Refund, None, Some(request_id)).await;
    let known = known.map_err(|fault| said(method, &fault, About::default()))?;
    let refund = known.filter(PaymentOperation::is_done).map(|done| {
        let (total, amount) = (price(payment, payment.amount.minor), price(payment, done.amount.minor));
        let mut found = FoundRefund::new(done.request_no().to_owned(), total, amount);
        found.refund_reason = done.reason;
        found.gmt_refund_pay = request.wants("gmt_refund_pay").then_some(WireTime(done.at));
        found.send_back_fee = request.wants("send_back_fee").then_some(amount);
        found
    });
    written(
        opened,
        RefundQueryAnswer {
            trade_no: payment.payment_id.to_string(),
            out_trade_no: payment.request_id.clone(),
            refund,
        },
    )
}
