//! Codes and refresh tokens become tokens; tokens are used and cancelled.

use super::{Model, Outcome, Pair, after};
use mithaq_domain::{EndReason, Refusal};
use mithaq_types::Timestamp;

impl Model {
    pub(super) fn is_over(&self, contract: Option<&String>) -> bool {
        contract.and_then(|name| self.contracts.get(name)).is_some_and(|contract| contract.ended.is_some())
    }

    /// Whether nothing shows that the merchant ever got this pair.
    fn is_untouched(&self, pair: Option<&String>) -> bool {
        let pair = pair.and_then(|name| self.pairs.get(name));
        pair.is_some_and(|pair| pair.used.is_none() && pair.refreshed.is_none() && pair.revoked.is_none())
    }

    fn revoke(&mut self, pair: Option<&String>, now: Timestamp) {
        if let Some(pair) = pair.and_then(|name| self.pairs.get_mut(name)) {
            pair.revoked = pair.revoked.or(Some(now));
        }
    }

    fn in_grace(&self, first: Timestamp, now: Timestamp) -> bool {
        now <= after(first, self.rules.grace_s)
    }

    pub(super) fn exchange(
        &mut self,
        client: &str,
        name: &str,
        reference: Option<&String>,
        pair: &str,
        now: Timestamp,
    ) -> Outcome {
        self.acting(client)?;
        let code = self.codes.get(name).filter(|code| code.client == client).cloned().ok_or(Refusal::CodeUnknown)?;
        let contract = code.signed.then(|| name.to_owned());
        if let Some(used) = code.used {
            if !self.in_grace(used, now) {
                // A stolen code: all that came of it dies.
                if let Some(contract) = &contract {
                    self.end(contract, EndReason::Wallet, now);
                }
                let next = code.pair.as_ref().and_then(|pair| self.pairs.get(pair)).and_then(|pair| pair.next.clone());
                self.revoke(code.pair.as_ref(), now);
                self.revoke(next.as_ref(), now);
                return Err(Refusal::CodeUsed);
            }
            if !self.is_untouched(code.pair.as_ref()) {
                return Err(Refusal::CodeUsed);
            }
        } else if code.until <= now {
            return Err(Refusal::CodeExpired);
        }
        if self.is_over(contract.as_ref()) {
            return Err(Refusal::CodeExpired);
        }
        if reference.is_some() && reference != code.reference.as_ref() {
            return Err(Refusal::ReferenceClientMismatch);
        }
        if code.signed {
            self.agreed(client)?;
        }
        self.give(pair, client, &code.user, &code.scopes, contract.as_ref(), None, now)?;
        self.revoke(code.pair.as_ref(), now);
        if let Some(code) = self.codes.get_mut(name) {
            code.used = code.used.or(Some(now));
            code.pair = Some(pair.to_owned());
        }
        Ok(format!("tokens {pair}"))
    }

    pub(super) fn refresh(&mut self, client: &str, name: &str, pair: &str, now: Timestamp) -> Outcome {
        self.acting(client)?;
        let old = self.pairs.get(name).filter(|pair| pair.client == client).cloned().ok_or(Refusal::RefreshUnknown)?;
        if let Some(refreshed) = old.refreshed {
            if !self.in_grace(refreshed, now) || !self.is_untouched(old.next.as_ref()) {
                return Err(Refusal::RefreshUsed);
            }
        } else if old.revoked.is_some() {
            return Err(Refusal::RefreshUnknown);
        }
        if old.refresh_until <= now {
            return Err(Refusal::RefreshExpired);
        }
        if self.is_over(old.contract.as_ref()) {
            return Err(Refusal::RefreshUnknown);
        }
        if old.contract.is_some() {
            self.agreed(client)?;
        }
        self.give(pair, client, &old.user, &old.scopes, old.contract.as_ref(), Some(name), now)?;
        self.revoke(old.next.as_ref(), now);
        self.revoke(old.before.as_ref(), now);
        let replaced = after(now, self.rules.replaced_s);
        if let Some(old) = self.pairs.get_mut(name) {
            old.refreshed = old.refreshed.or(Some(now));
            old.next = Some(pair.to_owned());
            old.access_until = old.access_until.min(replaced);
        }
        Ok(format!("tokens {pair}"))
    }

    /// A new pair; the first one makes its contract active, and the merchant hears so.
    #[expect(clippy::too_many_arguments, reason = "all that a pair is made of")]
    fn give(
        &mut self,
        name: &str,
        client: &str,
        user: &str,
        scopes: &[String],
        contract: Option<&String>,
        before: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if self.pairs.contains_key(name) {
            return Err(Refusal::Exists);
        }
        let until = after(now, self.rules.token_s);
        let standing = contract.and_then(|name| self.contracts.get_mut(name));
        let sealed = standing.as_ref().is_some_and(|contract| contract.terms.status_notify_url.is_some());
        let first = standing.as_ref().is_some_and(|contract| contract.pair.is_none());
        if let Some(standing) = standing {
            standing.until = until;
            standing.pair = Some(name.to_owned());
        }
        let pair = Pair {
            client: client.to_owned(),
            user: user.to_owned(),
            scopes: scopes.to_vec(),
            contract: contract.cloned(),
            sealed,
            access_until: until,
            refresh_until: until,
            revoked: None,
            used: None,
            refreshed: None,
            next: None,
            before: before.map(str::to_owned),
        };
        self.pairs.insert(name.to_owned(), pair);
        if let (true, Some(contract)) = (first && sealed, contract) {
            self.notify_contract(contract, name, None, now);
        }
        Ok(())
    }

    /// Whether the access token works; its contract's end by time is not the token's business.
    pub(super) fn works(&self, name: &str, now: Timestamp) -> bool {
        self.pairs.get(name).is_some_and(|pair| pair.revoked.is_none() && now < pair.access_until)
    }

    /// The first use of a pair is the end of the one before it.
    pub(super) fn touch(&mut self, name: &str, now: Timestamp) {
        let Some(pair) = self.pairs.get_mut(name).filter(|pair| pair.used.is_none()) else { return };
        pair.used = Some(now);
        let before = pair.before.clone();
        self.revoke(before.as_ref(), now);
    }

    pub(super) fn use_token(&mut self, name: &str, now: Timestamp) -> Outcome {
        let pair = self.pairs.get(name).ok_or(Refusal::TokenUnknown)?;
        if !self.works(name, now) || self.is_over(pair.contract.as_ref()) {
            return Err(Refusal::TokenDead);
        }
        self.touch(name, now);
        Ok("done".to_owned())
    }

    pub(super) fn cancel(&mut self, client: &str, name: &str, now: Timestamp) -> Outcome {
        let pair = self.pairs.get(name).filter(|pair| pair.client == client).cloned().ok_or(Refusal::TokenUnknown)?;
        self.revoke(Some(&name.to_owned()), now);
        self.revoke(pair.next.as_ref(), now);
        if let Some(contract) = &pair.contract {
            self.end(contract, EndReason::Merchant, now);
        }
        Ok(format!("cancelled, contract: {}", pair.contract.is_some()))
    }
}
