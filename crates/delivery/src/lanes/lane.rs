//! One host: the rows that wait for it, and what is known of it.

use super::{Outcome, Place, USERS};
use crate::Limits;
use mithaq_types::OutboxId;
use std::collections::VecDeque;
use std::time::Duration;

/// Rows that one lane remembers.
pub const WAITING_MAX: usize = 1_000;
/// Rows that all lanes remember; beyond that a lane takes no more than a few.
const ALL_WAITING_MAX: usize = 100_000;
/// These few.
const WAITING_FEW: usize = 32;
/// An acknowledgement that takes longer is slow.
const QUICK: Duration = Duration::from_secs(1);
/// Attempts at the same time at a slow host.
const SLOW_AT_ONCE: usize = 2;

/// Rows that a lane may remember now.
#[derive(Clone, Copy)]
pub struct Room(usize);

impl Room {
    /// While `waiting` rows wait in all lanes.
    pub const fn for_waiting(waiting: usize) -> Self {
        Self(if waiting < ALL_WAITING_MAX { WAITING_MAX } else { WAITING_FEW })
    }
}

/// What is known of a host.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Pace {
    /// It did not acknowledge last, or was never met.
    #[default]
    Unproven,
    /// It acknowledges, but takes its time.
    Slow,
    /// It acknowledges.
    Quick,
}

#[derive(Default)]
pub struct Lane {
    pub waiting: VecDeque<OutboxId>,
    pub running: usize,
    /// Whether it stands in line.
    pub is_queued: bool,
    pace: Pace,
    /// The first row that was left out for lack of room. None is taken until it is read again, so that the order holds.
    left_out: Option<Place>,
    /// Whether there was room for what was left out when an attempt ended.
    is_hungry: bool,
}

impl Lane {
    pub fn has_room(&self, room: Room) -> bool {
        self.left_out.is_none() && self.waiting.len() < room.0
    }

    pub const fn has_left_out(&self) -> bool {
        self.left_out.is_some()
    }

    pub fn leave_out(&mut self, place: Place) {
        if self.left_out.as_ref().is_none_or(|first| place < *first) {
            self.left_out = Some(place);
        }
    }

    /// Whether it has from now on, and had not before, room for what it left out.
    pub fn becomes_hungry(&mut self, room: Room) -> bool {
        let is_hungry = self.has_left_out() && self.waiting.len() <= room.0 / 4;
        is_hungry && !std::mem::replace(&mut self.is_hungry, true)
    }

    /// Takes rows again; answers where the first is that was left out.
    pub fn feed(&mut self) -> Option<Place> {
        self.is_hungry = false;
        self.left_out.take()
    }

    pub fn may_start(&self, name: &str, limits: &Limits) -> bool {
        let most = match self.pace {
            Pace::Unproven => 1,
            Pace::Slow => SLOW_AT_ONCE.min(limits.per_host),
            Pace::Quick if name == USERS => limits.to_users,
            Pace::Quick => limits.per_host,
        };
        !self.waiting.is_empty() && self.running < most
    }

    pub fn is_proven(&self) -> bool {
        self.pace != Pace::Unproven
    }

    /// Whether nothing is lost if it is forgotten, but what is known of the host.
    pub fn is_idle(&self) -> bool {
        self.running == 0 && self.waiting.is_empty() && !self.has_left_out()
    }

    pub fn learn(&mut self, outcome: Outcome) {
        self.pace = match outcome {
            Outcome::Taken(took) if took <= QUICK => Pace::Quick,
            Outcome::Taken(_) => Pace::Slow,
            Outcome::Failed => Pace::Unproven,
            Outcome::NotAsked => self.pace,
        };
    }
}
