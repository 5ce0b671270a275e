//! One batch: load what its commands name, decide them in turn, write everything, commit.

use crate::engine::Surroundings;
use crate::store::{Store, StoreTransaction as _, WriteSet};
use crate::{Chore, StoreError};
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
    /// Whether there is something new to deliver.
    pub has_outbox: bool,
}

/// Runs `works` as one transaction. Nothing of it happened if this fails.
pub fn run<S: Store>(store: &mut S, works: &[Work], around: &Surroundings) -> Result<Finished, StoreError> {
    let world = World { now: around.clock.now(), policy: &around.policy, mint: &*around.mint };
    let mut transaction = store.begin()?;
    let mut state = State::default();

    // Load in as few rounds as the longest chain of references needs: every round asks for what all
    // commands lack at once.
    let mut lacking: Vec<&Command> = works
        .iter()
        .filter_map(|work| match work {
            Work::Command(command) => Some(&**command),
            Work::Chore(_) => None,
        })
        .collect();
    while !lacking.is_empty() {
        let mut keys: Vec<Key> = Vec::new();
        lacking.retain(|command| {
            let missing = needs(command, &state, world);
            keys.extend_from_slice(&missing);
            !missing.is_empty()
        });
        load(&mut transaction, &mut state, keys)?;
    }

    let mut answers = Vec::with_capacity(works.len());
    let mut changes = Vec::new();
    let mut chores = Vec::new();
    for work in works {
        match work {
            Work::Command(command) => {
                // What an earlier command of the batch changed may lead this one to rows nobody loaded.
                loop {
                    let missing = needs(command, &state, world);
                    if missing.is_empty() {
                        break;
                    }
                    load(&mut transaction, &mut state, missing)?;
                }
                let decision = decide(command, &state, world);
                for change in &decision.changes {
                    state.apply(change);
                }
                changes.extend(decision.changes);
                answers.push(decision.answer);
            }
            Work::Chore(chore) => {
                chores.push(chore.clone());
                answers.push(Ok(Done::Nothing));
            }
        }
    }
    let set = WriteSet::collect(changes, chores, &state);
    if !set.is_empty() {
        transaction.write(&set)?;
        transaction.commit()?;
    }
    Ok(Finished { answers, has_outbox: set.has_outbox() })
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
