//! Charges: each request once, each limit by adding up what was really taken.

use super::{Contract, Model, Outcome, Payment, Taken, account, day};
use crate::act::content;
use mithaq_domain::{FailReason, PaymentOutcome, Product, Refusal, Status, UserStatus};
use mithaq_types::{Currency, Money, Timestamp};

impl Model {
    pub(super) fn pay(
        &mut self,
        client: &str,
        request: &str,
        pair: &str,
        amount: Money,
        told: bool,
        now: Timestamp,
    ) -> Outcome {
        let key = (client.to_owned(), request.to_owned());
        let content = content(pair, amount);
        if let Some(payment) = self.payments.get(&key) {
            let same = payment.content == content || payment.product == Product::Withdrawn;
            return if same { Ok(payment.heard(client, request)) } else { Err(Refusal::RequestInconsistent) };
        }
        let merchant = self.clients.get(client).ok_or(Refusal::ClientUnknown)?;
        if merchant.status != Status::Active {
            return Err(Refusal::ClientSuspended);
        }
        let merchant = merchant.merchant.clone();
        self.agreed(client)?;
        if amount.minor < 1 {
            return Err(Refusal::AmountImpossible);
        }
        let known = self.pairs.get(pair).filter(|pair| pair.client == client).cloned();
        let verdict = self.judge(client, pair, amount, now);
        let fee = if verdict.is_ok() { self.fee(&merchant, amount) } else { 0 };
        if known.is_some() && self.works(pair, now) {
            self.touch(pair, now);
        }
        let contract = known.as_ref().and_then(|pair| self.contracts.get_mut(pair.contract.as_ref()?));
        let story = contract.map(|contract| &mut contract.story);
        let before = story.as_ref().and_then(|story| story.last().cloned());
        story.into_iter().for_each(|story| story.push(key.clone()));
        let payment = Payment {
            id: None,
            product: Product::Agreement,
            content,
            amount,
            fee,
            user: known.as_ref().map(|pair| pair.user.clone()),
            contract: known.as_ref().and_then(|pair| pair.contract.clone()),
            before,
            outcome: verdict.as_ref().map_or_else(|reason| PaymentOutcome::Fail(*reason), |()| PaymentOutcome::Success),
            at: now,
            told,
        };
        if let (Ok(()), Some(user), Some(contract)) = (&verdict, &payment.user, &payment.contract) {
            self.take(&key, &merchant, user, contract, &payment);
        }
        if let (Err(reason @ (FailReason::Balance | FailReason::OverUserLimit)), Some(user)) = (&verdict, &payment.user)
        {
            let short = *reason == FailReason::Balance;
            self.tell(user, format!("refused market {merchant} {amount} short: {short}"), Some(&key), now);
        }
        if told {
            self.notify_payment(&key, now);
        }
        let heard = payment.heard(client, request);
        self.payments.insert(key, payment);
        Ok(heard)
    }

    /// What the wallet keeps.
    pub(super) fn fee(&self, merchant: &str, amount: Money) -> i64 {
        let points = self.merchants.get(merchant).copied().unwrap_or(0);
        i64::try_from(i128::from(amount.minor) * i128::from(points) / 10_000).unwrap_or(0)
    }

    /// Every rule, in the order in which a merchant is told.
    fn judge(&self, client: &str, pair: &str, amount: Money, now: Timestamp) -> Result<(), FailReason> {
        let name = pair;
        let pair = self.pairs.get(name).ok_or(FailReason::TokenUnknown)?;
        let contract = pair.contract.as_ref().and_then(|contract| self.contracts.get(contract));
        let charges = pair.client == client && pair.scopes.iter().any(|scope| scope == "AGREEMENT_PAY");
        let contract = contract.filter(|_| charges).ok_or(FailReason::TokenForeign)?;
        if !self.works(name, now) || contract.ended.is_some() || contract.until <= now {
            return Err(FailReason::TokenDead);
        }
        if self.users.get(&pair.user).is_none_or(|user| user.status == UserStatus::Frozen) {
            return Err(FailReason::UserFrozen);
        }
        let today = day(now);
        if contract.terms.start_date.is_some_and(|start| start > today) {
            return Err(FailReason::NotStarted);
        }
        if amount.currency != contract.currency() {
            return Err(FailReason::Currency);
        }
        let scale = amount.currency.scale();
        let most = contract.terms.agreed_amount.map_or(i64::MAX, |agreed| agreed.minor);
        if amount.minor > most.min(self.rules.charge_most * scale) {
            return Err(FailReason::OverLimit);
        }
        let code = pair.contract.as_deref().unwrap_or_default();
        let month: i64 =
            self.sum(|taken| taken.contract == code && taken.day.first_of_month() == today.first_of_month());
        let of_day: i64 =
            self.sum(|taken| taken.user == pair.user && taken.day == today && taken.amount.currency == amount.currency);
        if contract.ceiling.is_some_and(|ceiling| month + amount.minor > ceiling.minor)
            || of_day + amount.minor > self.rules.day_most * scale
        {
            return Err(FailReason::OverUserLimit);
        }
        if self.balance(&account("user", &pair.user, amount.currency)) < amount.minor {
            return Err(FailReason::Balance);
        }
        Ok(())
    }

    fn sum(&self, which: impl Fn(&&Taken) -> bool) -> i64 {
        self.taken.iter().filter(which).map(|taken| taken.amount.minor).sum()
    }

    fn take(&mut self, key: &(String, String), merchant: &str, user: &str, contract: &str, payment: &Payment) {
        let (amount, fee, now) = (payment.amount, payment.fee, payment.at);
        let payer = account("user", user, amount.currency);
        self.post(&[
            (payer.clone(), -amount.minor),
            (account("merchant", merchant, amount.currency), amount.minor - fee),
            (format!("fees:{}", amount.currency), fee),
        ]);
        let (user, contract) = (user.to_owned(), contract.to_owned());
        let left = self.balance(&payer);
        let news = format!("charged shown by {} {amount} for {} left {left}", key.0, key.1);
        self.tell(&user, news, Some(key), now);
        self.taken.push(Taken { user, contract, amount, day: day(now), at: now });
    }
}

impl Contract {
    /// The one currency it is charged in.
    pub fn currency(&self) -> Currency {
        self.terms.agreed_amount.map_or(Currency::IQD, |agreed| agreed.currency)
    }
}

impl Payment {
    fn heard(&self, client: &str, request: &str) -> String {
        format!("paid {client}/{request} {} fee {} {:?} {}", self.amount, self.fee, self.outcome, self.at)
    }
}
