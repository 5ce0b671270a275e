//! Orders of the cashier, and what is done to payments.

use super::Choice;
use crate::act::Act;
use crate::model::{account, after};
use mithaq_domain::{OperationKind, PaymentStatus, Product, Verdict};
use mithaq_types::{Currency, Money, PaymentId};

type Key = (String, String);

impl Choice<'_> {
    pub(super) fn order(&mut self) -> Option<Act> {
        let product = self.dice.one(&[Product::Online, Product::AuthCapture, Product::Escrow, Product::Escrow])?;
        let currency = self.currency();
        let minor = match self.dice.below(30) {
            0 => 0,
            1 => -1,
            2 => i64::MAX,
            3..6 => self.dice.between(1, 999),
            _ => self.dice.between(1, 60) * currency.scale(),
        };
        let until = after(self.now, self.dice.one(&[0, 1_800, 7_200, 86_400, 86_400, 604_800, 604_800, 604_800])?);
        let (client, request, told) = (self.client(), self.fresh("r"), self.dice.chance(70));
        Some(Act::Order { client, request, product, amount: Money::new(minor, currency), until, told })
    }

    /// Payments whose id is known, of which something is true.
    fn payments(&self, which: impl Fn(&Key, PaymentStatus, Product) -> bool) -> Vec<(Key, PaymentId)> {
        let known = self.model.payments.iter().filter_map(|(key, payment)| {
            let fits = which(key, self.model.standing(key).status, payment.product);
            Some((key.clone(), payment.id.clone()?)).filter(|_| fits)
        });
        known.collect()
    }

    fn order_of(&mut self, status: PaymentStatus) -> Option<(Key, PaymentId)> {
        let fitting = self.payments(|_, is, product| product.is_order() && is == status);
        let any = self.payments(|_, _, product| product.is_order());
        let pool = if fitting.is_empty() || self.dice.chance(10) { any } else { fitting };
        self.dice.recent(&pool)
    }

    pub(super) fn confirm(&mut self) -> Option<Act> {
        let (of, id) = self.order_of(PaymentStatus::Open)?;
        let price = self.model.payments.get(&of)?.amount;
        let mut user = self.user();
        for _ in 0..3 {
            // Mostly one who has the money.
            if self.model.balance(&account("user", &user, price.currency)) < price.minor {
                user = self.user();
            }
        }
        let card = self.model.cards.contains(&user) && self.dice.chance(60) || self.dice.chance(3);
        Some(Act::Confirm { of, id, pin: self.pin(&user), user, card })
    }

    pub(super) fn settle(&mut self) -> Option<Act> {
        let asked = self.payments(|key, _, _| self.model.standing(key).asked > 0);
        let asking = self.payments(|_, is, _| is == PaymentStatus::Processing);
        let pool = if asking.is_empty() || self.dice.chance(20) { asked } else { asking };
        let (of, id) = self.dice.recent(&pool)?;
        let standing = self.model.standing(&of);
        let attempt = if self.dice.chance(90) { standing.asked } else { 1 };
        let user = standing.user.unwrap_or_else(|| self.user());
        let verdict = self.dice.one(&[Verdict::Approved, Verdict::Approved, Verdict::NotEnough, Verdict::Blocked])?;
        Some(Act::Settle { of, id, user, attempt, verdict })
    }

    pub(super) fn accept(&mut self) -> Option<Act> {
        let held = self.payments(|_, is, product| product == Product::Escrow && is == PaymentStatus::Authorized);
        if held.is_empty() && self.dice.chance(80) {
            return self.confirm();
        }
        let all = self.payments(|_, _, _| true);
        let pool = if held.is_empty() || self.dice.chance(15) { all } else { held };
        let ((client, request), _) = self.dice.recent(&pool)?;
        Some(Act::Accept { client: self.client_for(Some(&client)), request })
    }

    pub(super) fn operate(&mut self) -> Option<Act> {
        let busy = self.payments(|_, is, _| matches!(is, PaymentStatus::Authorized | PaymentStatus::Success));
        let all = self.payments(|_, _, _| true);
        let pool = if busy.is_empty() || self.dice.chance(15) { all } else { busy };
        let (of, _) = self.dice.recent(&pool)?;
        let (standing, payment) = (self.model.standing(&of), self.model.payments.get(&of)?);
        let (product, amount) = (payment.product, payment.amount);
        let mut kind = match (standing.status, product) {
            (PaymentStatus::Authorized, Product::AuthCapture) => {
                self.dice.one(&[OperationKind::Capture, OperationKind::Void])?
            }
            (PaymentStatus::Authorized, _) => self.dice.one(&[OperationKind::Confirm, OperationKind::Void])?,
            _ => OperationKind::Refund,
        };
        if self.dice.chance(12) {
            kind = self.dice.one(&OperationKind::ALL[..4])?;
        }
        let there = if kind == OperationKind::Refund { standing.taken - standing.refunded } else { standing.held };
        let minor = match self.dice.below(12) {
            0 => 0,
            1 => there + 1,
            2..5 => there,
            _ => self.dice.between(1, there.max(1)),
        };
        let currency = if self.dice.chance(3) { Currency::parse("JPY")? } else { amount.currency };
        let whole = kind == OperationKind::Confirm || kind != OperationKind::Refund && self.dice.chance(30);
        let wanted = (!whole).then_some(Money::new(minor, currency));
        let client = self.client_for(Some(&of.0));
        Some(Act::Operate { client, of: of.1, kind, request: self.fresh("q"), wanted })
    }

    /// Mostly of a payment; now and then of a request that may still be on its way.
    pub(super) fn call_off(&mut self) -> Option<Act> {
        if self.dice.chance(25) {
            let under_way = self.asked.iter().filter_map(|act| match act {
                Act::Pay { client, request, .. } | Act::Order { client, request, .. } => Some((client, request)),
                _ => None,
            });
            let (client, request) = self.dice.recent(&under_way.collect::<Vec<_>>())?;
            return Some(Act::CallOff { client: client.clone(), request: request.clone() });
        }
        let all = self.payments(|_, _, _| true);
        let ((client, request), _) = self.dice.recent(&all)?;
        Some(Act::CallOff { client: self.client_for(Some(&client)), request })
    }

    pub(super) fn expire_order(&mut self) -> Option<Act> {
        let due: Vec<_> = self.model.orders_due(self.now);
        let due = self.payments(|key, _, _| due.contains(key));
        let all = self.payments(|_, _, _| true);
        let pool = if due.is_empty() || self.dice.chance(10) { all } else { due };
        let (of, id) = self.dice.recent(&pool)?;
        Some(Act::ExpireOrder { of, id })
    }
}
