//! Plays a script: the wallet and the model side by side, compared answer by answer and, now and then, whole.

use crate::act::Act;
use crate::batch::{self, Batch, Call};
use crate::brink::brink;
use crate::candidates;
use crate::choose::Choice;
use crate::conclusions;
use crate::dice::Dice;
use crate::facts;
use crate::faults::Fault;
use crate::ground::Ground;
use crate::house::{ENGINES, House};
use crate::model::{Model, day};
use crate::postman::Postman;
use crate::script::{Deed, Round, Script};
use crate::seen::{Names, Seen, names};
use crate::tally::Tally;
use jiff::SignedDuration;
use mithaq_store::StoreError;
use mithaq_types::Timestamp;
use std::fmt::Write as _;

/// A difference between the wallet and the model.
#[derive(Debug)]
pub struct Failure {
    /// In which round it was noticed.
    pub round: usize,
    pub text: String,
    /// What was asked and heard until then, if it was to be told.
    pub story: String,
}

/// The most that two engines do at once: every order is thought of.
const AT_ONCE: usize = 8;

struct World {
    house: House,
    model: Model,
    now: Timestamp,
    names: Names,
    serial: u32,
    /// Acts under way, and the round in which they arrive.
    network: Vec<(usize, Call)>,
    unknown: Vec<Act>,
    asked: Vec<Act>,
    postman: Postman,
    tally: Tally,
    /// What was asked and heard, if anybody wants to read it.
    story: Option<String>,
}

/// Plays `script` on `ground`. What the world met, and its story.
pub async fn play(script: &Script, ground: Ground, seed: u64, tells: bool) -> Result<(Tally, String), Failure> {
    let now: Timestamp = "2026-11-30T20:30:00Z".parse().expect("an instant");
    let failure = |round, text, story| Failure { round, text, story };
    let house = House::new(ground, script.rules.policy(), seed, now).await;
    let house = house.map_err(|error| failure(0, format!("no house: {error}"), String::new()))?;
    let mut world = World {
        house,
        model: Model::new(script.rules.clone()),
        now,
        names: Names::new(),
        serial: 0,
        network: Vec::new(),
        unknown: Vec::new(),
        asked: Vec::new(),
        postman: Postman::default(),
        tally: Tally::default(),
        story: tells.then(String::new),
    };
    for (number, round) in script.rounds.iter().enumerate() {
        if let Err(text) = world.round(number, round).await {
            return Err(failure(number, text, world.story.unwrap_or_default()));
        }
    }
    match world.end(script.rounds.len(), seed.is_multiple_of(3)).await {
        Ok(()) => Ok((world.tally, world.story.unwrap_or_default())),
        Err(text) => Err(failure(script.rounds.len(), text, world.story.unwrap_or_default())),
    }
}

fn said(error: StoreError) -> String {
    format!("the store: {error}")
}

impl World {
    async fn round(&mut self, number: usize, round: &Round) -> Result<(), String> {
        if round.restart {
            self.story.iter_mut().for_each(|story| story.push_str("all processes stop and start\n"));
            self.house.restart().await.map_err(said)?;
        }
        let to_the_second = round.brink.and_then(|dice| brink(&self.model, self.now, Dice::new(dice)));
        let (moved, also) = to_the_second.unwrap_or((self.now + SignedDuration::from_secs(round.seconds), None));
        self.move_clock(moved);
        let (due, later) = std::mem::take(&mut self.network).into_iter().partition(|(at, _)| *at <= number);
        self.network = later;
        let mut calls: Vec<Call> = Vec::<(usize, Call)>::into_iter(due).map(|(_, call)| call).collect();
        let also = also.map(|kind| Deed { kind, dice: round.brink.unwrap_or(0), delay: 0, walks_away: false });
        for deed in round.deeds.iter().chain(&also) {
            let choice = Choice {
                model: &self.model,
                now: self.now,
                dice: Dice::new(deed.dice),
                serial: &mut self.serial,
                unknown: &mut self.unknown,
                asked: &self.asked,
            };
            let Some(act) = choice.act(deed.kind) else { continue };
            self.note(&act);
            let call = Call { act, walks_away: deed.walks_away };
            if deed.delay > 0 { self.network.push((number + deed.delay, call)) } else { calls.push(call) }
        }
        if round.at_once && self.house.is_shared() {
            let apart = |call: &Call| call.walks_away || self.goes_alone(&call.act);
            let (mut first, mut together): (Vec<_>, Vec<_>) = calls.into_iter().partition(apart);
            first.extend(together.split_off(together.len().min(AT_ONCE - 1)));
            self.serve(number, round.engine, &first, &[], false).await?;
            // What the network brings twice reaches both.
            let twice = |call: &Call| {
                let act = &call.act;
                matches!(act, Act::Pay { .. } | Act::Deposit { .. } | Act::AddUser { .. })
                    || matches!(act, Act::Order { .. } | Act::Operate { .. } | Act::Confirm { .. })
            };
            if let Some(place) = together.iter().position(twice) {
                together.swap(0, place);
                together.push(together[0].clone());
            }
            if together.len() >= 4 {
                return self.serve_at_once(number, &together).await;
            }
            calls = together;
        }
        self.serve(number, round.engine, &calls, &round.faults, round.look).await
    }

