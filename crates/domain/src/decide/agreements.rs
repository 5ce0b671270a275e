//! Contracts end: by the user, the merchant, the operator, or time. Their tokens die with them,
//! because a token lives only as long as its contract.

use super::gateway;
use super::pin;
use super::tokens::revoke_with_successor;
use super::write::Write;
use crate::{
    Answer, Cancelled, ContractState, ContractStatus, Done, EndReason, EndedBy, Hash, Key, OutboxKind, Refusal, Row,
    UserNews,
};
use mithaq_types::{ClientId, ContractId};

/// The merchant revokes (spec/openapi.md 3.3). Repeats succeed; an expired token can be cancelled.
pub fn cancel_token(write: &mut Write<'_>, client_id: &ClientId, access: Hash) -> Answer {
    let state = write.state;
    let token = state.token_by_access(access).filter(|token| token.client_id == *client_id);
    let token = token.ok_or(Refusal::TokenUnknown)?;
    state.ask(token.successor.clone().map(Key::Token));
    if let Some(id) = &token.contract_id {
        state.ask([Key::Contract(id.clone()), Key::ContractState(id.clone()), Key::User(token.user_id.clone())]);
    }
    revoke_with_successor(write, token);
    let actor = format!("client:{client_id}");
    if let Some(contract_id) = &token.contract_id {
        end(write, contract_id, EndReason::Merchant, &actor);
    } else if token.revoked_at.is_none() {
        write.audit(actor, "token.cancelled", format!("token:{}", token.token_id), None);
    }
    Ok(Done::Cancelled(Cancelled { contract_id: token.contract_id.clone() }))
}

pub fn end_contract(write: &mut Write<'_>, contract_id: &ContractId, by: &EndedBy) -> Answer {
    let state = write.state;
    state.ask([Key::Contract(contract_id.clone()), Key::ContractState(contract_id.clone())]);
    let contract = state.contract(contract_id).ok_or(Refusal::ContractUnknown)?;
    let standing = state.contract_state(contract_id).ok_or(Refusal::ContractUnknown)?;
    state.ask(standing.token_id.clone().map(Key::Token));
    if let Some(terms) = contract.terms.agreement.as_deref() {
        let holder = Key::AgreementHolder(contract.user_id.clone(), contract.client_id.clone());
        state.ask([holder, Key::GatewayApp(terms.app_id.clone())]);
    }
    let user = state.user(&contract.user_id).ok_or(Refusal::ContractUnknown)?;
    let (reason, actor) = match by {
        EndedBy::User(user_id, pin) => {
            if contract.user_id != *user_id {
                return Err(Refusal::ContractUnknown);
            }
            pin::check(write, user, *pin)?;
            (EndReason::User, format!("user:{user_id}"))
        }
        EndedBy::Merchant(client_id, _) => {
            if contract.client_id != *client_id || contract.terms.agreement.is_none() {
                return Err(Refusal::ContractUnknown);
            }
            (EndReason::Merchant, format!("client:{client_id}"))
        }
        EndedBy::Operator => (EndReason::Wallet, "operator".to_owned()),
        EndedBy::Clock if write.now() < standing.expires_at => return Ok(Done::Nothing),
        EndedBy::Clock => (EndReason::Expired, "clock".to_owned()),
    };
    let notify_url = match by {
        EndedBy::Merchant(_, url) => url.clone(),
        _ => None,
    };
    // An agreement of the Alipay surface that has run out is over, whether or not time has ended it: its merchant hears nothing.
    let ran_out = contract.terms.agreement.is_some() && *by != EndedBy::Clock && write.now() >= standing.expires_at;
    if standing.has_ended() || ran_out {
        return Err(Refusal::ContractOver);
    }
    gateway::unsigned(write, contract, reason, notify_url);
    match end(write, contract_id, reason, &actor) {
        true => Ok(Done::Ended(reason, write.now())),
        false => Err(Refusal::ContractOver),
    }
}

/// Ends the contract if it is not over yet; tells the merchant that asked to be told, and the user.
pub fn end(write: &mut Write<'_>, contract_id: &ContractId, reason: EndReason, actor: &str) -> bool {
    let state = write.state;
    let (Some(contract), Some(standing)) = (state.contract(contract_id), state.contract_state(contract_id)) else {
        return false;
    };
    if standing.has_ended() {
        return false;
    }
    let token = standing.token_id.as_ref().and_then(|id| state.token(id));
    let status = ContractStatus::Ended { reason, at: write.now() };
    write.update(Row::ContractState(ContractState { status, ..standing.clone() }));
    let sealed = token.and_then(|token| token.access_sealed.clone());
    if let (Some(url), Some(access_sealed)) = (contract.terms.status_notify_url.clone(), sealed) {
        let kind = OutboxKind::ContractNotice {
            contract_id: contract.contract_id.clone(),
            valid: false,
            access_sealed,
            customer_id: contract.customer_id.clone(),
            reason: Some(reason),
        };
        write.send(kind, url, Some(&contract.client_id), None);
    }
    if let Some(user) = state.user(&contract.user_id) {
        write.tell(user, UserNews::ContractEnded { merchant: contract.merchant_name.clone(), reason }, None);
    }
    write.audit(actor.to_owned(), "contract.ended", format!("contract:{contract_id}"), Some(format!("{reason:?}")));
    true
}
