//! Money, currencies, typed ids, the clock and the source of ids.
//!
//! The lowest room: everything stands on it, it stands on nothing of ours.
//! Time, randomness and ids are parameters everywhere above (see [`Clock`] and [`Entropy`]),
//! so that a test, or the sandbox's clock, moves everything at once.

mod clock;
mod entropy;
mod ids;
mod money;

pub use clock::{Clock, ManualClock, ShiftedClock, SystemClock, Timestamp};
pub use entropy::{Entropy, SeededEntropy};
pub use ids::{
    AppId, AuthId, CardId, ClientId, ContractId, CustomerId, GatewayAppId, InteractionId, MerchantId, MessageId,
    OperationId, OrderId, OutboxId, PaymentId, SessionId, TokenId, TransferId, UserId,
};
pub use money::{Currency, Money, MoneyError};
