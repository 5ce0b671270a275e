//! Orders of the cashier: who has what of whose money, and what is said about it.

use super::{Model, Outcome, Payment, account, after};
use crate::act::PAID_URL;
use crate::facts;
use mithaq_domain::{
    Illegal, NoticeStep, PaymentOutcome, PaymentStatus, PinCheck, Product, Refusal, Status, UserStatus, Verdict,
};
use mithaq_types::{Currency, Money, Timestamp};

type Key = (String, String);

/// How a payment stands. Sums in minor units.
#[derive(Clone, Debug)]
pub struct Standing {
    pub status: PaymentStatus,
    pub user: Option<String>,
    /// Whether it is paid with the user's card.
    pub card: bool,
    pub asked: u32,
    pub held: i64,
    pub voided: i64,
    pub taken: i64,
    pub refunded: i64,
    pub fee: i64,
    pub accepted: bool,
    pub paid: Option<Timestamp>,
    pub reversed: bool,
    pub due: Option<Timestamp>,
}

/// How long a hold lasts.
const HOLD_S: i64 = 7 * 86_400;
/// The most that an order is about, in whole units.
const MOST: i64 = 100_000_000;

pub(super) const fn illegal(why: Illegal) -> Refusal {
    Refusal::Payment(why)
}

impl Model {
    pub(super) fn order(
        &mut self,
        (client, request): (&str, &str),
        product: Product,
        amount: Money,
        until: Timestamp,
        told: bool,
        now: Timestamp,
    ) -> Outcome {
        let key = (client.to_owned(), request.to_owned());
        let content = format!("{product:?} {} {}", amount.minor, amount.currency);
        if let Some(payment) = self.payments.get(&key) {
            let same = payment.product == Product::Withdrawn || payment.content == content;
            return if same { Ok(self.standing_line(&key)) } else { Err(Refusal::RequestInconsistent) };
        }
        let seller = self.clients.get(client).ok_or(Refusal::ClientUnknown)?;
        if seller.status != Status::Active {
            return Err(Refusal::ClientSuspended);
        }
        if amount.minor < 1 {
            return Err(Refusal::AmountImpossible);
        }
        if amount.minor > MOST * amount.currency.scale() {
            return Err(Refusal::OverLimit);
        }
        if until <= now {
            return Err(illegal(Illegal::OrderExpired));
        }
        let outcome = PaymentOutcome::Open;
        self.payments.insert(key.clone(), Payment { told, ..Payment::new(product, content, amount, outcome, now) });
        let standing = Standing { due: Some(until), ..self.first_standing(&key) };
        self.standings.insert(key.clone(), standing);
        Ok(self.standing_line(&key))
    }

    /// A payment about which nothing else was said.
    fn first_standing(&self, key: &Key) -> Standing {
        let payment = &self.payments[key];
        let paid = payment.outcome == PaymentOutcome::Success;
        Standing {
            status: match payment.outcome {
                PaymentOutcome::Success => PaymentStatus::Success,
                PaymentOutcome::Fail(reason) => PaymentStatus::Failed(reason),
                PaymentOutcome::Open => PaymentStatus::Open,
            },
            user: payment.user.clone(),
            card: false,
            asked: 0,
            held: 0,
            voided: 0,
            taken: if paid { payment.amount.minor } else { 0 },
            refunded: 0,
            fee: payment.fee,
            accepted: false,
            paid: paid.then_some(payment.at),
            reversed: false,
            due: None,
        }
    }

    pub fn standing(&self, key: &Key) -> Standing {
        self.standings.get(key).cloned().unwrap_or_else(|| self.first_standing(key))
    }

    pub(super) fn standing_line(&self, key: &Key) -> String {
        let own = self.standing(key);
        facts::Standing {
            payment: &format!("{}/{}", key.0, key.1),
            status: own.status,
            user: own.user.as_deref(),
            asked: own.asked,
            sums: [own.held, own.voided, own.taken, own.refunded, own.fee],
            accepted: own.accepted,
            paid: own.paid,
            reversed: own.reversed,
            due: own.due,
        }
        .line()
    }

    pub(super) fn merchant_of(&self, key: &Key) -> String {
        self.clients.get(&key.0).map(|client| client.merchant.clone()).unwrap_or_default()
    }

    /// Stores how a payment stands; what is news to its merchant is sent.
    pub(super) fn stand(&mut self, key: &Key, standing: Standing, now: Timestamp) {
        let before = self.standing(key).status;
        let (status, taken, paid) = (standing.status, standing.taken, standing.paid);
        self.standings.insert(key.clone(), standing);
        let step = match status {
            _ if status == before => return,
            PaymentStatus::Open | PaymentStatus::Processing => return,
            PaymentStatus::Authorized => NoticeStep::Authorized { at: now },
            PaymentStatus::Success => NoticeStep::Paid { at: paid.unwrap_or(now), minor: taken },
            PaymentStatus::Failed(reason) => NoticeStep::Failed(reason),
            PaymentStatus::Cancelled(reason) => NoticeStep::Cancelled(reason),
        };
        if self.payments[key].told {
            self.send(format!("{}: payment {}/{} {step:?}", key.0, key.0, key.1), PAID_URL.to_owned(), now);
        }
    }

