//! Accounts of the ledger: whose money, in which currency.

use jiff::civil::Date;
use mithaq_types::{Currency, MerchantId, UserId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whose account it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Owner {
    /// What a user can spend.
    User(UserId),
    /// What a user has promised and not yet paid: money on hold.
    Hold(UserId),
    /// What the wallet owes a merchant.
    Merchant(MerchantId),
    /// What the wallet has earned.
    Fees,
    /// Everything outside the wallet: top-ups come from here. The only account that may be negative.
    World,
}

/// One account: an owner and a currency. Text form `user:ID:IQD`, `fees:IQD`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AccountId {
    /// Whose it is.
    pub owner: Owner,
    /// The only currency it holds.
    pub currency: Currency,
}

impl AccountId {
    /// What `user` can spend in `currency`.
    #[must_use]
    pub const fn user(user: UserId, currency: Currency) -> Self {
        Self { owner: Owner::User(user), currency }
    }

    /// Reads the text form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (owner, currency) = text.rsplit_once(':')?;
        let currency = Currency::parse(currency)?;
        let owner = match owner.split_once(':') {
            Some(("user", id)) => Owner::User(UserId::new(id)),
            Some(("hold", id)) => Owner::Hold(UserId::new(id)),
            Some(("merchant", id)) => Owner::Merchant(MerchantId::new(id)),
            None if owner == "fees" => Owner::Fees,
            None if owner == "world" => Owner::World,
            _ => return None,
        };
        Some(Self { owner, currency })
    }

    /// Whether entries that cannot fail are appended to it and folded into its balance later: accounts that very many
    /// commands post to. Merchants' and the wallet's own must not make those commands wait for each other.
    #[must_use]
    pub const fn is_collecting(&self) -> bool {
        matches!(self.owner, Owner::Merchant(_) | Owner::Fees | Owner::World)
    }

    /// Whether its balance may fall below zero: only the outside world's.
    #[must_use]
    pub const fn may_be_negative(&self) -> bool {
        matches!(self.owner, Owner::World)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.owner {
            Owner::User(id) => write!(f, "user:{id}:{}", self.currency),
            Owner::Hold(id) => write!(f, "hold:{id}:{}", self.currency),
            Owner::Merchant(id) => write!(f, "merchant:{id}:{}", self.currency),
            Owner::Fees => write!(f, "fees:{}", self.currency),
            Owner::World => write!(f, "world:{}", self.currency),
        }
    }
}

impl Serialize for AccountId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an account"))
    }
}

/// What a user has spent on one calendar day of the wallet's time zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DaySpend {
    /// The day.
    pub day: Date,
    /// Minor units spent on it.
    pub minor: i64,
}

/// An account's row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Account {
    /// Which account.
    pub id: AccountId,
    /// Sum of its postings, in minor units; without those that were appended and not folded yet.
    pub balance: i64,
    /// Against the daily ceiling; users only.
    pub spend: Option<DaySpend>,
}

impl Account {
    /// An account that nothing was posted to yet.
    #[must_use]
    pub const fn empty(id: AccountId) -> Self {
        Self { id, balance: 0, spend: None }
    }

    /// Minor units spent on `day`.
    #[must_use]
    pub fn spent_on(&self, day: Date) -> i64 {
        self.spend.filter(|spend| spend.day == day).map_or(0, |spend| spend.minor)
    }
}
