//! How often a command goes to the database before it can be decided. Each round is a round trip that
//! everybody in the batch waits for.

use crate::support::{
    AsCommand, NOOR, SARA, SHOP, World, app, cancel, exchange, fresh, grant, iqd, page, pay, prepare, refresh, sign,
    terms, user,
};
use mithaq_domain::{Command, EndedBy, Grant, PinCheck, Sign, Terms};
use mithaq_types::{AuthId, InteractionId, UserId};

#[track_caller]
fn takes(world: &mut World, rounds: usize, command: impl AsCommand) {
    let answer = world.run(command);
    assert_eq!(world.rounds, rounds, "{answer:?}");
}

#[test]
fn a_payment_takes_two_rounds_whatever_happens_to_it() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    takes(&mut world, 2, pay("T1", "R1", iqd(1)));
    takes(&mut world, 2, pay("T1", "R2", iqd(5_000)));
    takes(&mut world, 2, pay("none", "R3", iqd(1)));
    world.done(refresh("T1", "T2"));
    takes(&mut world, 2, pay("T2", "R4", iqd(1)));
}

#[test]
fn a_repeated_payment_takes_one() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    world.done(pay("T1", "R1", iqd(1)));
    takes(&mut world, 1, pay("T1", "R1", iqd(1)));
}

#[test]
fn a_contracts_other_steps_take_two() {
    let mut world = World::sandbox();
    let offer = AuthId::new("A1");
    let hook = Some("https://shop.example".to_owned());
    takes(&mut world, 2, prepare(&offer, Terms { status_notify_url: hook, ..terms() }));
    world.done(page("P1", Some(&offer), world.now));
    let on_page = Some((InteractionId::new("P1"), String::new()));
    takes(&mut world, 2, Sign { page: on_page, ..sign(SARA, &offer, "C1") });
    takes(&mut world, 2, exchange("C1", "T1"));
    takes(&mut world, 2, exchange("C1", "T2"));
    takes(&mut world, 2, refresh("T2", "T3"));
    takes(&mut world, 2, refresh("T3", "T4"));
    takes(&mut world, 2, Command::UseToken { access: fresh("T4").access });
    takes(&mut world, 2, cancel("T4"));
}

#[test]
fn ending_takes_two_and_theft_three() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    let by = EndedBy::User(UserId::new(SARA), PinCheck::Right);
    takes(&mut world, 2, Command::EndContract { contract_id, by });
    world.agreed_simply(SARA, "T2");
    world.done(refresh("T2", "T3"));
    world.wait("PT2M");
    takes(&mut world, 3, exchange("code of T2", "T4"));
}

#[test]
fn scopes_take_two_and_what_stands_alone_one() {
    let mut world = World::sandbox();
    world.done(page("P1", None, world.now));
    let on_page = Some((InteractionId::new("P1"), String::new()));
    takes(&mut world, 2, Grant { page: on_page, ..grant(SARA, &["auth_base"], "C1") });
    takes(&mut world, 1, user("new"));
    takes(&mut world, 1, app(SHOP));
    takes(&mut world, 1, Command::TopUp { user_id: UserId::new(SARA), amount: iqd(1) });
    let opened = page("P2", None, world.now);
    takes(&mut world, 1, opened);
}
