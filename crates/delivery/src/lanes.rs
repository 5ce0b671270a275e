//! Who is called next: one lane per host, so that an endpoint that is down or slow holds up only itself.
//!
//! - Rows of a lane start in the order in which they were offered, a few at a time.
//! - A host that did not acknowledge last, or was never met, gets one attempt at a time, and all such hosts together
//!   at most half of the attempts there may be: the other half is always there for those that work.
//! - Lanes take turns.
//! - A lane remembers a bounded number of rows; the rest stays in the database until it has room.

use crate::Limits;
use mithaq_types::OutboxId;
use std::collections::{HashMap, VecDeque};

/// Rows that one lane remembers.
const WAITING_MAX: usize = 1_000;
/// Hosts remembered; beyond it the idle ones are forgotten.
const LANES_MAX: usize = 10_000;

/// A row that is being attempted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Its lane.
    pub lane: String,
    /// The row.
    pub outbox_id: OutboxId,
}

#[derive(Default)]
struct Lane {
    waiting: VecDeque<OutboxId>,
    running: usize,
    /// Whether the host acknowledged the last time.
    is_proven: bool,
    /// Whether rows were left out for lack of room. None is taken until they are read again, so that the order holds.
    has_left_out: bool,
}

/// All lanes.
pub struct Lanes {
    limits: Limits,
    lanes: HashMap<String, Lane>,
    /// Lanes with waiting rows, the one whose turn is next first.
    order: VecDeque<String>,
    /// Every row that waits or runs.
    known: HashMap<OutboxId, Stage>,
    running: usize,
}

/// How far a row has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Running,
    /// Offered again while it was running: either it was seen before the outcome was recorded, or it is due anew, for
    /// the clock was moved or somebody asked. It gets another turn, which finds out.
    RunningAgain,
}

impl Lanes {
    pub fn new(limits: Limits) -> Self {
        Self { limits, lanes: HashMap::new(), order: VecDeque::new(), known: HashMap::new(), running: 0 }
    }

    /// A row that is due. It is attempted once at a time, however often it is offered.
    pub fn offer(&mut self, lane: &str, outbox_id: OutboxId) {
        if let Some(stage) = self.known.get_mut(&outbox_id) {
            if *stage == Stage::Running {
                *stage = Stage::RunningAgain;
            }
            return;
        }
        if self.lanes.len() >= LANES_MAX {
            self.lanes.retain(|_, lane| lane.running > 0 || !lane.waiting.is_empty());
        }
        let place = self.lanes.entry(lane.to_owned()).or_default();
        if place.has_left_out || place.waiting.len() >= WAITING_MAX {
            place.has_left_out = true;
            return;
        }
        self.enqueue(lane, outbox_id);
    }

    fn enqueue(&mut self, lane: &str, outbox_id: OutboxId) {
        let place = self.lanes.entry(lane.to_owned()).or_default();
        if place.waiting.is_empty() {
            self.order.push_back(lane.to_owned());
        }
        place.waiting.push_back(outbox_id.clone());
        self.known.insert(outbox_id, Stage::Waiting);
    }

    /// The next row to attempt now, if there is one and there is room.
    pub fn start(&mut self) -> Option<Turn> {
        if self.running >= self.limits.at_once {
            return None;
        }
        let unproven: usize = self.lanes.values().filter(|lane| !lane.is_proven).map(|lane| lane.running).sum();
        let has_room_for_unproven = unproven < (self.limits.at_once / 2).max(1);
        for _ in 0..self.order.len() {
            let name = self.order.pop_front()?;
            let Some(lane) = self.lanes.get_mut(&name) else { continue };
            let may_start = if lane.is_proven {
                lane.running < self.limits.per_host
            } else {
                lane.running < 1 && has_room_for_unproven
            };
            let next = if may_start { lane.waiting.pop_front() } else { None };
            lane.running += usize::from(next.is_some());
            if !lane.waiting.is_empty() {
                self.order.push_back(name.clone());
            }
            if let Some(outbox_id) = next {
                self.running += 1;
                self.known.insert(outbox_id.clone(), Stage::Running);
                return Some(Turn { lane: name, outbox_id });
            }
        }
        None
    }

    /// An attempt is over; the host took the message, or did not, or was not asked. Answers whether rows of its lane
    /// were left out before and there is room for them now: then everything due is to be offered again.
    pub fn finish(&mut self, turn: &Turn, is_acknowledged: Option<bool>) -> bool {
        self.running = self.running.saturating_sub(1);
        if let Some(lane) = self.lanes.get_mut(&turn.lane) {
            lane.running = lane.running.saturating_sub(1);
            lane.is_proven = is_acknowledged.unwrap_or(lane.is_proven);
        }
        if self.known.remove(&turn.outbox_id) == Some(Stage::RunningAgain) {
            self.enqueue(&turn.lane, turn.outbox_id.clone());
        }
        let lane = self.lanes.get_mut(&turn.lane);
        lane.is_some_and(|lane| lane.waiting.is_empty() && std::mem::take(&mut lane.has_left_out))
    }
}

