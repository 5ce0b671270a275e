//! How a trade stands, and what of it every answer says (spec/alipay-agreement.md 2.6, 2.7, 4.3).

use super::super::{Opened, people};
use super::refusals::{About, said};
use crate::state::Shared;
use jiff::SignedDuration;
use mithaq_alipay::messages::{FundBill, TradeStatus};
use mithaq_alipay::{GatewayError, Price};
use mithaq_domain::{Key, Payment, PaymentState, PaymentStatus, Source};
use mithaq_types::{Money, Timestamp};
use mithaq_wallet::Fault;

/// `trade_status`. Time counts whether or not anybody has looked: an order whose time is up is closed, a payment that can no
/// longer be refunded is finished.
pub fn trade_status(state: &PaymentState, now: Timestamp, refund_life: SignedDuration) -> TradeStatus {
    match state.status {
        PaymentStatus::Open | PaymentStatus::Processing if now >= state.wakes_at() => TradeStatus::Closed,
        PaymentStatus::Open | PaymentStatus::Processing | PaymentStatus::Authorized => TradeStatus::WaitBuyerPay,
        PaymentStatus::Failed(_) | PaymentStatus::Cancelled(_) => TradeStatus::Closed,
        PaymentStatus::Success if state.refundable() <= 0 => TradeStatus::Closed,
        PaymentStatus::Success => {
            let last = state.paid_at.and_then(|at| at.saturating_add(refund_life).ok());
            if last.is_some_and(|last| now > last) { TradeStatus::Finished } else { TradeStatus::Success }
        }
    }
}

/// The same, now.
pub fn status_now(shared: &Shared, state: &PaymentState) -> TradeStatus {
    trade_status(state, shared.wallet.now(), shared.wallet.policy().refund_life)
}

/// What was paid, in the currency of the trade.
pub fn price(payment: &Payment, minor: i64) -> Price {
    Price(Money::new(minor, payment.amount.currency))
}

/// `fund_bill_list`: where the money came from. Empty until there was any.
pub fn fund_bills(payment: &Payment, state: &PaymentState) -> Vec<FundBill> {
    let channel = match &state.source {
        Some(Source::Balance) => "ALIPAYACCOUNT",
        Some(Source::Card(_)) => "BANKCARD",
        None => return Vec::new(),
    };
    if state.taken <= 0 {
        return Vec::new();
    }
    vec![FundBill { fund_channel: channel.to_owned(), amount: price(payment, state.taken), real_amount: None }]
}

/// Who pays, as the merchant may see it.
#[derive(Default)]
pub struct Payer {
    /// `buyer_user_id`.
    pub id: Option<String>,
    /// `buyer_logon_id`, masked.
    pub logon_id: Option<String>,
}

/// Who has paid a trade, or alone may.
pub async fn payer(
    shared: &Shared,
    opened: &Opened,
    payment: &Payment,
    state: &PaymentState,
) -> Result<Payer, GatewayError> {
    let named = payment.order.as_ref().and_then(|order| order.buyer.as_ref());
    let Some(user_id) = state.user_id.as_ref().or(named) else { return Ok(Payer::default()) };
    let keys = vec![Key::User(user_id.clone()), Key::Customer(user_id.clone(), payment.merchant_id.clone())];
    let rows = shared.wallet.reader().rows(keys).await;
    let rows = rows.map_err(|error| said(opened.call.method, &Fault::Store(error), About::default()))?;
    Ok(Payer {
        id: rows.customer(user_id, &payment.merchant_id).map(|known| known.customer_id.to_string()),
        logon_id: rows.user(user_id).map(people::logon_id),
    })
}
