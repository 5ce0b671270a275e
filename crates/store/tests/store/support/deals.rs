//! Orders of the cashier in few words.

use super::House;
use super::commands::{SHOP, hash};
use mithaq_domain::{
    Card, Command, ConfirmOrder, Done, Key, OperateRequest, Order, OrderRequest, PaymentRef, PaymentState, PinCheck,
    Product, Row, SettleCard, Source, Transfer, Verdict, Wish,
};
use mithaq_types::{CardId, ClientId, Clock as _, Money, OrderId, PaymentId, Timestamp, TransferId, UserId};

/// The shop asks for `amount`, to be paid until `expires_at`; it wants to hear of it, and of voids.
pub fn order(request_id: &str, product: Product, amount: Money, expires_at: Timestamp) -> Command {
    Command::Order(Box::new(OrderRequest {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{product:?} {amount:?}")),
        product,
        amount,
        description: "A box".to_owned(),
        notify_url: Some("https://shop.example/paid".to_owned()),
        order: Order {
            order_id: OrderId::new(format!("order {request_id}")),
            buyer: None,
            title: None,
            reference: None,
            redirect_url: None,
            void_notify_url: Some("https://shop.example/void".to_owned()),
            expires_at,
        },
        gateway: None,
    }))
}

/// `user` pays with what is in the wallet.
pub fn confirm(user: &str, payment_id: &PaymentId) -> Command {
    confirm_from(user, payment_id, Source::Balance)
}

/// `user` pays from `source`.
pub fn confirm_from(user: &str, payment_id: &PaymentId, source: Source) -> Command {
    let (payment_id, user_id) = (payment_id.clone(), UserId::new(user));
    Command::ConfirmOrder(Box::new(ConfirmOrder { payment_id, user_id, pin: PinCheck::Right, source, page: None }))
}

/// The issuer of `user`'s card lets the first asking pass.
pub fn approve(user: &str, payment_id: &PaymentId, card: &str) -> Command {
    Command::SettleCard(Box::new(SettleCard {
        payment_id: payment_id.clone(),
        user_id: UserId::new(user),
        card_id: CardId::new(card),
        attempt: 1,
        verdict: Verdict::Approved,
        page: None,
    }))
}

/// `user` links a card.
pub fn link(user: &str, card: &str, now: Timestamp) -> Command {
    Command::LinkCard(Box::new(Card {
        card_id: CardId::new(card),
        user_id: UserId::new(user),
        token: format!("token of {card}"),
        masked_number: "•••• 4242".to_owned(),
        account_number: "0042".to_owned(),
        brand: "Visa".to_owned(),
        expires: "2030-12".to_owned(),
        linked_at: now,
        removed_at: None,
    }))
}

/// The shop wants something done to a payment.
pub fn operate(payment_id: &PaymentId, request_id: &str, wish: Wish) -> Command {
    Command::OperatePayment(Box::new(OperateRequest {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{wish:?}")),
        payment: PaymentRef::Id(payment_id.clone()),
        wish,
        reason: None,
        notify_url: Some("https://shop.example/refund".to_owned()),
    }))
}

/// The shop cancels a payment.
pub fn call_off(payment_id: &PaymentId) -> Command {
    Command::CancelPayment { client_id: ClientId::new(SHOP), payment: PaymentRef::Id(payment_id.clone()) }
}

/// `from` sends money to `to`.
pub fn send_money(id: &str, from: &str, to: &str, amount: Money, at: Timestamp) -> Command {
    let transfer = Transfer {
        transfer_id: TransferId::new(id),
        from: UserId::new(from),
        to: UserId::new(to),
        amount,
        note: None,
        at,
    };
    Command::Send(Box::new(transfer), PinCheck::Right)
}

impl House {
    /// The shop makes an order that can be paid for half an hour.
    pub async fn place(&self, request_id: &str, product: Product, amount: Money) -> PaymentId {
        let end = self.clock.now() + jiff::SignedDuration::from_mins(30);
        match self.done(order(request_id, product, amount, end)).await {
            Done::Standing(payment, _) => payment.payment_id,
            other => panic!("{other:?}"),
        }
    }

    /// How a payment stands, as it is stored.
    pub async fn standing(&self, payment_id: &PaymentId) -> PaymentState {
        match self.stage.reader().row(Key::PaymentState(payment_id.clone())).await.expect("readable") {
            Some(Row::PaymentState(state)) => *state,
            other => panic!("{other:?}"),
        }
    }
}
