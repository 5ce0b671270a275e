//! The PIN: five wrong ones in a row lock it for fifteen minutes, and then not even the right one opens.

use crate::support::{OMAR, SARA, World, hash, iqd, sign, terms};
use mithaq_domain::{Command, EndedBy, PinCheck, Refusal, Session, Sign};
use mithaq_types::{AuthId, SessionId, UserId};

fn with(pin: PinCheck, offer: &AuthId, code: &str) -> Sign {
    Sign { pin, ..sign(SARA, offer, code) }
}

fn world_with_offer() -> (World, AuthId) {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    (world, offer)
}

#[test]
fn five_wrong_pins_lock_it_for_fifteen_minutes() {
    let (mut world, offer) = world_with_offer();
    for tries_left in [4, 3, 2, 1] {
        assert_eq!(world.refused(with(PinCheck::Wrong, &offer, "C1")), Refusal::PinWrong { tries_left });
    }
    let until = world.now + jiff::SignedDuration::from_mins(15);
    assert_eq!(world.refused(with(PinCheck::Wrong, &offer, "C1")), Refusal::PinLocked { until });
    assert_eq!(world.refused(with(PinCheck::Right, &offer, "C1")), Refusal::PinLocked { until });
    assert_eq!(world.audit.iter().filter(|line| line.action == "pin.locked").count(), 1);
}

#[test]
fn the_lock_opens_by_itself_and_the_count_starts_anew() {
    let (mut world, offer) = world_with_offer();
    for _ in 0..5 {
        world.refused(with(PinCheck::Wrong, &offer, "C1"));
    }
    world.wait("PT14M59S");
    assert!(matches!(world.refused(with(PinCheck::Right, &offer, "C1")), Refusal::PinLocked { .. }));
    world.wait("PT1S");
    assert_eq!(world.refused(with(PinCheck::Wrong, &offer, "C1")), Refusal::PinWrong { tries_left: 4 });
    world.done(with(PinCheck::Right, &offer, "C1"));
}

#[test]
fn trying_while_it_is_locked_does_not_lengthen_the_lock() {
    let (mut world, offer) = world_with_offer();
    for _ in 0..5 {
        world.refused(with(PinCheck::Wrong, &offer, "C1"));
    }
    world.wait("PT10M");
    world.refused(with(PinCheck::Wrong, &offer, "C1"));
    assert!(world.changes.is_empty());
    world.wait("PT5M");
    world.done(with(PinCheck::Right, &offer, "C1"));
}

#[test]
fn a_right_pin_clears_the_count() {
    let (mut world, offer) = world_with_offer();
    for _ in 0..4 {
        world.refused(with(PinCheck::Wrong, &offer, "C1"));
    }
    world.done(with(PinCheck::Right, &offer, "C1"));
    assert_eq!(world.refused(with(PinCheck::Wrong, &offer, "C2")), Refusal::PinWrong { tries_left: 4 });
}

#[test]
fn wrong_pins_are_counted_wherever_they_are_typed() {
    let (mut world, offer) = world_with_offer();
    let contract_id = world.agreed_simply(SARA, "T1");
    let csrf = "first".to_owned();
    let session_id = SessionId::new("S1");
    let (token_hash, created_at) = (hash("cookie"), world.now);
    world.done(Session {
        session_id: session_id.clone(),
        token_hash,
        user_id: None,
        csrf: csrf.clone(),
        created_at,
        agent: None,
    });
    let (user_id, pin) = (UserId::new(SARA), PinCheck::Wrong);

    assert_eq!(world.refused(with(pin, &offer, "C1")), Refusal::PinWrong { tries_left: 4 });
    let log_in = Command::LogIn { session_id, user_id: user_id.clone(), pin, token_hash, csrf };
    assert_eq!(world.refused(log_in), Refusal::PinWrong { tries_left: 3 });
    let end = Command::EndContract { contract_id, by: EndedBy::User(user_id, pin) };
    assert_eq!(world.refused(end), Refusal::PinWrong { tries_left: 2 });
}

#[test]
fn parallel_guesses_of_one_batch_all_count() {
    let (mut world, offer) = world_with_offer();
    let guesses: Vec<_> = (0..6).map(|_| Command::Sign(Box::new(with(PinCheck::Wrong, &offer, "C1")))).collect();
    let refusals: Vec<_> = world.run_batch(&guesses).into_iter().map(|(answer, _)| answer.unwrap_err()).collect();
    let left: Vec<_> = refusals.iter().filter(|refusal| matches!(refusal, Refusal::PinWrong { .. })).collect();
    assert_eq!((left.len(), refusals.len()), (4, 6));
}

#[test]
fn one_users_wrong_pins_do_not_lock_another_out() {
    let (mut world, offer) = world_with_offer();
    for _ in 0..5 {
        world.refused(with(PinCheck::Wrong, &offer, "C1"));
    }
    world.done(sign(OMAR, &offer, "C2"));
}

#[test]
fn a_locked_pin_does_not_stop_deductions_that_were_agreed_before() {
    let (mut world, offer) = world_with_offer();
    world.agreed_simply(SARA, "T1");
    for _ in 0..5 {
        world.refused(with(PinCheck::Wrong, &offer, "C1"));
    }
    assert!(world.charge("T1", iqd(1)).paid_at.is_some());
}

#[test]
fn where_no_pin_is_asked_for_none_is_counted() {
    let (mut world, offer) = world_with_offer();
    world.refused(with(PinCheck::Wrong, &offer, "C1"));
    world.done(with(PinCheck::NotAsked, &offer, "C1"));
    assert_eq!(world.rows.user(&UserId::new(SARA)).expect("known").pin_failures, 1);
}
