//! Offers, signatures, codes, tokens, and ends.

use super::{Choice, keys};
use crate::act::{Act, CONTRACT_URL};
use crate::model::{Contract, after, day};
use mithaq_domain::{EndedBy, Language, Terms};
use mithaq_types::{Currency, Money, UserId};

impl Choice<'_> {
    pub(super) fn prepare(&mut self) -> Act {
        let currency = self.currency();
        let agreed_amount = match self.dice.below(20) {
            0 => Some(Money::zero(currency)),
            1..9 => Some(self.whole(1, 60, currency)),
            _ => None,
        };
        let today = day(self.now);
        let start_date = match self.dice.below(10) {
            0 => today.tomorrow().ok(),
            1 => Some(today),
            _ => None,
        };
        let terms = Terms {
            language: Language::EnUs,
            title: None,
            description: "every month".to_owned(),
            agreed_amount,
            start_date,
            status_notify_url: self.dice.chance(70).then(|| CONTRACT_URL.to_owned()),
            agreement: None,
        };
        let old = keys(&self.model.offers, |_| true);
        let offer = if self.dice.chance(5) { self.some(&old) } else { self.fresh("o") };
        let reference = self.dice.chance(25).then(|| "line 1".to_owned());
        Act::Prepare { client: self.client(), offer, terms: Box::new(terms), reference }
    }

    pub(super) fn open_page(&mut self) -> Act {
        let offer = if self.dice.chance(75) { Some(self.some(&keys(&self.model.offers, |_| true))) } else { None };
        let owner = offer.as_ref().and_then(|offer| self.model.offers.get(offer)).map(|offer| &offer.client);
        let client = self.client_for(owner);
        Act::OpenPage { page: self.fresh("x"), client, offer, until: after(self.now, 900) }
    }

    pub(super) fn sign(&mut self) -> Act {
        let (model, now) = (self.model, self.now);
        let mut offers = keys(&model.offers, |offer| now < offer.until);
        if offers.is_empty() && self.dice.chance(80) {
            return self.prepare();
        }
        if offers.is_empty() || self.dice.chance(5) {
            offers = keys(&model.offers, |_| true);
        }
        let offer = self.some(&offers);
        let known = model.offers.get(&offer);
        let client = self.client_for(known.map(|offer| &offer.client));
        let user = self.user();
        let sub = self.dice.one(&[None, None, None, Some("line 1".to_owned()), Some("line 2".to_owned())]).flatten();
        let agreed = known.and_then(|offer| offer.terms.agreed_amount);
        let currency = agreed.map_or(Currency::IQD, |agreed| agreed.currency);
        let ceiling = match self.dice.below(20) {
            0 => Some(Money::zero(currency)),
            1 => Some(self.whole(1, 100, Currency::parse("JPY").unwrap_or(currency))),
            2..9 => Some(self.whole(10, 200, currency)),
            _ => None,
        };
        let pages = keys(&model.pages, |page| page.offer.as_ref() == Some(&offer));
        let page = self.dice.recent(&pages).filter(|_| self.dice.chance(60)).cloned();
        let old = keys(&model.codes, |_| true);
        let code = if self.dice.chance(3) { self.some(&old) } else { self.fresh("k") };
        Act::Sign { client, offer, pin: self.pin(&user), user, sub, ceiling, code, page }
    }

    pub(super) fn grant(&mut self) -> Act {
        let client = self.client();
        let all = ["AGREEMENT_PAY", "BASE_USER_INFO", "USER_INFO", "NAME"];
        let scopes = all.into_iter().filter(|_| self.dice.chance(50)).collect();
        let pages = keys(&self.model.pages, |page| page.offer.is_none() && page.client == client);
        let page = self.dice.recent(&pages).filter(|_| self.dice.chance(60)).cloned();
        Act::Grant { client, user: self.user(), scopes, code: self.fresh("k"), page }
    }

    pub(super) fn exchange(&mut self) -> Act {
        let (model, now) = (self.model, self.now);
        let mut codes = keys(&model.codes, |code| code.used.is_none() && now < code.until);
        if codes.is_empty() && self.dice.chance(70) {
            return self.sign();
        }
        if codes.is_empty() || self.dice.chance(15) {
            codes = keys(&model.codes, |_| true);
        }
        let code = self.some(&codes);
        let known = model.codes.get(&code);
        let client = self.client_for(known.map(|code| &code.client));
        let reference = match self.dice.below(10) {
            0 => Some("line 2".to_owned()),
            1..3 => known.and_then(|code| code.reference.clone()),
            _ => None,
        };
        Act::Exchange { client, code, reference, pair: self.new_pair() }
    }

    pub(super) fn new_pair(&mut self) -> String {
        let old = keys(&self.model.pairs, |_| true);
        if self.dice.chance(3) { self.some(&old) } else { self.fresh("p") }
    }

    /// A pair; a working one in at least `percent` of a hundred throws.
    pub(super) fn pair(&mut self, percent: usize) -> Option<String> {
        let (model, now) = (self.model, self.now);
        let mut pairs = keys(&model.pairs, |_| true);
        if self.dice.chance(percent) {
            let live = keys(&model.pairs, |pair| {
                let contract = pair.contract.as_ref().and_then(|name| model.contracts.get(name));
                let charges = contract.is_some_and(|contract| contract.ended.is_none() && now < contract.until);
                charges && pair.revoked.is_none() && now < pair.access_until
            });
            pairs = if live.is_empty() { pairs } else { live };
        }
        if self.model.pairs.is_empty() { None } else { Some(self.some(&pairs)) }
    }

    pub(super) fn contract_of(&self, pair: &str) -> Option<&Contract> {
        self.model.pairs.get(pair)?.contract.as_ref().and_then(|name| self.model.contracts.get(name))
    }

    /// Somebody ends a contract whose id is known.
    pub(super) fn end(&mut self) -> Option<Act> {
        let known = keys(&self.model.contracts, |contract| contract.id.is_some());
        let live = keys(&self.model.contracts, |contract| contract.id.is_some() && contract.ended.is_none());
        let pool = if self.dice.chance(80) { live } else { known };
        let code = self.dice.recent(&pool)?.clone();
        let contract = self.model.contracts.get(&code)?;
        let by = if self.dice.chance(30) {
            EndedBy::Operator
        } else {
            let user = if self.dice.chance(92) { contract.user.clone() } else { self.user() };
            let pin = self.pin(&user);
            EndedBy::User(UserId::new(user), pin)
        };
        Some(Act::End { id: contract.id.clone()?, code, by })
    }

    /// The clock ends what is due, as the job does; sometimes it looks at something that is not.
    pub(super) fn expire(&mut self) -> Option<Act> {
        let due = self.model.due(self.now);
        let known = keys(&self.model.contracts, |contract| contract.id.is_some());
        let code = match self.dice.one(&due) {
            Some(code) if self.dice.chance(90) => code,
            _ => self.dice.recent(&known)?.clone(),
        };
        Some(Act::End { id: self.model.contracts.get(&code)?.id.clone()?, code, by: EndedBy::Clock })
    }
}
