//! What is stored, as a reader beside the engine sees it.

use crate::act::{self, Act};
use crate::facts;
use mithaq_domain::{
    AccountId, Contract, ContractState, ContractStatus, InboxMessage, InteractionState, Key, OperationBy,
    OperationKind, Outbox, OutboxKind, Payment, Row, State, UserNews,
};
use mithaq_store::{ContractView, OutboxFilter, Reader, StoreError};
use mithaq_types::{
    AuthId, ClientId, ContractId, Currency, InteractionId, MessageId, OperationId, OutboxId, PaymentId, SessionId,
    TokenId, UserId,
};
use std::collections::BTreeMap;

/// Names of rows that were ever asked for, and what the world calls them.
pub type Names = BTreeMap<Key, String>;

/// The rows that `act` may leave and no list shows.
pub fn names(act: &Act) -> Vec<(Key, String)> {
    let token = |pair: &String| (Key::Token(TokenId::new(pair)), pair.clone());
    let code = |code: &String| (Key::Code(act::hash(code)), code.clone());
    match act {
        Act::AddUser { user, .. } => [Some(Currency::IQD), Currency::parse("USD")]
            .into_iter()
            .flatten()
            .map(|currency| (Key::Account(AccountId::user(UserId::new(user), currency)), user.clone()))
            .collect(),
        Act::Deposit { reference, .. } => vec![(Key::Deposit(reference.clone()), reference.clone())],
        Act::Prepare { offer, .. } => vec![(Key::Offer(AuthId::new(offer)), offer.clone())],
        Act::OpenSession { session } => vec![(Key::Session(SessionId::new(session)), session.clone())],
        Act::OpenPage { page, .. } => vec![(Key::Interaction(InteractionId::new(page)), page.clone())],
        Act::Sign { code: name, .. } => vec![code(name)],
        Act::Grant { code: name, user, client, .. } => {
            vec![code(name), (Key::Consent(UserId::new(user), ClientId::new(client)), String::new())]
        }
        Act::Exchange { pair, .. } | Act::Refresh { pair, .. } => vec![token(pair)],
        Act::Settle { id, attempt, .. } => {
            let reference = format!("card:{id}:{attempt}");
            vec![(Key::Deposit(reference.clone()), reference)]
        }
        Act::Pay { client, request, .. } | Act::Order { client, request, .. } | Act::CallOff { client, request } => {
            vec![(Key::PaymentByRequest(ClientId::new(client), request.clone()), format!("{client}/{request}"))]
        }
        _ => Vec::new(),
    }
}

/// What was found.
pub struct Seen {
    /// Sorted.
    pub facts: Vec<String>,
    /// What the world calls each contract.
    pub contracts: BTreeMap<ContractId, String>,
    /// Client and request of each payment.
    pub payments: BTreeMap<PaymentId, (String, String)>,
    /// What was done to payments.
    operations: BTreeMap<OperationId, String>,
    /// Each delivery's line.
    pub notices: Vec<(OutboxId, String)>,
    /// Each message's line.
    pub messages: Vec<(MessageId, String)>,
}

impl Seen {
    /// Looks at everything.
    pub async fn look(reader: &Reader, names: &Names) -> Result<Self, StoreError> {
        let rows = reader.rows(names.keys().cloned().collect()).await?;
        let mut seen = Self {
            facts: Vec::new(),
            contracts: BTreeMap::new(),
            payments: BTreeMap::new(),
            operations: BTreeMap::new(),
            notices: Vec::new(),
            messages: Vec::new(),
        };
        for (key, name) in names {
            if let Some(Row::Code(code)) = rows.peek(key) {
                seen.contracts.extend(code.contract_id.clone().map(|id| (id, name.clone())));
            }
        }
        for (key, name) in names {
            seen.facts.extend(rows.peek(key).and_then(|row| seen.row(name, row)));
        }
        for user in reader.users().await? {
            let (failures, locked) = (user.pin_failures, user.pin_locked_until);
            seen.facts.push(facts::user(user.user_id.as_str(), &user.phone, user.status, failures, locked));
        }
        for (client, merchant) in reader.clients().await? {
            let (name, fee) = (merchant.merchant_id.as_str(), merchant.fee_basis_points);
            let line = facts::client(client.client_id.as_str(), name, fee, client.status, client.agreement_pay);
            seen.facts.push(line);
        }
        for line in reader.accounts().await?.iter().filter(|line| line.available.minor != 0) {
            seen.facts.push(facts::balance(&line.account, line.available.minor));
        }
        let payments = reader.payments().await?;
        for payment in &payments {
            let key = (payment.client_id.as_str().to_owned(), payment.request_id.clone());
            seen.payments.insert(payment.payment_id.clone(), key);
        }
        payments.iter().for_each(|payment| seen.payment(payment, &rows));
        for (payment, state) in reader.standings().await? {
            seen.facts.push(facts::standing(&payment, &state));
        }
        for operation in reader.operations().await? {
            let of = seen.request_of(&operation.payment_id);
            // What has no request of the merchant's is called after its payment.
            let own = format!("of {}", of.split_once('/').map_or("?", |(_, request)| request));
            let is_own = operation.by == OperationBy::System || operation.kind == OperationKind::Cancel;
            let request = if is_own { own } else { operation.request_id.clone() };
            let kind = operation.kind.name();
            seen.operations.insert(operation.operation_id.clone(), format!("operation {kind} {request} of {of}"));
            let done = facts::operated(kind, &request, operation.amount, operation.outcome);
            seen.facts.push(facts::operation(&of, &done));
        }
        for view in reader.contracts(None).await? {
            seen.contract(&view);
        }
        let mut about = BTreeMap::new();
        for row in reader.outbox(OutboxFilter::Newest).await? {
            about.insert(row.outbox_id.clone(), seen.notice(&row));
        }
        for message in reader.inbox(None).await? {
            seen.message(&message);
        }
        for sent in reader.sent().await? {
            let about = about.get(&sent.outbox_id).map_or("?", String::as_str);
            seen.facts.push(facts::sent(&sent.channel, about));
        }
        seen.facts.sort_unstable();
        Ok(seen)
    }

