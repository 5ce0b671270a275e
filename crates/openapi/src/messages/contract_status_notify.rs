//! The notice that a contract began or ended, to `contractStatusNotifyUrl` (spec/openapi.md 3.4).

use crate::WireBody;
use mithaq_types::{CustomerId, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whether the contract can be charged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ContractStatus {
    /// Its first token was issued.
    Valid,
    /// It ended.
    Invalid,
}

/// Who or what ended a contract.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ContractEnd {
    /// The user, in the wallet.
    User,
    /// The merchant, with cancelToken.
    Merchant,
    /// It ran out.
    Expired,
    /// The wallet's operator. A word no one knows is read as this.
    #[serde(other)]
    Wallet,
}

/// Tells a merchant that a contract began or ended. May arrive more than once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContractStatusNotification {
    /// The token of the contract.
    pub access_token: String,
    /// How it stands now.
    pub contract_status: ContractStatus,
    /// Unix seconds of the change, as digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modify_time: Option<String>,
    /// The user at this merchant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// Why it ended; with `INVALID` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ContractEnd>,
}

impl ContractStatusNotification {
    /// The notice of a change at `at`: begun, or ended by `end`.
    #[must_use]
    pub fn new(access_token: String, customer_id: CustomerId, at: Timestamp, end: Option<ContractEnd>) -> Self {
        Self {
            access_token,
            contract_status: if end.is_some() { ContractStatus::Invalid } else { ContractStatus::Valid },
            modify_time: Some(at.as_second().to_string()),
            customer_id: Some(customer_id),
            reason: end,
        }
    }

    /// When it changed.
    #[must_use]
    pub fn modified_at(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.modify_time.as_ref()?.parse().ok()?).ok()
    }
}

impl fmt::Debug for ContractStatusNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContractStatusNotification")
            .field("contract_status", &self.contract_status)
            .field("modify_time", &self.modify_time)
            .field("customer_id", &self.customer_id)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl WireBody for ContractStatusNotification {}
