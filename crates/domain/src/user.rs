//! Users, the names merchants know them by, their messages and their browser sessions.

use crate::{Hash, UserNews};
use jiff::civil::Date;
use mithaq_types::{CustomerId, MerchantId, MessageId, PaymentId, SessionId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Whether a user may act.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum UserStatus {
    /// Yes.
    Active,
    /// No charges, no signatures.
    Frozen,
    /// May look, and get money, but pays nothing until the operator has looked into something.
    Restricted,
}

/// A name in its parts (spec/qicard.md 6.1).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PersonName {
    /// All of it.
    pub full: String,
    /// Given name.
    pub first: String,
    /// Father's name.
    pub second: String,
    /// Grandfather's name.
    pub third: String,
    /// Family name.
    pub last: String,
}

/// A user of the wallet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct User {
    /// Its id, never told to merchants (they get a [`Customer`]).
    pub user_id: UserId,
    /// Digits with country code, the log-in name.
    pub phone: String,
    /// The name.
    pub name: PersonName,
    /// The name in Arabic letters.
    pub name_ar: PersonName,
    /// Where e-mails go.
    pub email: Option<String>,
    /// `MALE` or `FEMALE`.
    pub gender: Option<String>,
    /// `yyyy-MM-dd`.
    pub birth_date: Option<String>,
    /// ISO 3166 alpha-2.
    pub nationality: Option<String>,
    /// `en-US` or `ar-IQ`.
    pub language: crate::Language,
    /// Whether they may act.
    pub status: UserStatus,
    /// The PIN, hashed with argon2.
    pub pin_hash: String,
    /// Wrong PINs in a row.
    pub pin_failures: u32,
    /// Until when the PIN is locked.
    pub pin_locked_until: Option<Timestamp>,
}

impl User {
    /// The whole name as somebody reads it who reads `language`.
    #[must_use]
    pub fn name_in(&self, language: crate::Language) -> &str {
        match language {
            crate::Language::ArIq if !self.name_ar.full.trim().is_empty() => &self.name_ar.full,
            _ => &self.name.full,
        }
    }

    /// Whether that is their whole name, in either alphabet.
    #[must_use]
    pub fn goes_by(&self, name: &str) -> bool {
        let name = name.trim();
        !name.is_empty() && (self.name.full.trim() == name || self.name_ar.full.trim() == name)
    }

    /// How many years old they are on `day`, if the birth date is known.
    #[must_use]
    pub fn age_on(&self, day: Date) -> Option<u32> {
        let born: Date = self.birth_date.as_deref()?.parse().ok()?;
        let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
        let years = i32::from(day.year()) - i32::from(born.year()) - i32::from(!had_birthday);
        u32::try_from(years).ok()
    }

    /// Until when the PIN is locked, if it is at `now`.
    #[must_use]
    pub fn locked_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.pin_locked_until.filter(|until| now < *until)
    }
}

/// What a merchant knows a user as; stable, and different at every merchant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Customer {
    /// The user.
    pub user_id: UserId,
    /// The merchant.
    pub merchant_id: MerchantId,
    /// 24 digits.
    pub customer_id: CustomerId,
}

/// A message in a user's inbox. Its words are made when it is read, in the user's language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InboxMessage {
    /// Its id, beginning with time.
    pub message_id: MessageId,
    /// Whose inbox.
    pub user_id: UserId,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub news: UserNews,
    /// The payment it is about.
    pub payment_id: Option<PaymentId>,
    /// Whether the user has opened it.
    pub read: bool,
}

/// A browser session of the shell. Starts anonymous; a log-in gives it a user and a new token.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Its id; interactions belong to it.
    pub session_id: SessionId,
    /// SHA-256 of the cookie's value.
    pub token_hash: Hash,
    /// Who is signed in.
    pub user_id: Option<UserId>,
    /// What state-changing calls must present.
    pub csrf: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// What the browser called itself then, at most 256 characters: so that its user recognises it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}
