//! What leaves the wallet, what lies in inboxes, what went out.

use super::{Model, Outcome, after};
use crate::act::{CONTRACT_URL, PAID_URL};
use mithaq_domain::{DeliveryState, EndReason, Refusal};
use mithaq_types::{MessageId, OutboxId, Timestamp};
use std::collections::BTreeSet;

/// A delivery.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Learned from the wallet.
    pub id: Option<OutboxId>,
    /// What it tells, and on whose behalf.
    pub about: String,
    pub target: String,
    pub at: Timestamp,
    pub state: DeliveryState,
    pub attempts: usize,
    pub next: Timestamp,
    pub error: Option<String>,
    /// The channels by which it went out.
    pub sent: BTreeSet<&'static str>,
}

/// A message in an inbox.
#[derive(Clone, Debug)]
pub struct Message {
    /// Learned from the wallet.
    pub id: Option<MessageId>,
    pub user: String,
    pub about: String,
    pub at: Timestamp,
    pub read: bool,
}

/// Minutes between the attempts.
const WAITS: [i64; 7] = [2, 10, 10, 60, 120, 360, 900];

impl Model {
    /// Tells a user: inbox at once, the rest through the outbox.
    pub(super) fn tell(&mut self, user: &str, news: String, payment: Option<&(String, String)>, now: Timestamp) {
        let about = match payment {
            Some((client, request)) => format!("{news} ({client}/{request})"),
            None => news,
        };
        let target = format!("user:{user}");
        self.messages.push(Message { id: None, user: user.to_owned(), about: about.clone(), at: now, read: false });
        self.send(format!("news to {user}: {about}"), target, now);
    }

    pub(super) fn notify_payment(&mut self, (client, request): &(String, String), now: Timestamp) {
        self.send(format!("{client}: payment {client}/{request}"), PAID_URL.to_owned(), now);
    }

    /// `None`: it is valid.
    pub(super) fn notify_contract(&mut self, code: &str, pair: &str, end: Option<EndReason>, now: Timestamp) {
        let client = self.contracts.get(code).map(|contract| contract.client.clone()).unwrap_or_default();
        let about = format!("{client}: contract {code} ends {end:?} names sealed {pair}");
        self.send(about, CONTRACT_URL.to_owned(), now);
    }

    pub(super) fn send(&mut self, about: String, target: String, at: Timestamp) {
        let (state, sent) = (DeliveryState::Pending, BTreeSet::new());
        self.notices.push(Notice { id: None, about, target, at, state, attempts: 0, next: at, error: None, sent });
    }

    fn notice(&mut self, id: &OutboxId) -> Result<&mut Notice, Refusal> {
        self.notices.iter_mut().find(|notice| notice.id.as_ref() == Some(id)).ok_or(Refusal::OutboxUnknown)
    }

    pub(super) fn delivered(&mut self, id: &OutboxId, seen: usize, error: Option<&String>, now: Timestamp) -> Outcome {
        let notice = self.notice(id)?;
        // A failure that is told too late tells nothing; an arrival always does.
        let counts = notice.state == DeliveryState::Pending && notice.attempts == seen;
        if notice.state != DeliveryState::Delivered && (counts || error.is_none()) {
            let wait = WAITS.get(notice.attempts);
            notice.attempts += 1;
            notice.error = error.cloned();
            match (error, wait) {
                (None, _) => notice.state = DeliveryState::Delivered,
                (Some(_), Some(minutes)) => {
                    notice.state = DeliveryState::Pending;
                    notice.next = after(now, minutes * 60);
                }
                (Some(_), None) => notice.state = DeliveryState::Dead,
            }
        }
        Ok(notice.heard())
    }

    pub(super) fn resend(&mut self, id: &OutboxId, now: Timestamp) -> Outcome {
        let notice = self.notice(id)?;
        (notice.state, notice.attempts, notice.next) = (DeliveryState::Pending, 0, now);
        Ok(notice.heard())
    }

    pub(super) fn record_sent(&mut self, id: &OutboxId, channel: &'static str) -> Outcome {
        if let Ok(notice) = self.notice(id) {
            notice.sent.insert(channel);
        }
        Ok("done".to_owned())
    }

    pub(super) fn mark_read(&mut self, id: &MessageId, user: &str) -> Outcome {
        let found = self.messages.iter_mut().find(|message| message.id.as_ref() == Some(id) && message.user == user);
        if let Some(message) = found {
            message.read = true;
        }
        Ok("done".to_owned())
    }
}

impl Notice {
    /// Whether nothing but the id tells them apart.
    pub fn looks_like(&self, other: &Self) -> bool {
        (&self.about, &self.target, self.at) == (&other.about, &other.target, other.at)
    }

    fn heard(&self) -> String {
        format!("delivery {:?} {} {} {:?}", self.state, self.attempts, self.next, self.error)
    }
}
