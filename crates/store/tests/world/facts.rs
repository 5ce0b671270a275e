//! What is stored, in lines that the model and the database can both write: equal worlds have equal lines. Ids that the
//! wallet makes do not occur in them, only the world's own names.

use jiff::civil::Date;
use mithaq_domain::{
    AgreementPay, DeliveryState, OperationOutcome, PaymentOutcome, PaymentState, PaymentStatus, Status, UserStatus,
};
use mithaq_types::{Money, Timestamp};

pub fn user(name: &str, phone: &str, status: UserStatus, failures: u32, locked: Option<Timestamp>) -> String {
    format!("user {name} {phone} {status:?}, {failures} wrong PINs, locked {locked:?}")
}

pub fn client(name: &str, merchant: &str, fee: u32, status: Status, agreement: AgreementPay) -> String {
    format!("client {name} of {merchant} (fee {fee}) {status:?} {agreement:?}")
}

pub fn balance(account: &str, minor: i64) -> String {
    format!("account {account}: {minor}")
}

pub fn spent(account: &str, day: Date, minor: i64) -> String {
    format!("account {account} spent {minor} on {day}")
}

pub fn deposit(reference: &str, user: &str, amount: Money, balance: i64) -> String {
    format!("deposit {reference} to {user}: {amount}, then {balance}")
}

pub fn offer(name: &str, client: &str, reference: Option<&str>, until: Timestamp) -> String {
    format!("offer {name} of {client}, line {reference:?}, until {until}")
}

pub fn session(name: &str, user: Option<&str>) -> String {
    format!("session {name} of {user:?}")
}

pub fn page(name: &str, client: &str, offer: Option<&str>, end: Option<(String, &str)>) -> String {
    format!("page {name} for {client} {offer:?}: {end:?}")
}

pub fn consent(user: &str, client: &str, scopes: &[&str], at: Timestamp) -> String {
    format!("consent of {user} to {client}: {scopes:?} {at}")
}

pub fn message(user: &str, about: &str, at: Timestamp, read: bool) -> String {
    format!("message to {user} {at}: {about}, read: {read}")
}

pub fn sent(channel: &str, about: &str) -> String {
    format!("{channel} sent: {about}")
}

/// A code.
pub struct Code<'a> {
    pub name: &'a str,
    pub client: &'a str,
    pub user: &'a str,
    pub scopes: Vec<&'a str>,
    pub signed: bool,
    pub reference: Option<&'a str>,
    pub until: Timestamp,
    pub used: Option<Timestamp>,
    pub pair: Option<&'a str>,
}

impl Code<'_> {
    pub fn line(&self) -> String {
        let Self { name, client, user, scopes, signed, reference, until, used, pair } = self;
        format!(
            "code {name} of {user} for {client} {scopes:?}, signed: {signed}, line {reference:?}, until {until}, \
             used {used:?} for {pair:?}"
        )
    }
}

/// A pair of tokens.
pub struct Pair<'a> {
    pub name: &'a str,
    pub client: &'a str,
    pub user: &'a str,
    pub scopes: Vec<&'a str>,
    pub contract: Option<&'a str>,
    pub sealed: bool,
    pub until: [Timestamp; 2],
    /// Revoked, first used, refreshed.
    pub marks: [Option<Timestamp>; 3],
    /// The one after and the one before.
    pub others: [Option<&'a str>; 2],
}

impl Pair<'_> {
    pub fn line(&self) -> String {
        let Self { name, client, user, scopes, contract, sealed, until, marks, others } = self;
        format!(
            "pair {name} of {user} for {client} {scopes:?} charges {contract:?}, sealed: {sealed}, until {} and {}, \
             revoked {:?}, used {:?}, refreshed {:?}, then {:?}, before {:?}",
            until[0], until[1], marks[0], marks[1], marks[2], others[0], others[1]
        )
    }
}

/// A contract and how it stands.
pub struct Contract<'a> {
    pub name: &'a str,
    pub client: &'a str,
    pub user: &'a str,
    pub offer: &'a str,
    pub reference: Option<&'a str>,
    pub ceiling: Option<Money>,
    pub signed: Timestamp,
    /// `signed`, `active`, or how it ended.
    pub status: String,
    pub until: Timestamp,
    pub pair: Option<&'a str>,
    pub charges: usize,
    pub minor: i64,
    /// The month of the last charge, and what was taken in it.
    pub month: Option<(Date, i64)>,
    pub last: Option<Timestamp>,
    /// The newest payment asked for, by client and request.
    pub newest: Option<String>,
}

