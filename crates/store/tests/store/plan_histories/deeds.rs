//! What people, merchants, the scheduler and the clock do in a history, and what the model makes of it.

use super::{History, Known, Trade, USERS};
use crate::support::{
    SHOP, agreement, call_off, cny, deduct, hash, monthly, offer, operate, put_off, run_plan, sign, unsign,
};
use jiff::SignedDuration;
use mithaq_domain::{
    AgreementTerms, Command, Done, EndedBy, Every, Illegal, OperateRequest, Operation, Plan, PlanStep, Refusal, Wish,
    trade_request_id,
};
use mithaq_types::{ClientId, Clock as _, ContractId, PaymentId, UserId};

impl History {
    pub(super) async fn sign(&mut self, name: String) {
        let (user, number) = (self.below(USERS.len()), format!("EA{}", self.below(8)));
        let later = self.below(20);
        let today = self.house.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let first = today.checked_add(jiff::Span::new().days(i64::try_from(later).expect("small"))).expect("in range");
        let every = [Every::Days(7), Every::Days(20), Every::Months(1)][self.below(3)];
        let first = if first.day() > 28 { first.last_of_month().tomorrow().expect("in range") } else { first };
        let (total, payments) = (cny(self.amount(9_000)), u32::try_from(self.amount(9)).expect("small"));
        let plan = Plan { every, first, total: Some(total), payments: Some(payments), ..monthly("2026-12-05") };
        let plan = (self.below(3) > 0).then_some(plan);
        let ends_at = self.house.clock.now() + SignedDuration::from_hours(24 * self.amount(400));
        let wallet_deducts = self.below(2) == 0;
        let terms = AgreementTerms { ends_at, wallet_deducts, ..agreement(plan, Some(&number)) };
        let offered = self.ask(offer(&name, terms)).await;
        assert!(offered.is_ok() || self.lost && offered == Err(Refusal::Exists), "{offered:?}");
        let answer = self.ask(sign(USERS[user], &name)).await;
        let holder = self.agreements.values().find(|known| known.number == number && !known.over);
        match answer {
            Ok(Done::Agreed(contract, _)) => {
                let known = Known { user, number, plan, count: 0, sum: 0, over: false };
                let is_new = !self.agreements.contains_key(&contract.contract_id);
                assert!(is_new == holder.is_none(), "a number names one agreement at a time");
                if is_new {
                    self.agreements.insert(contract.contract_id, known);
                    self.count("signed");
                }
            }
            Err(Refusal::AgreementTaken) => {
                assert!(holder.is_some(), "nobody has {number}");
                self.count("taken");
            }
            Err(Refusal::TooManyAgreements) => self.count("too many"),
            other => panic!("{other:?}"),
        }
    }

    /// Notes a deduction that was made; whoever made it.
    fn made(&mut self, contract: &ContractId, id: PaymentId, minor: i64) {
        let known = self.agreements.get_mut(contract).expect("known");
        assert!(!known.over, "it is over");
        (known.count, known.sum) = (known.count + 1, known.sum + minor);
        if let Some(plan) = &known.plan {
            assert!(minor <= plan.single.minor && plan.payments.is_none_or(|most| known.count <= most));
            assert!(plan.total.is_none_or(|total| known.sum <= total.minor));
        }
        self.balances[known.user] -= minor;
        self.trades.push(Trade { id, user: known.user, minor, back: 0 });
    }

    pub(super) async fn deduct(&mut self, name: String) {
        let Some(contract) = self.any() else { return };
        let minor = self.amount(1_100);
        let before = self.house.contract_state(&contract).await;
        match self.ask(deduct(&contract, &name, minor)).await {
            Ok(Done::Standing(payment, _)) => {
                self.made(&contract, payment.payment_id, minor);
                self.count("deducted");
            }
            Ok(other) => panic!("{other:?}"),
            Err(Refusal::Payment(Illegal::OrderPaid)) if self.lost => {
                let found = self.house.stage.reader().payment_of(ClientId::new(SHOP), None, Some(name)).await;
                self.made(&contract, found.expect("readable").expect("it was made").payment_id, minor);
                self.count("deducted unheard");
            }
            Err(refusal) => {
                assert_eq!(self.house.contract_state(&contract).await, before, "{refusal:?}");
                let known = &self.agreements[&contract];
                let over = matches!(refusal, Refusal::ContractOver | Refusal::ContractExpired);
                assert_eq!(over, known.over, "{refusal:?}");
                self.count("refused");
            }
        }
    }

