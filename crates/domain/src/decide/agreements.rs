//! Contracts end: by the user, the merchant, the operator, or time. Their tokens die with them,
//! because a token lives only as long as its contract.

use super::exchange::revoke;
use super::pin;
use super::write::Write;
use crate::{
    Answer, Cancelled, ContractState, ContractStatus, Done, EndReason, EndedBy, Hash, OutboxKind, Refusal, Row,
    UserNews,
};
use mithaq_types::{ClientId, ContractId};

/// The merchant revokes (spec/openapi.md 3.3). Repeats succeed; an expired token can be cancelled.
pub fn cancel_token(write: &mut Write<'_>, client_id: &ClientId, access: Hash) -> Answer {
    let token = write.state.token_by_access(access).filter(|token| token.client_id == *client_id);
    let token = token.ok_or(Refusal::TokenUnknown)?;
    // An answer to a refresh may be on its way: what it gave goes too.
    let successor = token.successor.as_ref().and_then(|id| write.state.token(id));
    for pair in [Some(token), successor].into_iter().flatten() {
        revoke(write, pair);
    }
    if let Some(contract_id) = &token.contract_id {
        end(write, contract_id, EndReason::Merchant, &format!("client:{client_id}"));
    } else {
        write.audit(format!("client:{client_id}"), "token.cancelled", format!("token:{}", token.token_id), None);
    }
    Ok(Done::Cancelled(Cancelled { contract_id: token.contract_id.clone() }))
}

pub fn end_contract(write: &mut Write<'_>, contract_id: &ContractId, by: &EndedBy) -> Answer {
    let state = write.state;
    let contract = state.contract(contract_id);
    let standing = state.contract_state(contract_id);
    let user = contract.and_then(|contract| state.user(&contract.user_id));
    let (Some(contract), Some(standing), Some(user)) = (contract, standing, user) else {
        return Err(Refusal::ContractUnknown);
    };
    let (reason, actor) = match by {
        EndedBy::User(user_id, pin) => {
            if contract.user_id != *user_id {
                return Err(Refusal::ContractUnknown);
            }
            pin::check(write, user, *pin)?;
            (EndReason::User, format!("user:{user_id}"))
        }
        EndedBy::Operator => (EndReason::Wallet, "operator".to_owned()),
        EndedBy::Clock if write.now() < standing.expires_at => return Ok(Done::Nothing),
        EndedBy::Clock => (EndReason::Expired, "clock".to_owned()),
    };
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
    let user = state.user(&contract.user_id);
    let token = standing.token_id.as_ref().and_then(|id| state.token(id));
    if matches!(standing.status, ContractStatus::Ended { .. }) {
        return false;
    }
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
    if let Some(user) = user {
        write.tell(user, UserNews::ContractEnded { merchant: contract.merchant_name.clone(), reason }, None);
    }
    write.audit(actor.to_owned(), "contract.ended", format!("contract:{contract_id}"), Some(format!("{reason:?}")));
    true
}