    /// Rows that every charge reads are not locked for it, so that what changes one of them alone does not stop a charge
    /// that is under way: a client that is suspended, a user who is frozen, a pair of tokens that dies because the next
    /// one is used. Such a charge counts as made before, though others may have been counted between.
    fn goes_alone(&self, act: &Act) -> bool {
        let follows = |pair: &String| self.model.pairs.get(pair).is_some_and(|pair| pair.before.is_some());
        match act {
            Act::SetClient { .. } | Act::SetUser { .. } => true,
            Act::Pay { pair, .. } | Act::UseToken { pair } | Act::Refresh { old: pair, .. } => follows(pair),
            _ => false,
        }
    }

    /// Remembers what `act` is called.
    fn note(&mut self, act: &Act) {
        self.names.extend(names(act));
        if matches!(act, Act::Pay { .. } | Act::Deposit { .. } | Act::Order { .. } | Act::Operate { .. }) {
            self.asked.push(act.clone());
        }
    }

    /// Back only within a calendar day: what a user has spent is counted for one day, the last.
    fn move_clock(&mut self, moved: Timestamp) {
        if day(moved) >= day(self.now) {
            self.now = moved;
        }
        self.house.set_clock(self.now);
    }

    async fn serve(
        &mut self,
        number: usize,
        engine: usize,
        calls: &[Call],
        faults: &[Fault],
        look: bool,
    ) -> Result<(), String> {
        if calls.is_empty() {
            return if look { self.prove().await } else { Ok(()) };
        }
        let now = self.now;
        let waiting = batch::prepare(&self.house, engine, calls, faults, now).map_err(said)?;
        waiting.release();
        let batch = waiting.end().await;
        self.write_down(number, engine, calls, faults, &batch);
        let told = [self.house.told(engine)];
        let before = self.model.notices.clone();
        if batch.crashed {
            self.house.replace(engine).await.map_err(said)?;
        }
        if let Some(act) = candidates::unserved(calls, &batch, faults) {
            return Err(format!("nobody served {act:?}"));
        }
        let mut candidates = candidates::after(&self.model, calls, &batch, now)?;
        self.count(calls, &batch);
        if candidates.len() > 1 {
            self.look(candidates).await?;
        } else {
            self.model = candidates.swap_remove(0);
        }
        self.postman.hear(&told, &before, &self.model.notices, &batch)?;
        if look { self.prove().await } else { Ok(()) }
    }

