//! Scopes: what a token lets a merchant do (spec/qicard.md 9).

use serde::{Deserialize, Serialize};
use std::fmt;

/// A part of `userInfo` that scopes open.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UserField {
    /// `userId`: open to every token.
    UserId,
    /// `loginIdInfos[].loginId` and `.maskLoginId`.
    LoginId,
    /// `loginIdInfos[].hashLoginId`.
    HashLoginId,
    /// `userName` and `userNameInArabic`.
    Name,
    /// `avatar`.
    Avatar,
    /// `gender`.
    Gender,
    /// `birthDate`.
    BirthDate,
    /// `nationality`.
    Nationality,
    /// `contactInfos`.
    Contacts,
}

/// A scope by its name in the protocol.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Scope {
    /// The user's id.
    #[serde(rename = "auth_base")]
    AuthBase,
    /// The user's id.
    UserId,
    /// The login id.
    UserLoginId,
    /// The login id, hashed per merchant.
    HashLoginId,
    /// The basic profile.
    #[serde(rename = "auth_user")]
    AuthUser,
    /// Names, Latin and Arabic.
    UserName,
    /// The picture.
    UserAvatar,
    /// The gender.
    UserGender,
    /// The date of birth.
    UserBirthday,
    /// The nationality.
    UserNationality,
    /// Phone numbers and addresses.
    #[serde(rename = "USER_CONTACTINFO")]
    UserContactInfo,
    /// Sending messages to the inbox.
    NotificationInbox,
    /// Sending push messages.
    NotificationPush,
    /// Listing the user's cards.
    CardList,
    /// Deducting money under a contract; only through `prepare` and the signing page.
    AgreementPay,
    /// The merchant's id, on the business side of the app.
    MerchantId,
    /// The merchant's name, on the business side of the app.
    MerchantName,
}

impl Scope {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::AuthBase,
        Self::UserId,
        Self::UserLoginId,
        Self::HashLoginId,
        Self::AuthUser,
        Self::UserName,
        Self::UserAvatar,
        Self::UserGender,
        Self::UserBirthday,
        Self::UserNationality,
        Self::UserContactInfo,
        Self::NotificationInbox,
        Self::NotificationPush,
        Self::CardList,
        Self::AgreementPay,
        Self::MerchantId,
        Self::MerchantName,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthBase => "auth_base",
            Self::UserId => "USER_ID",
            Self::UserLoginId => "USER_LOGIN_ID",
            Self::HashLoginId => "HASH_LOGIN_ID",
            Self::AuthUser => "auth_user",
            Self::UserName => "USER_NAME",
            Self::UserAvatar => "USER_AVATAR",
            Self::UserGender => "USER_GENDER",
            Self::UserBirthday => "USER_BIRTHDAY",
            Self::UserNationality => "USER_NATIONALITY",
            Self::UserContactInfo => "USER_CONTACTINFO",
            Self::NotificationInbox => "NOTIFICATION_INBOX",
            Self::NotificationPush => "NOTIFICATION_PUSH",
            Self::CardList => "CARD_LIST",
            Self::AgreementPay => "AGREEMENT_PAY",
            Self::MerchantId => "MERCHANT_ID",
            Self::MerchantName => "MERCHANT_NAME",
        }
    }

    /// The scope of a name, exactly as written in the protocol.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.as_str() == name)
    }

    /// Whether it is given without interrupting the user.
    #[must_use]
    pub const fn is_silent(self) -> bool {
        matches!(self, Self::AuthBase | Self::UserId | Self::UserLoginId | Self::HashLoginId)
    }

    /// The parts of `userInfo` it opens.
    #[must_use]
    pub const fn user_fields(self) -> &'static [UserField] {
        use UserField as F;
        match self {
            Self::AuthBase | Self::UserId => &[F::UserId],
            Self::UserLoginId => &[F::LoginId],
            Self::HashLoginId => &[F::HashLoginId],
            Self::AuthUser => &[F::Name, F::Avatar, F::Gender, F::BirthDate, F::Nationality, F::Contacts],
            Self::UserName => &[F::Name],
            Self::UserAvatar => &[F::Avatar],
            Self::UserGender => &[F::Gender],
            Self::UserBirthday => &[F::BirthDate],
            Self::UserNationality => &[F::Nationality],
            Self::UserContactInfo => &[F::Contacts],
            Self::NotificationInbox
            | Self::NotificationPush
            | Self::CardList
            | Self::AgreementPay
            | Self::MerchantId
            | Self::MerchantName => &[],
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_has_one_name_whichever_way_it_is_written() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Some(*scope));
            assert_eq!(serde_json::to_string(scope).ok(), Some(format!("\"{scope}\"")));
        }
        assert_eq!(Scope::parse("AUTH_BASE"), None);
    }
}
