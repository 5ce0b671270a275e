//! A merchant deducts money under a contract, without the user being there (spec/qicard.md 7.1).
//!
//! A request is applied once: its record remembers what was asked and which payment answered it.
//! A refusal of a business rule is a payment too, failed for good. Everything happens in one change:
//! the payment, its record, the postings, the counters, the outbox rows and the audit line.

use super::exchange::mark_used;
use super::write::Write;
use crate::{
    Account, AccountId, Answer, Contract, ContractState, DaySpend, Done, Entry, FailReason, Merchant, OutboxKind,
    Owner, PayRequest, Payment, PaymentOutcome, Product, Refusal, RequestRecord, Row, Scope, Status, Token,
    Transaction, User, UserNews, UserStatus,
};
use jiff::civil::Date;
use mithaq_types::Money;

pub fn pay(write: &mut Write<'_>, request: &PayRequest) -> Answer {
    let state = write.state;
    let seen = state.request(&request.client_id, &request.request_id);
    let client = state.client(&request.client_id);
    let token = state.token_by_access(request.access);
    if let Some(seen) = seen {
        if seen.content != request.content {
            return Err(Refusal::RequestInconsistent);
        }
        let payment = state.payment(&seen.payment_id).ok_or(Refusal::RequestInconsistent)?;
        return Ok(Done::Paid(Box::new(payment.clone())));
    }
    let client = client.ok_or(Refusal::ClientUnknown)?;
    let merchant = state.merchant(&client.merchant_id).ok_or(Refusal::ClientUnknown)?;
    let decided = check(write, request, merchant, token);
    let bearer = token.filter(|token| token.client_id == request.client_id);
    let fee = request.amount.share(merchant.fee_basis_points).unwrap_or(Money::zero(request.amount.currency));
    let (outcome, fee, paid_at) = match &decided {
        Ok(_) => (PaymentOutcome::Success, fee, Some(write.now())),
        Err(reason) => (PaymentOutcome::Fail(*reason), Money::zero(fee.currency), None),
    };
    let payment = Payment {
        payment_id: write.world.mint.payment(write.now(), &write.world.policy.zone),
        client_id: request.client_id.clone(),
        request_id: request.request_id.clone(),
        merchant_id: merchant.merchant_id.clone(),
        product: Product::Agreement,
        amount: request.amount,
        fee,
        user_id: bearer.map(|token| token.user_id.clone()),
        contract_id: bearer.and_then(|token| token.contract_id.clone()),
        outcome,
        description: request.description.clone(),
        notify_url: request.notify_url.clone(),
        created_at: write.now(),
        paid_at,
    };
    let payment = match decided {
        Ok(charge) => match charge.book(write, &payment, merchant) {
            true => payment,
            // Only sums that leave 64 bits get here; nothing was moved.
            false => Payment { outcome: PaymentOutcome::Fail(FailReason::Overflow), paid_at: None, ..payment },
        },
        Err(reason) => {
            warn_user(write, bearer, merchant, &payment, reason);
            payment
        }
    };
    record(write, request, &payment);
    Ok(Done::Paid(Box::new(payment)))
}

/// A charge that every rule allows.
struct Charge<'a> {
    token: &'a Token,
    contract: &'a Contract,
    standing: &'a ContractState,
    user: &'a User,
    from: Account,
    today: Date,
}

/// Every rule of an agreement payment, in the order in which a merchant is told.
fn check<'a>(
    write: &Write<'a>,
    request: &PayRequest,
    merchant: &'a Merchant,
    token: Option<&'a Token>,
) -> Result<Charge<'a>, FailReason> {
    let (state, now, today, amount) = (write.state, write.now(), write.today(), request.amount);
    let token = token.ok_or(FailReason::TokenUnknown)?;
    let contract_id = token.contract_id.as_ref();
    let contract = contract_id.and_then(|id| state.contract(id));
    let standing = contract_id.and_then(|id| state.contract_state(id));
    let user = state.user(&token.user_id);
    let from = state.balance_of(&AccountId::user(token.user_id.clone(), amount.currency));
    // Named here so that they are loaded together with the payer's.
    let _ = payee_accounts(merchant, amount).map(|id| state.account(&id).is_some());
    let _ = token.predecessor.as_ref().map(|id| state.token(id).is_some());

    if merchant.status == Status::Suspended {
        return Err(FailReason::MerchantSuspended);
    }
    if token.client_id != request.client_id || !token.allows(Scope::AGREEMENT_PAY) {
        return Err(FailReason::TokenForeign);
    }
    let (Some(contract), Some(standing)) = (contract, standing) else { return Err(FailReason::TokenForeign) };
    if !token.access_lives(now) || !standing.is_live(now) {
        return Err(FailReason::TokenDead);
    }
    let user = user.ok_or(FailReason::UserUnknown)?;
    if user.status != UserStatus::Active {
        return Err(FailReason::UserFrozen);
    }
    if contract.terms.start_date.is_some_and(|start| today < start) {
        return Err(FailReason::NotStarted);
    }
    let agreed = contract.terms.agreed_amount;
    if agreed.is_some_and(|agreed| agreed.currency != amount.currency) {
        return Err(FailReason::Currency);
    }
    let ceiling = write.world.policy.charge_ceiling(amount.currency);
    if agreed.is_some_and(|agreed| amount.minor > agreed.minor) || amount.minor > ceiling.minor {
        return Err(FailReason::OverLimit);
    }
    let day_ceiling = write.world.policy.day_ceiling(amount.currency);
    let in_month = standing.taken_in(today.first_of_month()).checked_add(amount.minor);
    let in_day = from.spent_on(today).checked_add(amount.minor);
    let own = contract.monthly_ceiling.filter(|own| own.currency == amount.currency);
    if own.is_some_and(|own| in_month.is_none_or(|sum| sum > own.minor))
        || in_day.is_none_or(|sum| sum > day_ceiling.minor)
    {
        return Err(FailReason::OverUserLimit);
    }
    if from.balance < amount.minor {
        return Err(FailReason::Balance);
    }
    Ok(Charge { token, contract, standing, user, from, today })
}

