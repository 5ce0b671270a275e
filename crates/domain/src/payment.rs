//! Payments. One stands for its request too, so that a request is applied once (spec/qicard.md 7.1, openapi.md 5.4).

use crate::{GatewayTrade, Hash, PlanRefusal};
use mithaq_types::{ClientId, ContractId, MerchantId, Money, OrderId, PaymentId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What is sold (spec/qicard.md 3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Product {
    /// A silent deduction under a contract.
    Agreement,
    /// The user pays in the cashier.
    Online,
    /// The user allows it in the cashier: the money is held, and the merchant takes it later.
    AuthCapture,
    /// The same, until the merchant confirms that the buyer has what was bought.
    Escrow,
    /// The merchant scans the code that the user shows.
    InStore,
    /// Nothing: the merchant cancelled the request before it came, and no payment can come of it any more.
    Withdrawn,
}

impl Product {
    /// Whether the user decides in the cashier.
    #[must_use]
    pub const fn is_order(self) -> bool {
        matches!(self, Self::Online | Self::AuthCapture | Self::Escrow)
    }

    /// Whether the payer's money is held first.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::AuthCapture | Self::Escrow)
    }
}

/// Why a payment failed. Final: the same request cannot succeed later.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FailReason {
    /// No such access token.
    TokenUnknown,
    /// The token belongs to another client, or may not charge.
    TokenForeign,
    /// The token or its contract is over.
    TokenDead,
    /// The contract allows no charge yet.
    NotStarted,
    /// The contract, the product or the operator allows less per charge.
    OverLimit,
    /// The user's own or daily limit.
    OverUserLimit,
    /// The contract was agreed in another currency.
    Currency,
    /// The user is gone.
    UserUnknown,
    /// The user is frozen.
    UserFrozen,
    /// The merchant is suspended.
    MerchantSuspended,
    /// Not enough money.
    Balance,
    /// No such payment code, or one whose minute is over.
    CodeUnknown,
    /// The payment code was used before.
    CodeUsed,
    /// The wallet's operator lets this user pay nothing for now.
    Restricted,
    /// The order was not paid in time.
    Expired,
    /// The merchant cancelled the request before it came.
    Withdrawn,
    /// An amount left 64 bits; nothing was moved.
    Overflow,
    /// The plan of the agreement does not allow it.
    Plan(PlanRefusal),
}

/// How a payment ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PaymentOutcome {
    /// Paid.
    Success,
    /// Not paid, for good.
    Fail(FailReason),
    /// Decided later: look at its [`crate::PaymentState`].
    Open,
}

/// What an order of the cashier has besides.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Order {
    /// What the cashier's address names; whoever has it may look, if the order is not somebody else's.
    pub order_id: OrderId,
    /// Who alone may pay, where the merchant named a user of this wallet.
    pub buyer: Option<UserId>,
    /// The merchant's title of it.
    pub title: Option<String>,
    /// The merchant's own order number.
    pub reference: Option<String>,
    /// Where a browser goes afterwards.
    pub redirect_url: Option<String>,
    /// Where the merchant wants to hear of voids.
    pub void_notify_url: Option<String>,
    /// From when it cannot be paid any more.
    pub expires_at: Timestamp,
}

/// A payment. Written once: agreement payments are final when they are made, and what becomes of an order is its state's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Payment {
    /// 35 digits, date first.
    pub payment_id: PaymentId,
    /// Who asked.
    pub client_id: ClientId,
    /// The merchant's own id of it, unique among that client's. Another client's equal id is another request.
    pub request_id: String,
    /// SHA-256 of what must be equal when the request is repeated.
    pub content: Hash,
    /// Who is paid.
    pub merchant_id: MerchantId,
    /// What is sold.
    pub product: Product,
    /// What the payer pays.
    pub amount: Money,
    /// What the wallet keeps of it.
    pub fee: Money,
    /// Who pays; unknown when the token was, and for an order until somebody pays it.
    pub user_id: Option<UserId>,
    /// Under which contract.
    pub contract_id: Option<ContractId>,
    /// The payment decided before it under the same contract: the list of a contract's payments, newest first, is this
    /// chain, which costs nothing to keep.
    pub previous: Option<PaymentId>,
    /// How it ended, where that was decided at once.
    pub outcome: PaymentOutcome,
    /// The order, where the user decides in the cashier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Box<Order>>,
    /// What it has besides where it was asked for through the gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<Box<GatewayTrade>>,
    /// What the payer is told it is for.
    pub description: String,
    /// Where the merchant wants to hear of it.
    pub notify_url: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
}
