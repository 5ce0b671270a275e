//! What the operator's commands print about clients, users, deposits and payments.

use mithaq_crypto::PublicKey;
use mithaq_domain::{
    Client, Deposit, GatewayApp, GatewayKey, Language, Merchant, Payment, PaymentState, PaymentStatus, Status,
    UserStatus,
};
use mithaq_store::AccountLine;
use mithaq_types::Money;
use mithaq_wallet::Holdings;
use serde_json::{Value, json};

/// A client, for programs.
pub fn client(client: &Client, merchant: &Merchant) -> Value {
    json!({
        "clientId": client.client_id,
        "merchantId": client.merchant_id,
        "name": merchant.name,
        "nameAr": merchant.name_ar,
        "status": status(client.status),
        "merchantStatus": status(merchant.status),
        "agreementPay": format!("{:?}", client.agreement_pay),
        "verified": merchant.verified,
        "feeBasisPoints": merchant.fee_basis_points,
        "keys": client.keys.iter().map(|key| json!({
            "version": key.version, "fingerprint": fingerprint(&key.public_pem),
        })).collect::<Vec<_>>(),
    })
}

/// A client, for people.
pub fn client_line(client: &Client, merchant: &Merchant) -> String {
    let versions: Vec<_> = client.keys.iter().map(|key| key.version.to_string()).collect();
    let unpaid = if merchant.status == Status::Suspended { ", merchant suspended" } else { "" };
    let status = status(client.status).to_lowercase();
    format!("{}  {status}{unpaid}  keys {}  {}\n", client.client_id, versions.join(", "), merchant.name)
}

/// An app of the Alipay surface, for programs.
pub fn gateway_app(app: &GatewayApp) -> Value {
    let fingerprint = match &app.key {
        Some(GatewayKey::Public { public_pem }) => fingerprint(public_pem),
        _ => None,
    };
    json!({
        "appId": app.app_id,
        "clientId": app.client_id,
        "mode": mode(app),
        "fingerprint": fingerprint,
        "gatewayUrl": app.gateway_url,
        "mayUseSha1": app.may_use_sha1,
        "walletDeducts": app.wallet_deducts,
    })
}

/// The same, for people.
pub fn gateway_app_line(app: &GatewayApp) -> String {
    let mode = mode(app).map_or("no key".to_owned(), |mode| mode.to_lowercase().replace('_', " "));
    let sha1 = if app.may_use_sha1 { ", may use SHA-1" } else { "" };
    let deducts = if app.wallet_deducts { ", the wallet deducts" } else { "" };
    let url = app.gateway_url.as_deref().unwrap_or("no address");
    format!("{}  {mode}{sha1}{deducts}  client {}  {url}\n", app.app_id, app.client_id)
}

fn mode(app: &GatewayApp) -> Option<&'static str> {
    app.key.as_ref().map(|key| match key {
        GatewayKey::Public { .. } => "PUBLIC_KEY",
        GatewayKey::Certificate { .. } => "CERTIFICATE",
    })
}

/// A user, for programs.
pub fn user(held: &Holdings) -> Value {
    let user = &held.user;
    json!({
        "userId": user.user_id,
        "phone": user.phone,
        "name": user.name.full,
        "nameAr": user.name_ar.full,
        "language": match user.language { Language::EnUs => "en-US", Language::ArIq => "ar-IQ" },
        "status": user_status(user.status),
        "pinLockedUntil": user.pin_locked_until,
        "balances": held.balances.iter().map(money).collect::<Vec<_>>(),
    })
}

/// A user, for people.
pub fn user_line(held: &Holdings) -> String {
    let user = &held.user;
    let status = user_status(user.status).to_lowercase();
    let balances: Vec<_> = held.balances.iter().map(ToString::to_string).collect();
    format!("{}  {}  {status}  {}  {}\n", user.phone, user.user_id, balances.join(", "), user.name.full)
}

/// A payment and how it stands, for programs. Sums are minor units of `amount.currency`.
pub fn payment(payment: &Payment, state: &PaymentState) -> Value {
    json!({
        "paymentId": payment.payment_id,
        "paymentRequestId": payment.request_id,
        "clientId": payment.client_id,
        "userId": state.user_id,
        "amount": money(&payment.amount),
        "status": payment_status(state.status),
        "frozen": state.frozen,
        "held": state.held.to_string(),
        "taken": state.taken.to_string(),
        "refunded": state.refunded.to_string(),
        "createdAt": payment.created_at,
        "dueAt": (!state.status.is_final()).then_some(state.due_at),
    })
}

/// A payment, for people.
pub fn payment_line(payment: &Payment, state: &PaymentState) -> String {
    let status = payment_status(state.status).to_lowercase();
    let frozen = if state.frozen { ", frozen" } else { "" };
    format!("{}  {status}{frozen}  {}  client {}\n", payment.payment_id, payment.amount, payment.client_id)
}

const fn payment_status(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Open => "OPEN",
        PaymentStatus::Processing => "PROCESSING",
        PaymentStatus::Authorized => "AUTHORIZED",
        PaymentStatus::Success => "SUCCESS",
        PaymentStatus::Failed(_) => "FAIL",
        PaymentStatus::Cancelled(_) => "CANCELLED",
    }
}

/// A deposit, for programs.
pub fn deposit(deposit: &Deposit, phone: &str, repeated: bool) -> Value {
    json!({
        "reference": deposit.reference,
        "userId": deposit.user_id,
        "phone": phone,
        "amount": money(&deposit.amount),
        "balance": money(&deposit.balance),
        "transactionId": deposit.transaction_id,
        "at": deposit.at,
        "repeated": repeated,
    })
}

/// What a merchant has, for programs; minor units.
pub fn balance(line: &AccountLine) -> Value {
    json!({
        "currency": line.available.currency,
        "posted": line.posted.minor.to_string(),
        "pendingFold": line.pending_fold.minor.to_string(),
        "available": line.available.minor.to_string(),
    })
}

/// The same, for people.
pub fn balance_line(line: &AccountLine) -> String {
    format!("{}  (posted {}, waiting to be folded in {})\n", line.available, line.posted, line.pending_fold)
}

fn money(money: &Money) -> Value {
    json!({"currency": money.currency, "value": money.minor.to_string()})
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "ACTIVE",
        Status::Suspended => "SUSPENDED",
    }
}

const fn user_status(status: UserStatus) -> &'static str {
    match status {
        UserStatus::Active => "ACTIVE",
        UserStatus::Frozen => "FROZEN",
        UserStatus::Restricted => "RESTRICTED",
    }
}

/// A short name of a key that people can compare; none for one that was stored broken.
fn fingerprint(pem: &str) -> Option<String> {
    PublicKey::from_pem(pem).ok().map(|key| key.fingerprint())
}
