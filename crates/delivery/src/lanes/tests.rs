//! Turns, room, and what is left out.

use super::lane::WAITING_MAX;
use super::{Lanes, Outcome, Turn, lane_of, place_of};
use crate::Limits;
use mithaq_store::DueDelivery;
use mithaq_types::OutboxId;
use std::time::Duration;

const TAKEN: Outcome = Outcome::Taken(Duration::from_millis(5));

fn lanes(at_once: usize, per_host: usize) -> Lanes {
    Lanes::new(Limits { at_once, per_host, ..Limits::default() })
}

fn row(lane: &str, number: usize) -> DueDelivery {
    let next_ms = i64::try_from(number).expect("small");
    DueDelivery { outbox_id: OutboxId::new(format!("{lane}-{number}")), target: lane.to_owned(), next_ms }
}

fn offer(lanes: &mut Lanes, lane: &str, numbers: impl IntoIterator<Item = usize>) {
    for number in numbers {
        lanes.offer(&row(lane, number));
    }
}

fn start_all(lanes: &mut Lanes) -> Vec<String> {
    std::iter::from_fn(|| lanes.start()).map(|turn| turn.outbox_id.to_string()).collect()
}

fn turn(lane: &str, number: usize) -> Turn {
    Turn { lane: lane.into(), outbox_id: OutboxId::new(format!("{lane}-{number}")) }
}

#[test]
fn a_lane_is_a_host_with_its_port_whatever_the_path() {
    assert_eq!(&*lane_of("https://Shop.Example.com/hooks/pay?order=1"), "shop.example.com:443");
    assert_eq!(&*lane_of("https://shop.example.com:443/other"), "shop.example.com:443");
    assert_eq!(&*lane_of("http://127.0.0.1:7601/n"), "127.0.0.1:7601");
    assert_eq!(&*lane_of("user:2166100000000000000001"), "user");
    assert_eq!(&*lane_of("not a url"), "not a url");
}

#[test]
fn a_host_gets_one_attempt_until_it_acknowledges_and_then_several_in_order() {
    let mut lanes = lanes(10, 3);
    offer(&mut lanes, "a", 0..6);
    assert_eq!(start_all(&mut lanes), ["a-0"]);
    lanes.finish(&turn("a", 0), TAKEN);
    assert_eq!(start_all(&mut lanes), ["a-1", "a-2", "a-3"]);
    lanes.finish(&turn("a", 1), Outcome::Failed);
    assert!(start_all(&mut lanes).is_empty(), "back to one at a time");
    lanes.finish(&turn("a", 2), Outcome::Failed);
    lanes.finish(&turn("a", 3), Outcome::Failed);
    assert_eq!(start_all(&mut lanes), ["a-4"]);
    lanes.finish(&turn("a", 4), Outcome::NotAsked);
    assert_eq!(start_all(&mut lanes), ["a-5"], "nothing was learnt of the host");
}

#[test]
fn a_host_that_takes_long_to_acknowledge_gets_two_attempts() {
    let mut lanes = lanes(10, 8);
    offer(&mut lanes, "a", 0..10);
    start_all(&mut lanes);
    lanes.finish(&turn("a", 0), Outcome::Taken(Duration::from_secs(3)));
    assert_eq!(start_all(&mut lanes), ["a-1", "a-2"]);
    lanes.finish(&turn("a", 1), TAKEN);
    assert_eq!(start_all(&mut lanes).len(), 7);
}

#[test]
fn lanes_take_turns() {
    let mut lanes = lanes(10, 2);
    offer(&mut lanes, "a", [0]);
    offer(&mut lanes, "b", [0]);
    start_all(&mut lanes);
    lanes.finish(&turn("a", 0), TAKEN);
    lanes.finish(&turn("b", 0), TAKEN);
    for number in 1..4 {
        offer(&mut lanes, "a", [number]);
        offer(&mut lanes, "b", [number]);
    }
    assert_eq!(start_all(&mut lanes), ["a-1", "b-1", "a-2", "b-2"]);
    offer(&mut lanes, "new", [0]);
    lanes.finish(&turn("a", 1), TAKEN);
    lanes.finish(&turn("b", 1), TAKEN);
    let mut next = start_all(&mut lanes);
    next.sort();
    assert_eq!(next, ["a-3", "b-3", "new-0"], "a host that nobody knows yet is not kept waiting");
}

