//! What people and merchants ask about orders, payment codes and what was paid.

use crate::{Event, GatewayTrade, Hash, OperationKind, Order, PinCheck, Product, Source};
use mithaq_types::{CardId, ClientId, InteractionId, Money, PaymentId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A merchant asks for money that the user will pay in the cashier.
#[derive(Clone, Debug)]
pub struct OrderRequest {
    /// Who asks.
    pub client_id: ClientId,
    /// The merchant's id of the request.
    pub request_id: String,
    /// SHA-256 of what must be equal in a repeat.
    pub content: Hash,
    /// What is sold: one of those for which [`Product::is_order`] holds.
    pub product: Product,
    /// How much.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// Where to send the result.
    pub notify_url: Option<String>,
    /// The rest.
    pub order: Order,
    /// What it has besides where it was asked for through the gateway.
    pub gateway: Option<Box<GatewayTrade>>,
}

/// The user pays an order.
#[derive(Clone, Debug)]
pub struct ConfirmOrder {
    /// Which.
    pub payment_id: PaymentId,
    /// Who.
    pub user_id: UserId,
    /// What is known about the PIN.
    pub pin: PinCheck,
    /// From what. A card's issuer is asked next, so that the order is only [`crate::PaymentStatus::Processing`] then.
    pub source: Source,
    /// The page, and the sealed reply it gets once it is paid.
    pub page: Option<(InteractionId, String)>,
}

/// What a card's issuer said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Verdict {
    /// The money comes.
    Approved,
    /// Not enough on the card.
    NotEnough,
    /// The card's time is over.
    CardExpired,
    /// The card is blocked.
    Blocked,
    /// More than the issuer lets the card pay.
    OverLimit,
}

/// An issuer has answered.
#[derive(Clone, Debug)]
pub struct SettleCard {
    /// For which payment.
    pub payment_id: PaymentId,
    /// Whose card.
    pub user_id: UserId,
    /// Which.
    pub card_id: CardId,
    /// Which asking it answers: [`crate::PaymentState::asked`] of that time.
    pub attempt: u32,
    /// What it said.
    pub verdict: Verdict,
    /// The page, and the sealed reply it gets if it is paid.
    pub page: Option<(InteractionId, String)>,
}

/// A merchant deducts with a code that the user shows.
#[derive(Clone, Debug)]
pub struct CodePay {
    /// Who asks.
    pub client_id: ClientId,
    /// The merchant's id of the request.
    pub request_id: String,
    /// SHA-256 of what must be equal in a repeat.
    pub content: Hash,
    /// SHA-256 of the code.
    pub code: Hash,
    /// How much.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// Where to send the result.
    pub notify_url: Option<String>,
}

/// How a merchant names a payment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PaymentRef {
    /// By the wallet's id.
    Id(PaymentId),
    /// By its own.
    Request(String),
}

/// What a merchant wants done to a payment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// Take what is held; all of it if no amount is given.
    Capture(Option<Money>),
    /// Take what is held: the buyer has the goods.
    Confirm,
    /// Give back what is held; all of it if no amount is given.
    Void(Option<Money>),
    /// Give back what was taken, or a part of it; of this capture, if one is named.
    Refund(Money, Option<String>),
}

impl Wish {
    /// What it is an operation of.
    #[must_use]
    pub const fn kind(&self) -> OperationKind {
        match self {
            Self::Capture(_) => OperationKind::Capture,
            Self::Confirm => OperationKind::Confirm,
            Self::Void(_) => OperationKind::Void,
            Self::Refund(..) => OperationKind::Refund,
        }
    }

    /// The sum it names.
    #[must_use]
    pub const fn amount(&self) -> Option<Money> {
        match self {
            Self::Capture(amount) | Self::Void(amount) => *amount,
            Self::Refund(amount, _) => Some(*amount),
            Self::Confirm => None,
        }
    }

    /// The event it is, over so much that is held.
    #[must_use]
    pub fn event(&self, held: i64) -> Event {
        match self {
            Self::Capture(amount) => Event::Capture(amount.map_or(held, |amount| amount.minor)),
            Self::Confirm => Event::Complete,
            Self::Void(amount) => Event::Void(amount.map(|amount| amount.minor)),
            Self::Refund(amount, _) => Event::Refund(amount.minor),
        }
    }
}

/// A merchant's request about a payment, applied once.
#[derive(Clone, Debug)]
pub struct OperateRequest {
    /// Who asks.
    pub client_id: ClientId,
    /// The merchant's id of the request, within its kind.
    pub request_id: String,
    /// SHA-256 of what must be equal in a repeat.
    pub content: Hash,
    /// About which payment.
    pub payment: PaymentRef,
    /// What.
    pub wish: Wish,
    /// Why, in the merchant's words.
    pub reason: Option<String>,
    /// Where to send the result.
    pub notify_url: Option<String>,
}

/// A code that a user shows to pay with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PaymentCode {
    /// SHA-256 of its 18 digits.
    pub hash: Hash,
    /// Whose money.
    pub user_id: UserId,
    /// From when it is worthless.
    pub expires_at: Timestamp,
    /// The payment it was used for.
    pub payment_id: Option<PaymentId>,
}

/// A card that a user has linked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Card {
    /// Its id here.
    pub card_id: CardId,
    /// Whose.
    pub user_id: UserId,
    /// What the issuer calls it: never the number itself.
    pub token: String,
    /// `•••• 4242`, as the wallet shows it.
    pub masked_number: String,
    /// The issuer's account behind it, as merchants with the scope may see it.
    pub account_number: String,
    /// `Visa`, `Mastercard`, `Qi`.
    pub brand: String,
    /// Last month it is good for, `yyyy-MM`.
    pub expires: String,
    /// When it was linked.
    pub linked_at: Timestamp,
    /// When it was taken out of the wallet.
    pub removed_at: Option<Timestamp>,
}
