//! Codes and refresh tokens become tokens (spec/openapi.md 3.2).
//!
//! An answer can get lost on its way. So for a minute a repeated exchange by the same client gets a
//! fresh pair, if the first one was never used; the first pair dies. A pair that was used proves that
//! the answer arrived: then a repeat is refused. After that minute a repeat is taken for theft of the
//! code, and whatever it gave is revoked.

use super::agreements::end;
use super::write::Write;
use crate::{
    Answer, AuthCode, ContractState, ContractStatus, Done, EndReason, ExchangeCode, FreshTokens, Hash, OutboxKind,
    RefreshTokens, Refusal, Row, Scope, Token, TokenGrant,
};
use mithaq_types::{ClientId, ContractId, CustomerId, TokenId, UserId};

pub fn exchange(write: &mut Write<'_>, request: &ExchangeCode) -> Answer {
    let state = write.state;
    let code = state.code(request.code).filter(|code| code.client_id == request.client_id);
    let code = code.ok_or(Refusal::CodeUnknown)?;
    let first = code.token_id.as_ref().and_then(|id| state.token(id));
    let contract_ends = contract_is_over(write, code.contract_id.as_ref());
    if let Some(used_at) = code.used_at {
        let in_time = write.now().duration_since(used_at) <= write.world.policy.exchange_grace;
        let unused = first.is_some_and(|token| token.first_used_at.is_none() && token.revoked_at.is_none());
        if !in_time {
            if let Some(contract_id) = &code.contract_id {
                end(write, contract_id, EndReason::Wallet, "clock");
            }
            if let Some(token) = first {
                revoke(write, token);
            }
        }
        if !in_time || !unused {
            return Err(Refusal::CodeUsed);
        }
    } else if write.now() >= code.expires_at {
        return Err(Refusal::CodeExpired);
    }
    if contract_ends {
        return Err(Refusal::CodeExpired);
    }
    if request.reference_client_id.is_some() && request.reference_client_id != code.reference_client_id {
        return Err(Refusal::ReferenceClientMismatch);
    }
    if let Some(token) = first {
        revoke(write, token);
    }
    let token = new_pair(write, &request.fresh, &Bearer::of_code(code), None);
    write.update(Row::Code(AuthCode {
        used_at: code.used_at.or(Some(write.now())),
        token_id: Some(token.token_id.clone()),
        ..code.clone()
    }));
    Ok(give(write, token))
}

pub fn refresh(write: &mut Write<'_>, request: &RefreshTokens) -> Answer {
    let state = write.state;
    let old = state.token_by_refresh(request.refresh).filter(|token| token.client_id == request.client_id);
    let old = old.ok_or(Refusal::RefreshUnknown)?;
    let successor = old.successor.as_ref().and_then(|id| state.token(id));
    let over = contract_is_over(write, old.contract_id.as_ref());
    if let Some(refreshed_at) = old.refreshed_at {
        let in_time = write.now().duration_since(refreshed_at) <= write.world.policy.exchange_grace;
        let unused = successor.is_some_and(|token| token.first_used_at.is_none() && token.revoked_at.is_none());
        if !in_time || !unused {
            return Err(Refusal::RefreshUsed);
        }
    } else if old.revoked_at.is_some() {
        return Err(Refusal::RefreshUnknown);
    }
    if over {
        return Err(Refusal::RefreshUnknown);
    }
    if write.now() >= old.refresh_expires_at {
        return Err(Refusal::RefreshExpired);
    }
    if let Some(token) = successor {
        revoke(write, token);
    }
    let token = new_pair(write, &request.fresh, &Bearer::of_token(old), Some(old.token_id.clone()));
    write.update(Row::Token(Box::new(Token {
        refreshed_at: old.refreshed_at.or(Some(write.now())),
        successor: Some(token.token_id.clone()),
        access_expires_at: old.access_expires_at.min(write.after(write.world.policy.replaced_life)),
        ..old.clone()
    })));
    Ok(give(write, token))
}

/// The first use of a token ends the one it replaced.
pub fn use_token(write: &mut Write<'_>, access: Hash) -> Answer {
    let token = write.state.token_by_access(access).ok_or(Refusal::TokenUnknown)?;
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

/// Whose tokens and what for.
struct Bearer<'a> {
    client_id: &'a ClientId,
    user_id: &'a UserId,
    customer_id: &'a CustomerId,
    scopes: &'a [Scope],
    contract_id: Option<&'a ContractId>,
}

impl<'a> Bearer<'a> {
    fn of_code(code: &'a AuthCode) -> Self {
        let AuthCode { client_id, user_id, customer_id, scopes, contract_id, .. } = code;
        Self { client_id, user_id, customer_id, scopes, contract_id: contract_id.as_ref() }
    }

    fn of_token(token: &'a Token) -> Self {
        let Token { client_id, user_id, customer_id, scopes, contract_id, .. } = token;
        Self { client_id, user_id, customer_id, scopes, contract_id: contract_id.as_ref() }
    }
}

fn new_pair(write: &mut Write<'_>, fresh: &FreshTokens, bearer: &Bearer<'_>, predecessor: Option<TokenId>) -> Token {
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
    token
}

/// Ties the pair to its contract. With the first pair the contract becomes active, and the merchant
/// hears so once.
fn give(write: &mut Write<'_>, token: Token) -> Done {
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

/// Whether the contract behind a code or token has ended, by someone or by time.
fn contract_is_over(write: &Write<'_>, contract_id: Option<&ContractId>) -> bool {
    let Some(id) = contract_id else { return false };
    let contract = write.state.contract(id).is_some();
    match write.state.contract_state(id) {
        Some(standing) => matches!(standing.status, ContractStatus::Ended { .. }) || !contract,
        None => true,
    }
}
