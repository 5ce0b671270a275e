//! What should be stored, line by line; and what the model learns by looking: the ids that the wallet made.

use super::{Contract, Model, Notice};
use crate::facts;
use crate::seen::Seen;
use std::collections::BTreeMap;

impl Model {
    /// Everything that should be stored, sorted.
    pub fn facts(&self) -> Vec<String> {
        let mut lines = self.people();
        lines.extend(self.agreements());
        lines.extend(self.money());
        lines.extend(self.notices.iter().map(Notice::line));
        let sent = |notice: &Notice| notice.sent.iter().map(|by| facts::sent(by, &notice.about)).collect::<Vec<_>>();
        lines.extend(self.notices.iter().flat_map(sent));
        lines.extend(self.messages.iter().map(|own| facts::message(&own.user, &own.about, own.at, own.read)));
        lines.sort_unstable();
        lines
    }

    fn people(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, user) in &self.users {
            lines.push(facts::user(name, &user.phone, user.status, user.failures, user.locked));
        }
        for (name, client) in &self.clients {
            let fee = self.merchants.get(&client.merchant).copied().unwrap_or(0);
            lines.push(facts::client(name, &client.merchant, fee, client.status, client.agreement));
        }
        lines.extend(self.sessions.iter().map(|(name, user)| facts::session(name, user.as_deref())));
        for (name, page) in &self.pages {
            let end = page.end.as_ref().map(|(outcome, reply)| (format!("{outcome:?}"), reply.as_str()));
            lines.push(facts::page(name, &page.client, page.offer.as_deref(), end));
        }
        for ((user, client), (scopes, at)) in &self.consents {
            let scopes: Vec<_> = scopes.iter().map(String::as_str).collect();
            lines.push(facts::consent(user, client, &scopes, *at));
        }
        lines
    }

    fn agreements(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, offer) in &self.offers {
            lines.push(facts::offer(name, &offer.client, offer.reference.as_deref(), offer.until));
        }
        for (name, code) in &self.codes {
            let line = facts::Code {
                name,
                client: &code.client,
                user: &code.user,
                scopes: code.scopes.iter().map(String::as_str).collect(),
                signed: code.signed,
                reference: code.reference.as_deref(),
                until: code.until,
                used: code.used,
                pair: code.pair.as_deref(),
            };
            lines.push(line.line());
        }
        for (name, pair) in &self.pairs {
            let line = facts::Pair {
                name,
                client: &pair.client,
                user: &pair.user,
                scopes: pair.scopes.iter().map(String::as_str).collect(),
                contract: pair.contract.as_deref(),
                sealed: pair.sealed,
                until: [pair.access_until, pair.refresh_until],
                marks: [pair.revoked, pair.used, pair.refreshed],
                others: [pair.next.as_deref(), pair.before.as_deref()],
            };
            lines.push(line.line());
        }
        for (name, contract) in &self.contracts {
            lines.extend(self.contract(name, contract));
        }
        lines
    }

    fn contract(&self, name: &str, contract: &Contract) -> [String; 2] {
        let status = match (contract.ended, &contract.pair) {
            (Some((reason, at)), _) => format!("ended {reason:?} {at}"),
            (None, Some(_)) => "active".to_owned(),
            (None, None) => "signed".to_owned(),
        };
        let taken: Vec<_> = self.taken.iter().filter(|taken| taken.contract == name).collect();
        let month = taken.last().map(|taken| taken.day.first_of_month());
        let of_month = taken.iter().filter(|taken| Some(taken.day.first_of_month()) == month);
        let of_month = of_month.map(|taken| taken.amount.minor).sum();
        facts::Contract {
            name,
            client: &contract.client,
            user: &contract.user,
            offer: &contract.offer,
            reference: contract.reference.as_deref(),
            ceiling: contract.ceiling,
            signed: contract.signed,
            status,
            until: contract.until,
            pair: contract.pair.as_deref(),
            charges: taken.len(),
            minor: taken.iter().map(|taken| taken.amount.minor).sum(),
            month: month.map(|month| (month, of_month)),
            last: taken.last().map(|taken| taken.at),
            newest: contract.story.last().map(|(client, request)| format!("{client}/{request}")),
        }
        .lines()
    }

    fn money(&self) -> Vec<String> {
        let balances = self.balances.iter().filter(|(_, minor)| **minor != 0);
        let mut lines: Vec<_> = balances.map(|(account, minor)| facts::balance(account, *minor)).collect();
        let mut spent = BTreeMap::new();
        for taken in &self.taken {
            let total = self.taken.iter().filter(|other| {
                other.user == taken.user && other.amount.currency == taken.amount.currency && other.day == taken.day
            });
            let total: i64 = total.map(|other| other.amount.minor).sum();
            // The last day on which something was spent stays.
            spent.insert(super::account("user", &taken.user, taken.amount.currency), (taken.day, total));
        }
        lines.extend(spent.iter().map(|(account, (day, minor))| facts::spent(account, *day, *minor)));
        for (reference, (user, amount, balance)) in &self.deposits {
            lines.push(facts::deposit(reference, user, *amount, *balance));
        }
        for ((client, request), payment) in &self.payments {
            let line = facts::Payment {
                client,
                request,
                amount: payment.amount,
                fee: payment.fee,
                user: payment.user.as_deref(),
                contract: payment.contract.as_deref(),
                before: payment.before.as_ref().map(|(client, request)| format!("{client}/{request}")),
                outcome: payment.outcome,
                at: payment.at,
                told: payment.told,
            };
            lines.push(line.line());
            lines.push(self.standing_line(&(client.clone(), request.clone())));
        }
        lines.extend(self.operations.iter().map(|(name, operation)| operation.line(name)));
        lines
    }

    /// Takes over the ids of what was seen.
    pub fn learn(&mut self, seen: &Seen) {
        for (id, name) in &seen.contracts {
            if let Some(contract) = self.contracts.get_mut(name) {
                contract.id = Some(id.clone());
            }
        }
        for (id, key) in &seen.payments {
            if let Some(payment) = self.payments.get_mut(key) {
                payment.id = Some(id.clone());
            }
        }
        for (id, line) in &seen.notices {
            if self.notices.iter().all(|notice| notice.id.as_ref() != Some(id)) {
                let new = self.notices.iter_mut().find(|notice| notice.id.is_none() && notice.line() == *line);
                new.into_iter().for_each(|notice| notice.id = Some(id.clone()));
            }
        }
        for (id, line) in &seen.messages {
            if self.messages.iter().all(|message| message.id.as_ref() != Some(id)) {
                let new = self
                    .messages
                    .iter_mut()
                    .find(|own| own.id.is_none() && facts::message(&own.user, &own.about, own.at, own.read) == *line);
                new.into_iter().for_each(|message| message.id = Some(id.clone()));
            }
        }
    }
}

impl Notice {
    fn line(&self) -> String {
        facts::Notice {
            about: &self.about,
            target: &self.target,
            at: self.at,
            state: self.state,
            attempts: self.attempts,
            next: self.next,
            error: self.error.as_deref(),
        }
        .line()
    }
}
