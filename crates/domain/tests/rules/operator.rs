//! What the operator does to a running installation: deposits, keys, suspensions, forgotten PINs.

use crate::support::{NOOR, SARA, SHOP, World, iqd, prepare, terms, usd};
use jiff::SignedDuration;
use mithaq_domain::{
    Change, Client, Command, Deposit, Done, Operation, Owner, Refusal, Row, Status, User, UserNews, UserStatus,
};
use mithaq_types::{AuthId, ClientId, Currency, Money, UserId};

fn operate(operation: Operation) -> Command {
    Command::Operate(Box::new(operation))
}

fn deposit(reference: &str, user: &str, amount: Money) -> Command {
    operate(Operation::Deposit { reference: reference.to_owned(), user_id: UserId::new(user), amount })
}

fn deposited(done: Done) -> (Deposit, bool) {
    match done {
        Done::Deposited { deposit, repeated } => (*deposit, repeated),
        other => panic!("{other:?}"),
    }
}

fn add_key(client: &str, pem: &str) -> Command {
    operate(Operation::AddClientKey { client_id: ClientId::new(client), public_pem: pem.to_owned() })
}

fn retire_key(version: u32) -> Command {
    operate(Operation::RetireClientKey { client_id: ClientId::new(SHOP), version })
}

fn versions(done: Done) -> Vec<u32> {
    match done {
        Done::Client(client) => client.keys.iter().map(|key| key.version).collect(),
        other => panic!("{other:?}"),
    }
}

fn shop(world: &World) -> Client {
    world.rows.client(&ClientId::new(SHOP)).expect("is there").clone()
}

#[test]
fn a_deposit_comes_from_the_world_and_is_told_to_the_user() {
    let mut world = World::sandbox();
    let outside = |world: &World| world.account(Owner::World, Currency::IQD).balance;
    let before = outside(&world);
    let (deposit, repeated) = deposited(world.done(deposit("bank 17", NOOR, iqd(500))));
    assert_eq!((deposit.balance, deposit.at, repeated), (iqd(1_500), world.now, false));
    assert_eq!(world.balance(NOOR), iqd(1_500).minor);
    assert_eq!(outside(&world), before - iqd(500).minor);
    let expected = UserNews::ToppedUp { amount: iqd(500), balance: iqd(1_500) };
    assert_eq!(world.news(NOOR).last(), Some(&&expected));
}

#[test]
fn a_reference_is_deposited_once_and_answers_as_the_first_time() {
    let mut world = World::sandbox();
    let first = deposited(world.done(deposit("bank 17", NOOR, iqd(500)))).0;
    world.wait("P1D");
    world.done(deposit("bank 18", NOOR, iqd(1)));
    let (again, repeated) = deposited(world.done(deposit("bank 17", NOOR, iqd(500))));
    assert_eq!((again, repeated), (first, true));
    assert!(world.changes.is_empty(), "a repeat changes nothing and says nothing");
    assert_eq!(world.balance(NOOR), iqd(1_501).minor);
}

#[test]
fn a_reference_is_not_used_for_another_deposit() {
    let mut world = World::sandbox();
    world.done(deposit("bank 17", NOOR, iqd(500)));
    for (user, amount) in [(SARA, iqd(500)), (NOOR, iqd(501)), (NOOR, usd(5))] {
        assert_eq!(world.refused(deposit("bank 17", user, amount)), Refusal::RequestInconsistent);
        assert!(world.changes.is_empty());
    }
}

#[test]
fn a_deposit_is_positive_fits_sixty_four_bits_and_has_a_user() {
    let mut world = World::sandbox();
    for minor in [0, -1, i64::MIN, i64::MAX] {
        let amount = Money::new(minor, Currency::IQD);
        assert_eq!(world.refused(deposit("bank 17", NOOR, amount)), Refusal::AmountImpossible, "{minor}");
        assert!(world.changes.is_empty());
    }
    assert_eq!(world.refused(deposit("bank 17", "nobody", iqd(1))), Refusal::UserUnknown);
    let (_, repeated) = deposited(world.done(deposit("bank 17", NOOR, iqd(1))));
    assert!(!repeated, "what was refused did not use the reference up");
}

#[test]
fn a_frozen_user_may_be_given_money() {
    let mut world = World::sandbox();
    world.done(Command::SetUser { user_id: UserId::new(NOOR), status: UserStatus::Frozen });
    world.done(deposit("bank 17", NOOR, iqd(500)));
    assert_eq!(world.balance(NOOR), iqd(1_500).minor);
}

