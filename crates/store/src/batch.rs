//! One batch: load what its commands name, decide them in turn, write everything, commit.

use crate::engine::Surroundings;
use crate::store::{Store, StoreTransaction as _, WriteSet};
use crate::{Chore, DueDelivery, StoreError, meter};
use mithaq_domain::{Answer, Command, Done, Key, State, World, decide, needs};

/// One piece of a batch.
#[derive(Clone, Debug)]
pub enum Work {
    /// Decides.
    Command(Box<Command>),
    /// Only writes.
    Chore(Chore),
}

/// A finished batch.
pub struct Finished {
    /// One answer per piece of work, in order.
    pub answers: Vec<Answer>,
    /// What is to be delivered because of it.
    pub outgoing: Vec<DueDelivery>,
}

/// Runs `works` as one transaction. Nothing of it happened if this fails.
pub fn run<S: Store>(store: &mut S, works: &[Work], around: &Surroundings) -> Result<Finished, StoreError> {
    let world = World { now: around.clock.now(), policy: &around.policy, mint: &*around.mint };
    let mut transaction = store.begin()?;
    let mut state = State::default();
    let mut answers = Vec::with_capacity(works.len());
    let mut changes = Vec::new();
    let mut chores = Vec::new();
    for (index, work) in works.iter().enumerate() {
        let command = match work {
            Work::Command(command) => command,
            Work::Chore(chore) => {
                chores.push(chore.clone());
                answers.push(Ok(Done::Nothing));
                continue;
            }
        };
        let decision = loop {
            let decision = decide(command, &state, world);
            let missing = state.take_missing();
            if missing.is_empty() {
                break decision;
            }
            let keys = missing_of_all(missing, works.get(index + 1..).unwrap_or_default(), &state, world);
            load(&mut transaction, &mut state, keys)?;
        };
        for change in &decision.changes {
            state.apply(change);
        }
        changes.extend(decision.changes);
        answers.push(decision.answer);
    }
    let set = WriteSet::collect(changes, chores, &state, &around.mint.row(world.now), world.now);
    if !set.is_empty() {
        transaction.write(&set)?;
        meter::commit(|| transaction.commit())?;
    }
    Ok(Finished { answers, outgoing: set.outgoing() })
}

/// One round of loading serves the whole batch: what the command at its head lacks, and with it what those behind it
/// lack. Most commands of a batch are alike, so that the head finds out for all of them how long the chain of
/// references is, and each of the others is tried in vain no more often than there are rounds.
fn missing_of_all(mut keys: Vec<Key>, rest: &[Work], state: &State, world: World<'_>) -> Vec<Key> {
    for work in rest {
        if let Work::Command(command) = work {
            keys.extend(needs(command, state, world));
        }
    }
    keys
}

fn load(
    transaction: &mut impl crate::store::StoreTransaction,
    state: &mut State,
    mut keys: Vec<Key>,
) -> Result<(), StoreError> {
    keys.sort_unstable();
    keys.dedup();
    for (key, row) in transaction.fetch(&keys)? {
        state.load(key, row);
    }
    Ok(())
}
