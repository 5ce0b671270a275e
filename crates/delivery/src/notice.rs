//! The bodies of notices. Made of stored rows alone, so every attempt, today or after a restart, has the same bytes.

use crate::result_of;
use mithaq_domain::{EndReason, Key, Outbox, OutboxKind, Payment, Row};
use mithaq_openapi::messages::{ContractEnd, ContractStatusNotification, PaymentNotification};
use mithaq_openapi::time::WireTime;
use mithaq_openapi::{Amount, ResultBody, WireBody as _};
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
    match &row.kind {
        OutboxKind::PaymentNotice { payment_id } => match wallet.row(Key::Payment(payment_id.clone())).await? {
            Some(Row::Payment(payment)) => Ok(Some(payment_notice(wallet, *payment))),
            _ => Err(NoticeError::Impossible("the payment is unknown")),
        },
        OutboxKind::ContractNotice { valid, access_sealed, customer_id, reason, .. } => {
            let access_token = wallet.unseal_access_token(access_sealed);
            let access_token = access_token.ok_or(NoticeError::Impossible("the access token cannot be opened"))?;
            let end = (!valid).then(|| contract_end(*reason));
            let notice = ContractStatusNotification::new(access_token, customer_id.clone(), row.created_at, end);
            Ok(Some(notice.to_json()))
        }
        OutboxKind::UserNews { .. } => Ok(None),
    }
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
