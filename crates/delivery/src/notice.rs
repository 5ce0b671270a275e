//! The bodies of notices. Made of stored rows alone, so every attempt, today or after a restart, has the same bytes.
//! (One exception: a notice that names an access token that has died meanwhile names the one that replaced it.)

use crate::{parcel, result_of};
use mithaq_crypto::sha256;
use mithaq_domain::{EndReason, Hash, Outbox, OutboxKind, Payment, State};
use mithaq_openapi::messages::{ContractEnd, ContractStatusNotification, PaymentNotification};
use mithaq_openapi::time::WireTime;
use mithaq_openapi::{Amount, ResultBody, WireBody as _};
use mithaq_types::ContractId;
use mithaq_wallet::{Fault, Wallet};

/// Why there is no body.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// The database could not be read: later it may.
    #[error(transparent)]
    Later(#[from] Fault),
    /// What the notice is about is gone or cannot be opened.
    #[error("{0}")]
    Impossible(&'static str),
}

/// The body of a notice to a merchant; `None` for news to users. A contract's notice names an access token: not for
/// logs.
///
/// # Errors
/// [`NoticeError`].
pub async fn notice_body(wallet: &Wallet, row: &Outbox) -> Result<Option<Vec<u8>>, NoticeError> {
    let mut state = State::default();
    loop {
        let body = body(wallet, &state, row);
        if !parcel::complete(wallet, &mut state).await? {
            return body.map_err(NoticeError::Impossible);
        }
    }
}

/// The same over rows that were read before; what is lacking, `state` notes. Otherwise the error is why there is none.
pub(crate) fn body(wallet: &Wallet, state: &State, row: &Outbox) -> Result<Option<Vec<u8>>, &'static str> {
    match &row.kind {
        OutboxKind::PaymentNotice { payment_id } => {
            let payment = state.payment(payment_id).ok_or("the payment is unknown")?;
            Ok(Some(payment_notice(wallet, payment.clone())))
        }
        OutboxKind::ContractNotice { contract_id, valid, access_sealed, customer_id, reason } => {
            let named = wallet.unseal_access_token(access_sealed).ok_or("the access token cannot be opened")?;
            let access_token = if *valid { living(wallet, state, contract_id, named) } else { named };
            let end = (!valid).then(|| contract_end(*reason));
            let notice = ContractStatusNotification::new(access_token, customer_id.clone(), row.created_at, end);
            Ok(Some(notice.to_json()))
        }
        OutboxKind::UserNews { .. } => Ok(None),
    }
}

/// The token by which the merchant knows a contract that became valid: the one the notice was written with, unless that
/// was replaced before the notice got through, because the answer with it was lost, or because it was refreshed. Then it
/// is the newest one.
fn living(wallet: &Wallet, state: &State, contract_id: &ContractId, named: String) -> String {
    let token = state.token_by_access(Hash(sha256(named.as_bytes())));
    if token.is_none_or(|token| token.revoked_at.is_none()) {
        return named;
    }
    let newest = state.contract_state(contract_id).and_then(|standing| standing.token_id.as_ref());
    let sealed = newest.and_then(|id| state.token(id)).and_then(|token| token.access_sealed.as_deref());
    sealed.and_then(|sealed| wallet.unseal_access_token(sealed)).unwrap_or(named)
}

/// The members of the live sample in its order, then what sibling wallets add (spec/qicard.md 7.3, openapi.md 3.15).
fn payment_notice(wallet: &Wallet, payment: Payment) -> Vec<u8> {
    let wire_time = |instant| WireTime::new(instant, &wallet.policy().zone);
    let (code, message) = result_of(payment.outcome);
    PaymentNotification::new(
        ResultBody::with_message(code, message),
        (payment.payment_id, payment.request_id),
        Amount(payment.amount),
        wire_time(payment.created_at),
        payment.paid_at.map(wire_time),
    )
    .to_json()
}

const fn contract_end(reason: Option<EndReason>) -> ContractEnd {
    match reason {
        Some(EndReason::User) => ContractEnd::User,
        Some(EndReason::Merchant) => ContractEnd::Merchant,
        Some(EndReason::Expired) => ContractEnd::Expired,
        Some(EndReason::Wallet) | None => ContractEnd::Wallet,
    }
}
