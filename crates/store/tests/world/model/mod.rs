//! The wallet as simply as it can be told: maps, and a method for each thing that can be asked. It shares words with
//! the wallet (refusals, reasons) and no decisions, no rows, no database.

mod contracts;
mod notices;
mod offers;
mod operations;
mod orders;
mod pay;
mod people;
mod stored;
mod tokens;

pub use notices::{Message, Notice};
pub use operations::Operation;
pub use orders::Standing;

use crate::act::Act;
use crate::rules::Rules;
use jiff::civil::Date;
use mithaq_domain::{
    AgreementPay, EndReason, InteractionOutcome, PaymentOutcome, Product, Refusal, Status, Terms, UserStatus,
};
use mithaq_types::{ContractId, Currency, Money, PaymentId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// What is heard: a short line, or a refusal.
pub type Outcome = Result<String, Refusal>;

#[derive(Clone, Debug)]
pub struct User {
    pub phone: String,
    pub status: UserStatus,
    pub failures: u32,
    pub locked: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub struct Client {
    pub merchant: String,
    pub status: Status,
    pub agreement: AgreementPay,
}

#[derive(Clone, Debug)]
pub struct Offer {
    pub client: String,
    pub terms: Terms,
    pub reference: Option<String>,
    pub until: Timestamp,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub client: String,
    pub offer: Option<String>,
    pub until: Timestamp,
    /// How it ended, and what it was told.
    pub end: Option<(InteractionOutcome, String)>,
}

#[derive(Clone, Debug)]
pub struct Code {
    pub client: String,
    pub user: String,
    pub scopes: Vec<String>,
    /// Whether a contract of the same name stands behind it.
    pub signed: bool,
    pub reference: Option<String>,
    pub until: Timestamp,
    pub used: Option<Timestamp>,
    pub pair: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Pair {
    pub client: String,
    pub user: String,
    pub scopes: Vec<String>,
    /// The contract it charges, by the code's name.
    pub contract: Option<String>,
    pub sealed: bool,
    pub access_until: Timestamp,
    pub refresh_until: Timestamp,
    pub revoked: Option<Timestamp>,
    pub used: Option<Timestamp>,
    pub refreshed: Option<Timestamp>,
    pub next: Option<String>,
    pub before: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Contract {
    /// Learned from the wallet.
    pub id: Option<ContractId>,
    pub client: String,
    pub user: String,
    pub offer: String,
    pub terms: Terms,
    pub reference: Option<String>,
    pub ceiling: Option<Money>,
    pub signed: Timestamp,
    pub until: Timestamp,
    /// The newest pair; none while nobody has exchanged the code.
    pub pair: Option<String>,
    pub ended: Option<(EndReason, Timestamp)>,
    /// What was asked for under it, by client and request.
    pub story: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct Payment {
    /// Learned from the wallet.
    pub id: Option<PaymentId>,
    pub product: Product,
    pub content: String,
    pub amount: Money,
    pub fee: i64,
    pub user: Option<String>,
    pub contract: Option<String>,
    /// The one before it under the same contract, by client and request.
    pub before: Option<(String, String)>,
    pub outcome: PaymentOutcome,
    pub at: Timestamp,
    pub told: bool,
}

/// Money that a charge took.
#[derive(Clone, Debug)]
pub struct Taken {
    pub user: String,
    pub contract: String,
    pub amount: Money,
    pub day: Date,
    pub at: Timestamp,
}

#[derive(Clone, Debug)]
pub struct Model {
    pub rules: Rules,
    pub users: BTreeMap<String, User>,
    /// Fees in ten-thousandths.
    pub merchants: BTreeMap<String, u32>,
    pub clients: BTreeMap<String, Client>,
    pub balances: BTreeMap<String, i64>,
    /// By reference: to whom, how much, and what they had then.
    pub deposits: BTreeMap<String, (String, Money, i64)>,
    pub taken: Vec<Taken>,
    pub offers: BTreeMap<String, Offer>,
    pub sessions: BTreeMap<String, Option<String>>,
    pub pages: BTreeMap<String, Page>,
    pub codes: BTreeMap<String, Code>,
    pub contracts: BTreeMap<String, Contract>,
    pub pairs: BTreeMap<String, Pair>,
    pub consents: BTreeMap<(String, String), (BTreeSet<String>, Timestamp)>,
    /// By client and the client's id of it.
    pub payments: BTreeMap<(String, String), Payment>,
    /// Of those that were more than decided at once.
    pub standings: BTreeMap<(String, String), Standing>,
    /// By client, kind, and the client's id of it.
    pub operations: BTreeMap<(String, &'static str, String), Operation>,
    /// Whose card is linked.
    pub cards: BTreeSet<String>,
    pub notices: Vec<Notice>,
    pub messages: Vec<Message>,
}

impl Model {
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            users: BTreeMap::new(),
            merchants: BTreeMap::new(),
            clients: BTreeMap::new(),
            balances: BTreeMap::new(),
            deposits: BTreeMap::new(),
            taken: Vec::new(),
            offers: BTreeMap::new(),
            sessions: BTreeMap::new(),
            pages: BTreeMap::new(),
            codes: BTreeMap::new(),
            contracts: BTreeMap::new(),
            pairs: BTreeMap::new(),
            consents: BTreeMap::new(),
            payments: BTreeMap::new(),
            standings: BTreeMap::new(),
            operations: BTreeMap::new(),
            cards: BTreeSet::new(),
            notices: Vec::new(),
            messages: Vec::new(),
        }
    }

    /// Does `act` at `now`; what is heard of it.
    #[rustfmt::skip]
    pub fn apply(&mut self, act: &Act, now: Timestamp) -> Outcome {
        match act {
            Act::AddUser { user, phone } => self.add_user(user, phone),
            Act::AddClient { client, merchant, fee } => self.add_client(client, merchant, *fee),
            Act::SetClient { client, status, agreement } => self.set_client(client, *status, *agreement),
            Act::SetUser { user, status } => self.set_user(user, *status),
            Act::ResetPin { user } => self.reset_pin(user),
            Act::TopUp { user, amount } => self.top_up(user, *amount, now),
            Act::Deposit { reference, user, amount } => self.deposit(reference, user, *amount, now),
            Act::Prepare { client, offer, terms, reference } => self.prepare(client, offer, terms, reference.as_ref(), now),
            Act::OpenSession { session } => self.open_session(session),
            Act::LogIn { session, user, pin } => self.log_in(session, user, *pin, now),
            Act::LogOut { session } => self.log_out(session),
            Act::OpenPage { page, client, offer, until } => self.open_page(page, client, offer.as_ref(), *until),
            Act::ClosePage { page, outcome } => self.close_page(page, *outcome),
            Act::Sign { .. } => self.sign(act, now),
            Act::Grant { .. } => self.grant(act, now),
            Act::Exchange { client, code, reference, pair } => self.exchange(client, code, reference.as_ref(), pair, now),
            Act::Refresh { client, old, pair } => self.refresh(client, old, pair, now),
            Act::UseToken { pair } => self.use_token(pair, now),
            Act::Cancel { client, pair } => self.cancel(client, pair, now),
            Act::End { code, by, .. } => self.end_by(code, by, now),
            Act::Pay { client, request, pair, amount, told } => self.pay(client, request, pair, *amount, *told, now),
            Act::Order { client, request, product, amount, until, told } => self.order((client, request), *product, *amount, *until, *told, now),
            Act::Confirm { of, user, pin, card, .. } => self.confirm(of, user, *pin, *card, now),
            Act::Settle { of, user, attempt, verdict, .. } => self.settle(of, user, *attempt, *verdict, now),
            Act::Link { user } => self.link(user, now),
            Act::Accept { client, request } => self.accept(&(client.clone(), request.clone()), now),
            Act::Operate { client, of, kind, request, wanted } => self.operate(&(client.clone(), of.clone()), *kind, request, *wanted, now),
            Act::CallOff { client, request } => self.call_off(&(client.clone(), request.clone()), now),
            Act::ExpireOrder { of, .. } => self.expire_order(of, now),
            Act::Delivered { id, seen, error } => self.delivered(id, *seen, error.as_ref(), now),
            Act::Resend { id } => self.resend(id, now),
            Act::MarkRead { id, user } => self.mark_read(id, user),
            Act::RecordSent { id, channel } => self.record_sent(id, channel),
            // Folding moves nothing that anybody can see.
            Act::Fold { .. } => Ok("done".to_owned()),
        }
    }

    /// The balance of an account by its text form.
    pub fn balance(&self, account: &str) -> i64 {
        self.balances.get(account).copied().unwrap_or(0)
    }

    /// Moves money: takes from the first account, gives to the others.
    fn post(&mut self, entries: &[(String, i64)]) {
        for (account, minor) in entries {
            *self.balances.entry(account.clone()).or_insert(0) += minor;
        }
    }
}

/// An account that belongs to somebody.
pub fn account(kind: &str, name: &str, currency: Currency) -> String {
    format!("{kind}:{name}:{currency}")
}

/// The calendar day in Baghdad, which has had no summer time since 2008.
pub fn day(at: Timestamp) -> Date {
    jiff::tz::Offset::constant(3).to_datetime(at).date()
}

/// `seconds` later.
pub fn after(at: Timestamp, seconds: i64) -> Timestamp {
    at + jiff::SignedDuration::from_secs(seconds)
}
