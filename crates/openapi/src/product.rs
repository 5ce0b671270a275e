//! Product codes: which flow a payment takes (spec/qicard.md 3, openapi.md 3.7).

use serde::{Serialize, Serializer};

/// A payment product. The numeric Qi codes are canonical; the symbols of the v2 family are read as aliases.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Product {
    /// The user pays in the cashier.
    OnlinePurchase,
    /// The user authorises in the cashier; the merchant captures later.
    AuthCapture,
    /// Deducted at once under a signed contract, without the user.
    AgreementPayment,
    /// Held until the buyer confirms receipt.
    Escrow,
    /// Paid at once with a code that the user shows in a shop. Qi has no number for it: its symbol is its only code.
    InStore,
}

impl Product {
    /// All of them.
    pub const ALL: &[Self] =
        &[Self::OnlinePurchase, Self::AuthCapture, Self::AgreementPayment, Self::Escrow, Self::InStore];

    /// The canonical code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnlinePurchase => "51051000101000000011",
            Self::AuthCapture => "51051000101000000012",
            Self::AgreementPayment => "51051000101000100031",
            Self::Escrow => "51051000101000100008",
            Self::InStore => "IN_STORE_PAYMENT",
        }
    }

    /// The product of a canonical code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|product| product.code() == code)
    }

    /// Whether the user goes through the cashier.
    #[must_use]
    pub const fn is_cashier(self) -> bool {
        matches!(self, Self::OnlinePurchase | Self::AuthCapture | Self::Escrow)
    }

    /// Whether the money is held first, and the merchant's only after a further step.
    #[must_use]
    pub const fn is_hold(self) -> bool {
        matches!(self, Self::AuthCapture | Self::Escrow)
    }
}

impl Serialize for Product {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
