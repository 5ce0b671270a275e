//! What must be true after every command (design: what must always hold). Each law is computed anew from
//! the rows, the postings and the past, never with the code it is about.

use super::history::{Found, History};
use mithaq_domain::{
    AccountId, Audit, ContractState, ContractStatus, FailReason, OutboxKind, Payment, PaymentOutcome, Product, Row,
    Scope, UserNews, UserStatus,
};
use mithaq_types::{Currency, Timestamp};
use std::collections::{BTreeMap, HashMap, HashSet};

/// All laws.
pub fn check(history: &History) {
    money_is_conserved(history);
    a_payment_has_one_record_one_outcome_and_its_rows(history);
    only_live_contracts_were_charged(history);
    contracts_count_what_they_were_charged(history);
    days_count_what_they_took(history);
    what_is_over_stays_as_it_ended(history);
    tokens_keep_to_their_contract(history);
    super::order_laws::check(history);
}

/// The accounts of a currency sum to zero, every balance is the sum of its postings, only the world owes.
fn money_is_conserved(history: &History) {
    let mut posted: BTreeMap<AccountId, i128> = BTreeMap::new();
    for entry in history.world.posted.iter().flat_map(|transaction| transaction.entries()) {
        *posted.entry(entry.account.clone()).or_default() += i128::from(entry.minor);
    }
    let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
    for row in history.world.rows.rows() {
        let Row::Account(account) = row else { continue };
        assert!(account.balance >= 0 || account.id.may_be_negative(), "{account:?}");
        assert_eq!(i128::from(account.balance), posted.remove(&account.id).unwrap_or(0), "{account:?}");
        *sums.entry(account.id.currency).or_default() += i128::from(account.balance);
    }
    for (id, minor) in history.world.rows.appended() {
        assert_eq!(i128::from(*minor), posted.remove(id).unwrap_or(0), "{id}");
        *sums.entry(id.currency).or_default() += i128::from(*minor);
    }
    assert!(posted.is_empty(), "postings without an account: {posted:?}");
    assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
}

fn a_payment_has_one_record_one_outcome_and_its_rows(history: &History) {
    let world = &history.world;
    let mut records = HashMap::new();
    let mut notices: HashMap<_, u32> = HashMap::new();
    for row in world.rows.rows() {
        match row {
            Row::Payment(payment) if payment.product == Product::Agreement => {
                let request = (payment.client_id.clone(), payment.request_id.clone());
                assert!(records.insert(payment.payment_id.clone(), request).is_none());
            }
            Row::Outbox(row) => {
                if let OutboxKind::PaymentNotice { payment_id, step: None } = &row.kind {
                    *notices.entry(payment_id.clone()).or_default() += 1;
                }
            }
            _ => {}
        }
    }
    assert_eq!(records.len(), history.payments.len());
    let moved: Vec<_> = world
        .posted
        .iter()
        .filter(|transaction| transaction.cause == "payment")
        .filter_map(|transaction| transaction.payment.as_ref())
        .collect();
    let told = news_of_payments(history);
    for payment in &history.payments {
        let id = &payment.payment_id;
        assert_eq!(world.rows.payment(id), Some(payment), "an outcome is final");
        assert_eq!(records[id], (payment.client_id.clone(), payment.request_id.clone()));
        assert_eq!(notices.get(id).copied().unwrap_or(0), u32::from(payment.notify_url.is_some()));
        let subject = format!("payment:{id}");
        let decided = |line: &&Audit| line.subject == subject && line.action == "payment.decided";
        assert_eq!(world.audit.iter().filter(decided).count(), 1);

        let paid = payment.outcome == PaymentOutcome::Success;
        assert_eq!(moved.iter().filter(|moved| **moved == id).count(), usize::from(paid));
        assert_eq!(payment.paid_at.is_some(), paid);
        assert!((0..=if paid { payment.amount.minor } else { 0 }).contains(&payment.fee.minor));
        assert_eq!(told.get(id.as_str()).map(Vec::as_slice).unwrap_or_default(), expected_news(payment), "{payment:?}");
    }
}

/// What the payer of a payment is told, in a word.
fn expected_news(payment: &Payment) -> &'static [&'static str] {
    match payment.outcome {
        PaymentOutcome::Success => &["charged"],
        PaymentOutcome::Fail(FailReason::Balance | FailReason::OverUserLimit) => &["refused"],
        PaymentOutcome::Fail(_) | PaymentOutcome::Open => &[],
    }
}

fn news_of_payments(history: &History) -> HashMap<&str, Vec<&'static str>> {
    let mut told: HashMap<&str, Vec<_>> = HashMap::new();
    for message in &history.world.inbox {
        let word = match message.news {
            UserNews::Charged { .. } => "charged",
            UserNews::ChargeRefused { .. } => "refused",
            _ => continue,
        };
        told.entry(message.payment_id.as_ref().expect("a payment").as_str()).or_default().push(word);
    }
    told
}