#[test]
fn hosts_that_do_not_answer_leave_half_of_the_room_to_the_others() {
    let mut lanes = lanes(8, 4);
    offer(&mut lanes, "good", [0]);
    assert_eq!(start_all(&mut lanes), ["good-0"]);
    lanes.finish(&turn("good", 0), TAKEN);
    for dead in 0..20 {
        offer(&mut lanes, &format!("dead{dead}"), 0..100);
    }
    assert_eq!(start_all(&mut lanes).len(), 4);
    offer(&mut lanes, "good", 1..9);
    assert_eq!(start_all(&mut lanes), ["good-1", "good-2", "good-3", "good-4"]);
    lanes.finish(&turn("good", 1), TAKEN);
    assert_eq!(start_all(&mut lanes), ["good-5"]);
    lanes.finish(&turn("dead0", 0), Outcome::Failed);
    assert_eq!(start_all(&mut lanes), ["dead4-0"], "and take turns in theirs");
}

#[test]
fn a_row_is_attempted_once_at_a_time_however_often_it_is_offered() {
    let mut lanes = lanes(10, 2);
    offer(&mut lanes, "a", [0, 0]);
    assert_eq!(start_all(&mut lanes), ["a-0"]);
    offer(&mut lanes, "a", [0]);
    lanes.finish(&turn("a", 0), Outcome::Failed);
    assert!(start_all(&mut lanes).is_empty());
    offer(&mut lanes, "a", [0]);
    assert_eq!(start_all(&mut lanes), ["a-0"]);
}

#[test]
fn a_row_that_becomes_due_while_it_is_attempted_gets_another_turn() {
    let mut lanes = lanes(10, 2);
    offer(&mut lanes, "a", [0]);
    assert_eq!(start_all(&mut lanes), ["a-0"]);
    lanes.tell(&row("a", 0));
    lanes.tell(&row("a", 0));
    assert!(start_all(&mut lanes).is_empty());
    lanes.finish(&turn("a", 0), TAKEN);
    assert_eq!(start_all(&mut lanes), ["a-0"]);
    lanes.finish(&turn("a", 0), Outcome::NotAsked);
    assert!(start_all(&mut lanes).is_empty());
}

#[test]
fn a_long_lane_leaves_the_rest_in_the_database_until_it_has_room() {
    let mut lanes = lanes(1, 1);
    offer(&mut lanes, "a", 0..WAITING_MAX + 5);
    for number in 0..WAITING_MAX {
        assert_eq!(lanes.are_hungry(), number >= WAITING_MAX * 3 / 4, "at {number}");
        assert_eq!(start_all(&mut lanes), [format!("a-{number}")]);
        offer(&mut lanes, "a", [2 * WAITING_MAX]);
        lanes.finish(&turn("a", number), TAKEN);
    }
    assert!(start_all(&mut lanes).is_empty());
    let (place, names) = lanes.take_hungry().expect("there is room");
    assert_eq!(place, place_of(&row("a", WAITING_MAX)), "the first that was left out");
    assert!(lanes.have_room(&names) && !lanes.are_hungry());
    offer(&mut lanes, "a", [WAITING_MAX]);
    assert_eq!(start_all(&mut lanes), [format!("a-{WAITING_MAX}")]);
}

#[test]
fn what_waits_can_be_forgotten_and_is_taken_again_when_it_is_offered() {
    let mut lanes = lanes(1, 1);
    offer(&mut lanes, "a", 0..WAITING_MAX + 5);
    assert_eq!(start_all(&mut lanes), ["a-0"]);
    lanes.forget_waiting();
    lanes.finish(&turn("a", 0), TAKEN);
    assert!(start_all(&mut lanes).is_empty());
    offer(&mut lanes, "a", [7]);
    assert_eq!(start_all(&mut lanes), ["a-7"]);
}
