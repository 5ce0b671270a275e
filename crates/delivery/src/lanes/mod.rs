//! Who is called next: one lane per host, so that an endpoint that is down or slow holds up only itself.
//!
//! - Rows of a lane start in the order in which they were offered, a few at a time.
//! - A host that did not acknowledge last, or was never met, gets one attempt at a time, and all such hosts together
//!   at most half of the attempts there may be: the other half is always there for those that work. One that takes long
//!   to acknowledge gets two.
//! - Lanes take turns.
//! - A lane remembers a bounded number of rows, and all lanes together do; the rest stays in the database until there
//!   is room.

mod lane;
#[cfg(test)]
mod tests;

use crate::Limits;
use lane::{Lane, Room};
use mithaq_store::DueDelivery;
use mithaq_types::OutboxId;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Hosts remembered; beyond it the idle ones are forgotten.
const LANES_MAX: usize = 10_000;
/// The lane of everything that goes to users.
pub const USERS: &str = "user";

/// A place in the order in which rows fall due: milliseconds, then the row's id.
pub type Place = (i64, String);

/// A row that is being attempted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Its lane.
    pub lane: Arc<str>,
    /// The row.
    pub outbox_id: OutboxId,
}

/// How an attempt went, as far as its lane is concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The target took the message, after this long.
    Taken(Duration),
    /// It did not.
    Failed,
    /// It was not asked.
    NotAsked,
}

/// All lanes.
pub struct Lanes {
    limits: Limits,
    lanes: HashMap<Arc<str>, Lane>,
    /// Lanes that may have a row to start, the one whose turn is next first: of hosts that work, and of others.
    order: [VecDeque<Arc<str>>; 2],
    /// Whether the others are next.
    is_others_turn: bool,
    /// Every row that waits or runs.
    known: HashMap<OutboxId, Stage>,
    waiting: usize,
    running: usize,
    /// Of these, at hosts that are not known to work.
    running_unproven: usize,
    /// When so many hosts are remembered, the idle ones are forgotten.
    tidy_at: usize,
    /// Lanes that left rows out and have room for them now.
    hungry: Vec<Arc<str>>,
}

/// How far a row has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Running,
    /// It became due while it was running, for the clock was moved or somebody asked. It gets another turn.
    RunningAgain,
}

