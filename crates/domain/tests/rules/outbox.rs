//! Deliveries are tried eight times over a day and then given up, visibly (spec/openapi.md 5.6).

use crate::support::{SARA, World, iqd, pay};
use mithaq_domain::{Change, Command, Delivery, DeliveryState, Done, Outbox, PayRequest, Refusal, Row};
use mithaq_types::OutboxId;

fn with_notice() -> (World, OutboxId) {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.done(PayRequest { notify_url: Some("https://shop.example".to_owned()), ..pay("T1", "R1", iqd(1)) });
    let notice = world.changes.iter().find_map(|change| match change {
        Change::Insert(Row::Outbox(row)) if row.client_id.is_some() => Some(row.outbox_id.clone()),
        _ => None,
    });
    (world, notice.expect("a notice"))
}

fn attempt(world: &mut World, outbox_id: &OutboxId, error: Option<&str>) -> Outbox {
    let after_attempts = world.rows.outbox(outbox_id).expect("kept").attempts;
    attempt_after(world, outbox_id, after_attempts, error)
}

fn attempt_after(world: &mut World, outbox_id: &OutboxId, after_attempts: u32, error: Option<&str>) -> Outbox {
    let delivery = Delivery { after_attempts, error: error.map(str::to_owned) };
    match world.done(Command::Delivered { outbox_id: outbox_id.clone(), delivery }) {
        Done::Outbox(row) => *row,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_acknowledged_delivery_is_done() {
    let (mut world, id) = with_notice();
    let row = attempt(&mut world, &id, None);
    assert_eq!((row.state, row.attempts, row.last_error), (DeliveryState::Delivered, 1, None));
}

#[test]
fn the_waits_between_attempts_grow_and_the_eighth_failure_is_the_last() {
    let (mut world, id) = with_notice();
    let mut waits = Vec::new();
    for number in 1..=8 {
        let row = attempt(&mut world, &id, Some("HTTP 500"));
        assert_eq!((row.attempts, row.last_error.as_deref()), (number, Some("HTTP 500")));
        if row.state == DeliveryState::Pending {
            waits.push(row.next_at.duration_since(world.now).as_mins());
            world.now = row.next_at;
        }
    }
    assert_eq!(waits, [2, 10, 10, 60, 120, 360, 900]);
    assert_eq!(world.rows.outbox(&id).expect("kept").state, DeliveryState::Dead);
}

#[test]
fn a_later_attempt_that_succeeds_ends_the_series() {
    let (mut world, id) = with_notice();
    attempt(&mut world, &id, Some("timed out"));
    let row = attempt(&mut world, &id, None);
    assert_eq!((row.state, row.attempts, row.last_error), (DeliveryState::Delivered, 2, None));
}

#[test]
fn what_was_delivered_stays_delivered_whatever_a_late_attempt_says() {
    let (mut world, id) = with_notice();
    let delivered = attempt(&mut world, &id, None);
    assert_eq!(attempt(&mut world, &id, Some("timed out")), delivered);
    assert!(world.changes.is_empty());
}

#[test]
fn a_failure_that_is_told_twice_or_too_late_counts_once() {
    let (mut world, id) = with_notice();
    let failed = attempt_after(&mut world, &id, 0, Some("HTTP 500"));
    assert_eq!((failed.attempts, failed.state), (1, DeliveryState::Pending));
    world.wait("PT1M");
    assert_eq!(attempt_after(&mut world, &id, 0, Some("timed out")), failed, "by a process that was stopped meanwhile");
    assert!(world.changes.is_empty());
    for number in 1..8 {
        attempt_after(&mut world, &id, number, Some("HTTP 500"));
    }
    let dead = world.rows.outbox(&id).expect("kept").clone();
    assert_eq!(attempt_after(&mut world, &id, 7, Some("timed out")), dead);
    assert!(world.changes.is_empty());
}

#[test]
fn what_arrived_counts_however_late_it_is_told() {
    let (mut world, id) = with_notice();
    for number in 0..8 {
        attempt_after(&mut world, &id, number, Some("HTTP 500"));
    }
    assert_eq!(attempt_after(&mut world, &id, 3, None).state, DeliveryState::Delivered);
    let (mut world, id) = with_notice();
    attempt(&mut world, &id, Some("HTTP 500"));
    assert_eq!(attempt_after(&mut world, &id, 0, None).state, DeliveryState::Delivered);
}

#[test]
fn a_dead_delivery_can_be_sent_again_by_hand_with_a_full_series() {
    let (mut world, id) = with_notice();
    for _ in 0..8 {
        attempt(&mut world, &id, Some("HTTP 500"));
    }
    world.wait("P3D");
    world.done(Command::Resend { outbox_id: id.clone() });
    let row = world.rows.outbox(&id).expect("kept").clone();
    assert_eq!((row.state, row.attempts, row.next_at), (DeliveryState::Pending, 0, world.now));
    assert_eq!(attempt(&mut world, &id, Some("HTTP 500")).state, DeliveryState::Pending);
    assert_eq!(world.audit.last().map(|line| line.action.as_str()), Some("outbox.resent"));
}

#[test]
fn what_was_delivered_can_be_sent_again_too() {
    let (mut world, id) = with_notice();
    attempt(&mut world, &id, None);
    world.done(Command::Resend { outbox_id: id.clone() });
    assert_eq!(world.rows.outbox(&id).expect("kept").state, DeliveryState::Pending);
}

#[test]
fn an_unknown_delivery_is_refused() {
    let mut world = World::sandbox();
    let outbox_id = OutboxId::new("none");
    assert_eq!(world.refused(Command::Resend { outbox_id: outbox_id.clone() }), Refusal::OutboxUnknown);
    let delivery = Delivery { after_attempts: 0, error: None };
    assert_eq!(world.refused(Command::Delivered { outbox_id, delivery }), Refusal::OutboxUnknown);
}
