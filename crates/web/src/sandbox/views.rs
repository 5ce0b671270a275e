//! What the sandbox shows: the wire shapes of docs/sandbox-api.md.

use crate::amount;
use crate::pages::deal::accepted_in;
use crate::state::Shared;
use mithaq_domain::{
    AccountId, AgreementTerms, Card, Client, Contract, ContractStatus, DeliveryState, Every, GatewayNews, Merchant,
    OperationOutcome, Outbox, OutboxKind, Owner, Payment, PaymentCode, PaymentOperation, PaymentState, PaymentStatus,
    Plan, PlanState, Product, Source, Transfer, User,
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
        "merchantId": merchant.merchant_id, "merchantStatus": merchant.status, "status": client.status,
        "agreementPay": client.agreement_pay,
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
    let currency = contract.terms.currency(shared.wallet.policy().currency);
    json!({
        "contractId": contract.contract_id, "authId": contract.auth_id, "clientId": contract.client_id,
        "merchantName": contract.merchant_name, "userId": contract.user_id, "customerId": contract.customer_id,
        "status": status, "reason": reason, "endedAt": ended_at,
        "acceptedAt": instant(shared, contract.accepted_at), "expiresAt": instant(shared, state.expires_at),
        "title": contract.terms.title, "description": contract.terms.description, "language": accepted_in(contract),
        "agreedAmount": contract.terms.agreed_amount.map(amount), "startTime": contract.terms.start_date,
        "monthlyCeiling": contract.monthly_ceiling.map(amount),
        "pageText": contract.page_text, "pageHash": contract.page_hash,
        "charges": state.charges, "charged": amount(Money::new(state.charged_minor, currency)),
        "lastChargeAt": state.last_charge_at.map(|at| instant(shared, at)),
        "agreement": contract.terms.agreement.as_deref().map(|terms| agreement(shared, contract, terms)),
        "plan": contract.terms.plan().zip(state.plan.as_ref()).map(|(terms, far)| plan(shared, view, terms, far)),
    })
}

/// What an agreement of the Alipay surface has beside the others.
fn agreement(shared: &Shared, contract: &Contract, terms: &AgreementTerms) -> Value {
    json!({
        "agreementNo": contract.contract_id, "appId": terms.app_id, "personalProductCode": terms.personal_product,
        "productCode": terms.product, "signScene": terms.scene, "externalAgreementNo": terms.external_no,
        "externalLogonId": terms.logon_id, "thirdPartyType": terms.third_party, "currency": terms.currency.code(),
        "invalidTime": instant(shared, terms.ends_at), "notifyUrl": terms.notify_url, "returnUrl": terms.return_url,
        "walletDeducts": terms.wallet_deducts,
    })
}

/// A plan: what was agreed on, and how far it has come.
fn plan(shared: &Shared, view: &ContractView, plan: &Plan, state: &PlanState) -> Value {
    let (period_type, period) = match plan.every {
        Every::Days(days) => ("DAY", days),
        Every::Months(months) => ("MONTH", months),
    };
    let run = view.state.run.as_ref().map(|run| {
        json!({
            "planned": run.planned, "announced": run.announced, "failed": run.failed,
            "dueAt": instant(shared, run.due_at),
        })
    });
    json!({
        "periodType": period_type, "period": period, "executeTime": plan.first, "singleAmount": amount(plan.single),
        "totalAmount": plan.total.map(amount), "totalPayments": plan.payments, "next": state.next,
        "periodId": state.number, "paid": state.paid,
        "paidSum": amount(Money::new(state.paid_minor, plan.single.currency)),
        "lastDeductAt": state.last_at.map(|at| instant(shared, at)), "run": run,
    })
}

/// A payment and how it stands.
pub fn payment(shared: &Shared, payment: &Payment, state: &PaymentState, cards: &[Card]) -> Value {
    let (code, message) = mithaq_delivery::result_of(state.status);
    let money = |minor| amount(Money::new(minor, payment.amount.currency));
    let (at, order) = (|at| instant(shared, at), payment.order.as_deref());
    let is_waiting =
        matches!(state.status, PaymentStatus::Open | PaymentStatus::Processing | PaymentStatus::Authorized);
    json!({
        "paymentId": payment.payment_id, "paymentRequestId": payment.request_id, "clientId": payment.client_id,
        "userId": state.user_id, "contractId": payment.contract_id, "product": product(payment.product),
        "amount": amount(payment.amount), "fee": money(state.fee), "status": status(state.status),
        "code": code.as_str(), "message": message, "description": payment.description,
        "createdAt": at(payment.created_at), "paidAt": state.paid_at.map(at),
        "endedAt": state.ended_at.map(at), "acceptedAt": state.accepted_at.map(at),
        "source": state.source.as_ref().map(|source| paid_from(source, cards)),
        "held": money(state.held), "taken": money(state.taken), "voided": money(state.voided),
        "refunded": money(state.refunded), "reversed": state.reversed, "frozen": state.frozen,
        "dueAt": is_waiting.then(|| at(state.due_at)),
        "orderId": order.map(|order| &order.order_id), "buyer": order.and_then(|order| order.buyer.as_ref()),
        "paymentUrl": order.map(|order| crate::openapi::cashier_url(shared, &order.order_id)),
    })
}

