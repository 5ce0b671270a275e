//! A merchant deducts money under a contract, without the user being there (spec/qicard.md 7.1).
//!
//! A request is applied once: its payment remembers what was asked.
//! A refusal of a business rule is a payment too, failed for good. Everything happens in one change:
//! the payment, the postings, the counters, the outbox rows and the audit line.

use super::charge::check;
use super::parties::{known_client, may_use_agreements};
use super::tokens::mark_used;
use super::write::Write;
use crate::{
    AccountId, Answer, ContractState, Done, FailReason, Key, Merchant, OutboxKind, PayRequest, Payment, PaymentOutcome,
    Product, Refusal, Row, State, Status, Token, UserNews,
};
use mithaq_types::Money;

pub fn pay(write: &mut Write<'_>, request: &PayRequest) -> Answer {
    let state = write.state;
    state.ask([Key::Client(request.client_id.clone()), Key::TokenByAccess(request.access)]);
    if let Some(seen) = state.payment_by_request(&request.client_id, &request.request_id) {
        return repeat(seen, request);
    }
    ask_for_charge(state, request);
    let (client, merchant) = known_client(write, &request.client_id)?;
    if client.status == Status::Suspended {
        return Err(Refusal::ClientSuspended);
    }
    may_use_agreements(client)?;
    if request.amount.minor <= 0 {
        return Err(Refusal::AmountImpossible);
    }
    let token = state.token_by_access(request.access);
    let bearer = token.filter(|token| token.client_id == request.client_id);
    let payment_id = write.world.mint.payment(write.now(), &write.world.policy.zone);
    let fee = request.amount.share(merchant.fee_basis_points).map_err(|_| FailReason::Overflow);
    let decided = check(write, request, merchant, token).and_then(|charge| {
        charge.booking(write, &payment_id, request.amount, fee?, merchant).ok_or(FailReason::Overflow)
    });
    let paid = decided.as_ref().ok();
    // Also after its end: the user should see that somebody tried.
    let standing = bearer.and_then(|token| state.contract_state(token.contract_id.as_ref()?));
    let payment = Payment {
        payment_id,
        client_id: request.client_id.clone(),
        request_id: request.request_id.clone(),
        content: request.content,
        merchant_id: merchant.merchant_id.clone(),
        product: Product::Agreement,
        amount: request.amount,
        fee: paid.map_or(Money::zero(request.amount.currency), |booking| booking.fee),
        user_id: bearer.map(|token| token.user_id.clone()),
        contract_id: bearer.and_then(|token| token.contract_id.clone()),
        previous: standing.and_then(|standing| standing.last_payment.clone()),
        order: None,
        gateway: None,
        outcome: decided.as_ref().map_or_else(|reason| PaymentOutcome::Fail(*reason), |_| PaymentOutcome::Success),
        description: request.description.clone(),
        notify_url: request.notify_url.clone(),
        created_at: write.now(),
        paid_at: paid.map(|_| write.now()),
    };
    if let Some(token) = bearer.filter(|token| token.access_lives(write.now())) {
        mark_used(write, token);
    }
    match decided {
        Ok(booking) => booking.book(write, &payment),
        Err(reason) => {
            if let Some(standing) = standing {
                let last_payment = Some(payment.payment_id.clone());
                write.update(Row::ContractState(ContractState { last_payment, ..standing.clone() }));
            }
            warn_user(write, bearer, merchant, &payment, reason);
        }
    }
    record(write, request, &payment);
    Ok(Done::Paid(Box::new(payment)))
}

/// The first answer again; other content under the same id is refused. A request that was withdrawn before it came had none.
fn repeat(seen: &Payment, request: &PayRequest) -> Answer {
    if seen.content == request.content || seen.product == Product::Withdrawn {
        return Ok(Done::Paid(Box::new(seen.clone())));
    }
    Err(Refusal::RequestInconsistent)
}

/// Names every row that a charge reads as soon as it can be known, so that two rounds of loading do.
fn ask_for_charge(state: &State, request: &PayRequest) {
    let currency = request.amount.currency;
    if let Some(client) = state.client(&request.client_id) {
        state.ask([Key::Merchant(client.merchant_id.clone())]);
    }
    if let Some(token) = state.token_by_access(request.access) {
        state.ask([Key::User(token.user_id.clone()), Key::Account(AccountId::user(token.user_id.clone(), currency))]);
        state.ask(token.predecessor.clone().map(Key::Token));
        state.ask(token.contract_id.clone().map(Key::Contract));
        state.ask(token.contract_id.clone().map(Key::ContractState));
    }
}

/// A user hears of a refused deduction only where they can do something about it.
fn warn_user(
    write: &mut Write<'_>,
    bearer: Option<&Token>,
    merchant: &Merchant,
    payment: &Payment,
    reason: FailReason,
) {
    let balance_short = reason == FailReason::Balance;
    if !balance_short && reason != FailReason::OverUserLimit {
        return;
    }
    let Some(user) = bearer.and_then(|token| write.state.user(&token.user_id)) else { return };
    let news = UserNews::ChargeRefused {
        merchant: merchant.name_in(user.language).to_owned(),
        amount: payment.amount,
        balance_short,
        again_on: None,
    };
    write.tell(user, news, Some(&payment.payment_id));
}

fn record(write: &mut Write<'_>, request: &PayRequest, payment: &Payment) {
    write.insert(Row::Payment(Box::new(payment.clone())));
    if let Some(url) = &request.notify_url {
        let kind = OutboxKind::PaymentNotice { payment_id: payment.payment_id.clone(), step: None };
        write.send(kind, url.clone(), Some(&request.client_id), Some(&payment.payment_id));
    }
    let actor = format!("client:{}", request.client_id);
    let subject = format!("payment:{}", payment.payment_id);
    write.audit(actor, "payment.decided", subject, Some(format!("{:?}", payment.outcome)));
}
