//! What merchants do to payments: each request once, each unit of money given back or taken once.

use super::orders::{Standing, illegal};
use super::{Model, Outcome, Payment, account, after, day};
use crate::act::{REFUND_URL, VOID_URL};
use crate::facts;
use mithaq_domain::{
    CancelReason, FailReason, Illegal, NoticeStep, OperationKind, OperationOutcome, OperationRefusal, PaymentOutcome,
    PaymentStatus, Product, Refusal,
};
use mithaq_types::{Currency, Money, Timestamp};

type Key = (String, String);

/// What was done to a payment, or refused.
#[derive(Clone, Debug)]
pub struct Operation {
    pub of: Key,
    pub content: String,
    pub amount: Money,
    pub outcome: OperationOutcome,
}

/// How long one that was accepted lasts, and a payment can be refunded.
const ACCEPTED_S: i64 = 30 * 86_400;
const REFUND_S: i64 = 365 * 86_400;

impl Model {
    fn own(&self, key: &Key) -> Result<(), Refusal> {
        let known = self.payments.get(key).is_some_and(|payment| payment.product != Product::Withdrawn);
        if known { Ok(()) } else { Err(Refusal::PaymentUnknown) }
    }

    /// Whether there is a hold to take or to give back. Nothing said: it may be so later.
    fn holding(standing: &Standing, now: Timestamp) -> Result<(), Option<OperationRefusal>> {
        use OperationRefusal::{HoldCancelled, HoldExpired, NeverHeld};
        Err(Some(match standing.status {
            PaymentStatus::Authorized if standing.due.is_none_or(|due| now < due) => return Ok(()),
            PaymentStatus::Processing => return Err(None),
            PaymentStatus::Authorized | PaymentStatus::Cancelled(CancelReason::HoldExpired) => HoldExpired,
            PaymentStatus::Open | PaymentStatus::Failed(_) => NeverHeld,
            PaymentStatus::Cancelled(_) => HoldCancelled,
            PaymentStatus::Success => OperationRefusal::Status,
        }))
    }

    pub(super) fn accept(&mut self, key: &Key, now: Timestamp) -> Outcome {
        self.own(key)?;
        let mut standing = self.standing(key);
        if self.payments[key].product != Product::Escrow {
            return Err(illegal(Illegal::Unsupported));
        }
        Self::holding(&standing, now).map_err(|why| {
            illegal(match why {
                None => Illegal::Running,
                Some(OperationRefusal::HoldExpired) => Illegal::HoldExpired,
                Some(OperationRefusal::HoldCancelled) => Illegal::HoldCancelled,
                Some(OperationRefusal::NeverHeld) => Illegal::NeverHeld,
                Some(_) => Illegal::Status,
            })
        })?;
        if standing.accepted {
            return Err(illegal(Illegal::Accepted));
        }
        (standing.accepted, standing.due) = (true, Some(after(now, ACCEPTED_S)));
        self.stand(key, standing, now);
        Ok(self.standing_line(key))
    }

    pub(super) fn operate(
        &mut self,
        key: &Key,
        kind: OperationKind,
        request: &str,
        wanted: Option<Money>,
        now: Timestamp,
    ) -> Outcome {
        let content = format!("{kind:?} {wanted:?}");
        let name = (key.0.clone(), kind.name(), request.to_owned());
        let own = self.own(key);
        if let Some(seen) = self.operations.get(&name) {
            let same = own.is_ok() && seen.of == *key && seen.content == content;
            return if same { Ok(seen.heard(&name)) } else { Err(Refusal::RequestInconsistent) };
        }
        own?;
        if wanted.is_some_and(|wanted| wanted.minor < 1) {
            return Err(Refusal::AmountImpossible);
        }
        let (payment, standing) = (self.payments[key].clone(), self.standing(key));
        let minor = wanted.map_or(standing.held, |wanted| wanted.minor);
        let currency = wanted.map_or(payment.amount.currency, |wanted| wanted.currency);
        let allowed = if currency == payment.amount.currency {
            self.allows(key, kind, minor, now)
        } else {
            Err(Some(OperationRefusal::Currency))
        };
        let outcome = match allowed {
            Ok(()) => OperationOutcome::Done,
            Err(Some(refusal)) => OperationOutcome::Refused(refusal),
            Err(None) => return Err(illegal(Illegal::Running)),
        };
        let operation = Operation { of: key.clone(), content, amount: Money::new(minor, currency), outcome };
        let line = operation.heard(&name);
        self.operations.insert(name, operation);
        if outcome == OperationOutcome::Done {
            self.carry_out(key, kind, minor, now);
            let url = match kind {
                OperationKind::Refund => REFUND_URL,
                OperationKind::Void if payment.product.is_order() => VOID_URL,
                _ => return Ok(line),
            };
            let about = format!("{}: operation {} {request} of {}/{}", key.0, kind.name(), key.0, key.1);
            self.send(about, url.to_owned(), now);
        }
        Ok(line)
    }

