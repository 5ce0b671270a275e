//! The shortest story that still fails: rounds, deeds and faults are left out while it goes on failing.

use crate::play::Failure;
use crate::script::Script;
use std::time::{Duration, Instant};

/// For how long it is tried.
const PATIENCE: Duration = Duration::from_secs(20);

/// Something that can be left out.
#[derive(Clone, Copy)]
enum Part {
    Round(usize),
    Deed(usize, usize),
    Fault(usize, usize),
}

/// A part of `script` that fails when `play`ed, as short as can be found in a while, and how it does.
pub fn shrink(
    script: &Script,
    failure: Failure,
    mut play: impl FnMut(&Script) -> Option<Failure>,
) -> (Script, Failure) {
    let begun = Instant::now();
    let (mut script, mut failure) = (script.clone(), failure);
    // Looking after every round finds the first one that is wrong; what follows is not needed.
    let mut looking = script.clone();
    looking.rounds.iter_mut().for_each(|round| round.look = true);
    for mut shorter in [looking, script.clone()] {
        shorter.rounds.truncate(failure.round + 1);
        if let Some(found) = play(&shorter) {
            shorter.rounds.truncate(found.round + 1);
            (script, failure) = (shorter, found);
            break;
        }
    }
    let mut has_changed = true;
    while has_changed {
        has_changed = false;
        for part in parts(&script).into_iter().rev() {
            if begun.elapsed() > PATIENCE {
                return (script, failure);
            }
            let shorter = without(&script, part);
            if let Some(found) = play(&shorter) {
                (script, failure, has_changed) = (shorter, found, true);
            }
        }
    }
    (script, failure)
}

fn parts(script: &Script) -> Vec<Part> {
    let mut parts = Vec::new();
    for (number, round) in script.rounds.iter().enumerate() {
        parts.extend((0..round.deeds.len()).map(|deed| Part::Deed(number, deed)));
        parts.extend((0..round.faults.len()).map(|fault| Part::Fault(number, fault)));
    }
    // The rounds are tried first: parts are taken from the end, and what is left out never moves what is before it.
    parts.extend((0..script.rounds.len()).map(Part::Round));
    parts
}

/// What was left out before may have been the last of its kind: then nothing is left out.
fn without(script: &Script, part: Part) -> Script {
    let mut script = script.clone();
    match part {
        Part::Round(number) if number < script.rounds.len() => {
            script.rounds.remove(number);
        }
        Part::Deed(number, deed) => {
            let round = script.rounds.get_mut(number).filter(|round| deed < round.deeds.len());
            if let Some(round) = round {
                round.deeds.remove(deed);
            }
        }
        Part::Fault(number, fault) => {
            let round = script.rounds.get_mut(number).filter(|round| fault < round.faults.len());
            if let Some(round) = round {
                round.faults.remove(fault);
            }
        }
        Part::Round(_) => {}
    }
    script
}