impl Contract<'_> {
    pub fn lines(&self) -> [String; 2] {
        let Self { name, client, user, offer, reference, ceiling, signed, status, until, pair, .. } = self;
        let Self { charges, minor, month, last, newest, .. } = self;
        [
            format!("contract {name} of {user} with {client}: {offer}, line {reference:?}, {ceiling:?}, {signed}"),
            format!(
                "contract {name} is {status}, until {until}, with {pair:?}; {charges} charges of {minor}, {month:?}, \
                 last {last:?}, newest {newest:?}"
            ),
        ]
    }
}

/// A payment.
pub struct Payment<'a> {
    pub client: &'a str,
    pub request: &'a str,
    pub amount: Money,
    pub fee: i64,
    pub user: Option<&'a str>,
    pub contract: Option<&'a str>,
    /// The one before it under the same contract, by client and request.
    pub before: Option<String>,
    pub outcome: PaymentOutcome,
    pub at: Timestamp,
    pub told: bool,
}

impl Payment<'_> {
    pub fn line(&self) -> String {
        let Self { client, request, amount, fee, user, contract, before, outcome, at, told } = self;
        format!(
            "payment {client}/{request} of {amount}, fee {fee}, by {user:?} under {contract:?} after {before:?}: {outcome:?} \
             {at}, told: {told}"
        )
    }
}

/// How a payment stands.
pub struct Standing<'a> {
    /// Client and request.
    pub payment: &'a str,
    pub status: PaymentStatus,
    pub user: Option<&'a str>,
    pub asked: u32,
    /// Held, given back, taken, refunded, the fee.
    pub sums: [i64; 5],
    pub accepted: bool,
    pub paid: Option<Timestamp>,
    pub reversed: bool,
    pub due: Option<Timestamp>,
}

impl Standing<'_> {
    pub fn line(&self) -> String {
        let Self { payment, status, user, asked, sums, accepted, paid, reversed, due } = self;
        format!(
            "standing {payment} {status:?} by {user:?}, asked {asked}, {sums:?}, accepted: {accepted}, paid {paid:?}, \
             reversed: {reversed}, due {due:?}"
        )
    }
}

/// How a payment of the wallet's stands.
pub fn standing(payment: &mithaq_domain::Payment, state: &PaymentState) -> String {
    Standing {
        payment: &format!("{}/{}", payment.client_id, payment.request_id),
        status: state.status,
        user: state.user_id.as_ref().map(mithaq_types::UserId::as_str),
        asked: state.asked,
        sums: [state.held, state.voided, state.taken, state.refunded, state.fee],
        accepted: state.accepted_at.is_some(),
        paid: state.paid_at,
        reversed: state.reversed,
        due: Some(state.due_at).filter(|due| *due != Timestamp::MAX),
    }
    .line()
}

/// What was done to a payment, or refused.
pub fn operated(kind: &str, request: &str, amount: Money, outcome: OperationOutcome) -> String {
    format!("{kind} {request}: {amount} {outcome:?}")
}

/// The same, and to which payment.
pub fn operation(of: &str, operated: &str) -> String {
    format!("operation on {of}: {operated}")
}

/// A delivery.
pub struct Notice<'a> {
    pub about: &'a str,
    pub target: &'a str,
    pub at: Timestamp,
    pub state: DeliveryState,
    pub attempts: usize,
    pub next: Timestamp,
    pub error: Option<&'a str>,
}

impl Notice<'_> {
    pub fn line(&self) -> String {
        let Self { about, target, at, state, attempts, next, error } = self;
        // What is over is not due again: when it would have been does not matter.
        let next = (*state == DeliveryState::Pending).then_some(next);
        format!("delivery {about} -> {target} {at}: {state:?} after {attempts}, next {next:?}, {error:?}")
    }
}

/// Lines that only one of two sorted lists has.
pub fn differences(expected: &[String], found: &[String]) -> Vec<String> {
    let (mut expected, mut found) = (expected.iter().peekable(), found.iter().peekable());
    let mut lines = Vec::new();
    loop {
        match (expected.peek(), found.peek()) {
            (None, None) => return lines,
            (Some(one), Some(other)) if one == other => {
                expected.next();
                found.next();
            }
            (Some(one), other) if other.is_none_or(|other| one < other) => {
                lines.push(format!("missing:    {one}"));
                expected.next();
            }
            (_, other) => {
                lines.extend(other.map(|other| format!("unexpected: {other}")));
                found.next();
            }
        }
    }
}
