//! What the caller of a command hears.

use crate::{
    AuthCode, Card, Client, Contract, ContractState, Deposit, EndReason, FailReason, Interaction, Offer, Outbox,
    Payment, PaymentCode, PaymentOperation, PaymentState, Refusal, Token, Transfer,
};
use mithaq_types::{ContractId, CustomerId, MessageId, Money, Timestamp};

/// A signed contract and the code row behind the answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signed {
    /// The contract.
    pub contract: Contract,
    /// The code's row.
    pub code: AuthCode,
}

/// Tokens were given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenGrant {
    /// The pair's row: expiries, scopes, customer.
    pub token: Token,
}

/// A token was cancelled, now or before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cancelled {
    /// The contract that ended with it.
    pub contract_id: Option<ContractId>,
}

/// How a page ended; perhaps long ago.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settled {
    /// Its row.
    pub interaction: Interaction,
}

/// What the wallet did for a plan that it runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlanStep {
    /// It was not time yet, or there is nothing to do any more.
    Nothing,
    /// The user was told.
    Announced,
    /// The deduction was made.
    Paid(Box<Payment>),
    /// It failed.
    Failed(FailReason),
}

/// What a command achieved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Done {
    /// Nothing to tell.
    Nothing,
    /// An offer was made.
    Offered(Box<Offer>),
    /// A contract was signed.
    Signed(Box<Signed>),
    /// Scopes were granted; the customer the merchant will see.
    Granted(CustomerId),
    /// Tokens were given.
    Tokens(Box<TokenGrant>),
    /// A token was cancelled.
    Cancelled(Cancelled),
    /// A client as it is now.
    Client(Box<Client>),
    /// Money came in, now or at the first time of asking.
    Deposited {
        /// What came.
        deposit: Box<Deposit>,
        /// Whether it had come before, and nothing was done.
        repeated: bool,
    },
    /// A payment ended, now or at the first time of asking; successful or not.
    Paid(Box<Payment>),
    /// A payment and how it stands now.
    Standing(Box<Payment>, Box<PaymentState>),
    /// An operation ended, now or at the first time of asking; done or not.
    Operated(Box<PaymentOperation>),
    /// An operation on a payment of the gateway was done before: merchants of that surface are told whether it is a repeat.
    OperatedBefore(Box<PaymentOperation>),
    /// Money was sent, now or at the first time of asking.
    Sent(Box<Transfer>),
    /// A card is linked.
    Card(Box<Card>),
    /// A code can be shown.
    Code(PaymentCode),
    /// A merchant's message is in the inbox, now or since the first time of asking.
    Message(MessageId),
    /// The new balance.
    Balance(Money),
    /// A page has its outcome.
    Settled(Box<Settled>),
    /// A delivery's row.
    Outbox(Box<Outbox>),
    /// An agreement is in force, now or since before, with what it said then.
    Agreed(Box<Contract>, Box<ContractState>),
    /// How a contract stands now.
    ContractStanding(Box<ContractState>),
    /// What was done for a plan.
    Ran(PlanStep),
    /// A contract ended at an instant, for a reason.
    Ended(EndReason, Timestamp),
}

/// What the caller hears.
pub type Answer = Result<Done, Refusal>;
