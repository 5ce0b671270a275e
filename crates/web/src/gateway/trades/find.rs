//! Which trade a call means: only what this client asked for through the gateway is one (spec/alipay-agreement.md 2.7).

use super::super::Opened;
use super::refusals::{About, said};
use crate::state::Shared;
use mithaq_alipay::messages::TradeReference;
use mithaq_alipay::{GatewayError, SubCode};
use mithaq_domain::PaymentRef;
use mithaq_store::PaymentView;
use mithaq_types::PaymentId;

/// The trade with everything that is known of it.
///
/// # Errors
/// `ACQ.TRADE_NOT_EXIST`: another client's, or a payment of the other surface, is as unknown as one that is not there.
pub async fn find(shared: &Shared, opened: &Opened, reference: &TradeReference) -> Result<PaymentView, GatewayError> {
    let found = taken(shared, opened, reference).await?;
    found.filter(|view| view.payment.gateway.is_some()).ok_or_else(|| SubCode::AcqTradeNotExist.into())
}

/// What stands under the number, be it a trade or a payment of the other surface: numbers are one space for both.
pub async fn taken(
    shared: &Shared,
    opened: &Opened,
    reference: &TradeReference,
) -> Result<Option<PaymentView>, GatewayError> {
    let (payment_id, request_id) = match reference {
        TradeReference::Trade(id) => (Some(PaymentId::new(id.as_str())), None),
        TradeReference::Order(id) => (None, Some(id.clone())),
    };
    let found = shared.wallet.payment(opened.app.client_id.clone(), payment_id, request_id).await;
    found.map_err(|fault| said(opened.call.method, &fault, About::default()))
}

/// The same reference for a command.
pub fn named(reference: &TradeReference) -> PaymentRef {
    match reference {
        TradeReference::Trade(id) => PaymentRef::Id(PaymentId::new(id.as_str())),
        TradeReference::Order(id) => PaymentRef::Request(id.clone()),
    }
}
