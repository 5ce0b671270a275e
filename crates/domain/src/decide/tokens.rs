//! Token pairs: made, tied to their contract, first used, killed.

use super::write::Write;
use crate::{
    Answer, AuthCode, ContractState, ContractStatus, Done, FreshTokens, Hash, Key, OutboxKind, Refusal, Row, Scope,
    State, Token, TokenGrant,
};
use mithaq_types::{ClientId, ContractId, CustomerId, TokenId, UserId};

/// Names what belongs to a code or a token, whichever way its story goes.
pub fn ask_for_bearer(state: &State, user_id: &UserId, contract_id: Option<&ContractId>) {
    state.ask([Key::User(user_id.clone())]);
    state.ask(contract_id.map(|id| Key::Contract(id.clone())));
    state.ask(contract_id.map(|id| Key::ContractState(id.clone())));
}

/// Whether the contract behind a code or token has ended.
pub fn contract_is_over(write: &Write<'_>, contract_id: Option<&ContractId>) -> bool {
    let Some(id) = contract_id else { return false };
    write.state.contract_state(id).is_none_or(ContractState::has_ended)
}

/// The first use of a token ends the one it replaced.
pub fn use_token(write: &mut Write<'_>, access: Hash) -> Answer {
    let state = write.state;
    let token = state.token_by_access(access).ok_or(Refusal::TokenUnknown)?;
    ask_for_bearer(state, &token.user_id, token.contract_id.as_ref());
    state.ask(token.predecessor.clone().map(Key::Token));
    if !token.access_lives(write.now()) || contract_is_over(write, token.contract_id.as_ref()) {
        return Err(Refusal::TokenDead);
    }
    mark_used(write, token);
    Ok(Done::Nothing)
}

/// Notes the first use of `token`, and lets the one it replaced die.
pub fn mark_used(write: &mut Write<'_>, token: &Token) {
    if token.first_used_at.is_some() {
        return;
    }
    if let Some(old) = token.predecessor.as_ref().and_then(|id| write.state.token(id)) {
        revoke(write, old);
    }
    write.update(Row::Token(Box::new(Token { first_used_at: Some(write.now()), ..token.clone() })));
}

/// Kills both tokens of a pair.
pub fn revoke(write: &mut Write<'_>, token: &Token) {
    if token.revoked_at.is_none() {
        write.update(Row::Token(Box::new(Token { revoked_at: Some(write.now()), ..token.clone() })));
    }
}

/// Kills a pair and the one it was refreshed to: the answer with that may be on its way.
pub fn revoke_with_successor(write: &mut Write<'_>, token: &Token) {
    let successor = token.successor.as_ref().and_then(|id| write.state.token(id));
    for pair in [Some(token), successor].into_iter().flatten() {
        revoke(write, pair);
    }
}

/// Whose tokens and what for.
pub struct Bearer<'a> {
    client_id: &'a ClientId,
    user_id: &'a UserId,
    customer_id: &'a CustomerId,
    scopes: &'a [Scope],
    contract_id: Option<&'a ContractId>,
}

impl<'a> Bearer<'a> {
    pub fn of_code(code: &'a AuthCode) -> Self {
        let AuthCode { client_id, user_id, customer_id, scopes, contract_id, .. } = code;
        Self { client_id, user_id, customer_id, scopes, contract_id: contract_id.as_ref() }
    }

    pub fn of_token(token: &'a Token) -> Self {
        let Token { client_id, user_id, customer_id, scopes, contract_id, .. } = token;
        Self { client_id, user_id, customer_id, scopes, contract_id: contract_id.as_ref() }
    }
}

impl FreshTokens {
    /// The names the pair will have.
    pub(super) fn keys(&self) -> [Key; 3] {
        [Key::Token(self.token_id.clone()), Key::TokenByAccess(self.access), Key::TokenByRefresh(self.refresh)]
    }
}

pub fn new_pair(
    write: &mut Write<'_>,
    fresh: &FreshTokens,
    bearer: &Bearer<'_>,
    predecessor: Option<TokenId>,
) -> Result<Token, Refusal> {
    if fresh.keys().iter().any(|key| write.state.peek(key).is_some()) {
        return Err(Refusal::Exists);
    }
    let contract = bearer.contract_id.and_then(|id| write.state.contract(id));
    let named = contract.is_some_and(|contract| contract.terms.status_notify_url.is_some());
    let expires_at = write.after(write.world.policy.token_life);
    let token = Token {
        token_id: fresh.token_id.clone(),
        access_hash: fresh.access,
        refresh_hash: fresh.refresh,
        access_sealed: named.then(|| fresh.access_sealed.clone()),
        client_id: bearer.client_id.clone(),
        user_id: bearer.user_id.clone(),
        customer_id: bearer.customer_id.clone(),
        scopes: bearer.scopes.to_vec(),
        contract_id: bearer.contract_id.cloned(),
        access_expires_at: expires_at,
        refresh_expires_at: expires_at,
        revoked_at: None,
        first_used_at: None,
        refreshed_at: None,
        successor: None,
        predecessor,
    };
    write.insert(Row::Token(Box::new(token.clone())));
    Ok(token)
}

/// Ties the pair to its contract. With the first pair the contract becomes active, and the merchant
/// hears so once.
pub fn give(write: &mut Write<'_>, token: Token) -> Done {
    let state = write.state;
    let contract_id = token.contract_id.clone();
    if let Some(standing) = contract_id.as_ref().and_then(|id| state.contract_state(id)) {
        let first = standing.status == ContractStatus::Signed;
        write.update(Row::ContractState(ContractState {
            status: ContractStatus::Active,
            expires_at: token.refresh_expires_at,
            token_id: Some(token.token_id.clone()),
            ..standing.clone()
        }));
        if first {
            notify_valid(write, &token);
            let subject = format!("contract:{}", standing.contract_id);
            write.audit(format!("client:{}", token.client_id), "contract.activated", subject, None);
        }
    }
    Done::Tokens(Box::new(TokenGrant { token }))
}

fn notify_valid(write: &mut Write<'_>, token: &Token) {
    let contract = token.contract_id.as_ref().and_then(|id| write.state.contract(id));
    let (Some(contract), Some(access_sealed)) = (contract, token.access_sealed.clone()) else { return };
    let Some(url) = contract.terms.status_notify_url.clone() else { return };
    let kind = OutboxKind::ContractNotice {
        contract_id: contract.contract_id.clone(),
        valid: true,
        access_sealed,
        customer_id: contract.customer_id.clone(),
        reason: None,
    };
    write.send(kind, url, Some(&contract.client_id), None);
}
