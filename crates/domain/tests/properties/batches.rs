//! A batch decided over one shared state is the same as its commands one by one.

use super::history::History;
use super::steps::step;
use super::{ceilings, config};
use mithaq_domain::{Answer, Change, Command};
use proptest::prelude::*;

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_batch_answers_and_changes_as_its_commands_one_by_one(
        ceilings in ceilings(),
        steps in prop::collection::vec(step(), 1..80),
        size in 1..20_usize,
    ) {
        let start = History::new(ceilings);
        let mut alone = History::new(ceilings);
        let mut one_by_one: Vec<(Answer, Vec<Change>)> = Vec::new();
        for step in &steps {
            one_by_one.extend(alone.take(step).map(|answer| (answer, alone.world.changes.clone())));
        }

        let mut together = start.world;
        let mut in_batches = Vec::new();
        for same_instant in alone.commands.chunk_by(|one, next| one.0 == next.0) {
            for batch in same_instant.chunks(size) {
                together.now = batch[0].0;
                let commands: Vec<Command> = batch.iter().map(|(_, command)| command.clone()).collect();
                in_batches.extend(together.run_batch(&commands));
            }
        }
        for ((alone, together), (_, command)) in one_by_one.iter().zip(&in_batches).zip(&alone.commands) {
            prop_assert_eq!(alone, together, "{:?}", command);
        }
        prop_assert_eq!(one_by_one.len(), in_batches.len());
    }
}
