//! Offers, the pages on which they are signed, signatures and grants.

use super::{Code, Contract, Model, Offer, Outcome, Page, after};
use crate::act::Act;
use mithaq_domain::{InteractionOutcome, Refusal, Terms};
use mithaq_types::{Currency, Timestamp};
use std::collections::BTreeSet;

impl Model {
    pub(super) fn prepare(
        &mut self,
        client: &str,
        offer: &str,
        terms: &Terms,
        reference: Option<&String>,
        now: Timestamp,
    ) -> Outcome {
        self.acting(client)?;
        self.agreed(client)?;
        if self.offers.contains_key(offer) {
            return Err(Refusal::Exists);
        }
        if terms.agreed_amount.is_some_and(|agreed| agreed.minor < 1) {
            return Err(Refusal::AmountImpossible);
        }
        let until = after(now, self.rules.offer_s);
        let made = Offer { client: client.to_owned(), terms: terms.clone(), reference: reference.cloned(), until };
        self.offers.insert(offer.to_owned(), made);
        Ok(format!("offered {offer}"))
    }

    pub(super) fn open_page(&mut self, name: &str, client: &str, offer: Option<&String>, until: Timestamp) -> Outcome {
        if self.pages.contains_key(name) {
            return Err(Refusal::Exists);
        }
        let page = Page { client: client.to_owned(), offer: offer.cloned(), until, end: None };
        self.pages.insert(name.to_owned(), page);
        Ok("done".to_owned())
    }

    pub(super) fn close_page(&mut self, name: &str, outcome: InteractionOutcome) -> Outcome {
        let page = self.pages.get_mut(name).ok_or(Refusal::InteractionUnknown)?;
        // The first end stays.
        let end = page.end.get_or_insert_with(|| (outcome, format!("closed {name}")));
        Ok(format!("page {end:?}"))
    }

    /// A page that can still lead to a signature or grant.
    fn usable(&self, page: Option<&String>, client: &str, offer: Option<&str>, now: Timestamp) -> Result<(), Refusal> {
        let Some(name) = page else { return Ok(()) };
        let page = self.pages.get(name).ok_or(Refusal::InteractionUnknown)?;
        if page.client != client || page.offer.as_deref() != offer {
            return Err(Refusal::InteractionUnknown);
        }
        if page.end.is_some() || page.until <= now { Err(Refusal::InteractionOver) } else { Ok(()) }
    }

    fn finish(&mut self, page: Option<&String>, reply: String) {
        if let Some(page) = page.and_then(|name| self.pages.get_mut(name)) {
            page.end = Some((InteractionOutcome::Done, reply));
        }
    }

    pub(super) fn sign(&mut self, act: &Act, now: Timestamp) -> Outcome {
        let Act::Sign { client, offer: name, user, sub, pin, ceiling, code, page } = act else {
            return Ok(String::new());
        };
        let merchant = self.acting(client)?.merchant.clone();
        self.agreed(client)?;
        let offer = self.offers.get(name).filter(|offer| offer.client == *client).cloned();
        let offer = offer.ok_or(Refusal::OfferUnknown)?;
        self.unfrozen(user)?;
        self.usable(page.as_ref(), client, Some(name), now)?;
        if self.codes.contains_key(code) {
            return Err(Refusal::Exists);
        }
        if offer.until <= now {
            return Err(Refusal::OfferExpired);
        }
        let currency = offer.terms.agreed_amount.map_or(Currency::IQD, |agreed| agreed.currency);
        if ceiling.is_some_and(|ceiling| ceiling.minor < 1 || ceiling.currency != currency) {
            return Err(Refusal::AmountImpossible);
        }
        if sub.is_some() && offer.reference.is_some() && *sub != offer.reference {
            return Err(Refusal::ReferenceClientMismatch);
        }
        self.pin(user, *pin, now)?;
        let reference = offer.reference.or_else(|| sub.clone());
        let until = after(now, self.rules.code_s);
        let contract = Contract {
            id: None,
            client: client.clone(),
            user: user.clone(),
            offer: name.clone(),
            terms: offer.terms,
            reference: reference.clone(),
            ceiling: *ceiling,
            signed: now,
            until,
            pair: None,
            ended: None,
            story: Vec::new(),
        };
        self.contracts.insert(code.clone(), contract);
        let scopes = vec!["AGREEMENT_PAY".to_owned()];
        let (client, user) = (client.clone(), user.clone());
        self.tell(&user, format!("signed with market {merchant}"), None, now);
        let row = Code { client, user, scopes, signed: true, reference, until, used: None, pair: None };
        self.codes.insert(code.clone(), row);
        self.finish(page.as_ref(), format!("signed {code}"));
        Ok("signed".to_owned())
    }

    pub(super) fn grant(&mut self, act: &Act, now: Timestamp) -> Outcome {
        let Act::Grant { client, user, scopes, code, page } = act else { return Ok(String::new()) };
        self.acting(client)?;
        self.unfrozen(user)?;
        self.usable(page.as_ref(), client, None, now)?;
        if self.codes.contains_key(code) {
            return Err(Refusal::Exists);
        }
        let scopes: Vec<_> =
            scopes.iter().filter(|scope| **scope != "AGREEMENT_PAY").map(ToString::to_string).collect();
        let fresh: BTreeSet<_> = scopes.iter().cloned().collect();
        let known = self.consents.get_mut(&(user.clone(), client.clone()));
        match known {
            Some((known, _)) if fresh.is_subset(known) => {}
            Some((known, at)) => {
                known.extend(fresh);
                *at = now;
            }
            None => {
                self.consents.insert((user.clone(), client.clone()), (fresh, now));
            }
        }
        let (client, user, until) = (client.clone(), user.clone(), after(now, self.rules.code_s));
        let row = Code { client, user, scopes, signed: false, reference: None, until, used: None, pair: None };
        self.codes.insert(code.clone(), row);
        self.finish(page.as_ref(), format!("granted {code}"));
        Ok("granted".to_owned())
    }
}
