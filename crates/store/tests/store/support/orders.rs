//! One row of every kind that belongs to orders of the cashier or lies around them, with everything filled that can be.

use super::commands::{hash, iqd};
use super::samples::now;
use mithaq_domain::{
    CancelReason, Card, MerchantMessage, OperationBy, OperationKind, OperationOutcome, OperationRefusal, Order,
    PaymentCode, PaymentOperation, PaymentState, PaymentStatus, Row, Source, Transfer,
};
use mithaq_types::{CardId, ClientId, MessageId, OperationId, OrderId, PaymentId, Timestamp, TransferId, UserId};

/// What an order has beside its payment.
pub fn order() -> Order {
    Order {
        order_id: OrderId::new("0123456789abcdef0123456789abcdef"),
        buyer: Some(UserId::new("u")),
        title: Some("صندوق".to_owned()),
        reference: Some("INV-1".to_owned()),
        redirect_url: Some("https://shop.example/back".to_owned()),
        void_notify_url: Some("https://shop.example/void".to_owned()),
        expires_at: now(),
    }
}

/// One new row of each of these kinds.
pub fn rows() -> Vec<Row> {
    let (client_id, user_id) = (ClientId::new("c"), UserId::new("u"));
    vec![
        Row::Card(Card {
            card_id: CardId::new("k"),
            user_id: user_id.clone(),
            token: "tok_1".to_owned(),
            masked_number: "•••• 4242".to_owned(),
            account_number: "0042".to_owned(),
            brand: "Visa".to_owned(),
            expires: "2030-12".to_owned(),
            linked_at: now(),
            removed_at: None,
        }),
        Row::MerchantMessage(Box::new(MerchantMessage {
            client_id: client_id.clone(),
            request_id: "r".to_owned(),
            content: hash("message"),
            user_id: user_id.clone(),
            message_id: MessageId::new("n"),
            at: now(),
        })),
        Row::Operation(Box::new(PaymentOperation {
            operation_id: OperationId::new("op"),
            kind: OperationKind::Refund,
            payment_id: PaymentId::new("p"),
            client_id,
            request_id: "r".to_owned(),
            content: hash("refund"),
            amount: iqd(1),
            outcome: OperationOutcome::Refused(OperationRefusal::MerchantBalance),
            by: OperationBy::Merchant,
            reason: Some("damaged".to_owned()),
            notify_url: Some("https://shop.example/refund".to_owned()),
            at: now(),
        })),
        Row::PaymentCode(PaymentCode {
            hash: hash("280000000000000000"),
            user_id: user_id.clone(),
            expires_at: now(),
            payment_id: None,
        }),
        Row::PaymentState(Box::new(PaymentState {
            payment_id: PaymentId::new("p"),
            status: PaymentStatus::Authorized,
            user_id: Some(user_id.clone()),
            source: Some(Source::Card(CardId::new("k"))),
            asked: 2,
            asked_at: Some(now()),
            held: 2,
            voided: 1,
            taken: 0,
            refunded: 0,
            fee: 0,
            taken_by: None,
            accepted_at: Some(now()),
            authorized_at: Some(now()),
            paid_at: None,
            ended_at: None,
            reversed: false,
            frozen: false,
            frozen_at: None,
            due_at: now(),
        })),
        Row::Transfer(Box::new(Transfer {
            transfer_id: TransferId::new("tr"),
            from: user_id,
            to: UserId::new("v"),
            amount: iqd(2),
            note: Some("للغداء".to_owned()),
            at: now(),
        })),
    ]
}

/// The row after a change, if its kind changes.
pub fn changed(row: Row) -> Option<Row> {
    Some(match row {
        Row::Card(row) => Row::Card(Card { removed_at: Some(now()), ..row }),
        Row::PaymentCode(row) => Row::PaymentCode(PaymentCode { payment_id: Some(PaymentId::new("p")), ..row }),
        Row::PaymentState(mut row) => {
            row.status = PaymentStatus::Cancelled(CancelReason::Voided);
            (row.held, row.voided, row.ended_at, row.due_at) = (0, 3, Some(now()), Timestamp::MAX);
            Row::PaymentState(row)
        }
        // Written once; those of every other kind that changes are changed elsewhere.
        Row::Contract(_) | Row::Customer(_) | Row::Deposit(_) | Row::MerchantMessage(_) => return None,
        Row::Offer(_) | Row::Operation(_) | Row::Payment(_) | Row::Transfer(_) => return None,
        other => panic!("how does {other:?} change?"),
    })
}