const fn status(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Open => "OPEN",
        PaymentStatus::Processing => "PROCESSING",
        PaymentStatus::Authorized => "AUTHORIZED",
        PaymentStatus::Success => "SUCCESS",
        PaymentStatus::Failed(_) => "FAIL",
        PaymentStatus::Cancelled(_) => "CANCELLED",
    }
}

const fn product(product: Product) -> &'static str {
    match product {
        Product::Agreement => "AGREEMENT",
        Product::Online => "ONLINE",
        Product::AuthCapture => "AUTH_CAPTURE",
        Product::Escrow => "ESCROW",
        Product::InStore => "IN_STORE",
        Product::Withdrawn => "WITHDRAWN",
    }
}

/// `balance`, or a card as people know it.
fn paid_from(source: &Source, cards: &[Card]) -> String {
    match source {
        Source::Balance => "balance".to_owned(),
        Source::Card(id) => match cards.iter().find(|card| card.card_id == *id) {
            Some(card) => format!("{} {}", card.brand, card.masked_number),
            None => id.to_string(),
        },
    }
}

/// What happened to a payment.
pub fn operation(shared: &Shared, operation: &PaymentOperation) -> Value {
    let refused = match operation.outcome {
        OperationOutcome::Done => None,
        OperationOutcome::Refused(refusal) => Some(mithaq_delivery::operation_result(operation.kind, refusal)),
    };
    json!({
        "operationId": operation.operation_id, "kind": operation.kind.name(), "paymentId": operation.payment_id,
        "clientId": operation.client_id, "requestId": operation.request_id, "amount": amount(operation.amount),
        "status": if operation.is_done() { "SUCCESS" } else { "FAIL" },
        "code": refused.map(|(code, _)| code.as_str()), "message": refused.map(|(_, message)| message),
        "by": operation.by, "reason": operation.reason, "at": instant(shared, operation.at),
    })
}

/// Money from one user to another.
pub fn transfer(shared: &Shared, transfer: &Transfer) -> Value {
    json!({
        "transferId": transfer.transfer_id, "from": transfer.from, "to": transfer.to,
        "amount": amount(transfer.amount), "note": transfer.note, "at": instant(shared, transfer.at),
    })
}

/// A linked card. Nobody has its number.
pub fn card(shared: &Shared, card: &Card) -> Value {
    json!({
        "cardId": card.card_id, "userId": card.user_id, "maskedNumber": card.masked_number,
        "accountNumber": card.account_number, "brand": card.brand, "expires": card.expires,
        "linkedAt": instant(shared, card.linked_at),
    })
}

/// A code that a user was given to show. The code itself nobody has.
pub fn payment_code(shared: &Shared, code: &PaymentCode) -> Value {
    let is_over = shared.wallet.now() >= code.expires_at;
    let status = match &code.payment_id {
        Some(_) => "USED",
        None if is_over => "EXPIRED",
        None => "OPEN",
    };
    json!({
        "codeHash": code.hash, "userId": code.user_id, "status": status, "paymentId": code.payment_id,
        "expiresAt": instant(shared, code.expires_at),
    })
}

/// `body` is what the row sends; it may name an access token, which only a sandbox may show.
pub fn outbox(shared: &Shared, row: &Outbox, body: Option<&str>) -> Value {
    let (kind, contract) = match &row.kind {
        OutboxKind::PaymentNotice { .. } => ("payment", None),
        OutboxKind::OperationNotice { .. } => ("operation", None),
        OutboxKind::Push { .. } => ("push", None),
        OutboxKind::ContractNotice { contract_id, .. } => ("contract", Some(contract_id)),
        OutboxKind::GatewayNotice { news, .. } => (
            "gateway",
            match news {
                GatewayNews::Signed { contract_id }
                | GatewayNews::Unsigned { contract_id, .. }
                | GatewayNews::DeductionFailed { contract_id, .. } => Some(contract_id),
                GatewayNews::Trade { .. } => None,
            },
        ),
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
