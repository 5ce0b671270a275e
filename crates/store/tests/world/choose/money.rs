//! Money in, charges, calls that are made again, and deliveries.

use super::Choice;
use crate::act::Act;
use crate::model::{Contract, Notice, account};
use mithaq_domain::DeliveryState;
use mithaq_types::{Currency, Money};

impl Choice<'_> {
    pub(super) fn money_in(&mut self) -> Act {
        let (user, currency) = (self.user(), self.currency());
        let amount = match self.dice.below(25) {
            0 => Money::zero(currency),
            1 => Money::new(-5, currency),
            2 => Money::new(i64::MAX, currency),
            3 => Money::new(1, currency),
            _ => self.whole(1, 900, currency),
        };
        if self.dice.chance(40) {
            Act::TopUp { user, amount }
        } else {
            Act::Deposit { reference: self.fresh("d"), user, amount }
        }
    }

    pub(super) fn pay(&mut self) -> Option<Act> {
        let pair = self.pair(92)?;
        let contract = self.contract_of(&pair).cloned();
        if contract.as_ref().is_none_or(|contract| contract.ended.is_some()) && self.dice.chance(70) {
            return Some(self.exchange());
        }
        let mut currency = contract.as_ref().map_or(Currency::IQD, Contract::currency);
        if self.dice.chance(4) {
            currency = self.currency();
        }
        let user = self.model.pairs.get(&pair).map(|pair| pair.user.clone()).unwrap_or_default();
        let held = self.model.balance(&account("user", &user, currency));
        let agreed = contract
            .and_then(|contract| contract.terms.agreed_amount)
            .map_or(30 * currency.scale(), |agreed| agreed.minor);
        let most = self.model.rules.charge_most * currency.scale();
        let minor = match self.dice.below(40) {
            0 => held,
            1 => held + 1,
            2 => agreed + 1,
            3 => most,
            4 => most + 1,
            5 => 0,
            6 => -1,
            7 => i64::MAX,
            8..18 => agreed.min(most),
            18..22 => self.dice.between(1, 999),
            _ => self.dice.between(1, 25) * currency.scale(),
        };
        let client = self.client_for(self.model.pairs.get(&pair).map(|pair| &pair.client));
        let told = self.dice.chance(70);
        Some(Act::Pay { client, request: self.fresh("r"), pair, amount: Money::new(minor, currency), told })
    }

    /// A merchant or operator asks again, or by mistake something else under the same id.
    pub(super) fn repeat(&mut self) -> Option<Act> {
        let mut act = self.dice.recent(self.asked)?;
        if self.dice.chance(20) {
            let amount = match &mut act {
                Act::Pay { amount, .. } | Act::Deposit { amount, .. } | Act::Order { amount, .. } => amount,
                Act::Operate { wanted: Some(amount), .. } => amount,
                _ => return None,
            };
            amount.minor = amount.minor.saturating_add(1);
        }
        Some(act)
    }

    /// A caller that heard nothing asks again. What the wallet makes for each call is new each time.
    pub(super) fn retry(&mut self) -> Option<Act> {
        if self.unknown.is_empty() {
            return None;
        }
        let place = self.dice.below(self.unknown.len());
        let mut act = self.unknown.swap_remove(place);
        if let Act::Exchange { pair, .. } | Act::Refresh { pair, .. } = &mut act {
            *pair = self.fresh("p");
        }
        Some(act)
    }

    pub(super) fn deliver(&mut self) -> Option<Act> {
        let now = self.now;
        // Some hosts are down for good: what goes there is tried whenever possible, and dies.
        let hopeless = self.dice.chance(55);
        let any = self.dice.chance(20);
        let waits =
            |notice: &&Notice| any || notice.state == DeliveryState::Pending && (hopeless || notice.next <= now);
        let known = self.model.notices.iter().filter(waits);
        let mut known: Vec<_> = known.filter_map(|notice| Some((notice.attempts, notice.id.clone()?))).collect();
        known.sort_unstable();
        let (seen, id) = if hopeless { known.pop()? } else { self.dice.one(&known)? };
        let seen = if self.dice.chance(95) { seen } else { seen.saturating_sub(1) };
        let fails = self.dice.chance(if hopeless { 95 } else { 40 });
        Some(Act::Delivered { id, seen, error: fails.then(|| "HTTP 500".to_owned()) })
    }
}