    /// Two engines at work at the same time. In which order they served whom is theirs to decide; but what was heard and
    /// what is stored must be as if it had been some order.
    async fn serve_at_once(&mut self, number: usize, calls: &[Call]) -> Result<(), String> {
        let now = self.now;
        let halves = calls.split_at(calls.len() / 2);
        let prepare = |engine, calls| batch::prepare(&self.house, engine, calls, &[], now).map_err(said);
        let (first, second) = (prepare(0, halves.0)?, prepare(1, halves.1)?);
        first.release();
        second.release();
        let (first, second) = (first.end().await, second.end().await);
        let told = [self.house.told(0), self.house.told(1)];
        let before = self.model.notices.clone();
        let mut all = Vec::new();
        for (engine, calls, batch) in [(0, halves.0, &first), (1, halves.1, &second)] {
            self.write_down(number, engine, calls, &[], batch);
            if let Some(act) = candidates::unserved(calls, batch, &[]) {
                return Err(format!("nobody served {act:?}"));
            }
            self.count(calls, batch);
            all.extend(calls.iter().zip(&batch.heard).map(|(call, heard)| (&call.act, heard)));
        }
        self.tally.at_once += 1;
        let candidates = candidates::in_some_order(&self.model, &all, now);
        if candidates.is_empty() {
            return Err("no order explains what was heard".to_owned());
        }
        self.look(candidates).await?;
        self.postman.hear(&told, &before, &self.model.notices, &first)
    }

    fn count(&mut self, calls: &[Call], batch: &Batch) {
        self.tally.count(calls, batch);
        let unanswered = calls.iter().zip(&batch.heard).filter(|(_, heard)| !matches!(heard, Some(Ok(_))));
        self.unknown.extend(unanswered.map(|(call, _)| call.act.clone()));
    }

    fn write_down(&mut self, number: usize, engine: usize, calls: &[Call], faults: &[Fault], batch: &Batch) {
        let Some(story) = &mut self.story else { return };
        let _ = writeln!(story, "[{number}] {} engine {engine}", self.now);
        for fault in faults {
            let _ = writeln!(story, "    fault {:?} {:?}", fault.at, fault.what);
        }
        for (call, heard) in calls.iter().zip(&batch.heard) {
            let heard = match heard {
                None => "(gone)".to_owned(),
                Some(Err(error)) => format!("{error:?}"),
                Some(Ok(answer)) => format!("{:?}", crate::heard::heard(answer)),
            };
            let _ = writeln!(story, "    {:?}\n        -> {heard}", call.act);
        }
    }

    /// Compares everything that is stored with `candidates`; the one that fits is the truth.
    async fn look(&mut self, candidates: Vec<Model>) -> Result<(), String> {
        let names = std::mem::take(&mut self.names);
        let reader = self.house.readers().swap_remove(0);
        let seen = Seen::look(&reader, &names).await.map_err(said);
        self.names = names;
        let seen = seen?;
        let mut first = None;
        let mut found = None;
        for candidate in candidates {
            let differences = facts::differences(&candidate.facts(), &seen.facts);
            if differences.is_empty() {
                found = Some(candidate);
                break;
            }
            first.get_or_insert(differences);
        }
        let Some(found) = found else { return Err(first.unwrap_or_default().join("\n")) };
        self.model = found;
        self.model.learn(&seen);
        Ok(())
    }

    /// Compares everything that is stored, and everything that is concluded from it.
    async fn prove(&mut self) -> Result<(), String> {
        self.look(vec![self.model.clone()]).await?;
        let (readers, now) = (self.house.readers(), self.now);
        let reader = &readers[0];
        let report = reader.verify().await.map_err(said)?;
        if !report.ok() {
            return Err(format!("the ledger's proof: {report:#?}"));
        }
        conclusions::stories(reader, &self.model).await?;
        conclusions::inboxes(reader, &self.model).await?;
        self.postman.knows(&self.model.notices)?;
        conclusions::due(&readers, &self.model, now).await
    }

    /// All is well again: whoever still does not know asks until they do. Then nothing may be missing, also where all
    /// processes stop first.
    async fn end(&mut self, rounds: usize, stops: bool) -> Result<(), String> {
        let mut calls: Vec<_> = std::mem::take(&mut self.network).into_iter().map(|(_, call)| call).collect();
        let certain =
            |act: &Act| matches!(act, Act::Pay { .. } | Act::Deposit { .. } | Act::Order { .. } | Act::Operate { .. });
        let unknown = std::mem::take(&mut self.unknown).into_iter().filter(certain);
        calls.extend(unknown.map(|act| Call { act, walks_away: false }));
        for (number, calls) in calls.chunks(7).enumerate() {
            self.serve(rounds, number % ENGINES, calls, &[], false).await?;
        }
        if stops {
            self.house.restart().await.map_err(said)?;
        }
        self.prove().await
    }
}
