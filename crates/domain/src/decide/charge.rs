//! The rules that a charge under a contract obeys, and what one that obeys them writes.

use super::parties::may_be_charged;
use super::write::Write;
use crate::{
    Account, AccountId, Contract, ContractState, DaySpend, Entry, FailReason, Merchant, Owner, PayRequest, Payment,
    PlanRun, PlanState, Row, Scope, Status, Token, Transaction, User, UserNews,
};
use jiff::civil::Date;
use mithaq_types::{Currency, MerchantId, Money, PaymentId};

/// A charge that every rule allows.
pub struct Charge<'a> {
    contract: &'a Contract,
    standing: ContractState,
    user: &'a User,
    from: Account,
    today: Date,
}

/// Every rule of an agreement payment, in the order in which a merchant is told.
pub fn check<'a>(
    write: &Write<'a>,
    request: &PayRequest,
    merchant: &Merchant,
    token: Option<&'a Token>,
) -> Result<Charge<'a>, FailReason> {
    let (state, now) = (write.state, write.now());
    let token = token.ok_or(FailReason::TokenUnknown)?;
    if merchant.status == Status::Suspended {
        return Err(FailReason::MerchantSuspended);
    }
    if token.client_id != request.client_id || !token.allows(Scope::AGREEMENT_PAY) {
        return Err(FailReason::TokenForeign);
    }
    let contract_id = token.contract_id.as_ref().ok_or(FailReason::TokenForeign)?;
    let contract = state.contract(contract_id).ok_or(FailReason::TokenForeign)?;
    let standing = state.contract_state(contract_id).ok_or(FailReason::TokenForeign)?;
    if !token.access_lives(now) || !standing.is_live(now) {
        return Err(FailReason::TokenDead);
    }
    let user = state.user(&token.user_id).ok_or(FailReason::UserUnknown)?;
    under(write, contract, standing.clone(), user, request.amount)
}

/// The rules that hold whoever asks: the payer, the contract, the plan, the limits, the money. `standing` is how the contract
/// stands, or would.
pub fn under<'a>(
    write: &Write<'a>,
    contract: &'a Contract,
    standing: ContractState,
    user: &'a User,
    amount: Money,
) -> Result<Charge<'a>, FailReason> {
    let (state, policy, today) = (write.state, write.world.policy, write.today());
    may_be_charged(user)?;
    if contract.terms.start_date.is_some_and(|start| today < start) {
        return Err(FailReason::NotStarted);
    }
    if amount.currency != contract.terms.currency(policy.currency) {
        return Err(FailReason::Currency);
    }
    if let (Some(plan), Some(progress)) = (contract.terms.plan(), &standing.plan) {
        plan.may_deduct(progress, today, amount.minor, policy.plan_window_days).map_err(FailReason::Plan)?;
    }
    let agreed = contract.terms.agreed_amount;
    let ceiling = policy.charge_ceiling(amount.currency);
    if agreed.is_some_and(|agreed| amount.minor > agreed.minor) || amount.minor > ceiling.minor {
        return Err(FailReason::OverLimit);
    }
    let from = state.balance_of(&AccountId::user(user.user_id.clone(), amount.currency));
    let charge = Charge { contract, standing, user, from, today };
    let exceeds = |sum: Option<i64>, most: Money| sum.is_none_or(|sum| sum > most.minor);
    if contract.monthly_ceiling.is_some_and(|own| exceeds(charge.taken_in_month(amount), own))
        || exceeds(charge.taken_in_day(amount), policy.day_ceiling(amount.currency))
    {
        return Err(FailReason::OverUserLimit);
    }
    if charge.from.balance < amount.minor {
        return Err(FailReason::Balance);
    }
    Ok(charge)
}

impl<'a> Charge<'a> {
    /// What all charges of the calendar month take, this one too.
    fn taken_in_month(&self, amount: Money) -> Option<i64> {
        self.standing.taken_in(self.today.first_of_month()).checked_add(amount.minor)
    }