    fn is_payable(standing: &Standing, now: Timestamp) -> Result<(), Refusal> {
        let late = standing.due.is_some_and(|due| due <= now);
        match standing.status {
            PaymentStatus::Open | PaymentStatus::Processing if !late => Ok(()),
            PaymentStatus::Open | PaymentStatus::Processing | PaymentStatus::Failed(_) => {
                Err(illegal(Illegal::OrderExpired))
            }
            PaymentStatus::Authorized | PaymentStatus::Success => Err(illegal(Illegal::OrderPaid)),
            PaymentStatus::Cancelled(_) => Err(illegal(Illegal::OrderCancelled)),
        }
    }

    pub(super) fn confirm(&mut self, key: &Key, user: &str, pin: PinCheck, card: bool, now: Timestamp) -> Outcome {
        let status = self.users.get(user).ok_or(Refusal::UserUnknown)?.status;
        if card && !self.cards.contains(user) {
            return Err(Refusal::CardUnknown);
        }
        if status == UserStatus::Frozen {
            return Err(Refusal::UserFrozen);
        }
        let mut standing = self.standing(key);
        if standing.status == PaymentStatus::Processing {
            return Err(illegal(Illegal::Running));
        }
        Self::is_payable(&standing, now)?;
        self.pin(user, pin, now)?;
        (standing.user, standing.card) = (Some(user.to_owned()), card);
        if card {
            (standing.status, standing.asked) = (PaymentStatus::Processing, standing.asked + 1);
            self.stand(key, standing, now);
        } else {
            self.buy(key, standing, now)?;
        }
        Ok(self.standing_line(key))
    }

    /// The money of whoever pays goes to the merchant, or is held.
    fn buy(&mut self, key: &Key, mut standing: Standing, now: Timestamp) -> Result<(), Refusal> {
        let (payment, merchant) = (self.payments[key].clone(), self.merchant_of(key));
        let (amount, user) = (payment.amount, standing.user.clone().unwrap_or_default());
        let wallet = account("user", &user, amount.currency);
        if self.balance(&wallet) < amount.minor {
            return Err(Refusal::BalanceShort);
        }
        let what = format!("market {merchant} {amount} for {}", key.1);
        let news = if payment.product.holds() {
            self.post(&[(wallet.clone(), -amount.minor), (account("hold", &user, amount.currency), amount.minor)]);
            let until = after(now, HOLD_S);
            (standing.status, standing.held, standing.due) = (PaymentStatus::Authorized, amount.minor, Some(until));
            format!("held {what} until {until}")
        } else {
            let fee = self.fee(&merchant, amount);
            self.post(&[(wallet.clone(), -amount.minor)]);
            self.credit_merchant(&merchant, amount.currency, amount.minor - fee, fee);
            (standing.status, standing.taken, standing.fee) = (PaymentStatus::Success, amount.minor, fee);
            (standing.paid, standing.due) = (Some(now), None);
            format!("paid {what} left {}", self.balance(&wallet))
        };
        self.tell(&user, news, Some(key), now);
        self.stand(key, standing, now);
        Ok(())
    }

    pub(super) fn credit_merchant(&mut self, merchant: &str, currency: Currency, minor: i64, fee: i64) {
        self.post(&[(account("merchant", merchant, currency), minor), (format!("fees:{currency}"), fee)]);
    }

    pub(super) fn settle(&mut self, key: &Key, user: &str, attempt: u32, verdict: Verdict, now: Timestamp) -> Outcome {
        let status = self.users.get(user).ok_or(Refusal::UserUnknown)?.status;
        let id = self.payments[key].id.as_ref().map(ToString::to_string).unwrap_or_default();
        let reference = format!("card:{id}:{attempt}");
        if self.deposits.contains_key(&reference) {
            return Ok(self.standing_line(key));
        }
        let mut standing = self.standing(key);
        let is_asked = standing.status == PaymentStatus::Processing
            && (standing.asked, standing.user.as_deref()) == (attempt, Some(user));
        let pays = is_asked && Self::is_payable(&standing, now).is_ok() && status == UserStatus::Active;
        let opened = Standing { status: PaymentStatus::Open, user: None, card: false, ..standing.clone() };
        if verdict != Verdict::Approved {
            if is_asked {
                self.stand(key, opened, now);
            }
            return Err(Refusal::CardDeclined(verdict));
        }
        let amount = self.payments[key].amount;
        let (to, from) = (account("user", user, amount.currency), format!("world:{}", amount.currency));
        self.post(&[(from, -amount.minor), (to.clone(), amount.minor)]);
        let balance = self.balance(&to);
        self.deposits.insert(reference, (user.to_owned(), amount, balance));
        if pays {
            standing.user = Some(user.to_owned());
            self.buy(key, standing, now)?;
        } else {
            self.tell(user, format!("came in {amount} now {balance}"), None, now);
            if is_asked {
                self.stand(key, opened, now);
            }
        }
        Ok(self.standing_line(key))
    }

    pub(super) fn link(&mut self, user: &str, now: Timestamp) -> Outcome {
        if !self.users.contains_key(user) {
            return Err(Refusal::UserUnknown);
        }
        if !self.cards.insert(user.to_owned()) {
            return Err(Refusal::Exists);
        }
        self.tell(user, format!("card of {user}"), None, now);
        Ok(format!("card of {user}"))
    }
}

impl Payment {
    /// One of nobody's yet.
    pub fn new(product: Product, content: String, amount: Money, outcome: PaymentOutcome, at: Timestamp) -> Self {
        let (user, contract, before) = (None, None, None);
        Self { id: None, product, content, amount, fee: 0, user, contract, before, outcome, at, told: false }
    }
}