/// Every payment that succeeded found a live contract of that user, for that client, within its limits.
fn only_live_contracts_were_charged(history: &History) {
    for payment in history.payments.iter().filter(|payment| payment.paid_at.is_some()) {
        let Found { at, token, contract, standing, user, client } = &history.found[&payment.payment_id];
        assert!(standing.status == ContractStatus::Active && *at < standing.expires_at);
        assert!(token.revoked_at.is_none() && *at < token.access_expires_at && token.allows(Scope::AGREEMENT_PAY));
        assert_eq!((&payment.client_id, &payment.client_id), (&contract.client_id, &token.client_id));
        assert_eq!((&payment.merchant_id, &payment.merchant_id), (&contract.merchant_id, &client.merchant_id));
        assert_eq!((&contract.user_id, user.status), (&user.user_id, UserStatus::Active));
        assert_eq!(payment.user_id.as_ref(), Some(&user.user_id));
        assert_eq!(client.status, mithaq_domain::Status::Active);
        assert_eq!(client.agreement_pay, mithaq_domain::AgreementPay::Allowed);
        assert!(contract.terms.start_date.is_none_or(|start| start <= day(history, *at)));
        assert!(payment.amount.minor > 0);
        if let Some(agreed) = contract.terms.agreed_amount {
            assert!(agreed.currency == payment.amount.currency && payment.amount.minor <= agreed.minor);
        }
        if let Some(own) = contract.monthly_ceiling {
            let month = day(history, *at).first_of_month();
            let taken = sum(history, |other| {
                other.contract_id == payment.contract_id && day(history, other.created_at).first_of_month() == month
            });
            assert!(own.currency == payment.amount.currency && taken <= i128::from(own.minor));
        }
    }
}

fn contracts_count_what_they_were_charged(history: &History) {
    for contract_id in &history.contracts {
        let rows = &history.world.rows;
        assert_eq!(rows.contract(contract_id), Some(&history.signed[contract_id]), "a contract never changes");
        let standing = rows.contract_state(contract_id).expect("its state");
        let of_it = |payment: &Payment| payment.contract_id.as_ref() == Some(contract_id);
        let paid: Vec<_> = history.payments.iter().filter(|one| of_it(one) && one.paid_at.is_some()).collect();
        assert_eq!(standing.charges as usize, paid.len());
        assert_eq!(i128::from(standing.charged_minor), sum(history, of_it));
        let currencies: HashSet<_> = paid.iter().map(|payment| payment.amount.currency).collect();
        assert!(currencies.len() <= 1, "sums of two currencies mean nothing");
        if let Some(month) = standing.month {
            let in_month = |payment: &Payment| day(history, payment.created_at).first_of_month() == month;
            assert_eq!(i128::from(standing.month_minor), sum(history, |payment| of_it(payment) && in_month(payment)));
        }
        assert_eq!(standing.last_charge_at, paid.last().map(|payment| payment.created_at));
    }
}

fn days_count_what_they_took(history: &History) {
    for row in history.world.rows.rows() {
        let Row::Account(account) = row else { continue };
        let Some(spend) = account.spend else { continue };
        let mine = |payment: &Payment| {
            let from = payment.user_id.clone().map(|user| AccountId::user(user, payment.amount.currency));
            from.as_ref() == Some(&account.id) && day(history, payment.created_at) == spend.day
        };
        assert_eq!(i128::from(spend.minor), sum(history, mine));
        assert!(spend.minor <= history.world.policy.day_ceiling(account.id.currency).minor);
    }
}

fn what_is_over_stays_as_it_ended(history: &History) {
    for (id, page) in &history.settled {
        assert_eq!(history.world.rows.interaction(id), Some(page));
    }
    for (id, ended) in &history.ended {
        let now = history.world.rows.contract_state(id).expect("kept");
        // Somebody may still try to charge, in vain; that is noted.
        let last_payment = ended.last_payment.clone();
        assert_eq!(ContractState { last_payment, ..now.clone() }, *ended);
    }
}

/// Charging tokens belong to the signer's contract, and a contract has at most two pairs alive: the
/// newest, and the one it replaces.
fn tokens_keep_to_their_contract(history: &History) {
    let mut alive: HashMap<_, u32> = HashMap::new();
    for id in &history.tokens {
        let token = history.world.rows.token(id).expect("kept");
        assert_eq!(token.allows(Scope::AGREEMENT_PAY), token.contract_id.is_some());
        let Some(contract_id) = &token.contract_id else { continue };
        let contract = &history.signed[contract_id];
        assert_eq!((&token.client_id, &token.user_id), (&contract.client_id, &contract.user_id));
        *alive.entry(contract_id).or_default() += u32::from(token.access_lives(history.world.now));
    }
    assert!(alive.values().all(|pairs| *pairs <= 2), "{alive:?}");
}

/// What the successful payments that `picks` picks sum to.
fn sum(history: &History, picks: impl Fn(&Payment) -> bool) -> i128 {
    let paid = history.payments.iter().filter(|payment| payment.paid_at.is_some() && picks(payment));
    paid.map(|payment| i128::from(payment.amount.minor)).sum()
}

fn day(history: &History, at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(history.world.policy.zone.clone()).date()
}