    /// What all charges of the calendar day take from this account, this one too.
    fn taken_in_day(&self, amount: Money) -> Option<i64> {
        self.from.spent_on(self.today).checked_add(amount.minor)
    }

    /// How far the plan is after this deduction of it, and what the wallet does next for it.
    fn after_deduction(&self, write: &Write<'_>, minor: i64) -> (Option<PlanState>, Option<PlanRun>) {
        let (Some(plan), Some(progress)) = (self.contract.terms.plan(), self.standing.plan) else {
            return (None, None);
        };
        // Where attempts failed before, the next day still follows from the one that was planned first.
        let planned = self.standing.run.map_or(progress.next, |run| run.planned);
        let progress = plan.deducted(&PlanState { next: planned, ..progress }, minor, write.now());
        let policy = write.world.policy;
        let goes_on = self.standing.run.is_some() && plan.due(&progress).is_some();
        let run = goes_on.then(|| PlanRun::begin(&progress, write.now(), false, &policy.dunning, &policy.zone));
        (Some(progress), run)
    }

    /// What the charge writes. `None`: a sum left 64 bits.
    pub fn booking(
        self,
        write: &Write<'_>,
        payment_id: &PaymentId,
        amount: Money,
        fee: Money,
        merchant: &Merchant,
    ) -> Option<Booking<'a>> {
        let [credit, fees] = payee_accounts(&merchant.merchant_id, amount.currency);
        // The payer gives all of it; the wallet keeps its fee, the merchant gets the rest.
        let entries = vec![
            Entry { account: self.from.id.clone(), minor: amount.minor.checked_neg()? },
            Entry { account: credit, minor: amount.minus(fee).ok()?.minor },
            Entry { account: fees, minor: fee.minor },
        ];
        // A payment's transaction has the payment's id: found by it, and unique with it.
        let (id, cause) = (payment_id.to_string(), Some(payment_id.clone()));
        let transaction = Transaction::new(id, write.now(), cause, "payment", entries);
        let transaction = transaction.ok().filter(|transaction| write.can_post(transaction))?;
        let spend = Some(DaySpend { day: self.today, minor: self.taken_in_day(amount)? });
        let month_minor = self.taken_in_month(amount)?;
        let (plan, run) = self.after_deduction(write, amount.minor);
        let standing = ContractState {
            plan,
            run,
            charges: self.standing.charges.checked_add(1)?,
            charged_minor: self.standing.charged_minor.checked_add(amount.minor)?,
            month: Some(self.today.first_of_month()),
            month_minor,
            last_charge_at: Some(write.now()),
            last_payment: Some(payment_id.clone()),
            ..self.standing
        };
        let left = Money::new(self.from.balance.checked_sub(amount.minor)?, amount.currency);
        let (contract, user, from) = (self.contract, self.user, Account { spend, ..self.from });
        Some(Booking { transaction, fee, standing, from, left, contract, user })
    }
}

/// A charge with every sum done.
pub struct Booking<'a> {
    transaction: Transaction,
    /// What the wallet keeps.
    pub fee: Money,
    standing: ContractState,
    from: Account,
    left: Money,
    contract: &'a Contract,
    user: &'a User,
}

impl Booking<'_> {
    /// Moves the money, counts the charge and tells the payer.
    pub fn book(self, write: &mut Write<'_>, payment: &Payment) {
        // The day counter is noted before the posting, which sets the balance.
        write.spend(self.from);
        write.post(self.transaction);
        write.update(Row::ContractState(self.standing));
        let (merchant, description) = (self.contract.merchant_name.clone(), payment.description.clone());
        let news = UserNews::Charged { merchant, amount: payment.amount, description, balance: self.left };
        write.tell(self.user, news, Some(&payment.payment_id));
    }
}

/// The accounts that a payment fills.
fn payee_accounts(merchant: &MerchantId, currency: Currency) -> [AccountId; 2] {
    [Owner::Merchant(merchant.clone()), Owner::Fees].map(|owner| AccountId { owner, currency })
}
