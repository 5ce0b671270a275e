//! Orders of the cashier, and what they are paid from.

use super::{Browser, CLIENT, Opened, Person, World};
use mithaq_domain::{Payment, PaymentRef, PaymentStatus, Product, Scope};
use mithaq_types::{CardId, ClientId, Currency, Money, UserId};
use mithaq_wallet::{GrantRequest, NewCard, NewOrder};
use serde_json::json;
use std::sync::atomic::{AtomicU32, Ordering};

static ORDERS: AtomicU32 = AtomicU32::new(0);

impl World {
    /// An order of [`CLIENT`] about 5,000 dinars that whoever confirms it pays.
    pub async fn order(&self) -> Payment {
        self.order_with(|_| ()).await
    }

    /// The same with something changed.
    pub async fn order_with(&self, change: impl FnOnce(&mut NewOrder)) -> Payment {
        let mut order = NewOrder {
            gateway: None,
            client_id: ClientId::new(CLIENT),
            request_id: format!("order-{}", ORDERS.fetch_add(1, Ordering::Relaxed)),
            product: Product::Online,
            buyer: None,
            amount: Money::whole(5_000, Currency::IQD).expect("an amount"),
            title: Some("Basket of 3".into()),
            description: "Dates & <b>oil</b>".into(),
            reference: Some("ZM-1".into()),
            expires_at: None,
            notify_url: None,
            void_notify_url: None,
            redirect_url: Some("https://shop.example/thanks".into()),
        };
        change(&mut order);
        self.app.wallet.order(order).await.expect("an order").0
    }

    /// The address that the merchant is given for an order.
    pub fn cashier_url(&self, order: &Payment) -> String {
        format!("{}{}", self.origin, cashier_path(order))
    }

    /// How an order stands.
    pub async fn status_of(&self, order: &Payment) -> PaymentStatus {
        let found = self.app.wallet.reader().payment(order.payment_id.clone()).await.expect("a row");
        found.expect("a payment").state.status
    }

    /// The merchant cancels an order.
    pub async fn withdraw(&self, order: &Payment) {
        let by = PaymentRef::Id(order.payment_id.clone());
        self.app.wallet.cancel_payment(order.client_id.clone(), by).await.expect("no refusal");
    }

    /// `person` links the card with this number.
    pub async fn card(&self, person: &Person, number: &str) -> CardId {
        let new = NewCard {
            user_id: UserId::new(person.user_id),
            number: number.into(),
            expires: "2035-12".into(),
            name: "CARD HOLDER".into(),
        };
        self.app.wallet.link_card(new).await.expect("no fault").expect("a card").card_id
    }

    /// What `person` can spend.
    pub async fn balance(&self, person: &Person) -> i64 {
        let balance = self.app.wallet.balance(&UserId::new(person.user_id), Currency::IQD).await;
        balance.expect("a balance").minor / 1_000
    }
}

/// The path of an order's page.
pub fn cashier_path(order: &Payment) -> String {
    format!("/cashier?orderId={}", order.order.as_ref().expect("an order").order_id)
}

impl Browser {
    /// The cashier, as a Mini Program opens it with the order's address.
    pub async fn pay_page(&mut self, world: &World, order: &Payment) -> Opened {
        self.opened("tradePay", &json!({"paymentUrl": world.cashier_url(order)})).await
    }
}

impl World {
    /// An access token of [`CLIENT`] that names `person`.
    pub async fn tokens_of(&self, person: &Person) -> String {
        let grant = GrantRequest {
            client_id: ClientId::new(CLIENT),
            user_id: UserId::new(person.user_id),
            scopes: vec![Scope("USER_ID".into())],
            page: None,
        };
        let code = self.app.wallet.grant(grant).await.expect("a code");
        self.app.wallet.exchange_code(ClientId::new(CLIENT), &code, None).await.expect("tokens").access
    }
}
