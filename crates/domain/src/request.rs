//! What people and merchants ask about contracts and tokens, as commands carry it.

use crate::{GatewayTrade, Hash, Scope};
use mithaq_types::{AuthId, ClientId, ContractId, InteractionId, Money, TokenId, UserId};

/// What is known about the PIN a person typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PinCheck {
    /// It was the right one.
    Right,
    /// It was not.
    Wrong,
    /// None was asked for: the sandbox acts for the user.
    NotAsked,
}

/// What the user saw when accepting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// The page as text, every line of it.
    pub page_text: String,
    /// SHA-256 of it, in hex.
    pub page_hash: String,
    /// The merchant's name as shown.
    pub merchant_name: String,
}

/// A user accepts an offer.
#[derive(Clone, Debug)]
pub struct Sign {
    /// The offer.
    pub auth_id: AuthId,
    /// The client on whose behalf the page was opened.
    pub client_id: ClientId,
    /// Who signs.
    pub user_id: UserId,
    /// `extParams.subClientId` of the call, if any.
    pub sub_client_id: Option<String>,
    /// What is known about the PIN.
    pub pin: PinCheck,
    /// What was seen.
    pub evidence: Evidence,
    /// The user's own monthly limit.
    pub monthly_ceiling: Option<Money>,
    /// SHA-256 of the code that the merchant will exchange.
    pub code: Hash,
    /// The page, and the sealed reply it gets on success.
    pub page: Option<(InteractionId, String)>,
}

/// A user grants scopes other than charging.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Who asks.
    pub client_id: ClientId,
    /// Who grants.
    pub user_id: UserId,
    /// What.
    pub scopes: Vec<Scope>,
    /// SHA-256 of the code.
    pub code: Hash,
    /// The page, and the sealed reply it gets on success.
    pub page: Option<(InteractionId, String)>,
}

/// Tokens made by the caller, known here only by their hashes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FreshTokens {
    /// The pair's id.
    pub token_id: TokenId,
    /// SHA-256 of the access token.
    pub access: Hash,
    /// The access token, sealed; kept only where a notice must name it.
    pub access_sealed: String,
    /// SHA-256 of the refresh token.
    pub refresh: Hash,
}

/// A merchant exchanges a code for tokens.
#[derive(Clone, Debug)]
pub struct ExchangeCode {
    /// Who.
    pub client_id: ClientId,
    /// SHA-256 of the code.
    pub code: Hash,
    /// If given, must be what was prepared.
    pub reference_client_id: Option<String>,
    /// The tokens to give.
    pub fresh: FreshTokens,
}

/// A merchant exchanges a refresh token for a new pair.
#[derive(Clone, Debug)]
pub struct RefreshTokens {
    /// Who.
    pub client_id: ClientId,
    /// SHA-256 of the refresh token.
    pub refresh: Hash,
    /// The tokens to give.
    pub fresh: FreshTokens,
}

/// A merchant deducts money under a contract.
#[derive(Clone, Debug)]
pub struct PayRequest {
    /// Who asks.
    pub client_id: ClientId,
    /// The merchant's id of the request.
    pub request_id: String,
    /// SHA-256 of what must be equal in a repeat.
    pub content: Hash,
    /// SHA-256 of the access token.
    pub access: Hash,
    /// How much.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// Where to send the result.
    pub notify_url: Option<String>,
}

/// A merchant writes to a user (spec/qicard.md 7.11).
#[derive(Clone, Debug)]
pub struct SendMessage {
    /// Who.
    pub client_id: ClientId,
    /// The merchant's id of the request.
    pub request_id: String,
    /// SHA-256 of what must be equal in a repeat.
    pub content: Hash,
    /// SHA-256 of the access token of whoever gets it.
    pub access: Hash,
    /// The scope that allows it.
    pub scope: &'static str,
    /// Its first line.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Where it leads.
    pub url: Option<String>,
}

/// A user signs an agreement of the Alipay surface; it is in force at once.
#[derive(Clone, Debug)]
pub struct SignAgreement {
    /// The offer; its terms have an agreement.
    pub auth_id: AuthId,
    /// The client on whose behalf the page was opened.
    pub client_id: ClientId,
    /// Who signs.
    pub user_id: UserId,
    /// What is known about the PIN.
    pub pin: PinCheck,
    /// What was seen.
    pub evidence: Evidence,
    /// The page, if it ends with this; its reply is made out of the contract.
    pub page: Option<InteractionId>,
}

/// A merchant deducts under an agreement (spec/alipay-agreement.md 2.6). A refusal keeps nothing.
#[derive(Clone, Debug)]
pub struct Deduct {
    /// Who asks.
    pub client_id: ClientId,
    /// `out_trade_no`.
    pub request_id: String,
    /// SHA-256 of what must be equal in a repeat.
    pub content: Hash,
    /// `agreement_no`.
    pub contract_id: ContractId,
    /// How much.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// Where to send the result.
    pub notify_url: Option<String>,
    /// The rest.
    pub gateway: GatewayTrade,
}
