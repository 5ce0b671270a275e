//! Orders of the cashier as the engine takes them.

use crate::act::{Act, PAID_URL, REFUND_URL, VOID_URL, hash};
use mithaq_domain::{
    Card, Command, ConfirmOrder, OperateRequest, OperationKind, Order, OrderRequest, PaymentRef, SettleCard, Source,
    Wish,
};
use mithaq_types::{CardId, ClientId, Money, OrderId, Timestamp, UserId};

/// Everybody has one card at most.
pub fn card_of(user: &str) -> String {
    format!("card of {user}")
}

/// What asks for an order, or pays it.
pub fn command(act: Act, now: Timestamp) -> Command {
    match act {
        Act::Order { client, request, product, amount, until, told } => Command::Order(Box::new(OrderRequest {
            content: hash(&format!("{product:?} {} {}", amount.minor, amount.currency)),
            product,
            amount,
            description: format!("for {request}"),
            notify_url: told.then(|| PAID_URL.to_owned()),
            order: Order {
                order_id: OrderId::new(format!("order {client} {request}")),
                buyer: None,
                title: None,
                reference: None,
                redirect_url: None,
                void_notify_url: Some(VOID_URL.to_owned()),
                expires_at: until,
            },
            gateway: None,
            client_id: ClientId::new(client),
            request_id: request,
        })),
        Act::Confirm { id, user, pin, card, .. } => Command::ConfirmOrder(Box::new(ConfirmOrder {
            payment_id: id,
            source: if card { Source::Card(CardId::new(card_of(&user))) } else { Source::Balance },
            user_id: UserId::new(user),
            pin,
            page: None,
        })),
        Act::Settle { id, user, attempt, verdict, .. } => Command::SettleCard(Box::new(SettleCard {
            payment_id: id,
            card_id: CardId::new(card_of(&user)),
            user_id: UserId::new(user),
            attempt,
            verdict,
            page: None,
        })),
        Act::Link { user } => Command::LinkCard(Box::new(Card {
            card_id: CardId::new(card_of(&user)),
            token: "token".to_owned(),
            masked_number: card_of(&user),
            account_number: "account".to_owned(),
            brand: "Visa".to_owned(),
            expires: "2030-12".to_owned(),
            linked_at: now,
            removed_at: None,
            user_id: UserId::new(user),
        })),
        other => panic!("{other:?} is about no order"),
    }
}

/// What a merchant wants done to the payment that it calls `of`.
pub fn operate(client: &str, of: String, kind: OperationKind, request: &str, wanted: Option<Money>) -> Command {
    let wish = match (kind, wanted) {
        (OperationKind::Capture, wanted) => Wish::Capture(wanted),
        (OperationKind::Void, wanted) => Wish::Void(wanted),
        (OperationKind::Refund, Some(wanted)) => Wish::Refund(wanted, None),
        _ => Wish::Confirm,
    };
    Command::OperatePayment(Box::new(OperateRequest {
        client_id: ClientId::new(client),
        request_id: request.to_owned(),
        content: hash(&format!("{kind:?} {wanted:?}")),
        payment: PaymentRef::Request(of),
        wish,
        reason: None,
        notify_url: Some(REFUND_URL.to_owned()),
    }))
}
