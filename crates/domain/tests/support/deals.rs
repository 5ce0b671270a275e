//! The steps that lead to a charge, each in a word: tests begin where their subject does.

use super::{World, exchange, pay, prepare, sign, terms};
use mithaq_domain::{
    Contract, ContractState, ContractStatus, Done, FailReason, PayRequest, Payment, PaymentOutcome, Terms, Token,
    UserNews,
};
use mithaq_types::{AuthId, ContractId, Money, TokenId, UserId};

impl World {
    /// A name nobody had before.
    pub fn new_name(&mut self, kind: &str) -> String {
        self.serial += 1;
        format!("{kind}-{}", self.serial)
    }

    /// The shop prepares a contract.
    pub fn offer(&mut self, terms: Terms) -> AuthId {
        let auth_id = AuthId::new(self.new_name("offer"));
        self.done(prepare(&auth_id, terms));
        auth_id
    }

    /// `user` signs an offer of the shop on `terms`; the code has the name `code`.
    pub fn signed(&mut self, user: &str, terms: Terms, code: &str) -> Contract {
        let offer = self.offer(terms);
        match self.done(sign(user, &offer, code)) {
            Done::Signed(signed) => signed.contract,
            other => panic!("{other:?}"),
        }
    }

    /// `user` has signed `terms`, and the shop holds the pair `tokens`.
    pub fn agreed(&mut self, user: &str, terms: Terms, tokens: &str) -> ContractId {
        let code = format!("code of {tokens}");
        let contract = self.signed(user, terms, &code);
        self.done(exchange(&code, tokens));
        contract.contract_id
    }

    /// As [`World::agreed`], on terms that state nothing.
    pub fn agreed_simply(&mut self, user: &str, tokens: &str) -> ContractId {
        self.agreed(user, terms(), tokens)
    }

    /// The shop deducts under a new request id; the payment that it hears of.
    #[track_caller]
    pub fn charge(&mut self, tokens: &str, amount: Money) -> Payment {
        let request_id = self.new_name("request");
        self.paid(pay(tokens, &request_id, amount))
    }

    /// Asks for a payment and hears how it ended.
    #[track_caller]
    pub fn paid(&mut self, request: PayRequest) -> Payment {
        match self.done(request) {
            Done::Paid(payment) => *payment,
            other => panic!("{other:?}"),
        }
    }

    /// Why a deduction failed.
    #[track_caller]
    pub fn charge_fails(&mut self, tokens: &str, amount: Money) -> FailReason {
        match self.charge(tokens, amount).outcome {
            PaymentOutcome::Fail(reason) => reason,
            other => panic!("{other:?}"),
        }
    }

    /// How a contract stands.
    pub fn standing(&self, contract_id: &ContractId) -> ContractState {
        self.rows.contract_state(contract_id).expect("a contract's state").clone()
    }

    /// A contract's status.
    pub fn status(&self, contract_id: &ContractId) -> ContractStatus {
        self.standing(contract_id).status
    }

    /// A pair by its name.
    pub fn token(&self, tokens: &str) -> Token {
        self.rows.token(&TokenId::new(tokens)).expect("a pair of tokens").clone()
    }

    /// What `user` finds in the inbox, newest last.
    pub fn news(&self, user: &str) -> Vec<&UserNews> {
        let mine = self.inbox.iter().filter(|message| message.user_id == UserId::new(user));
        mine.map(|message| &message.news).collect()
    }
}
