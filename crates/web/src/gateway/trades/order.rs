//! What every trade has to obey, whichever method makes it, and what is said of a number that was used before
//! (spec/alipay-agreement.md 2.6).

use super::super::{Opened, checks};
use super::refusals::{About, said};
use super::standing::status_now;
use crate::state::Shared;
use mithaq_alipay::messages::{Order, TradeStatus};
use mithaq_alipay::{GatewayError, SubCode};
use mithaq_domain::{GatewayTrade, Key, Payment, PaymentState, Product, Row};
use mithaq_types::{AuthId, MerchantId, UserId};
use mithaq_wallet::{Fault, NewOrder};

/// Checks what the order names besides the payer: the payee and the address for notifications.
///
/// # Errors
/// `ACQ.SELLER_NOT_EXIST`, `ACQ.INVALID_RECEIVE_ACCOUNT`, `ACQ.INVALID_PARAMETER`.
pub async fn check(shared: &Shared, opened: &Opened, order: &Order) -> Result<(), GatewayError> {
    let method = opened.call.method;
    if let Some(seller) = &order.seller_id
        && !is_own(shared, opened, seller).await?
    {
        let found = shared.wallet.row(Key::Merchant(MerchantId::new(seller.as_str()))).await;
        let found = found.map_err(|fault| said(method, &fault, About::default()))?;
        let is_other = matches!(found, Some(Row::Merchant(_)));
        return Err(if is_other { SubCode::AcqInvalidReceiveAccount } else { SubCode::AcqSellerNotExist }.into());
    }
    checks::notify_url(shared, opened).map(|_| ())
}

/// Whether an id is the merchant's own: the merchant's, or its client's, which is the one that a merchant is given.
pub async fn is_own(shared: &Shared, opened: &Opened, id: &str) -> Result<bool, GatewayError> {
    let client_id = &opened.app.client_id;
    if id == client_id.as_str() {
        return Ok(true);
    }
    let client = shared.directory.client(shared.wallet.reader(), client_id).await;
    let client = client.map_err(|error| said(opened.call.method, &Fault::Store(error), About::default()))?;
    Ok(client.is_some_and(|known| known.merchant.merchant_id.as_str() == id))
}

/// What the payment keeps of the order.
pub fn trade_of(opened: &Opened, order: &Order, product: &str, offer: Option<AuthId>) -> GatewayTrade {
    GatewayTrade {
        app_id: opened.app.app_id.clone(),
        product: product.to_owned(),
        body: order.body.clone(),
        passback: order.passback_params.clone(),
        offer,
    }
}

/// Why `out_trade_no`, under which `payment` stands, is not good for this order. Nothing where the payment is the very order,
/// and waits for its payer.
pub fn reuse(
    shared: &Shared,
    order: &Order,
    buyer: Option<&UserId>,
    payment: &Payment,
    state: &PaymentState,
) -> Option<GatewayError> {
    if payment.product == Product::Withdrawn {
        return Some(SubCode::AcqTradeHasClose.into());
    }
    if payment.gateway.is_none() {
        let message = "This out_trade_no is the paymentRequestId of a payment that did not come through the gateway. \
                       Use a new one.";
        return Some(GatewayError::with_message(SubCode::AcqContextInconsistent, message));
    }
    if payment.amount != order.total_amount || payment.description != order.subject {
        return Some(SubCode::AcqContextInconsistent.into());
    }
    let named = payment.order.as_ref().and_then(|order| order.buyer.as_ref());
    let payer = named.or(state.user_id.as_ref()).or(payment.user_id.as_ref());
    if buyer.is_some() && payer.is_some() && buyer != payer {
        return Some(SubCode::AcqTradeBuyerNotMatch.into());
    }
    match status_now(shared, state) {
        TradeStatus::Success | TradeStatus::Finished => Some(SubCode::AcqTradeHasSuccess.into()),
        TradeStatus::Closed => Some(SubCode::AcqTradeHasClose.into()),
        TradeStatus::WaitBuyerPay => None,
    }
}

/// The order of the cashier that a trade is. `buyer` is who alone may pay, as the merchant knows them.
pub fn order_of(
    shared: &Shared,
    opened: &Opened,
    order: &Order,
    trade: GatewayTrade,
    buyer: Option<String>,
) -> NewOrder {
    NewOrder {
        client_id: opened.app.client_id.clone(),
        request_id: order.out_trade_no.clone(),
        product: Product::Online,
        buyer,
        amount: order.total_amount,
        title: None,
        description: order.subject.clone(),
        reference: Some(order.out_trade_no.clone()),
        expires_at: Some(order.expiry.time(shared.wallet.now())),
        notify_url: opened.call.notify_url.clone(),
        void_notify_url: None,
        redirect_url: None,
        gateway: Some(trade),
    }
}
