//! Authorization codes, token pairs and the scopes they carry (spec/qicard.md 9, openapi.md 5.2, 5.3).
//!
//! None of them is stored: only its SHA-256. The one exception is an access token whose merchant
//! asked to be told how the contract stands, because the notice must name it: that one is sealed.

use crate::Hash;
use jiff::civil::Date;
use mithaq_types::{ClientId, ContractId, CustomerId, Timestamp, TokenId, UserId};
use serde::{Deserialize, Serialize};

/// What a token may do, by the wire's name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scope(pub String);

impl Scope {
    /// Charging a contract. Only signing gives it.
    pub const AGREEMENT_PAY: &'static str = "AGREEMENT_PAY";
    /// Messages in the user's inbox.
    pub const NOTIFICATION_INBOX: &'static str = "NOTIFICATION_INBOX";
    /// The same, and on the user's devices.
    pub const NOTIFICATION_PUSH: &'static str = "NOTIFICATION_PUSH";
}

/// A code that can be exchanged once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AuthCode {
    /// SHA-256 of the code.
    pub hash: Hash,
    /// Who may exchange it.
    pub client_id: ClientId,
    /// Who gave it.
    pub user_id: UserId,
    /// What the user is called at this merchant.
    pub customer_id: CustomerId,
    /// What the tokens will be able to do.
    pub scopes: Vec<Scope>,
    /// The contract it was signed for.
    pub contract_id: Option<ContractId>,
    /// The merchant's business line, if named.
    pub reference_client_id: Option<String>,
    /// From when it is worthless.
    pub expires_at: Timestamp,
    /// When it was first exchanged.
    pub used_at: Option<Timestamp>,
    /// The pair it gave last.
    pub token_id: Option<TokenId>,
}

/// A pair of access and refresh token.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Token {
    /// The pair's id.
    pub token_id: TokenId,
    /// SHA-256 of the access token.
    pub access_hash: Hash,
    /// SHA-256 of the refresh token.
    pub refresh_hash: Hash,
    /// The access token, sealed; only where a contract notice must name it.
    pub access_sealed: Option<String>,
    /// Who may use it.
    pub client_id: ClientId,
    /// Whose data or money.
    pub user_id: UserId,
    /// What the merchant knows the user as.
    pub customer_id: CustomerId,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// The contract it charges.
    pub contract_id: Option<ContractId>,
    /// From when the access token is worthless.
    pub access_expires_at: Timestamp,
    /// From when the refresh token is worthless.
    pub refresh_expires_at: Timestamp,
    /// When both were killed.
    pub revoked_at: Option<Timestamp>,
    /// When the access token was first used.
    pub first_used_at: Option<Timestamp>,
    /// When the refresh token was first used.
    pub refreshed_at: Option<Timestamp>,
    /// The pair the refresh gave last.
    pub successor: Option<TokenId>,
    /// The pair this one replaces; it dies when this one is first used.
    pub predecessor: Option<TokenId>,
}

impl Token {
    /// Whether the access token works at `now`, its contract apart.
    #[must_use]
    pub fn access_lives(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.access_expires_at
    }

    /// Whether nothing shows yet that the answer with it arrived: neither of the two was ever
    /// presented, and nobody killed them.
    #[must_use]
    pub const fn is_untouched(&self) -> bool {
        self.first_used_at.is_none() && self.refreshed_at.is_none() && self.revoked_at.is_none()
    }

    /// Whether it carries `scope`.
    #[must_use]
    pub fn allows(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| own.0 == scope)
    }
}

/// The scopes a user has granted a client once and for all, so that they are not asked again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Consent {
    /// Who granted.
    pub user_id: UserId,
    /// To whom.
    pub client_id: ClientId,
    /// What.
    pub scopes: Vec<Scope>,
    /// When it last grew.
    pub at: Timestamp,
    /// How many messages the client sent the user, on the day it last sent one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<DayCount>,
}

/// A count of one calendar day in the wallet's zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DayCount {
    /// The day.
    pub day: Date,
    /// How many.
    pub count: u32,
}

impl Consent {
    /// How many messages were sent on `day`.
    #[must_use]
    pub fn messages_on(&self, day: Date) -> u32 {
        self.messages.filter(|messages| messages.day == day).map_or(0, |messages| messages.count)
    }
}
