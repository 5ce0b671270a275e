//! One wallet page opened by the shell on behalf of a Mini Program (spec/jsapi.md 7.4).

use crate::Scope;
use mithaq_types::{AppId, AuthId, ClientId, ContractId, InteractionId, PaymentId, SessionId, Timestamp};
use serde::{Deserialize, Serialize};

/// How an interaction ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum InteractionOutcome {
    /// The user did what was asked; the reply carries a code.
    Done,
    /// The user refused or closed the page.
    Cancelled,
    /// It could not be done.
    Failed,
}

/// Where an interaction stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum InteractionState {
    /// Waiting for the user.
    Open,
    /// Over; the first outcome stays.
    Final(InteractionOutcome),
}

/// A row: belongs to one session, one app and one call.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Interaction {
    /// The `ix`.
    pub interaction_id: InteractionId,
    /// Whose browser.
    pub session_id: SessionId,
    /// Which Mini Program asked.
    pub app_id: AppId,
    /// The client the result is for.
    pub client_id: ClientId,
    /// The call: `qicardSignContract`, `signContract`, `getAuthCode`, `tradePay`.
    pub api: String,
    /// The order to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
    /// The contract that was signed on it, where the reply is made out of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_id: Option<ContractId>,
    /// The offer to sign.
    pub auth_id: Option<AuthId>,
    /// `extParams.subClientId` of the call.
    pub sub_client_id: Option<String>,
    /// The scopes to grant.
    pub scopes: Vec<Scope>,
    /// Where it stands.
    pub state: InteractionState,
    /// The reply to the call, sealed: it may carry a code.
    pub reply_sealed: Option<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// From when it counts as failed.
    pub expires_at: Timestamp,
}
