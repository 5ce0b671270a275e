//! Payments. One stands for its request too, so that a request is applied once (spec/qicard.md 7.1, openapi.md 5.4).

use crate::Hash;
use mithaq_types::{ClientId, ContractId, MerchantId, Money, PaymentId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What is sold (spec/qicard.md 3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Product {
    /// A silent deduction under a contract.
    Agreement,
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
    /// An amount left 64 bits; nothing was moved.
    Overflow,
}

/// How a payment ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PaymentOutcome {
    /// Paid.
    Success,
    /// Not paid, for good.
    Fail(FailReason),
}

/// A payment. Written once: agreement payments are final when they are made.
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
    /// Who pays; unknown when the token was.
    pub user_id: Option<UserId>,
    /// Under which contract.
    pub contract_id: Option<ContractId>,
    /// The payment decided before it under the same contract: the list of a contract's payments, newest first, is this
    /// chain, which costs nothing to keep.
    pub previous: Option<PaymentId>,
    /// How it ended.
    pub outcome: PaymentOutcome,
    /// What the payer is told it is for.
    pub description: String,
    /// Where the merchant wants to hear of it.
    pub notify_url: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
}
