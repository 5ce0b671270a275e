//! How signing ends, by situation: the table of spec/alipay-agreement.md 2.1.2.

use super::SignStatus;
use crate::{GatewayError, SubCode};

/// A situation on the signing page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SignOutcome {
    /// The user signed.
    Signed,
    /// The same number is in force already, for the same user and the same terms: that agreement is the answer.
    AlreadySigned,
    /// The same number is in force already, for another user or other terms.
    NumberTaken,
    /// The wallet does not offer the product.
    ProductUnknown,
    /// The product is not open for this merchant.
    ProductNotOpen,
    /// The merchant is stopped.
    MerchantStopped,
    /// Who is logged in is not whom the merchant expects, or not of the age.
    OtherUser,
    /// The page was opened later after the request than `effect_time` allows.
    TooLate,
    /// The user has as many periodic agreements with this merchant as there may be.
    TooMany,
    /// Whether the user signed is not known.
    Unknown,
    /// The user left.
    Cancelled,
}

impl SignOutcome {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Signed,
        Self::AlreadySigned,
        Self::NumberTaken,
        Self::ProductUnknown,
        Self::ProductNotOpen,
        Self::MerchantStopped,
        Self::OtherUser,
        Self::TooLate,
        Self::TooMany,
        Self::Unknown,
        Self::Cancelled,
    ];

    /// `resultStatus`. A request that is refused before any page opens is [`SignStatus::Failed`] too.
    #[must_use]
    pub const fn status(self) -> SignStatus {
        match self {
            Self::Signed | Self::AlreadySigned => SignStatus::Signed,
            Self::Unknown => SignStatus::Unknown,
            Self::Cancelled => SignStatus::Cancelled,
            Self::NumberTaken
            | Self::ProductUnknown
            | Self::ProductNotOpen
            | Self::MerchantStopped
            | Self::OtherUser
            | Self::TooLate
            | Self::TooMany => SignStatus::Failed,
        }
    }

    /// What `result` says of a signing that did not succeed. Nothing where there is an agreement, or no answer at all because
    /// the user left.
    #[must_use]
    pub fn error(self) -> Option<GatewayError> {
        let with = |sub_code, message: &str| Some(GatewayError::with_message(sub_code, message));
        match self {
            Self::Signed | Self::AlreadySigned | Self::Cancelled => None,
            Self::NumberTaken => with(
                SubCode::InvalidParameter,
                "external_agreement_no is in force already, for another user or other terms. Use a new number.",
            ),
            Self::OtherUser => with(
                SubCode::InvalidParameter,
                "The user who is logged in is not the one of identity_params, or not of the age of user_age_range.",
            ),
            Self::TooLate => with(
                SubCode::InvalidParameter,
                "The page was opened later after timestamp than effect_time allows. Build a new signStr.",
            ),
            Self::ProductUnknown => Some(SubCode::ProductCodeNotSupportedError.into()),
            Self::ProductNotOpen => Some(SubCode::MerchantAgreementIsNotExist.into()),
            Self::MerchantStopped => Some(SubCode::MerchantStatusIsNotNormal.into()),
            Self::TooMany => with(
                SubCode::NotSupportedBusiness,
                "The user has as many periodic agreements with this merchant as there may be. End one before signing another.",
            ),
            Self::Unknown => Some(SubCode::SystemError.into()),
        }
    }
}
