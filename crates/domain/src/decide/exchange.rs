//! Codes and refresh tokens become tokens (spec/openapi.md 3.2).
//!
//! An answer can get lost on its way. So for a minute a repeated exchange by the same client gets a
//! fresh pair, if the first one was never used; the first pair dies. A pair of which either token was
//! presented proves that the answer arrived: then a repeat is refused. After that minute a repeat is
//! taken for theft of the code, and whatever it gave is revoked.

use super::agreements::end;
use super::parties::{active_client, may_use_agreements};
use super::tokens::{Bearer, ask_for_bearer, contract_is_over, give, new_pair, revoke, revoke_with_successor};
use super::write::Write;
use crate::{Answer, AuthCode, EndReason, ExchangeCode, Key, RefreshTokens, Refusal, Row, Token};
use mithaq_types::Timestamp;

pub fn exchange(write: &mut Write<'_>, request: &ExchangeCode) -> Answer {
    let state = write.state;
    state.ask([Key::Code(request.code)].into_iter().chain(request.fresh.keys()));
    if let Some(code) = state.code(request.code) {
        ask_for_bearer(state, &code.user_id, code.contract_id.as_ref());
        state.ask(code.token_id.clone().map(Key::Token));
    }
    let (client, _) = active_client(write, &request.client_id)?;
    let code = state.code(request.code).filter(|code| code.client_id == request.client_id);
    let code = code.ok_or(Refusal::CodeUnknown)?;
    let first = code.token_id.as_ref().and_then(|id| state.token(id));
    if let Some(used_at) = code.used_at {
        if !in_grace(write, used_at) {
            revoke_for_theft(write, code, first);
            return Err(Refusal::CodeUsed);
        }
        if !first.is_some_and(Token::is_untouched) {
            return Err(Refusal::CodeUsed);
        }
    } else if write.now() >= code.expires_at {
        return Err(Refusal::CodeExpired);
    }
    if contract_is_over(write, code.contract_id.as_ref()) {
        return Err(Refusal::CodeExpired);
    }
    if request.reference_client_id.is_some() && request.reference_client_id != code.reference_client_id {
        return Err(Refusal::ReferenceClientMismatch);
    }
    if code.contract_id.is_some() {
        may_use_agreements(client)?;
    }
    let token = new_pair(write, &request.fresh, &Bearer::of_code(code), None)?;
    if let Some(token) = first {
        revoke(write, token);
    }
    write.update(Row::Code(AuthCode {
        used_at: code.used_at.or(Some(write.now())),
        token_id: Some(token.token_id.clone()),
        ..code.clone()
    }));
    Ok(give(write, token))
}

pub fn refresh(write: &mut Write<'_>, request: &RefreshTokens) -> Answer {
    let state = write.state;
    state.ask([Key::TokenByRefresh(request.refresh)].into_iter().chain(request.fresh.keys()));
    if let Some(old) = state.token_by_refresh(request.refresh) {
        ask_for_bearer(state, &old.user_id, old.contract_id.as_ref());
        state.ask(old.successor.iter().chain(&old.predecessor).cloned().map(Key::Token));
    }
    let (client, _) = active_client(write, &request.client_id)?;
    let old = state.token_by_refresh(request.refresh).filter(|token| token.client_id == request.client_id);
    let old = old.ok_or(Refusal::RefreshUnknown)?;
    let successor = old.successor.as_ref().and_then(|id| state.token(id));
    if let Some(refreshed_at) = old.refreshed_at {
        if !in_grace(write, refreshed_at) || !successor.is_some_and(Token::is_untouched) {
            return Err(Refusal::RefreshUsed);
        }
    } else if old.revoked_at.is_some() {
        return Err(Refusal::RefreshUnknown);
    }
    // Before the contract: it may have run out in the same moment, and then the token's age is the reason.
    if write.now() >= old.refresh_expires_at {
        return Err(Refusal::RefreshExpired);
    }
    if contract_is_over(write, old.contract_id.as_ref()) {
        return Err(Refusal::RefreshUnknown);
    }
    if old.contract_id.is_some() {
        may_use_agreements(client)?;
    }
    let token = new_pair(write, &request.fresh, &Bearer::of_token(old), Some(old.token_id.clone()))?;
    // A repeat replaces the pair that got lost; and who refreshes a pair has it, so the one before it dies.
    for other in [successor, old.predecessor.as_ref().and_then(|id| state.token(id))].into_iter().flatten() {
        revoke(write, other);
    }
    write.update(Row::Token(Box::new(Token {
        refreshed_at: old.refreshed_at.or(Some(write.now())),
        successor: Some(token.token_id.clone()),
        access_expires_at: old.access_expires_at.min(write.after(write.world.policy.replaced_life)),
        ..old.clone()
    })));
    Ok(give(write, token))
}

/// Whether a repeat at this moment is taken for a lost answer.
fn in_grace(write: &Write<'_>, first_at: Timestamp) -> bool {
    write.now().duration_since(first_at) <= write.world.policy.exchange_grace
}

/// What a code gave dies: the contract, and the tokens.
fn revoke_for_theft(write: &mut Write<'_>, code: &AuthCode, given: Option<&Token>) {
    let actor = format!("client:{}", code.client_id);
    if let Some(contract_id) = &code.contract_id {
        end(write, contract_id, EndReason::Wallet, &actor);
    }
    if let Some(token) = given {
        revoke_with_successor(write, token);
        write.audit(actor, "code.reused", format!("token:{}", token.token_id), None);
    }
}
