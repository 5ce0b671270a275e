//! What the sandbox shows: the wire shapes of docs/sandbox-api.md.

use crate::amount;
use crate::state::Shared;
use mithaq_domain::{
    AccountId, Client, ContractStatus, DeliveryState, Merchant, Outbox, OutboxKind, Owner, Payment, PaymentOutcome,
    User,
};
use mithaq_openapi::time;
use mithaq_store::{ContractView, Sent};
use mithaq_types::{Money, Timestamp};
use serde_json::{Value, json};

/// An instant in the wallet's offset.
pub fn instant(shared: &Shared, at: Timestamp) -> String {
    time::format(at, &shared.config.zone)
}

pub fn user(shared: &Shared, user: &User, balances: &[Money]) -> Value {
    json!({
        "userId": user.user_id, "name": user.name.full, "nameAr": user.name_ar.full, "phone": user.phone,
        "language": user.language, "status": user.status,
        "balances": balances.iter().copied().map(amount).collect::<Vec<_>>(),
        "pinLockedUntil": user.locked_at(shared.wallet.now()).map(|until| instant(shared, until)),
    })
}

pub fn client(client: &Client, merchant: &Merchant) -> Value {
    json!({
        "clientId": client.client_id, "merchantName": merchant.name, "merchantNameAr": merchant.name_ar,
        "merchantId": merchant.merchant_id, "status": client.status, "agreementPay": client.agreement_pay,
        "keyVersions": client.keys.iter().map(|key| key.version).collect::<Vec<_>>(),
    })
}

pub fn contract(shared: &Shared, view: &ContractView) -> Value {
    let ContractView { contract, state } = view;
    let (status, reason, ended_at) = match state.status {
        ContractStatus::Signed => ("SIGNED", None, None),
        ContractStatus::Active => ("ACTIVE", None, None),
        ContractStatus::Ended { reason, at } => ("ENDED", Some(reason), Some(instant(shared, at))),
    };
    let currency = contract.terms.agreed_amount.map_or(mithaq_types::Currency::IQD, |agreed| agreed.currency);
    json!({
        "contractId": contract.contract_id, "authId": contract.auth_id, "clientId": contract.client_id,
        "merchantName": contract.merchant_name, "userId": contract.user_id, "customerId": contract.customer_id,
        "status": status, "reason": reason, "endedAt": ended_at,
        "acceptedAt": instant(shared, contract.accepted_at), "expiresAt": instant(shared, state.expires_at),
        "title": contract.terms.title, "description": contract.terms.description, "language": contract.terms.language,
        "agreedAmount": contract.terms.agreed_amount.map(amount), "startTime": contract.terms.start_date,
        "monthlyCeiling": contract.monthly_ceiling.map(amount),
        "pageText": contract.page_text, "pageHash": contract.page_hash,
        "charges": state.charges, "charged": amount(Money::new(state.charged_minor, currency)),
        "lastChargeAt": state.last_charge_at.map(|at| instant(shared, at)),
    })
}

pub fn payment(shared: &Shared, payment: &Payment) -> Value {
    let (code, message) = mithaq_delivery::result_of(payment.outcome);
    let status = if payment.outcome == PaymentOutcome::Success { "SUCCESS" } else { "FAIL" };
    json!({
        "paymentId": payment.payment_id, "paymentRequestId": payment.request_id, "clientId": payment.client_id,
        "userId": payment.user_id, "contractId": payment.contract_id, "amount": amount(payment.amount),
        "fee": amount(payment.fee), "status": status, "code": code.as_str(), "message": message,
        "description": payment.description, "createdAt": instant(shared, payment.created_at),
        "paidAt": payment.paid_at.map(|at| instant(shared, at)),
    })
}

/// `body` is what the row sends; it may name an access token, which only a sandbox may show.
pub fn outbox(shared: &Shared, row: &Outbox, body: Option<&str>) -> Value {
    let (kind, contract) = match &row.kind {
        OutboxKind::PaymentNotice { .. } => ("payment", None),
        OutboxKind::ContractNotice { contract_id, .. } => ("contract", Some(contract_id)),
        OutboxKind::UserNews { .. } => ("user", None),
    };
    json!({
        "outboxId": row.outbox_id, "kind": kind, "target": row.target, "state": row.state, "attempts": row.attempts,
        "nextAt": (row.state == DeliveryState::Pending).then(|| instant(shared, row.next_at)),
        "lastError": row.last_error, "createdAt": instant(shared, row.created_at),
        "clientId": row.client_id, "paymentId": row.payment_id, "contractId": contract, "body": body,
    })
}

pub fn sent(shared: &Shared, sent: &Sent) -> Value {
    json!({
        "channel": sent.channel, "to": sent.to, "title": sent.title, "body": sent.body,
        "at": instant(shared, sent.at), "userId": sent.user_id, "paymentId": sent.payment_id,
    })
}

/// Whose account it is, in words.
pub fn account_label(account: &str, names: &dyn Fn(&Owner) -> Option<String>) -> String {
    let Some(id) = AccountId::parse(account) else { return account.to_owned() };
    let name = names(&id.owner).unwrap_or_default();
    match id.owner {
        Owner::User(_) => format!("{name}, balance"),
        Owner::Hold(_) => format!("{name}, on hold"),
        Owner::Merchant(_) => format!("{name}, credit"),
        Owner::Fees => "Fees".to_owned(),
        Owner::World => "Outside world".to_owned(),
    }
}