    fn allows(
        &self,
        key: &Key,
        kind: OperationKind,
        minor: i64,
        now: Timestamp,
    ) -> Result<(), Option<OperationRefusal>> {
        use OperationRefusal::{ExceedsHold, ExceedsTaken, MerchantBalance, Status, Unsupported, Window};
        let (payment, standing) = (&self.payments[key], self.standing(key));
        let escrow = payment.product == Product::Escrow;
        if kind == OperationKind::Refund {
            if standing.status != PaymentStatus::Success {
                return Err(Some(Status));
            }
            if standing.paid.is_some_and(|at| after(at, REFUND_S) < now) {
                return Err(Some(Window));
            }
            if minor > standing.taken - standing.refunded {
                return Err(Some(ExceedsTaken));
            }
            let has = self.balance(&account("merchant", &self.merchant_of(key), payment.amount.currency));
            return if has < minor { Err(Some(MerchantBalance)) } else { Ok(()) };
        }
        let supported = match kind {
            OperationKind::Capture => payment.product == Product::AuthCapture,
            OperationKind::Confirm => escrow,
            _ => payment.product.holds(),
        };
        if !supported {
            return Err(Some(Unsupported));
        }
        Self::holding(&standing, now)?;
        if escrow && !standing.accepted {
            return Err(Some(Status));
        }
        if minor > standing.held { Err(Some(ExceedsHold)) } else { Ok(()) }
    }

    fn carry_out(&mut self, key: &Key, kind: OperationKind, minor: i64, now: Timestamp) {
        let (payment, merchant) = (self.payments[key].clone(), self.merchant_of(key));
        let currency = payment.amount.currency;
        let mut standing = self.standing(key);
        let user = standing.user.clone().unwrap_or_default();
        let (wallet, hold) = (account("user", &user, currency), account("hold", &user, currency));
        let money = |minor| Money::new(minor, currency);
        let news = match kind {
            OperationKind::Refund => {
                self.post(&[(account("merchant", &merchant, currency), -minor), (wallet.clone(), minor)]);
                standing.refunded += minor;
                format!("refunded market {merchant} {} now {}", money(minor), self.balance(&wallet))
            }
            OperationKind::Void | OperationKind::Cancel => {
                self.post(&[(hold, -minor), (wallet, minor)]);
                (standing.held, standing.voided) = (standing.held - minor, standing.voided + minor);
                if standing.held == 0 {
                    let by_merchant = kind == OperationKind::Cancel;
                    let why = if by_merchant { CancelReason::Merchant } else { CancelReason::Voided };
                    (standing.status, standing.due) = (PaymentStatus::Cancelled(why), None);
                }
                format!("released market {merchant} {}", money(minor))
            }
            OperationKind::Capture | OperationKind::Confirm => {
                let (rest, fee) = (standing.held - minor, self.fee(&merchant, money(minor)));
                self.post(&[(hold, -standing.held), (wallet, rest)]);
                self.credit_merchant(&merchant, currency, minor - fee, fee);
                (standing.held, standing.voided, standing.taken) = (0, standing.voided + rest, minor);
                (standing.status, standing.fee) = (PaymentStatus::Success, fee);
                (standing.paid, standing.due) = (Some(now), None);
                format!("captured market {merchant} {} back {}", money(minor), money(rest))
            }
        };
        self.tell(&user, news, Some(key), now);
        self.stand(key, standing, now);
    }

