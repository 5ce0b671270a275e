//! A deed gets its particulars: whom, what, how much, mostly sensible and sometimes not.

mod agreements;
mod money;
mod orders;

use crate::act::Act;
use crate::dice::Dice;
use crate::faults::POISON;
use crate::model::Model;
use crate::script::Kind;
use mithaq_domain::{AgreementPay, InteractionOutcome, PinCheck, Status, UserStatus};
use mithaq_types::{Currency, Money, Timestamp};
use std::collections::BTreeMap;

/// What a deed is chosen from.
pub struct Choice<'a> {
    pub model: &'a Model,
    pub now: Timestamp,
    pub dice: Dice,
    /// For names that nobody had before.
    pub serial: &'a mut u32,
    /// Acts whose outcome nobody knows.
    pub unknown: &'a mut Vec<Act>,
    /// Acts that have an id of their own, as they were first asked for.
    pub asked: &'a [Act],
}

fn keys<V>(map: &BTreeMap<String, V>, which: impl Fn(&V) -> bool) -> Vec<&String> {
    map.iter().filter(|(_, value)| which(value)).map(|(name, _)| name).collect()
}

impl Choice<'_> {
    fn fresh(&mut self, kind: &str) -> String {
        *self.serial += 1;
        format!("{kind}{:03}", self.serial)
    }

    /// One of `names`, mostly a late one; now and then one that nobody has.
    fn some(&mut self, names: &[&String]) -> String {
        let found = if self.dice.chance(2) { None } else { self.dice.recent(names) };
        found.map_or_else(|| "nobody".to_owned(), ToString::to_string)
    }

    fn user(&mut self) -> String {
        self.some(&keys(&self.model.users, |user| !user.phone.starts_with(POISON)))
    }

    fn client(&mut self) -> String {
        self.some(&keys(&self.model.clients, |_| true))
    }

    /// `owner`, or rarely another client.
    fn client_for(&mut self, owner: Option<&String>) -> String {
        if self.dice.chance(95) && owner.is_some() { owner.cloned().unwrap_or_default() } else { self.client() }
    }

    fn currency(&mut self) -> Currency {
        let usd = Currency::parse("USD").unwrap_or(Currency::IQD);
        if self.dice.chance(12) { usd } else { Currency::IQD }
    }

    fn whole(&mut self, least: i64, most: i64, currency: Currency) -> Money {
        Money::new(self.dice.between(least, most) * currency.scale(), currency)
    }

    /// Some people have clumsy fingers.
    fn pin(&mut self, user: &str) -> PinCheck {
        let clumsy = match self.model.users.keys().position(|name| name == user) {
            Some(0) => 4,
            Some(1) => 15,
            _ => 45,
        };
        match self.dice.below(100) {
            throw if throw < clumsy => PinCheck::Wrong,
            95.. => PinCheck::NotAsked,
            _ => PinCheck::Right,
        }
    }

    /// `None`: there is nothing to do it to.
    pub fn act(mut self, kind: Kind) -> Option<Act> {
        Some(match kind {
            Kind::AddUser => self.add_user(),
            Kind::AddClient => self.add_client(),
            Kind::SetClient => Act::SetClient {
                client: self.client(),
                status: if self.dice.chance(75) { Status::Active } else { Status::Suspended },
                agreement: self.dice.one(&[
                    AgreementPay::Allowed,
                    AgreementPay::Allowed,
                    AgreementPay::Allowed,
                    AgreementPay::Suspended,
                    AgreementPay::NotAgreed,
                ])?,
            },
            Kind::SetUser => {
                let status = if self.dice.chance(70) { UserStatus::Active } else { UserStatus::Frozen };
                Act::SetUser { user: self.user(), status }
            }
            Kind::TopUp => self.money_in(),
            Kind::Prepare => self.prepare(),
            Kind::Session => self.session(),
            Kind::OpenPage => self.open_page(),
            Kind::ClosePage => {
                let outcome = self.dice.one(&[InteractionOutcome::Cancelled, InteractionOutcome::Failed])?;
                Act::ClosePage { page: self.some(&keys(&self.model.pages, |_| true)), outcome }
            }
            Kind::Sign => self.sign(),
            Kind::Grant => self.grant(),
            Kind::Exchange => self.exchange(),
            Kind::Refresh => {
                let old = self.pair(80)?;
                let client = self.client_for(self.model.pairs.get(&old).map(|pair| &pair.client));
                Act::Refresh { client, old, pair: self.new_pair() }
            }
            Kind::UseToken => Act::UseToken { pair: self.pair(70)? },
            Kind::Cancel => {
                let pair = self.pair(40)?;
                Act::Cancel { client: self.client_for(self.model.pairs.get(&pair).map(|pair| &pair.client)), pair }
            }
            Kind::End => return self.end(),
            Kind::Expire => return self.expire(),
            Kind::Pay => return self.pay(),
            Kind::Order => return self.order(),
            Kind::Confirm => return self.confirm(),
            Kind::Settle => return self.settle(),
            Kind::Link => Act::Link { user: self.user() },
            Kind::Accept => return self.accept(),
            Kind::Operate => return self.operate(),
            Kind::CallOff => return self.call_off(),
            Kind::ExpireOrder => return self.expire_order(),
            Kind::Repeat => return self.repeat(),
            Kind::Retry => return self.retry(),
            Kind::Deliver => return self.deliver(),
            Kind::Resend => {
                let ids: Vec<_> = self.model.notices.iter().filter_map(|notice| notice.id.clone()).collect();
                Act::Resend { id: self.dice.recent(&ids)? }
            }
            Kind::MarkRead => {
                let known = self.model.messages.iter().filter_map(|own| Some((own.id.clone()?, own.user.clone())));
                let (id, user) = self.dice.recent(&known.collect::<Vec<_>>())?;
                Act::MarkRead { id, user: if self.dice.chance(80) { user } else { self.user() } }
            }
            Kind::RecordSent => {
                let news = self.model.notices.iter().filter(|notice| notice.target.starts_with("user:"));
                let ids: Vec<_> = news.filter_map(|notice| notice.id.clone()).collect();
                Act::RecordSent { id: self.dice.recent(&ids)?, channel: self.dice.one(&["sms", "email"])? }
            }
            Kind::Fold => Act::Fold { most: u16::try_from(self.dice.between(1, 20)).ok()? },
        })
    }

    fn add_user(&mut self) -> Act {
        let (user, number) = (self.fresh("u"), *self.serial);
        let phone = match self.dice.below(20) {
            0..2 if self.model.users.len() > 3 => format!("{POISON} {number}"),
            2 => self.model.users.values().next().map(|user| user.phone.clone()).unwrap_or_default(),
            _ => format!("964 {number}"),
        };
        if self.dice.chance(8) { Act::AddUser { user: self.user(), phone } } else { Act::AddUser { user, phone } }
    }

    fn add_client(&mut self) -> Act {
        let merchants = keys(&self.model.merchants, |_| true);
        let merchant = if self.dice.chance(30) { self.dice.recent(&merchants).cloned() } else { None };
        let merchant = merchant.unwrap_or_else(|| self.fresh("m"));
        let fee = self.dice.one(&[0, 100, 100, 250, 333, 10_000, 10_001]).unwrap_or(0);
        let fee = if self.model.clients.len() < 3 { fee.min(250) } else { fee };
        let client = if self.dice.chance(8) { self.client() } else { self.fresh("c") };
        Act::AddClient { client, merchant, fee }
    }

    fn session(&mut self) -> Act {
        let sessions = keys(&self.model.sessions, |_| true);
        if sessions.is_empty() || self.dice.chance(20) {
            return Act::OpenSession { session: self.fresh("s") };
        }
        let session = self.some(&sessions);
        if self.dice.chance(15) {
            return Act::LogOut { session };
        }
        let user = self.user();
        if self.dice.chance(5) {
            return Act::ResetPin { user };
        }
        Act::LogIn { session, pin: self.pin(&user), user }
    }
}