    /// The scheduler looks, or somebody else does where nothing is due.
    pub(super) async fn look(&mut self) {
        let reader = self.house.stage.reader();
        let next = reader.next_plan_due().await.expect("readable");
        if let Some(next) = next.filter(|_| self.below(3) > 0) {
            self.house.clock.set(self.house.clock.now().max(next));
            self.expire().await;
        }
        for contract in reader.plans_due(self.house.clock.now(), 3).await.expect("readable") {
            let what = match self.ask(run_plan(&contract)).await {
                Ok(Done::Ran(PlanStep::Paid(payment))) => {
                    self.made(&contract, payment.payment_id.clone(), payment.amount.minor);
                    "charged"
                }
                Ok(Done::Ran(PlanStep::Failed(_))) => "failed",
                Ok(Done::Ran(PlanStep::Announced)) => "announced",
                Ok(Done::Ran(PlanStep::Nothing)) => "nothing due",
                other => panic!("{other:?}"),
            };
            self.count(what);
            self.hear_late(&contract).await;
        }
        if let Some(contract) = self.any() {
            let is_due =
                self.house.contract_state(&contract).await.run_due_at().is_some_and(|at| at <= self.house.clock.now());
            if !is_due {
                assert_eq!(self.ask(run_plan(&contract)).await, Ok(Done::Ran(PlanStep::Nothing)));
            }
        }
    }

    /// A deduction that the wallet made, and whose answer was lost.
    async fn hear_late(&mut self, contract: &ContractId) {
        let state = self.house.contract_state(contract).await;
        let known = &self.agreements[contract];
        if state.charges > known.count {
            assert!(self.lost && state.charges == known.count + 1, "it was charged behind everybody's back");
            let minor = state.charged_minor - known.sum;
            self.made(contract, state.last_payment.expect("the last"), minor);
            self.count("charged unheard");
        }
    }

    pub(super) async fn put_off(&mut self) {
        let Some(contract) = self.any() else { return };
        let state = self.house.contract_state(&contract).await;
        let next = state.plan.map_or("2027-01-01".parse().expect("a day"), |plan| plan.next);
        let days = self.amount(20);
        let to = next.checked_add(jiff::Span::new().days(days)).expect("in range").to_string();
        if self.ask(put_off(&contract, &to)).await.is_ok() {
            self.count("put off");
        }
    }

    pub(super) async fn end(&mut self) {
        let Some(contract) = self.any() else { return };
        let answer = self.ask(unsign(&contract)).await;
        let known = self.agreements.get_mut(&contract).expect("known");
        let was_done = answer.is_ok() || self.lost && answer == Err(Refusal::ContractOver);
        assert!(was_done || known.over, "{answer:?}");
        assert!(answer.is_err() || !known.over, "it ended twice");
        known.over = true;
    }

    pub(super) async fn give_back(&mut self, name: String) {
        if self.trades.is_empty() {
            return;
        }
        let place = self.below(self.trades.len());
        let minor = self.amount(500);
        let id = self.trades[place].id.clone();
        let cancels = self.below(3) == 0;
        let command = if cancels { call_off(&id) } else { refund(&id, &name, minor) };
        let answer = self.ask(command).await;
        let trade = &mut self.trades[place];
        let moved = match answer {
            Ok(Done::Operated(_)) => minor,
            Ok(Done::OperatedBefore(_)) if self.lost => minor,
            Ok(Done::Standing(_, state)) => state.refunded - trade.back,
            Ok(other) => panic!("{other:?}"),
            Err(_) => 0,
        };
        trade.back += moved;
        assert!(trade.back <= trade.minor);
        self.balances[trade.user] += moved;
        if moved > 0 {
            self.count(if cancels { "cancelled" } else { "refunded" });
        }
    }

    pub(super) async fn top_up(&mut self, reference: String) {
        let (user, minor) = (self.below(USERS.len()), self.amount(4_000));
        let deposit = Operation::Deposit { reference, user_id: UserId::new(USERS[user]), amount: cny(minor) };
        let answer = self.ask(Command::Operate(Box::new(deposit))).await;
        assert!(matches!(answer, Ok(Done::Deposited { .. })), "{answer:?}");
        self.balances[user] += minor;
    }

    pub(super) fn restart(&mut self) {
        if self.below(10) == 0 {
            self.house.restart();
            self.count("restarted");
        }
    }

    /// Time ends what ran out; sometimes the clock's job is late.
    pub(super) async fn expire(&mut self) {
        let now = self.house.clock.now();
        for contract in self.agreements.keys().cloned().collect::<Vec<_>>() {
            if self.agreements[&contract].over || self.house.contract_state(&contract).await.expires_at > now {
                continue;
            }
            self.agreements.get_mut(&contract).expect("known").over = true;
            if self.below(2) == 0 {
                let by = EndedBy::Clock;
                let answer = self.ask(Command::EndContract { contract_id: contract, by }).await;
                assert!(answer.is_ok() || self.lost && answer == Err(Refusal::ContractOver), "{answer:?}");
                self.count("ran out");
            }
        }
    }
}

/// The shop gives a part back, under a number of its own within the trade.
fn refund(id: &PaymentId, request_no: &str, minor: i64) -> Command {
    let request_id = trade_request_id(id, request_no);
    match operate(id, &request_id, Wish::Refund(cny(minor), None)) {
        Command::OperatePayment(request) => {
            let content = hash(&minor.to_string());
            Command::OperatePayment(Box::new(OperateRequest { content, notify_url: None, ..*request }))
        }
        other => other,
    }
}