fn payee_accounts(merchant: &Merchant, amount: Money) -> [AccountId; 2] {
    [Owner::Merchant(merchant.merchant_id.clone()), Owner::Fees]
        .map(|owner| AccountId { owner, currency: amount.currency })
}

impl Charge<'_> {
    /// Moves the money and counts the charge. `false`: a sum overflowed and nothing was noted.
    fn book(self, write: &mut Write<'_>, payment: &Payment, merchant: &Merchant) -> bool {
        let Some((transaction, spent)) = self.transaction(write, payment, merchant) else { return false };
        let (amount, now) = (payment.amount, write.now());
        let month = self.today.first_of_month();
        let counters = (
            self.standing.charged_minor.checked_add(amount.minor),
            self.standing.taken_in(month).checked_add(amount.minor),
        );
        let (Some(charged_minor), Some(month_minor)) = counters else { return false };
        if !write.can_post(&transaction) {
            return false;
        }
        // The day counter is noted before the posting, which sets the balance.
        write.spend(Account { spend: Some(DaySpend { day: self.today, minor: spent }), ..self.from.clone() });
        write.post(transaction);
        mark_used(write, self.token);
        write.update(Row::ContractState(ContractState {
            charges: self.standing.charges.saturating_add(1),
            charged_minor,
            month: Some(month),
            month_minor,
            last_charge_at: Some(now),
            ..self.standing.clone()
        }));
        let balance = Money::new(self.from.balance - amount.minor, amount.currency);
        let (merchant, description) = (self.contract.merchant_name.clone(), payment.description.clone());
        let news = UserNews::Charged { merchant, amount, description, balance };
        write.tell(self.user, news, Some(&payment.payment_id));
        true
    }

    /// The payer gives all of it; the wallet keeps its fee, the merchant gets the rest.
    fn transaction(&self, write: &Write<'_>, payment: &Payment, merchant: &Merchant) -> Option<(Transaction, i64)> {
        let [credit, fees] = payee_accounts(merchant, payment.amount);
        let net = payment.amount.minus(payment.fee).ok()?;
        let entries = vec![
            Entry { account: self.from.id.clone(), minor: payment.amount.minor.checked_neg()? },
            Entry { account: credit, minor: net.minor },
            Entry { account: fees, minor: payment.fee.minor },
        ];
        let spent = self.from.spent_on(self.today).checked_add(payment.amount.minor)?;
        let (id, now) = (payment.payment_id.to_string(), write.now());
        Some((Transaction::new(id, now, Some(payment.payment_id.clone()), "payment", entries).ok()?, spent))
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
    let news = UserNews::ChargeRefused { merchant: merchant.name.clone(), amount: payment.amount, balance_short };
    write.tell(user, news, Some(&payment.payment_id));
}

fn record(write: &mut Write<'_>, request: &PayRequest, payment: &Payment) {
    write.insert(Row::Payment(Box::new(payment.clone())));
    write.insert(Row::Request(RequestRecord {
        client_id: request.client_id.clone(),
        request_id: request.request_id.clone(),
        content: request.content,
        payment_id: payment.payment_id.clone(),
        at: write.now(),
    }));
    if let Some(url) = &request.notify_url {
        let kind = OutboxKind::PaymentNotice { payment_id: payment.payment_id.clone() };
        write.send(kind, url.clone(), Some(&request.client_id), Some(&payment.payment_id));
    }
    let actor = format!("client:{}", request.client_id);
    let subject = format!("payment:{}", payment.payment_id);
    write.audit(actor, "payment.decided", subject, Some(format!("{:?}", payment.outcome)));
}
