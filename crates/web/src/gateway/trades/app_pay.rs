//! `alipay.trade.app.pay`: an order out of the string that a merchant gave its page (spec/alipay-agreement.md 2.12).

use super::super::{Opened, offers};
use super::find::taken;
use super::order::{check, order_of, reuse, trade_of};
use super::refusals::{About, said};
use crate::state::Shared;
use mithaq_alipay::messages::{AppPayRequest, TradeReference};
use mithaq_alipay::{GatewayError, SubCode};
use mithaq_domain::{Payment, PaymentState, Refusal};
use mithaq_types::Currency;
use mithaq_wallet::Fault;

/// The product where none is named.
const APP_PAY: &str = "QUICK_MSECURITY_PAY";

/// The order that an `orderStr` asks for, which waits for its payer: made now, or when the same string was opened before. With
/// `agreement_sign_params` its [`offer`](mithaq_domain::GatewayTrade::offer) is what may be signed on the same page.
///
/// # Errors
/// What of the string the wallet does not take; `ACQ.TRADE_HAS_SUCCESS` and `ACQ.TRADE_HAS_CLOSE` where it is paid or closed.
pub(crate) async fn app_pay(shared: &Shared, opened: &Opened) -> Result<(Payment, PaymentState), GatewayError> {
    let method = opened.call.method;
    let request = AppPayRequest::parse(&opened.call.biz_content, Currency::CNY)
        .map_err(|error| GatewayError::content(method, &error))?;
    check(shared, opened, &request.order).await?;
    let reference = TradeReference::Order(request.order.out_trade_no.clone());
    let offer = match (&request.sign, taken(shared, opened, &reference).await?) {
        // What is signed with a trade is agreed on once, with the trade.
        (None, _) | (_, Some(_)) => None,
        (Some(params), None) => Some(offers::offer_with_payment(shared, opened, params).await?.auth_id),
    };
    let product = if request.sign.is_some() { "CYCLE_PAY_AUTH" } else { APP_PAY };
    let trade = trade_of(opened, &request.order, product, offer);
    let new = order_of(shared, opened, &request.order, trade, None);
    let (payment, state) = match shared.wallet.order(new).await {
        Ok(made) => made,
        Err(Fault::Refused(Refusal::RequestInconsistent)) => {
            let seen = taken(shared, opened, &reference).await?;
            let why = seen.and_then(|seen| reuse(shared, &request.order, None, &seen.payment, &seen.state));
            return Err(why.unwrap_or_else(|| SubCode::AcqContextInconsistent.into()));
        }
        Err(fault) => return Err(said(method, &fault, About::default())),
    };
    match reuse(shared, &request.order, None, &payment, &state) {
        Some(error) => Err(error),
        None => Ok((payment, state)),
    }
}
