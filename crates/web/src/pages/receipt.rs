//! A payment as its payer may see it: the cashier's last page shows it, and so does the history.

use crate::state::Shared;
use mithaq_domain::{Key, OperationKind, Payment, PaymentState, PaymentStatus, Product, Row, Source};
use mithaq_pages::{
    BackKind, Card, CardName, CardStanding, Hold, HoldUntil, Merchant, MoneyBack, Order, OrderKind, PaidFrom, Receipt,
    ReceiptStatus,
};
use mithaq_store::PaymentView;
use mithaq_types::{Money, Timestamp};
use mithaq_wallet::Fault;

/// The receipt.
pub async fn receipt(app: &Shared, view: &PaymentView, merchant: Merchant) -> Result<Receipt, Fault> {
    let PaymentView { payment, state, .. } = view;
    let order = payment.order.as_deref();
    Ok(Receipt {
        merchant,
        amount: payment.amount,
        status: status(payment, state),
        in_dispute: state.frozen,
        at: state.paid_at.or(state.authorized_at).unwrap_or(payment.created_at),
        source: paid_from(app, state).await?,
        title: order.and_then(|order| order.title.clone()),
        description: payment.description.clone(),
        reference: order.and_then(|order| order.reference.clone()),
        payment_id: payment.payment_id.clone(),
        back: back(view),
    })
}

fn status(payment: &Payment, state: &PaymentState) -> ReceiptStatus {
    match state.status {
        PaymentStatus::Success => ReceiptStatus::Paid,
        PaymentStatus::Authorized => ReceiptStatus::Held(hold(payment.product, state.due_at)),
        PaymentStatus::Processing => ReceiptStatus::Processing,
        PaymentStatus::Cancelled(_) if state.authorized_at.is_some() => ReceiptStatus::GivenBack,
        PaymentStatus::Open | PaymentStatus::Failed(_) | PaymentStatus::Cancelled(_) => ReceiptStatus::NotPaid,
    }
}

const fn hold(product: Product, back_at: Timestamp) -> Hold {
    let until = if matches!(product, Product::Escrow) { HoldUntil::Received } else { HoldUntil::Taken };
    Hold { until, back_at }
}

/// What came back, oldest first: what was done for it, and what a capture let go.
fn back(view: &PaymentView) -> Vec<MoneyBack> {
    let currency = view.payment.amount.currency;
    let mut released = 0_i64;
    let mut all = Vec::new();
    for done in view.operations.iter().filter(|operation| operation.is_done()) {
        let entry = |kind, amount| MoneyBack { kind, amount, at: done.at, reason: done.reason.clone() };
        match done.kind {
            OperationKind::Void => {
                released = released.saturating_add(done.amount.minor);
                all.push(entry(BackKind::Released, done.amount));
            }
            OperationKind::Refund => all.push(entry(BackKind::Refund, done.amount)),
            OperationKind::Cancel if view.state.reversed => all.push(entry(BackKind::Cancelled, done.amount)),
            OperationKind::Cancel => {
                released = released.saturating_add(done.amount.minor);
                all.push(entry(BackKind::Released, done.amount));
            }
            OperationKind::Capture | OperationKind::Confirm => {
                let rest = Money::new(view.state.voided.saturating_sub(released), currency);
                if rest.minor > 0 {
                    all.push(MoneyBack { reason: None, ..entry(BackKind::Released, rest) });
                    released = view.state.voided;
                }
            }
        }
    }
    all
}

/// From what it was paid. A card is named as long as the wallet remembers it, also after it was taken out.
pub async fn paid_from(app: &Shared, state: &PaymentState) -> Result<PaidFrom, Fault> {
    let Some(Source::Card(card_id)) = &state.source else { return Ok(PaidFrom::Balance) };
    Ok(match app.wallet.row(Key::Card(card_id.clone())).await? {
        Some(Row::Card(card)) => PaidFrom::Card(card_name(&card)),
        _ => PaidFrom::Card(CardName { issuer: String::new(), number: String::new() }),
    })
}

fn card_name(card: &mithaq_domain::Card) -> CardName {
    CardName { issuer: card.brand.clone(), number: card.masked_number.clone() }
}

/// A linked card, as it can pay at `now`.
pub fn card(app: &Shared, card: &mithaq_domain::Card, now: Timestamp) -> Card {
    let month = now.to_zoned(app.config.zone.clone()).strftime("%Y-%m").to_string();
    let standing = if card.expires < month { CardStanding::Expired } else { CardStanding::Usable };
    Card { card_id: card.card_id.clone(), name: card_name(card), standing }
}

/// An order that can still be paid.
pub fn order(app: &Shared, view: &PaymentView, merchant: Merchant) -> Order {
    let payment = &view.payment;
    let order = payment.order.as_deref();
    let kind = if payment.product.holds() {
        let back_at = app.wallet.now().saturating_add(app.wallet.policy().hold_life).unwrap_or(Timestamp::MAX);
        OrderKind::Held(hold(payment.product, back_at))
    } else {
        OrderKind::Now
    };
    Order {
        merchant,
        amount: payment.amount,
        title: order.and_then(|order| order.title.clone()),
        description: payment.description.clone(),
        reference: order.and_then(|order| order.reference.clone()),
        kind,
        expires_at: view.state.due_at,
    }
}