#[test]
fn a_new_key_of_a_client_is_the_newest_and_the_old_ones_stay() {
    let mut world = World::sandbox();
    let before = shop(&world).keys;
    let newest = before.iter().map(|key| key.version).max().unwrap_or(0);
    world.done(add_key(SHOP, "second"));
    world.done(add_key(SHOP, "third"));
    let keys = shop(&world).keys;
    assert_eq!(keys[..before.len()], before[..]);
    let added: Vec<_> = keys[before.len()..].iter().map(|key| (key.version, key.public_pem.as_str())).collect();
    assert_eq!(added, [(newest + 1, "second"), (newest + 2, "third")]);
}

#[test]
fn a_client_has_a_key_once() {
    let mut world = World::sandbox();
    world.done(add_key(SHOP, "second"));
    assert_eq!(world.refused(add_key(SHOP, "second")), Refusal::Exists);
    assert_eq!(world.refused(add_key("nobody", "second")), Refusal::ClientUnknown);
}

#[test]
fn an_older_key_is_retired_the_newest_never() {
    let mut world = World::sandbox();
    world.done(add_key(SHOP, "first"));
    let all = versions(world.done(add_key(SHOP, "second")));
    let [.., older, newest] = all[..] else { panic!("{all:?}") };
    assert_eq!(world.refused(retire_key(newest)), Refusal::KeyImpossible);
    assert_eq!(world.refused(retire_key(newest + 1)), Refusal::KeyImpossible);
    let left = versions(world.done(retire_key(older)));
    assert!(left.contains(&newest) && !left.contains(&older), "{left:?}");
    assert_eq!(world.refused(retire_key(older)), Refusal::KeyImpossible);
    assert_eq!(versions(world.done(add_key(SHOP, "third"))).last(), Some(&(newest + 1)), "a number is not used again");
}

#[test]
fn a_suspended_client_may_not_act_until_it_is_resumed() {
    let mut world = World::sandbox();
    let agreed = shop(&world).agreement_pay;
    let set = |status| operate(Operation::SetClientStatus { client_id: ClientId::new(SHOP), status });
    world.done(set(Status::Suspended));
    assert_eq!(world.refused(prepare(&AuthId::new("A1"), terms())), Refusal::ClientSuspended);
    world.done(set(Status::Active));
    world.done(prepare(&AuthId::new("A1"), terms()));
    assert_eq!(shop(&world).agreement_pay, agreed, "what was agreed on stays");
    let unknown = Operation::SetClientStatus { client_id: ClientId::new("nobody"), status: Status::Active };
    assert_eq!(world.refused(operate(unknown)), Refusal::ClientUnknown);
}

#[test]
fn a_new_pin_takes_the_lock_away() {
    let mut world = World::sandbox();
    let user = |world: &World| world.rows.user(&UserId::new(SARA)).expect("is there").clone();
    let locked =
        User { pin_failures: 5, pin_locked_until: Some(world.now + SignedDuration::from_mins(15)), ..user(&world) };
    world.rows.apply(&Change::Update(Row::User(Box::new(locked))));
    let reset = |name: &str| operate(Operation::ResetPin { user_id: UserId::new(name), pin_hash: "new".to_owned() });
    world.done(reset(SARA));
    let after = user(&world);
    assert_eq!((after.pin_hash.as_str(), after.pin_failures, after.pin_locked_until), ("new", 0, None));
    assert_eq!(world.refused(reset("nobody")), Refusal::UserUnknown);
}

#[test]
fn every_operation_leaves_one_line_without_a_secret() {
    let mut world = World::sandbox();
    let newest = newest_after(add_key(SHOP, "second"));
    let mut line = |command: Command| {
        let before = world.audit.len();
        world.done(command);
        let [line] = &world.audit[before..] else { panic!("one line, not {:?}", &world.audit[before..]) };
        format!("{} {} {}: {}", line.actor, line.action, line.subject, line.detail.as_deref().unwrap_or("-"))
    };
    let (client_id, user_id) = (ClientId::new(SHOP), UserId::new(SARA));
    assert_eq!(
        line(deposit("bank 17", SARA, iqd(5))),
        format!("operator user.deposited user:sara: {}, reference bank 17", iqd(5))
    );
    assert_eq!(line(add_key(SHOP, "second")), format!("operator client.key-added client:zaytoun: version {newest}"));
    let suspend = Operation::SetClientStatus { client_id, status: Status::Suspended };
    assert_eq!(line(operate(suspend)), "operator client.set client:zaytoun: Suspended");
    let reset = Operation::ResetPin { user_id, pin_hash: "$argon2id$secret".to_owned() };
    assert_eq!(line(operate(reset)), "operator user.pin-reset user:sara: -");
}

/// The version that the newest key has after `command` in a fresh world.
fn newest_after(command: Command) -> u32 {
    versions(World::sandbox().done(command)).into_iter().max().expect("has keys")
}