impl Lanes {
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            lanes: HashMap::new(),
            order: [VecDeque::new(), VecDeque::new()],
            is_others_turn: false,
            known: HashMap::new(),
            waiting: 0,
            running: 0,
            running_unproven: 0,
            tidy_at: LANES_MAX,
            hungry: Vec::new(),
        }
    }

    /// A row that became due in this moment, or so it seems: one that is being attempted gets another turn.
    pub fn tell(&mut self, due: &DueDelivery) {
        match self.known.get_mut(&due.outbox_id) {
            Some(stage @ Stage::Running) => *stage = Stage::RunningAgain,
            Some(_) => {}
            None => self.take(due),
        }
    }

    /// A row that was found to be due. It is attempted once at a time, however often it is offered.
    pub fn offer(&mut self, due: &DueDelivery) {
        if !self.known.contains_key(&due.outbox_id) {
            self.take(due);
        }
    }

    fn take(&mut self, due: &DueDelivery) {
        let name = lane_of(&due.target);
        let room = Room::for_waiting(self.waiting);
        let lane = self.lane(&name);
        if lane.has_room(room) {
            lane.waiting.push_back(due.outbox_id.clone());
            self.waiting += 1;
            self.known.insert(due.outbox_id.clone(), Stage::Waiting);
            self.queue(&name);
        } else {
            lane.leave_out(place_of(due));
        }
    }

    fn lane(&mut self, name: &Arc<str>) -> &mut Lane {
        if self.lanes.len() >= self.tidy_at && !self.lanes.contains_key(name) {
            self.lanes.retain(|_, lane| !lane.is_idle());
            self.tidy_at = LANES_MAX.max(self.lanes.len() * 2);
        }
        self.lanes.entry(Arc::clone(name)).or_default()
    }

    /// Puts the lane in line if it may have a row to start.
    fn queue(&mut self, name: &Arc<str>) {
        let Some(lane) = self.lanes.get_mut(name) else { return };
        if !lane.is_queued && lane.may_start(name, &self.limits) {
            lane.is_queued = true;
            self.order[usize::from(!lane.is_proven())].push_back(Arc::clone(name));
        }
    }

    /// The next row to attempt now, if there is one and there is room.
    pub fn start(&mut self) -> Option<Turn> {
        while self.running < self.limits.at_once {
            let has_room = [true, self.running_unproven < (self.limits.at_once / 2).max(1)];
            let may = |which: usize| has_room[which] && !self.order[which].is_empty();
            let first = usize::from(self.is_others_turn);
            let which = [first, 1 - first].into_iter().find(|which| may(*which))?;
            let name = self.order[which].pop_front()?;
            let Some(lane) = self.lanes.get_mut(&name) else { continue };
            lane.is_queued = false;
            if usize::from(!lane.is_proven()) != which || !lane.may_start(&name, &self.limits) {
                // It has changed since it was put in line.
                self.queue(&name);
                continue;
            }
            let Some(outbox_id) = lane.waiting.pop_front() else { continue };
            lane.running += 1;
            self.running_unproven += usize::from(!lane.is_proven());
            self.is_others_turn = which == 0;
            self.waiting -= 1;
            self.running += 1;
            self.known.insert(outbox_id.clone(), Stage::Running);
            self.queue(&name);
            return Some(Turn { lane: name, outbox_id });
        }
        None
    }

    /// An attempt is over.
    pub fn finish(&mut self, turn: &Turn, outcome: Outcome) {
        let again = self.known.remove(&turn.outbox_id) == Some(Stage::RunningAgain);
        self.running = self.running.saturating_sub(1);
        let room = Room::for_waiting(self.waiting);
        let Some(lane) = self.lanes.get_mut(&turn.lane) else { return };
        let unproven = |lane: &Lane| if lane.is_proven() { 0 } else { lane.running };
        let before = unproven(lane);
        lane.running = lane.running.saturating_sub(1);
        lane.learn(outcome);
        self.running_unproven = (self.running_unproven + unproven(lane)).saturating_sub(before);
        if again {
            lane.waiting.push_back(turn.outbox_id.clone());
            self.waiting += 1;
            self.known.insert(turn.outbox_id.clone(), Stage::Waiting);
        }
        if lane.becomes_hungry(room) {
            self.hungry.push(Arc::clone(&turn.lane));
        }
        self.queue(&turn.lane);
    }

    /// The lanes that left rows out and have room for them now, and where the first of these rows is found. They take
    /// rows again from now on.
    pub fn take_hungry(&mut self) -> Option<(Place, Vec<Arc<str>>)> {
        let names = std::mem::take(&mut self.hungry);
        let mut places = Vec::new();
        for name in &names {
            places.extend(self.lanes.get_mut(name).and_then(Lane::feed));
        }
        Some((places.into_iter().min()?, names))
    }

    /// Whether there is one.
    pub const fn are_hungry(&self) -> bool {
        !self.hungry.is_empty()
    }

    /// Whether one of these lanes could take more rows.
    pub fn have_room(&self, names: &[Arc<str>]) -> bool {
        names.iter().filter_map(|name| self.lanes.get(name)).any(|lane| !lane.has_left_out())
    }

    /// Forgets every row that waits; those that are being attempted go on.
    pub fn forget_waiting(&mut self) {
        self.known.retain(|_, stage| *stage != Stage::Waiting);
        for stage in self.known.values_mut() {
            *stage = Stage::Running;
        }
        for lane in self.lanes.values_mut() {
            lane.waiting.clear();
            lane.feed();
        }
        self.waiting = 0;
        self.hungry.clear();
    }
}

/// Where a row stands.
pub fn place_of(due: &DueDelivery) -> Place {
    (due.next_ms, due.outbox_id.as_str().to_owned())
}

/// The lane of a target: the host and port of a URL, or one lane for all that goes to users.
fn lane_of(target: &str) -> Arc<str> {
    if target.starts_with("user:") {
        return USERS.into();
    }
    let parsed = Url::parse(target).ok();
    let host = parsed.as_ref().and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
    host.map_or_else(|| target.into(), |(host, port)| format!("{host}:{port}").into())
}
