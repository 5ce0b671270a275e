//! Plans: a merchant puts a deduction off, and the wallet makes the deductions of the plans that it runs
//! (spec/alipay-agreement.md 2.4, 4.2; `plan_run.rs` has the days).

use super::deduct::{is_in_force, take};
use super::gateway;
use super::write::Write;
use crate::{
    AccountId, AfterFailure, AgreementPay, Answer, Contract, ContractState, Deduct, Done, FailReason, GatewayNews,
    GatewayTrade, Hash, Key, Plan, PlanRefusal, PlanRun, PlanState, PlanStep, Refusal, Row, Status, User, UserNews,
};
use jiff::civil::Date;
use mithaq_types::{ClientId, ContractId};

/// The next deduction on a later day.
pub fn put_off(write: &mut Write<'_>, client_id: &ClientId, contract_id: &ContractId, to: Date) -> Answer {
    let state = write.state;
    state.ask([Key::Contract(contract_id.clone()), Key::ContractState(contract_id.clone())]);
    let contract = state.contract(contract_id).filter(|contract| contract.client_id == *client_id);
    let contract = contract.ok_or(Refusal::ContractUnknown)?;
    let standing = state.contract_state(contract_id).ok_or(Refusal::ContractUnknown)?;
    is_in_force(write, standing)?;
    let (Some(plan), Some(progress)) = (contract.terms.plan(), standing.plan) else {
        return Err(Refusal::OtherProduct);
    };
    let progress = plan.moved(&progress, to, write.today()).map_err(Refusal::Plan)?;
    let policy = write.world.policy;
    let run = standing.run.map(|_| PlanRun::begin(&progress, write.now(), false, &policy.dunning, &policy.zone));
    let standing = ContractState { plan: Some(progress), run, ..standing.clone() };
    write.update(Row::ContractState(standing.clone()));
    let subject = format!("contract:{contract_id}");
    write.audit(format!("client:{client_id}"), "plan.moved", subject, Some(to.to_string()));
    Ok(Done::ContractStanding(Box::new(standing)))
}

/// A plan that the wallet runs, at a moment when something is due.
struct Due<'a> {
    contract: &'a Contract,
    standing: &'a ContractState,
    plan: Plan,
    progress: PlanState,
    run: PlanRun,
    user: &'a User,
}

/// Announces, deducts, or looks again later.
pub fn run(write: &mut Write<'_>, contract_id: &ContractId) -> Answer {
    let state = write.state;
    state.ask([Key::Contract(contract_id.clone()), Key::ContractState(contract_id.clone())]);
    let contract = state.contract(contract_id).ok_or(Refusal::ContractUnknown)?;
    let standing = state.contract_state(contract_id).ok_or(Refusal::ContractUnknown)?;
    ask_for_parties(write, contract, standing);
    let (Some(plan), Some(progress), Some(run)) = (contract.terms.plan(), standing.plan, standing.run) else {
        return Ok(Done::Ran(PlanStep::Nothing));
    };
    if standing.has_ended() || write.now() < run.due_at {
        return Ok(Done::Ran(PlanStep::Nothing));
    }
    let user = state.user(&contract.user_id).ok_or(Refusal::UserUnknown)?;
    let due = Due { contract, standing, plan: *plan, progress, run, user };
    let step = match plan.due(&progress) {
        Some(_) if is_in_force(write, standing).is_err() => due.stop(write),
        None => due.stop(write),
        // The wallet was off for longer than a period.
        Some(_) if run.is_missed(plan, write.today()) => {
            due.failed(write, FailReason::Plan(PlanRefusal::TooLate(run.planned)))
        }
        Some(_) if !run.announced => due.announce(write),
        Some(_) => due.deduct(write)?,
    };
    Ok(Done::Ran(step))
}

/// Names every row that a deduction reads as soon as it can be known.
fn ask_for_parties(write: &Write<'_>, contract: &Contract, standing: &ContractState) {
    let Some(terms) = contract.terms.agreement.as_deref() else { return };
    let account = AccountId::user(contract.user_id.clone(), terms.currency);
    if let (Some(progress), Some(run)) = (&standing.plan, &standing.run)
        && run.announced
        && write.now() >= run.due_at
    {
        write.state.ask([Key::PaymentByRequest(contract.client_id.clone(), request_id(contract, progress))]);
    }
    write.state.ask([
        Key::User(contract.user_id.clone()),
        Key::Account(account),
        Key::Client(contract.client_id.clone()),
        Key::Merchant(contract.merchant_id.clone()),
        Key::GatewayApp(terms.app_id.clone()),
    ]);
}

/// The number of the next deduction. One for each of the plan: however often it is run, it is made once.
fn request_id(contract: &Contract, progress: &PlanState) -> String {
    format!("PLAN_{}_{}", contract.contract_id, progress.number)
}

