//! A small world and everything that happened in it, for the laws to look at.

use super::order_steps::card_of;
use super::steps::{BRANCH, Step};
use crate::support::{AsCommand, NOOR, OMAR, SARA, SHOP, World, at, card, client, exchange, prepare, sign, terms};
use mithaq_domain::{
    Answer, Change, Client, Command, Contract, ContractState, Done, Hash, Interaction, OperationKind, OrderRequest,
    PayRequest, Payment, PaymentOperation, PaymentStatus, Product, Refusal, Row, Token, User,
};
use mithaq_types::{AuthId, ClientId, ContractId, InteractionId, OutboxId, PaymentId, Timestamp, TokenId};
use std::collections::{BTreeMap, HashMap};

/// What a payment found when it was asked for.
pub struct Found {
    pub at: Timestamp,
    pub token: Token,
    pub contract: Contract,
    pub standing: ContractState,
    pub user: User,
    pub client: Client,
}

/// The world, the names of what is in it, and its past.
pub struct History {
    pub world: World,
    pub offers: Vec<AuthId>,
    pub codes: Vec<Hash>,
    pub tokens: Vec<TokenId>,
    pub contracts: Vec<ContractId>,
    pub pages: Vec<InteractionId>,
    pub outbox: Vec<OutboxId>,
    /// Deductions that were answered, as they were first asked for.
    pub requests: Vec<PayRequest>,
    /// Payments in the order in which they were made, as they were first.
    pub payments: Vec<Payment>,
    /// What each successful payment found.
    pub found: HashMap<PaymentId, Found>,
    /// Contracts as they were signed.
    pub signed: HashMap<ContractId, Contract>,
    /// Pages as they were when they first had an outcome.
    pub settled: HashMap<InteractionId, Interaction>,
    /// States of contracts as they were when they ended.
    pub ended: HashMap<ContractId, ContractState>,
    /// Orders and payments by code, in the order in which they were made.
    pub orders: Vec<PaymentId>,
    /// Orders as they were first asked for.
    pub made: Vec<OrderRequest>,
    /// Codes that users were given to show.
    pub shown: Vec<String>,
    /// Requests that were cancelled before they came, and have not come yet.
    pub withdrawn: Vec<String>,
    /// Operations as they were first answered, by client, kind and request.
    pub operations: BTreeMap<(ClientId, OperationKind, String), PaymentOperation>,
    /// Payments with a final status, and which it was when it came.
    pub finals: HashMap<PaymentId, PaymentStatus>,
    /// Commands, with the instant of each.
    pub commands: Vec<(Timestamp, Command)>,
}

impl History {
    /// Three users with a contract each, two merchants, three clients; ten seconds before the year ends in Baghdad.
    pub fn new((charge, day): (i64, i64)) -> Self {
        let mut world = World::sandbox();
        world.now = at("2026-12-31T23:59:50+03:00");
        world.policy.charge_ceiling_whole = charge;
        world.policy.day_ceiling_whole = day;
        let branch = Client { client_id: ClientId::new(BRANCH), ..client(SHOP) };
        let merchant = Box::new(crate::support::merchant(SHOP));
        world.done(Command::AddClient { merchant, client: Box::new(branch), app: None });
        let mut history = Self {
            world,
            offers: Vec::new(),
            codes: Vec::new(),
            tokens: Vec::new(),
            contracts: Vec::new(),
            pages: Vec::new(),
            outbox: Vec::new(),
            requests: Vec::new(),
            payments: Vec::new(),
            found: HashMap::new(),
            signed: HashMap::new(),
            settled: HashMap::new(),
            ended: HashMap::new(),
            orders: Vec::new(),
            made: Vec::new(),
            shown: Vec::new(),
            withdrawn: Vec::new(),
            operations: BTreeMap::new(),
            finals: HashMap::new(),
            commands: Vec::new(),
        };
        for user in [SARA, OMAR, NOOR] {
            let now = history.world.now;
            history.run(card(user, &card_of(user), now)).expect("a card");
        }
        let offer = AuthId::new("first offer");
        history.run(prepare(&offer, terms())).expect("an offer");
        for (user, code, tokens) in [(SARA, "C1", "T1"), (OMAR, "C2", "T2"), (NOOR, "C3", "T3")] {
            history.run(sign(user, &offer, code)).expect("a contract");
            history.run(exchange(code, tokens)).expect("tokens");
        }
        history.commands.clear();
        history
    }

    /// Takes `step` and notes what became of it. The answer, if it was more than moving the clock.
    pub fn take(&mut self, step: &Step) -> Option<Answer> {
        let command = self.command(step)?;
        Some(self.run(command))
    }