#[cfg(test)]
mod tests {
    use super::{Lanes, Turn, WAITING_MAX};
    use crate::Limits;
    use mithaq_types::OutboxId;

    fn lanes(at_once: usize, per_host: usize) -> Lanes {
        Lanes::new(Limits { at_once, per_host, ..Limits::default() })
    }

    fn offer(lanes: &mut Lanes, lane: &str, count: usize) {
        for number in 0..count {
            lanes.offer(lane, OutboxId::new(format!("{lane}-{number}")));
        }
    }

    fn start_all(lanes: &mut Lanes) -> Vec<String> {
        std::iter::from_fn(|| lanes.start()).map(|turn| turn.outbox_id.to_string()).collect()
    }

    fn turn(lane: &str, number: usize) -> Turn {
        Turn { lane: lane.to_owned(), outbox_id: OutboxId::new(format!("{lane}-{number}")) }
    }

    #[test]
    fn a_host_gets_one_attempt_until_it_acknowledges_and_then_several_in_order() {
        let mut lanes = lanes(10, 3);
        offer(&mut lanes, "a", 6);
        assert_eq!(start_all(&mut lanes), ["a-0"]);
        lanes.finish(&turn("a", 0), Some(true));
        assert_eq!(start_all(&mut lanes), ["a-1", "a-2", "a-3"]);
        lanes.finish(&turn("a", 1), Some(false));
        assert!(start_all(&mut lanes).is_empty(), "back to one at a time");
        lanes.finish(&turn("a", 2), Some(false));
        lanes.finish(&turn("a", 3), Some(false));
        assert_eq!(start_all(&mut lanes), ["a-4"]);
    }

    #[test]
    fn lanes_take_turns() {
        let mut lanes = lanes(10, 2);
        offer(&mut lanes, "a", 1);
        offer(&mut lanes, "b", 1);
        start_all(&mut lanes);
        lanes.finish(&turn("a", 0), Some(true));
        lanes.finish(&turn("b", 0), Some(true));
        for number in 1..4 {
            lanes.offer("a", OutboxId::new(format!("a-{number}")));
            lanes.offer("b", OutboxId::new(format!("b-{number}")));
        }
        assert_eq!(start_all(&mut lanes), ["a-1", "b-1", "a-2", "b-2"]);
    }

    #[test]
    fn hosts_that_do_not_answer_leave_half_of_the_room_to_the_others() {
        let mut lanes = lanes(8, 4);
        offer(&mut lanes, "good", 1);
        assert_eq!(start_all(&mut lanes), ["good-0"]);
        lanes.finish(&turn("good", 0), Some(true));
        for dead in 0..20 {
            offer(&mut lanes, &format!("dead{dead}"), 100);
        }
        assert_eq!(start_all(&mut lanes).len(), 4);
        for number in 1..9 {
            lanes.offer("good", OutboxId::new(format!("good-{number}")));
        }
        assert_eq!(start_all(&mut lanes), ["good-1", "good-2", "good-3", "good-4"]);
        lanes.finish(&turn("good", 1), Some(true));
        assert_eq!(start_all(&mut lanes), ["good-5"]);
    }

    #[test]
    fn a_row_is_attempted_once_at_a_time_however_often_it_is_offered() {
        let mut lanes = lanes(10, 2);
        offer(&mut lanes, "a", 1);
        offer(&mut lanes, "a", 1);
        assert_eq!(start_all(&mut lanes), ["a-0"]);
        lanes.finish(&turn("a", 0), Some(false));
        assert!(start_all(&mut lanes).is_empty());
        offer(&mut lanes, "a", 1);
        assert_eq!(start_all(&mut lanes), ["a-0"]);
    }

    #[test]
    fn a_row_that_is_offered_while_it_is_attempted_gets_another_turn() {
        let mut lanes = lanes(10, 2);
        offer(&mut lanes, "a", 1);
        assert_eq!(start_all(&mut lanes), ["a-0"]);
        offer(&mut lanes, "a", 1);
        offer(&mut lanes, "a", 1);
        assert!(start_all(&mut lanes).is_empty());
        lanes.finish(&turn("a", 0), Some(true));
        assert_eq!(start_all(&mut lanes), ["a-0"]);
        lanes.finish(&turn("a", 0), None);
        assert!(start_all(&mut lanes).is_empty());
    }

    #[test]
    fn a_long_lane_leaves_the_rest_in_the_database_until_it_has_room() {
        let mut lanes = lanes(1, 1);
        offer(&mut lanes, "a", WAITING_MAX + 5);
        for number in 0..WAITING_MAX {
            assert_eq!(start_all(&mut lanes), [format!("a-{number}")]);
            lanes.offer("a", OutboxId::new("too-early"));
            assert_eq!(lanes.finish(&turn("a", number), Some(true)), number == WAITING_MAX - 1);
        }
        assert!(start_all(&mut lanes).is_empty());
        lanes.offer("a", OutboxId::new(format!("a-{WAITING_MAX}")));
        assert_eq!(start_all(&mut lanes), [format!("a-{WAITING_MAX}")]);
    }
}