    pub(super) fn call_off(&mut self, key: &Key, now: Timestamp) -> Outcome {
        if let Err(refusal) = self.own(key) {
            if self.clients.contains_key(&key.0) && !self.payments.contains_key(key) {
                let (nothing, outcome) = (Money::zero(Currency::IQD), PaymentOutcome::Fail(FailReason::Withdrawn));
                let payment = Payment::new(Product::Withdrawn, String::new(), nothing, outcome, now);
                self.payments.insert(key.clone(), payment);
            }
            return Err(refusal);
        }
        let mut standing = self.standing(key);
        match standing.status {
            PaymentStatus::Failed(_) | PaymentStatus::Cancelled(CancelReason::Merchant | CancelReason::HoldExpired) => {
            }
            PaymentStatus::Success if standing.reversed => {}
            PaymentStatus::Open | PaymentStatus::Processing => {
                (standing.status, standing.due) = (PaymentStatus::Cancelled(CancelReason::Merchant), None);
                self.stand(key, standing, now);
            }
            PaymentStatus::Authorized if !standing.accepted && standing.voided == 0 => {
                self.by_itself(key, OperationKind::Cancel, standing.held);
                self.carry_out(key, OperationKind::Cancel, standing.held, now);
            }
            PaymentStatus::Success if standing.refunded == 0 && !self.payments[key].product.holds() => {
                if standing.paid.map(day) != Some(day(now)) {
                    return Err(illegal(Illegal::Window));
                }
                self.reverse(key, standing, now)?;
            }
            _ => return Err(illegal(Illegal::Status)),
        }
        Ok(self.standing_line(key))
    }

    fn reverse(&mut self, key: &Key, mut standing: Standing, now: Timestamp) -> Result<(), Refusal> {
        let (amount, merchant) = (self.payments[key].amount, self.merchant_of(key));
        let (seller, fees) = (account("merchant", &merchant, amount.currency), format!("fees:{}", amount.currency));
        if self.balance(&seller) < standing.taken - standing.fee || self.balance(&fees) < standing.fee {
            return Err(Refusal::MerchantBalanceShort);
        }
        let user = standing.user.clone().unwrap_or_default();
        let wallet = account("user", &user, amount.currency);
        self.credit_merchant(&merchant, amount.currency, standing.fee - standing.taken, -standing.fee);
        self.post(&[(wallet.clone(), standing.taken)]);
        self.by_itself(key, OperationKind::Cancel, standing.taken);
        let news = format!("refunded market {merchant} {amount} now {}", self.balance(&wallet));
        self.tell(&user, news, Some(key), now);
        (standing.refunded, standing.fee, standing.reversed) = (standing.taken, 0, true);
        self.stand(key, standing, now);
        Ok(())
    }

    /// What has no request of its own.
    fn by_itself(&mut self, key: &Key, kind: OperationKind, minor: i64) {
        let amount = Money::new(minor, self.payments[key].amount.currency);
        let name = (key.0.clone(), kind.name(), format!("of {}", key.1));
        let outcome = OperationOutcome::Done;
        self.operations.insert(name, Operation { of: key.clone(), content: "its own".to_owned(), amount, outcome });
    }

    pub(super) fn expire_order(&mut self, key: &Key, now: Timestamp) -> Outcome {
        let mut standing = self.standing(key);
        if standing.due.is_none_or(|due| now < due) {
            return Ok("done".to_owned());
        }
        if standing.status == PaymentStatus::Authorized {
            let minor = standing.held;
            self.by_itself(key, OperationKind::Void, minor);
            self.carry_out(key, OperationKind::Cancel, minor, now);
            // The same as if the merchant had cancelled, but for the reason; the notice says so too.
            let standing = self.standings.get_mut(key).expect("it was just stored");
            standing.status = PaymentStatus::Cancelled(CancelReason::HoldExpired);
            let [said, says] = [CancelReason::Merchant, CancelReason::HoldExpired]
                .map(|why| format!("{}: payment {}/{} {:?}", key.0, key.0, key.1, NoticeStep::Cancelled(why)));
            if let Some(notice) = self.notices.iter_mut().rev().find(|notice| notice.about == said) {
                notice.about = says;
            }
            let about = format!("{}: operation VOID of {} of {}/{}", key.0, key.1, key.0, key.1);
            self.send(about, VOID_URL.to_owned(), now);
        } else {
            (standing.status, standing.due) = (PaymentStatus::Failed(FailReason::Expired), None);
            self.stand(key, standing, now);
        }
        Ok(self.standing_line(key))
    }

    /// Payments that time changes by `now`.
    pub fn orders_due(&self, now: Timestamp) -> Vec<Key> {
        let due = self.standings.iter().filter(|(_, standing)| standing.due.is_some_and(|due| due <= now));
        due.map(|(key, _)| key.clone()).collect()
    }
}

impl Operation {
    fn heard(&self, (_, kind, request): &(String, &'static str, String)) -> String {
        facts::operated(kind, request, self.amount, self.outcome)
    }

    pub fn line(&self, name: &(String, &'static str, String)) -> String {
        facts::operation(&format!("{}/{}", self.of.0, self.of.1), &self.heard(name))
    }
}
