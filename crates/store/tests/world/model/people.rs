//! Users, shops, money from outside, browser sessions.

use super::{Client, Model, Outcome, User, account, after};
use mithaq_domain::{AgreementPay, PinCheck, Refusal, Status, UserStatus};
use mithaq_types::{Money, Timestamp};

/// The most that comes in at once, in minor units.
const MOST: i64 = 900_000_000_000_000;

fn done() -> Outcome {
    Ok("done".to_owned())
}

impl Model {
    pub(super) fn add_user(&mut self, name: &str, phone: &str) -> Outcome {
        if self.users.contains_key(name) || self.users.values().any(|user| user.phone == phone) {
            return Err(Refusal::Exists);
        }
        let user = User { phone: phone.to_owned(), status: UserStatus::Active, failures: 0, locked: None };
        self.users.insert(name.to_owned(), user);
        done()
    }

    pub(super) fn add_client(&mut self, client: &str, merchant: &str, fee: u32) -> Outcome {
        if self.clients.contains_key(client) {
            return Err(Refusal::Exists);
        }
        if fee > 10_000 {
            return Err(Refusal::AmountImpossible);
        }
        // A merchant that is known keeps its fee.
        self.merchants.entry(merchant.to_owned()).or_insert(fee);
        let (merchant, agreement) = (merchant.to_owned(), AgreementPay::Allowed);
        self.clients.insert(client.to_owned(), Client { merchant, status: Status::Active, agreement });
        done()
    }

    pub(super) fn set_client(&mut self, name: &str, status: Status, agreement: AgreementPay) -> Outcome {
        let client = self.clients.get_mut(name).ok_or(Refusal::ClientUnknown)?;
        (client.status, client.agreement) = (status, agreement);
        done()
    }

    pub(super) fn set_user(&mut self, name: &str, status: UserStatus) -> Outcome {
        self.users.get_mut(name).ok_or(Refusal::UserUnknown)?.status = status;
        done()
    }

    pub(super) fn reset_pin(&mut self, name: &str) -> Outcome {
        let user = self.users.get_mut(name).ok_or(Refusal::UserUnknown)?;
        (user.failures, user.locked) = (0, None);
        done()
    }

    /// A client that may act.
    pub(super) fn acting(&self, name: &str) -> Result<&Client, Refusal> {
        let client = self.clients.get(name).ok_or(Refusal::ClientUnknown)?;
        if client.status == Status::Active { Ok(client) } else { Err(Refusal::ClientSuspended) }
    }

    /// Whether it may use agreement payment.
    pub(super) fn agreed(&self, name: &str) -> Result<(), Refusal> {
        match self.clients.get(name).map(|client| client.agreement) {
            Some(AgreementPay::Allowed) => Ok(()),
            Some(AgreementPay::Suspended) => Err(Refusal::AgreementPaySuspended),
            _ => Err(Refusal::AgreementPayNotAgreed),
        }
    }

    /// A user who may sign.
    pub(super) fn unfrozen(&self, name: &str) -> Result<(), Refusal> {
        let user = self.users.get(name).ok_or(Refusal::UserUnknown)?;
        if user.status == UserStatus::Frozen { Err(Refusal::UserFrozen) } else { Ok(()) }
    }

    /// What a PIN opens. Wrong ones count; enough of them lock it.
    pub(super) fn pin(&mut self, name: &str, pin: PinCheck, now: Timestamp) -> Result<(), Refusal> {
        let (tries, lock_s) = self.rules.pin;
        let user = self.users.get_mut(name).ok_or(Refusal::UserUnknown)?;
        if pin == PinCheck::NotAsked {
            return Ok(());
        }
        if let Some(until) = user.locked {
            if now < until {
                return Err(Refusal::PinLocked { until });
            }
            user.failures = 0;
        }
        if pin == PinCheck::Right {
            (user.failures, user.locked) = (0, None);
            return Ok(());
        }
        user.failures += 1;
        user.locked = if user.failures >= tries { Some(after(now, lock_s)) } else { None };
        match user.locked {
            Some(until) => Err(Refusal::PinLocked { until }),
            None => Err(Refusal::PinWrong { tries_left: tries - user.failures }),
        }
    }

    fn credit(&mut self, user: &str, amount: Money, now: Timestamp) -> Result<i64, Refusal> {
        if !self.users.contains_key(user) {
            return Err(Refusal::UserUnknown);
        }
        let (to, from) = (account("user", user, amount.currency), format!("world:{}", amount.currency));
        let balance = self.balance(&to).checked_add(amount.minor).filter(|_| (1..=MOST).contains(&amount.minor));
        let balance = balance.ok_or(Refusal::AmountImpossible)?;
        self.post(&[(from, -amount.minor), (to, amount.minor)]);
        self.tell(user, format!("came in {amount} now {balance}"), None, now);
        Ok(balance)
    }

    pub(super) fn top_up(&mut self, user: &str, amount: Money, now: Timestamp) -> Outcome {
        self.credit(user, amount, now).map(|balance| format!("balance {balance}"))
    }

    pub(super) fn deposit(&mut self, reference: &str, user: &str, amount: Money, now: Timestamp) -> Outcome {
        if let Some((to, known, balance)) = self.deposits.get(reference) {
            let same = to == user && *known == amount;
            return if same { Ok(format!("deposited before, {balance}")) } else { Err(Refusal::RequestInconsistent) };
        }
        let balance = self.credit(user, amount, now)?;
        self.deposits.insert(reference.to_owned(), (user.to_owned(), amount, balance));
        Ok(format!("deposited, {balance}"))
    }

    pub(super) fn open_session(&mut self, name: &str) -> Outcome {
        if self.sessions.contains_key(name) {
            return Err(Refusal::Exists);
        }
        self.sessions.insert(name.to_owned(), None);
        done()
    }

    pub(super) fn log_in(&mut self, session: &str, user: &str, pin: PinCheck, now: Timestamp) -> Outcome {
        if !self.users.contains_key(user) {
            return Err(Refusal::UserUnknown);
        }
        if !self.sessions.contains_key(session) {
            return Err(Refusal::InteractionUnknown);
        }
        self.pin(user, pin, now)?;
        self.sessions.insert(session.to_owned(), Some(user.to_owned()));
        done()
    }

    pub(super) fn log_out(&mut self, session: &str) -> Outcome {
        *self.sessions.get_mut(session).ok_or(Refusal::InteractionUnknown)? = None;
        done()
    }
}
