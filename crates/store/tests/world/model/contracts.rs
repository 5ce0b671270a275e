//! Contracts end, once.

use super::{Model, Outcome};
use mithaq_domain::{EndReason, EndedBy, Refusal};
use mithaq_types::Timestamp;

impl Model {
    pub(super) fn end_by(&mut self, name: &str, by: &EndedBy, now: Timestamp) -> Outcome {
        let contract = self.contracts.get(name).cloned().ok_or(Refusal::ContractUnknown)?;
        let reason = match by {
            EndedBy::User(user, _) if user.as_str() != contract.user => return Err(Refusal::ContractUnknown),
            EndedBy::User(user, pin) => {
                self.pin(user.as_str(), *pin, now)?;
                EndReason::User
            }
            // Nobody signs agreements of the other surface here.
            EndedBy::Merchant(..) => return Err(Refusal::ContractUnknown),
            EndedBy::Operator => EndReason::Wallet,
            EndedBy::Clock if now < contract.until => return Ok("done".to_owned()),
            EndedBy::Clock => EndReason::Expired,
        };
        if self.end(name, reason, now) { Ok(format!("ended {reason:?} {now}")) } else { Err(Refusal::ContractOver) }
    }

    /// Whether it ended now.
    pub(super) fn end(&mut self, name: &str, reason: EndReason, now: Timestamp) -> bool {
        let Some(contract) = self.contracts.get_mut(name).filter(|contract| contract.ended.is_none()) else {
            return false;
        };
        contract.ended = Some((reason, now));
        let contract = contract.clone();
        if let (Some(pair), Some(_)) = (&contract.pair, &contract.terms.status_notify_url) {
            self.notify_contract(name, pair, Some(reason), now);
        }
        self.tell(&contract.user, format!("ended with shown by {} by {reason:?}", contract.client), None, now);
        true
    }

    /// Contracts whose time is up and that nobody has ended.
    pub fn due(&self, now: Timestamp) -> Vec<String> {
        let due = self.contracts.iter().filter(|(_, contract)| contract.ended.is_none() && contract.until <= now);
        due.map(|(name, _)| name.clone()).collect()
    }
}