    fn name_of(&self, id: Option<&ContractId>) -> Option<&str> {
        id.map(|id| self.contracts.get(id).map_or("?", String::as_str))
    }

    fn row(&self, name: &str, row: &Row) -> Option<String> {
        Some(match row {
            Row::Account(account) => {
                let spend = account.spend?;
                facts::spent(&account.id.to_string(), spend.day, spend.minor)
            }
            Row::Deposit(row) => facts::deposit(name, row.user_id.as_str(), row.amount, row.balance.minor),
            Row::Offer(row) => {
                facts::offer(name, row.client_id.as_str(), row.reference_client_id.as_deref(), row.expires_at)
            }
            Row::Session(row) => facts::session(name, row.user_id.as_ref().map(UserId::as_str)),
            Row::Interaction(row) => {
                let outcome = match row.state {
                    InteractionState::Open => None,
                    InteractionState::Final(outcome) => Some(format!("{outcome:?}")),
                };
                let end = outcome.map(|outcome| (outcome, row.reply_sealed.as_deref().unwrap_or_default()));
                facts::page(name, row.client_id.as_str(), row.auth_id.as_ref().map(AuthId::as_str), end)
            }
            Row::Consent(row) => {
                let scopes: Vec<_> = row.scopes.iter().map(|scope| scope.0.as_str()).collect();
                facts::consent(row.user_id.as_str(), row.client_id.as_str(), &scopes, row.at)
            }
            Row::Code(row) => facts::Code {
                name,
                client: row.client_id.as_str(),
                user: row.user_id.as_str(),
                scopes: row.scopes.iter().map(|scope| scope.0.as_str()).collect(),
                signed: row.contract_id.is_some(),
                reference: row.reference_client_id.as_deref(),
                until: row.expires_at,
                used: row.used_at,
                pair: row.token_id.as_ref().map(TokenId::as_str),
            }
            .line(),
            Row::Token(row) => facts::Pair {
                name,
                client: row.client_id.as_str(),
                user: row.user_id.as_str(),
                scopes: row.scopes.iter().map(|scope| scope.0.as_str()).collect(),
                contract: self.name_of(row.contract_id.as_ref()),
                sealed: row.access_sealed.is_some(),
                until: [row.access_expires_at, row.refresh_expires_at],
                marks: [row.revoked_at, row.first_used_at, row.refreshed_at],
                others: [&row.successor, &row.predecessor].map(|other| other.as_ref().map(TokenId::as_str)),
            }
            .line(),
            _ => return None,
        })
    }

    fn contract(&mut self, ContractView { contract, state }: &ContractView) {
        let (contract, state): (&Contract, &ContractState) = (contract, state);
        let status = match state.status {
            ContractStatus::Signed => "signed".to_owned(),
            ContractStatus::Active => "active".to_owned(),
            ContractStatus::Ended { reason, at } => format!("ended {reason:?} {at}"),
        };
        let lines = facts::Contract {
            name: self.name_of(Some(&contract.contract_id)).unwrap_or_default(),
            client: contract.client_id.as_str(),
            user: contract.user_id.as_str(),
            offer: contract.auth_id.as_str(),
            reference: contract.reference_client_id.as_deref(),
            ceiling: contract.monthly_ceiling,
            signed: contract.accepted_at,
            status,
            until: state.expires_at,
            pair: state.token_id.as_ref().map(TokenId::as_str),
            charges: state.charges as usize,
            minor: state.charged_minor,
            month: state.month.map(|month| (month, state.month_minor)),
            last: state.last_charge_at,
            newest: state.last_payment.as_ref().map(|id| self.request_of(id)),
        }
        .lines();
        self.facts.extend(lines);
    }

