//! Whoever delivers listens to the engines and looks into the database only where they say that they do not know.

use crate::batch::Batch;
use crate::model::Notice;
use mithaq_domain::DeliveryState;
use mithaq_store::DueDelivery;
use mithaq_types::OutboxId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was told so far.
#[derive(Default)]
pub struct Postman {
    /// When each delivery is due, in milliseconds, as it was told last; by each engine, where two were at work at once.
    due: BTreeMap<OutboxId, BTreeSet<i64>>,
    /// Places of deliveries of which nothing need be told: their batch was acknowledged to nobody.
    excused: BTreeSet<usize>,
}

impl Postman {
    /// Takes in what was `told`, engine by engine, of a batch that left the deliveries as they are `after`.
    pub fn hear(
        &mut self,
        told: &[Vec<Arc<[DueDelivery]>>],
        before: &[Notice],
        after: &[Notice],
        batch: &Batch,
    ) -> Result<(), String> {
        let mut news: BTreeMap<OutboxId, BTreeSet<i64>> = BTreeMap::new();
        for engine in told {
            let last: BTreeMap<_, _> =
                engine.iter().flat_map(|told| told.iter()).map(|own| (&own.outbox_id, own.next_ms)).collect();
            for (id, next_ms) in last {
                news.entry(id.clone()).or_default().insert(next_ms);
            }
        }
        self.due.extend(news);
        // Not whether its id has been learned meanwhile.
        let standing = |notice: &Notice| (notice.state, notice.attempts, notice.next);
        let changed = (0..after.len()).filter(|place| {
            let (before, after) = (before.get(*place), after.get(*place));
            before.map(standing) != after.map(standing)
        });
        if batch.lies == 0 {
            changed.for_each(|place| {
                self.excused.remove(&place);
            });
            return Ok(());
        }
        self.excused.extend(changed);
        if batch.crashed || told.iter().flatten().any(|told| told.is_empty()) {
            return Ok(());
        }
        Err("nobody was told to look for deliveries after a commit of which nobody knows".to_owned())
    }

    /// Every delivery that is pending was told, with the time at which it is due.
    pub fn knows(&self, notices: &[Notice]) -> Result<(), String> {
        let pending = notices
            .iter()
            .enumerate()
            .filter(|(place, notice)| notice.state == DeliveryState::Pending && !self.excused.contains(place));
        for (_, notice) in pending {
            let told = notice.id.as_ref().and_then(|id| self.due.get(id)).cloned().unwrap_or_default();
            // Which of two that look the same has which id, nobody can say.
            let alike = |place: &usize| notices.get(*place).is_some_and(|other| notice.looks_like(other));
            if !told.contains(&notice.next.as_millisecond()) && !self.excused.iter().any(alike) {
                return Err(format!("{notice:?} was told as due at {told:?}"));
            }
        }
        Ok(())
    }
}
