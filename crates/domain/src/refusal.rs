//! Why a command was refused. Domain words: each dialect maps them to its own public codes.

use crate::{FailReason, Illegal, OperationRefusal, PlanRefusal, Verdict};
use mithaq_types::Timestamp;

/// A refusal. Changes nothing, except where the rule itself is a change (a wrong PIN counts).
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// No such client.
    #[error("the client is unknown")]
    ClientUnknown,
    /// The client or its merchant is suspended.
    #[error("the client is suspended")]
    ClientSuspended,
    /// The merchant has no agreement for agreement payment.
    #[error("the client may not use agreement payment")]
    AgreementPayNotAgreed,
    /// That agreement is suspended.
    #[error("agreement payment is suspended for the client")]
    AgreementPaySuspended,
    /// No such offer, or another client's.
    #[error("the offer is unknown")]
    OfferUnknown,
    /// The offer can no longer be signed.
    #[error("the offer has expired")]
    OfferExpired,
    /// The business line of the call is not the one that was prepared.
    #[error("the reference client id does not match")]
    ReferenceClientMismatch,
    /// No such user.
    #[error("the user is unknown")]
    UserUnknown,
    /// The user is frozen.
    #[error("the user is frozen")]
    UserFrozen,
    /// The PIN was wrong.
    #[error("the PIN is wrong, {tries_left} tries left")]
    PinWrong {
        /// Before it is locked.
        tries_left: u32,
    },
    /// The PIN is locked.
    #[error("the PIN is locked until {until}")]
    PinLocked {
        /// Until when.
        until: Timestamp,
    },
    /// No such code, or another client's.
    #[error("the code is unknown")]
    CodeUnknown,
    /// The code was exchanged before.
    #[error("the code was used")]
    CodeUsed,
    /// The code is too old.
    #[error("the code has expired")]
    CodeExpired,
    /// No such refresh token, or another client's, or revoked.
    #[error("the refresh token is unknown")]
    RefreshUnknown,
    /// The refresh token was used before.
    #[error("the refresh token was used")]
    RefreshUsed,
    /// The refresh token is too old.
    #[error("the refresh token has expired")]
    RefreshExpired,
    /// No such access token, or another client's.
    #[error("the access token is unknown")]
    TokenUnknown,
    /// The access token is over.
    #[error("the access token is over")]
    TokenDead,
    /// The same request id with other content.
    #[error("the request id was used with other content")]
    RequestInconsistent,
    /// No such contract of this user.
    #[error("the contract is unknown")]
    ContractUnknown,
    /// The contract is over already.
    #[error("the contract is over")]
    ContractOver,
    /// The page is closed: another outcome came first, or its time is up.
    #[error("the interaction is over")]
    InteractionOver,
    /// No such page of this session.
    #[error("the interaction is unknown")]
    InteractionUnknown,
    /// No such notification.
    #[error("the outbox row is unknown")]
    OutboxUnknown,
    /// Something with this id exists.
    #[error("it exists already")]
    Exists,
    /// No such key of the client, or one that it cannot do without.
    #[error("the key is unknown or the newest")]
    KeyImpossible,
    /// An amount is not allowed or left 64 bits.
    #[error("the amount is not possible")]
    AmountImpossible,
    /// No such payment, or one of another client's.
    #[error("the payment is unknown")]
    PaymentUnknown,
    /// The merchant named somebody else as the buyer.
    #[error("the order is another user's")]
    OrderForeign,
    /// The payment is not in a state for it.
    #[error("the payment does not allow it: {0:?}")]
    Payment(Illegal),
    /// The payer has not enough.
    #[error("the balance is not enough")]
    BalanceShort,
    /// It is more than the wallet lets through at once.
    #[error("the amount is above the limit")]
    OverLimit,
    /// The wallet's operator lets this user pay nothing for now.
    #[error("the user is restricted")]
    UserRestricted,
    /// The merchant is suspended.
    #[error("the merchant is suspended")]
    MerchantSuspended,
    /// No such card of this user.
    #[error("the card is unknown")]
    CardUnknown,
    /// The card's issuer said no.
    #[error("the card's issuer refused: {0:?}")]
    CardDeclined(Verdict),
    /// The merchant has not enough to give it back.
    #[error("the merchant's balance is not enough")]
    MerchantBalanceShort,
    /// Nobody can send money to themselves.
    #[error("the receiver is the sender")]
    SameUser,
    /// The merchant has sent this user as many messages today as it may.
    #[error("too many messages today")]
    TooManyMessages,
    /// The token does not carry the right.
    #[error("the token does not allow it")]
    ScopeMissing,
    /// A deduction under an agreement is not allowed. Nothing is kept of it: the same request may succeed later.
    #[error("the deduction is not possible: {0:?}")]
    Charge(FailReason),
    /// An operation on a payment of the gateway is not possible. Nothing is kept of it.
    #[error("the operation is not possible: {0:?}")]
    Operation(OperationRefusal),
    /// The plan does not allow it.
    #[error("the plan does not allow it: {0:?}")]
    Plan(PlanRefusal),
    /// The agreement has no plan, or the request is for another product.
    #[error("the agreement is for something else")]
    OtherProduct,
    /// The agreement has run out.
    #[error("the agreement has run out")]
    ContractExpired,
    /// The merchant's number of the agreement is in use, for other terms or another user.
    #[error("the external agreement number is in use")]
    AgreementTaken,
    /// The user has as many periodic agreements with this merchant as they may.
    #[error("too many agreements with this merchant")]
    TooManyAgreements,
    /// The merchant expects somebody else to sign.
    #[error("the agreement is for another signer")]
    OtherSigner,
    /// No such app of the gateway.
    #[error("the app is unknown")]
    GatewayAppUnknown,
    /// The wallet has no such session of this user.
    #[error("the session is unknown")]
    SessionUnknown,
}