impl Due<'_> {
    fn keep(&self, write: &mut Write<'_>, run: Option<PlanRun>, progress: PlanState) {
        let standing = ContractState { plan: Some(progress), run, ..self.standing.clone() };
        write.update(Row::ContractState(standing));
    }

    /// There is nothing left to deduct.
    fn stop(&self, write: &mut Write<'_>) -> PlanStep {
        self.keep(write, None, self.progress);
        PlanStep::Nothing
    }

    fn announce(&self, write: &mut Write<'_>) -> PlanStep {
        let policy = write.world.policy;
        let (run, progress) = self.run.announced(&self.progress, write.today(), &policy.dunning, &policy.zone);
        if run.due_at >= self.standing.expires_at {
            // The agreement will be over by then: nobody is told of what cannot come.
            return self.stop(write);
        }
        self.keep(write, Some(run), progress);
        let amount = self.plan.due(&progress).unwrap_or(self.plan.single);
        let merchant = self.contract.merchant_name.clone();
        write.tell(self.user, UserNews::ChargeComing { merchant, amount, on: progress.next }, None);
        PlanStep::Announced
    }

    fn deduct(&self, write: &mut Write<'_>) -> Result<PlanStep, Refusal> {
        let state = write.state;
        let (contract, today) = (self.contract, write.today());
        let terms = contract.terms.agreement.as_deref().ok_or(Refusal::ContractUnknown)?;
        let client = state.client(&contract.client_id).ok_or(Refusal::ClientUnknown)?;
        let merchant = state.merchant(&contract.merchant_id).ok_or(Refusal::ClientUnknown)?;
        let amount = self.plan.due(&self.progress).ok_or(Refusal::AmountImpossible)?;
        // The merchant's side may not be able to be paid; then the attempt failed like any other.
        let able = client.status == Status::Active && client.agreement_pay == AgreementPay::Allowed;
        // Where the scheduler was late, the deduction is made on the first day on which it runs.
        let next = self.progress.next.max(today);
        let standing = ContractState { plan: Some(PlanState { next, ..self.progress }), ..self.standing.clone() };
        let request = Deduct {
            client_id: contract.client_id.clone(),
            request_id: request_id(contract, &self.progress),
            content: Hash::default(),
            contract_id: contract.contract_id.clone(),
            amount,
            description: contract.terms.title.clone().unwrap_or_else(|| contract.merchant_name.clone()),
            notify_url: gateway::own_url(write, terms),
            gateway: GatewayTrade {
                app_id: terms.app_id.clone(),
                product: terms.product.clone().unwrap_or_else(|| "CYCLE_PAY_AUTH".to_owned()),
                body: None,
                passback: None,
                offer: None,
            },
        };
        let taken = state.payment_by_request(&request.client_id, &request.request_id).is_some();
        let paid = match (taken, able) {
            // The merchant has used or cancelled the number itself.
            (true, _) => Err(Refusal::Charge(FailReason::Withdrawn)),
            (false, false) => Err(Refusal::MerchantSuspended),
            (false, true) => take(write, &request, contract, standing, self.user, merchant),
        };
        Ok(match paid {
            Ok(payment) => PlanStep::Paid(Box::new(payment)),
            Err(Refusal::Charge(reason)) => self.failed(write, reason),
            Err(Refusal::MerchantSuspended) => self.failed(write, FailReason::MerchantSuspended),
            Err(_) => self.failed(write, FailReason::Overflow),
        })
    }

    /// It is tried again on another day or left out, and everybody is told.
    fn failed(&self, write: &mut Write<'_>, reason: FailReason) -> PlanStep {
        let policy = write.world.policy;
        let next = self.run.failed(&self.plan, write.today(), &policy.dunning);
        let (run, progress) = self.run.after_failure(&self.progress, next, write.now(), &policy.dunning, &policy.zone);
        self.keep(write, Some(run), progress);
        let again_on = match next {
            AfterFailure::Again(day) => Some(day),
            AfterFailure::LeftOut(_) => None,
        };
        let balance_short = reason == FailReason::Balance;
        if balance_short || reason == FailReason::OverUserLimit {
            let known = write.state.merchant(&self.contract.merchant_id).map(|known| known.name_in(self.user.language));
            let merchant = known.unwrap_or(&self.contract.merchant_name).to_owned();
            let amount = self.plan.due(&self.progress).unwrap_or(self.plan.single);
            write.tell(self.user, UserNews::ChargeRefused { merchant, amount, balance_short, again_on }, None);
        }
        if let Some(terms) = self.contract.terms.agreement.as_deref() {
            let news = GatewayNews::DeductionFailed {
                contract_id: self.contract.contract_id.clone(),
                number: self.progress.number,
                planned: self.run.planned,
                reason,
                again_on,
                at: write.now(),
            };
            let url = gateway::own_url(write, terms);
            gateway::tell(write, &terms.app_id, &self.contract.client_id, url, news);
        }
        let (actor, subject) = ("clock".to_owned(), format!("contract:{}", self.contract.contract_id));
        write.audit(actor, "plan.failed", subject, Some(format!("{reason:?}, again {again_on:?}")));
        PlanStep::Failed(reason)
    }
}