    /// Runs a command and notes what became of it.
    pub fn run(&mut self, command: impl AsCommand) -> Answer {
        let command = command.command();
        let found = self.look(&command);
        self.commands.push((self.world.now, command.clone()));
        let answer = self.world.run(command.clone());
        self.hear(&command, &answer, found);
        self.note();
        answer
    }

    /// What a deduction is about to find.
    fn look(&self, command: &Command) -> Option<Found> {
        let Command::Pay(request) = command else { return None };
        let rows = &self.world.rows;
        let token = rows.token_by_access(request.access)?;
        let contract_id = token.contract_id.as_ref()?;
        Some(Found {
            at: self.world.now,
            token: token.clone(),
            contract: rows.contract(contract_id)?.clone(),
            standing: rows.contract_state(contract_id)?.clone(),
            user: rows.user(&token.user_id)?.clone(),
            client: rows.client(&request.client_id)?.clone(),
        })
    }

    /// A repeat hears the first answer and changes nothing; with other content it is refused.
    fn hear(&mut self, command: &Command, answer: &Answer, found: Option<Found>) {
        let Command::Pay(request) = command else { return self.hear_of_orders(command, answer) };
        let same =
            |known: &PayRequest| (&known.client_id, &known.request_id) == (&request.client_id, &request.request_id);
        if let Some(place) = self.requests.iter().position(same) {
            let first = Ok(Done::Paid(Box::new(self.payments[place].clone())));
            let equal = self.requests[place].content == request.content;
            assert_eq!(*answer, if equal { first } else { Err(Refusal::RequestInconsistent) });
            assert!(self.world.changes.is_empty());
        } else if let Ok(Done::Paid(payment)) = answer {
            self.requests.push((**request).clone());
            self.payments.push((**payment).clone());
            if payment.paid_at.is_some() {
                self.found.insert(payment.payment_id.clone(), found.expect("a token with a contract"));
            }
        } else {
            assert!(self.world.changes.is_empty(), "a request that is refused leaves nothing");
        }
    }

    /// The same of orders and of what is done to payments.
    fn hear_of_orders(&mut self, command: &Command, answer: &Answer) {
        match (command, answer) {
            (Command::OperatePayment(request), _) => {
                let key = (request.client_id.clone(), request.wish.kind(), request.request_id.clone());
                if let Some(first) = self.operations.get(&key) {
                    let first = Ok(Done::Operated(Box::new(first.clone())));
                    assert!(*answer == first || *answer == Err(Refusal::RequestInconsistent), "{answer:?}");
                    assert!(self.world.changes.is_empty());
                } else if let Ok(Done::Operated(operation)) = answer {
                    self.operations.insert(key, (**operation).clone());
                } else {
                    assert!(self.world.changes.is_empty(), "what is not remembered leaves nothing");
                }
            }
            (Command::Order(request), Ok(Done::Standing(payment, _))) => {
                let same = |known: &OrderRequest| {
                    (&known.client_id, &known.request_id) == (&request.client_id, &request.request_id)
                };
                let is_first = !self.made.iter().any(same) && payment.product.is_order();
                assert_eq!(self.world.changes.is_empty(), !is_first, "an order is made once");
                if is_first {
                    self.made.push((**request).clone());
                }
            }
            _ => {}
        }
    }

    /// Notes what the last command made.
    fn note(&mut self) {
        for change in self.world.changes.clone() {
            let (Change::Insert(row) | Change::Update(row)) = &change else { continue };
            let is_new = matches!(change, Change::Insert(_));
            match row {
                Row::Offer(row) => self.offers.push(row.auth_id.clone()),
                Row::Code(row) if is_new => self.codes.push(row.hash),
                Row::Token(row) if is_new => self.tokens.push(row.token_id.clone()),
                Row::Outbox(row) if is_new => self.outbox.push(row.outbox_id.clone()),
                Row::Contract(row) => {
                    self.contracts.push(row.contract_id.clone());
                    self.signed.insert(row.contract_id.clone(), (**row).clone());
                }
                Row::ContractState(row) if row.has_ended() => {
                    self.ended.entry(row.contract_id.clone()).or_insert(row.clone());
                }
                Row::Payment(row) if row.order.is_some() || row.product == Product::InStore => {
                    self.orders.push(row.payment_id.clone());
                }
                Row::PaymentState(row) if row.status.is_final() => {
                    let first = *self.finals.entry(row.payment_id.clone()).or_insert(row.status);
                    assert_eq!(first, row.status, "{row:?}");
                }
                Row::Interaction(row) if is_new => self.pages.push(row.interaction_id.clone()),
                Row::Interaction(row) => {
                    self.settled.entry(row.interaction_id.clone()).or_insert((**row).clone());
                }
                _ => {}
            }
        }
    }
}
