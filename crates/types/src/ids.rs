//! One type per kind of id, so that a user's id cannot stand where a contract's belongs.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps a text that is already such an id.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

id!(/// A Mini Program registered in the wallet.
    AppId);
id!(/// A contract offer made by `prepare`: 32 upper-case hex digits (128 random bits).
    AuthId);
id!(/// A card linked to a wallet.
    CardId);
id!(/// The `Client-Id` the wallet gave a merchant's backend.
    ClientId);
id!(/// A signed contract.
    ContractId);
id!(/// What a merchant knows a user as: 24 digits, stable per merchant, different between merchants.
    CustomerId);
id!(/// An app of a merchant's on the Alipay surface (`app_id`): 16 digits.
    GatewayAppId);
id!(/// One wallet page opened by the shell on behalf of a Mini Program.
    InteractionId);
id!(/// A merchant: who is paid.
    MerchantId);
id!(/// A message in a user's inbox.
    MessageId);
id!(/// What happened to a payment after it was made (a capture, a void, a refund …): 35 digits like a payment's.
    OperationId);
id!(/// The `orderId` of a cashier page: 32 hex digits (128 random bits), because whoever has the address sees the page.
    OrderId);
id!(/// A row of the outbox.
    OutboxId);
id!(/// A payment: 35 digits, date first (spec/qicard.md 4).
    PaymentId);
id!(/// A browser session of the shell, signed in or not.
    SessionId);
id!(/// A pair of access and refresh token.
    TokenId);
id!(/// Money sent from one user to another, named by the form it was sent with: 32 hex digits.
    TransferId);
id!(/// A user of the wallet.
    UserId);
