//! The state machine of payments: every event in every state of every product, and the instants at which rules change.

mod table;
mod times;

use crate::support::{at, hash};
use mithaq_domain::{Event, Order, Payment, PaymentOutcome, PaymentState, Policy, Product, Windows};
use mithaq_types::{ClientId, Currency, MerchantId, Money, OrderId, PaymentId, Timestamp, UserId};

/// What every payment here is about, in fils.
const ALL: i64 = 1_000;
/// When every payment here was made: nine in the morning in Baghdad.
const MADE: &str = "2026-12-01T09:00:00+03:00";

/// An order that can be paid for half an hour; a payment that is decided at once where the product knows no orders.
fn payment(product: Product) -> Payment {
    let currency = Currency::IQD;
    let order = Order {
        order_id: OrderId::new("order"),
        buyer: None,
        title: None,
        reference: None,
        redirect_url: None,
        void_notify_url: None,
        expires_at: at("2026-12-01T09:30:00+03:00"),
    };
    Payment {
        payment_id: PaymentId::new("payment"),
        client_id: ClientId::new("client"),
        request_id: "request".to_owned(),
        content: hash("content"),
        merchant_id: MerchantId::new("merchant"),
        product,
        amount: Money::new(ALL, currency),
        fee: Money::zero(currency),
        user_id: (!product.is_order()).then(|| UserId::new("sara")),
        contract_id: None,
        previous: None,
        outcome: PaymentOutcome::Open,
        order: product.is_order().then(|| Box::new(order)),
        gateway: None,
        description: String::new(),
        notify_url: None,
        created_at: at(MADE),
        paid_at: None,
    }
}

fn windows() -> Windows {
    Policy::default().windows()
}

/// The state after `events`, each at its instant; all of them are legal.
#[track_caller]
fn after(payment: &Payment, events: &[(Event, &str)]) -> PaymentState {
    let first = PaymentState::of(payment);
    events.iter().fold(first, |state, (event, when)| step(&state, payment, *event, at(when)).expect("legal"))
}

fn step(
    state: &PaymentState,
    payment: &Payment,
    event: Event,
    now: Timestamp,
) -> Result<PaymentState, mithaq_domain::Illegal> {
    state.after(payment, event, now, &windows()).map(|step| step.state)
}