    fn payment(&mut self, payment: &Payment, rows: &State) {
        let line = facts::Payment {
            client: payment.client_id.as_str(),
            request: &payment.request_id,
            amount: payment.amount,
            fee: payment.fee.minor,
            user: payment.user_id.as_ref().map(UserId::as_str),
            contract: self.name_of(payment.contract_id.as_ref()),
            before: payment.previous.as_ref().map(|id| self.request_of(id)),
            outcome: payment.outcome,
            at: payment.created_at,
            told: payment.notify_url.is_some(),
        }
        .line();
        self.facts.push(line);
        let key = Key::PaymentByRequest(payment.client_id.clone(), payment.request_id.clone());
        // What makes a repeat harmless: the request is remembered, and answered with this payment.
        if !matches!(rows.peek(&key), Some(Row::Payment(found)) if **found == *payment) {
            self.facts.push(format!("payment {} that its request does not lead to", payment.request_id));
        }
    }

    fn request_of(&self, payment: &PaymentId) -> String {
        self.payments.get(payment).map_or_else(|| "?".to_owned(), |(client, request)| format!("{client}/{request}"))
    }

    fn about(&self, news: &UserNews, payment: Option<&PaymentId>) -> String {
        let text = match news {
            UserNews::ContractSigned { merchant } => format!("signed with {merchant}"),
            UserNews::ContractEnded { merchant, reason } => format!("ended with {merchant} by {reason:?}"),
            UserNews::Charged { merchant, amount, description, balance } => {
                format!("charged {merchant} {amount} {description} left {}", balance.minor)
            }
            UserNews::ChargeRefused { merchant, amount, balance_short, .. } => {
                format!("refused {merchant} {amount} short: {balance_short}")
            }
            UserNews::ToppedUp { amount, balance } => format!("came in {amount} now {}", balance.minor),
            UserNews::Paid { merchant, amount, description, balance } => {
                format!("paid {merchant} {amount} {description} left {}", balance.minor)
            }
            UserNews::Held { merchant, amount, description, until } => {
                format!("held {merchant} {amount} {description} until {until}")
            }
            UserNews::Captured { merchant, amount, released } => {
                format!("captured {merchant} {amount} back {released}")
            }
            UserNews::Released { merchant, amount } => format!("released {merchant} {amount}"),
            UserNews::Refunded { merchant, amount, balance } => {
                format!("refunded {merchant} {amount} now {}", balance.minor)
            }
            UserNews::CardLinked { card } => card.clone(),
            other => format!("{other:?}"),
        };
        payment.map(|id| format!("{text} ({})", self.request_of(id))).unwrap_or(text)
    }

    /// What it tells.
    fn notice(&mut self, row: &Outbox) -> String {
        let client = row.client_id.as_ref().map(ClientId::as_str).unwrap_or_default();
        let about = match &row.kind {
            OutboxKind::PaymentNotice { payment_id, step: None } => {
                format!("{client}: payment {}", self.request_of(payment_id))
            }
            OutboxKind::PaymentNotice { payment_id, step: Some(step) } => {
                format!("{client}: payment {} {step:?}", self.request_of(payment_id))
            }
            OutboxKind::OperationNotice { operation_id } => {
                format!("{client}: {}", self.operations.get(operation_id).map_or("?", String::as_str))
            }
            OutboxKind::GatewayNotice { .. } => "a notice of the other surface".to_owned(),
            OutboxKind::Push { .. } => "a push of nobody's".to_owned(),
            OutboxKind::ContractNotice { contract_id, valid, access_sealed, reason, .. } => {
                let name = self.name_of(Some(contract_id)).unwrap_or_default();
                let wrong = if *valid == reason.is_none() { "" } else { " and says the opposite" };
                format!("{client}: contract {name} ends {reason:?} names {access_sealed}{wrong}")
            }
            OutboxKind::UserNews { user_id, news } => {
                format!("news to {user_id}: {}", self.about(news, row.payment_id.as_ref()))
            }
        };
        let line = facts::Notice {
            about: &about,
            target: &row.target,
            at: row.created_at,
            state: row.state,
            attempts: row.attempts as usize,
            next: row.next_at,
            error: row.last_error.as_deref(),
        }
        .line();
        self.facts.push(line.clone());
        self.notices.push((row.outbox_id.clone(), line));
        about
    }

    fn message(&mut self, message: &InboxMessage) {
        let about = self.about(&message.news, message.payment_id.as_ref());
        let line = facts::message(message.user_id.as_str(), &about, message.at, message.read);
        self.facts.push(line.clone());
        self.messages.push((message.message_id.clone(), line));
    }
}
