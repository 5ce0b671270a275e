//! The bodies of notices of `qicard-v1`; `alipay/` has the other surface's. Made of stored rows alone, so every attempt, today
//! or after a restart, has the same bytes.
//! (One exception: a notice that names an access token that has died meanwhile names the one that replaced it.)

use crate::sender::signed_body;
use crate::{alipay, parcel, result_of};
use mithaq_crypto::{KeyRing, sha256};
use mithaq_domain::{
    EndReason, Hash, NoticeStep, OperationBy, OperationKind, Outbox, OutboxKind, Payment, PaymentOperation,
    PaymentState, PaymentStatus, State,
};
use mithaq_openapi::messages::{
    ContractEnd, ContractStatusNotification, OperationStatus, PaymentNotification, RefundNotification,
    VoidNotification, VoidSource,
};
use mithaq_openapi::time::WireTime;
use mithaq_openapi::{Amount, ResultBody, WireBody as _};
use mithaq_types::{ContractId, Timestamp};
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

/// The body of a notice to a merchant, signed with the newest of `keys` where its signature is in it; `None` for news to
/// users. A contract's notice names an access token: not for logs.
///
/// # Errors
/// [`NoticeError`].
pub async fn notice_body(wallet: &Wallet, keys: &KeyRing, row: &Outbox) -> Result<Option<Vec<u8>>, NoticeError> {
    if let OutboxKind::GatewayNotice { app_id, news } = &row.kind {
        let notice = known(wallet, |state| alipay::notice(state, row, app_id, news)).await?;
        let (_, key) = keys.current();
        let key = key.clone();
        let body = tokio::task::spawn_blocking(move || signed_body(&notice, &key)).await;
        return body.map(|body| Some(body.into_bytes())).map_err(|_| NoticeError::Impossible("it cannot be signed"));
    }
    known(wallet, |state| body(wallet, state, row)).await
}

/// What `make` makes once everything that it asks for was read.
async fn known<T>(wallet: &Wallet, make: impl Fn(&State) -> Result<T, &'static str>) -> Result<T, NoticeError> {
    let mut state = State::default();
    loop {
        let made = make(&state);
        if !parcel::complete(wallet, &mut state).await? {
            return made.map_err(NoticeError::Impossible);
        }
    }
}

/// The body of a notice of `qicard-v1` over rows that were read before; what is lacking, `state` notes. Otherwise the error is
/// why there is none.
pub(crate) fn body(wallet: &Wallet, state: &State, row: &Outbox) -> Result<Option<Vec<u8>>, &'static str> {
    match &row.kind {
        OutboxKind::PaymentNotice { payment_id, step } => {
            let payment = state.payment(payment_id).ok_or("the payment is unknown")?;
            Ok(Some(payment_notice(wallet, payment.clone(), *step)))
        }
        OutboxKind::OperationNotice { operation_id } => {
            let operation = state.operation(operation_id).ok_or("the operation is unknown")?;
            let payment = state.payment(&operation.payment_id).ok_or("the payment is unknown")?;
            Ok(Some(operation_notice(wallet, payment, operation.clone())))
        }
        OutboxKind::ContractNotice { contract_id, valid, access_sealed, customer_id, reason } => {
            let named = wallet.unseal_access_token(access_sealed).ok_or("the access token cannot be opened")?;
            let access_token = if *valid { living(wallet, state, contract_id, named) } else { named };
            let end = (!valid).then(|| contract_end(*reason));
            let notice = ContractStatusNotification::new(access_token, customer_id.clone(), row.created_at, end);
            Ok(Some(notice.to_json()))
        }
        // The one is made by `alipay`, the others are made of words.
        OutboxKind::GatewayNotice { .. } | OutboxKind::UserNews { .. } | OutboxKind::Push { .. } => Ok(None),
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

/// The members of the live sample in its order (spec/qicard.md 7.3); of a hold also that it is one. The amount is always
/// the order's: what was taken of it, where that is less, `inquiryPayment` tells among its transactions.
fn payment_notice(wallet: &Wallet, payment: Payment, step: Option<NoticeStep>) -> Vec<u8> {
    let (status, paid_at) = match step {
        None => (PaymentState::of(&payment).status, payment.paid_at),
        Some(NoticeStep::Authorized { .. }) => (PaymentStatus::Authorized, None),
        Some(NoticeStep::Paid { at, .. }) => (PaymentStatus::Success, Some(at)),
        Some(NoticeStep::Failed(reason)) => (PaymentStatus::Failed(reason), None),
        Some(NoticeStep::Cancelled(reason)) => (PaymentStatus::Cancelled(reason), None),
    };
    let wire_time = |instant| wire_time(wallet, instant);
    let (ids, amount) = ((payment.payment_id, payment.request_id), Amount(payment.amount));
    let asked_at = wire_time(payment.created_at);
    if status == PaymentStatus::Authorized {
        return PaymentNotification::held(ids, amount, asked_at).to_json();
    }
    let (code, message) = result_of(status);
    let result = ResultBody::with_message(code, message);
    PaymentNotification::new(result, ids, amount, asked_at, paid_at.map(wire_time)).to_json()
}

/// Of a refund what spec/openapi.md 3.16 lists, of all that gives a hold back spec/qicard.md 7.8.
fn operation_notice(wallet: &Wallet, payment: &Payment, operation: PaymentOperation) -> Vec<u8> {
    let at = wire_time(wallet, operation.at);
    let (ids, amount) = ((operation.operation_id, operation.request_id), Amount(operation.amount));
    if operation.kind != OperationKind::Refund {
        let source = match operation.by {
            OperationBy::Merchant => VoidSource::Merchant,
            OperationBy::System => VoidSource::System,
        };
        return VoidNotification::new(ids, payment.payment_id.clone(), amount, at, source).to_json();
    }
    let paid = (payment.payment_id.clone(), payment.request_id.clone());
    let notice = RefundNotification::new(ids, paid, amount, OperationStatus::Success);
    RefundNotification { refund_reason: operation.reason, refund_time: Some(at), ..notice }.to_json()
}

fn wire_time(wallet: &Wallet, instant: Timestamp) -> WireTime {
    WireTime::new(instant, &wallet.policy().zone)
}

const fn contract_end(reason: Option<EndReason>) -> ContractEnd {
    match reason {
        Some(EndReason::User) => ContractEnd::User,
        Some(EndReason::Merchant) => ContractEnd::Merchant,
        Some(EndReason::Expired) => ContractEnd::Expired,
        Some(EndReason::Wallet) | None => ContractEnd::Wallet,
    }
}
