//! Attempts that are under way: what they need is read for a group of rows, then each goes its own way.

use crate::Delivery;
use crate::lanes::{Outcome, Turn};
use crate::parcel::Parcel;
use mithaq_wallet::Fault;
use std::collections::HashMap;
use tokio::task::{Id, JoinError, JoinSet};

/// Attempts that are under way.
pub struct Attempts {
    delivery: Delivery,
    tasks: JoinSet<Step>,
    /// Whose turns a task has.
    turns: HashMap<Id, Vec<Turn>>,
    is_closed: bool,
}

enum Step {
    /// What a group needs was read, by a process in this life of its.
    Read(Option<u64>, Result<Vec<Parcel>, Fault>),
    /// An attempt is over.
    Over(Outcome),
}

/// Attempts that are over.
#[derive(Default)]
pub struct Ended {
    /// How each went.
    pub turns: Vec<(Turn, Outcome)>,
    /// Whether rows that are due were not tried: the database could not be read, or this process counted as dead.
    pub is_missed: bool,
}

impl Attempts {
    pub fn new(delivery: Delivery) -> Self {
        Self { delivery, tasks: JoinSet::new(), turns: HashMap::new(), is_closed: false }
    }

    /// Starts a group.
    pub fn start(&mut self, turns: Vec<Turn>) {
        if turns.is_empty() {
            return;
        }
        let (delivery, life) = (self.delivery.clone(), self.delivery.standing().life());
        let ids: Vec<_> = turns.iter().map(|turn| turn.outbox_id.clone()).collect();
        self.spawn(turns, async move { Step::Read(life, delivery.read(&ids).await) });
    }

    fn spawn(&mut self, turns: Vec<Turn>, step: impl Future<Output = Step> + Send + 'static) {
        let task = self.tasks.spawn(step);
        self.turns.insert(task.id(), turns);
    }

    /// Whatever ends next, and what has ended by then; `None` if nothing is under way.
    pub async fn next(&mut self) -> Option<Ended> {
        let mut ended = Ended::default();
        let mut joined = self.tasks.join_next_with_id().await?;
        loop {
            self.note(joined, &mut ended);
            match self.tasks.try_join_next_with_id() {
                Some(next) => joined = next,
                None => return Some(ended),
            }
        }
    }

    fn note(&mut self, joined: Result<(Id, Step), JoinError>, ended: &mut Ended) {
        let (id, step) = joined.unwrap_or_else(|error| {
            tracing::error!(error.message = %error, "delivery: an attempt broke off");
            (error.id(), Step::Over(Outcome::Failed))
        });
        let turns = self.turns.remove(&id).unwrap_or_default();
        match step {
            Step::Over(outcome) => {
                // Not asked is who came back to life meanwhile: the look at what is its own then may have passed over
                // these rows, because they were under way.
                ended.is_missed |= outcome == Outcome::NotAsked;
                ended.turns.extend(turns.into_iter().map(|turn| (turn, outcome)));
            }
            Step::Read(life, Ok(parcels)) => self.send(turns, parcels, life, ended),
            Step::Read(_, Err(fault)) => {
                tracing::warn!(error.message = %fault, "delivery: rows that are due cannot be read, will try again");
                ended.turns.extend(turns.into_iter().map(|turn| (turn, Outcome::NotAsked)));
                ended.is_missed = true;
            }
        }
    }

    /// Each parcel goes its own way. A row without one is not due any more.
    fn send(&mut self, turns: Vec<Turn>, parcels: Vec<Parcel>, life: Option<u64>, ended: &mut Ended) {
        let mut parcels: HashMap<_, _> =
            parcels.into_iter().map(|parcel| (parcel.row.outbox_id.clone(), parcel)).collect();
        for turn in turns {
            match parcels.remove(&turn.outbox_id) {
                Some(parcel) if !self.is_closed => {
                    let delivery = self.delivery.clone();
                    self.spawn(vec![turn], async move { Step::Over(delivery.attempt(parcel, life).await) });
                }
                _ => ended.turns.push((turn, Outcome::NotAsked)),
            }
        }
    }

    /// Waits for those that have begun; no other begins.
    pub async fn finish(&mut self) {
        self.is_closed = true;
        while self.next().await.is_some() {}
    }
}
