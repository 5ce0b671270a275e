//! Users, their money from outside, and their browser sessions.

use crate::support::{NOOR, SARA, World, hash, iqd, usd, user};
use mithaq_domain::{Command, Done, Owner, PinCheck, Refusal, Session, User, UserNews};
use mithaq_types::{Currency, Money, SessionId, UserId};

fn top_up(user: &str, amount: Money) -> Command {
    Command::TopUp { user_id: UserId::new(user), amount }
}

fn session() -> Session {
    Session {
        session_id: SessionId::new("S1"),
        token_hash: hash("cookie 1"),
        user_id: None,
        csrf: "csrf 1".to_owned(),
        created_at: World::empty().now,
        agent: None,
    }
}

fn log_in(pin: PinCheck) -> Command {
    Command::LogIn {
        session_id: SessionId::new("S1"),
        user_id: UserId::new(SARA),
        pin,
        token_hash: hash("cookie 2"),
        csrf: "csrf 2".to_owned(),
    }
}

#[test]
fn money_comes_from_the_world_which_owes_it() {
    let mut world = World::sandbox();
    let outside = |world: &World| world.account(Owner::World, Currency::IQD).balance;
    let before = outside(&world);
    assert_eq!(world.done(top_up(NOOR, iqd(500))), Done::Balance(iqd(1_500)));
    assert_eq!(world.balance(NOOR), iqd(1_500).minor);
    assert_eq!(outside(&world), before - iqd(500).minor);
    let expected = UserNews::ToppedUp { amount: iqd(500), balance: iqd(1_500) };
    assert_eq!(world.news(NOOR).last(), Some(&&expected));
}

#[test]
fn each_currency_has_its_own_account() {
    let mut world = World::sandbox();
    assert_eq!(world.done(top_up(NOOR, usd(20))), Done::Balance(usd(20)));
    assert_eq!(world.balance(NOOR), iqd(1_000).minor);
}

#[test]
fn a_top_up_is_positive_and_stays_in_sixty_four_bits() {
    let mut world = World::sandbox();
    for minor in [0, -1, i64::MIN, i64::MAX] {
        let amount = Money::new(minor, Currency::IQD);
        assert_eq!(world.refused(top_up(NOOR, amount)), Refusal::AmountImpossible, "{minor}");
        assert!(world.changes.is_empty());
    }
    assert_eq!(world.refused(top_up("nobody", iqd(1))), Refusal::UserUnknown);
}

#[test]
fn a_user_is_added_once_and_a_phone_number_belongs_to_one_user() {
    let mut world = World::sandbox();
    assert_eq!(world.refused(User { phone: "new".to_owned(), ..user(SARA) }), Refusal::Exists);
    assert_eq!(world.refused(User { user_id: UserId::new("new"), ..user(SARA) }), Refusal::Exists);
    world.done(user("new"));
    assert_eq!(world.rows.user_by_phone("964-new").map(|user| user.user_id.clone()), Some(UserId::new("new")));
}

#[test]
fn signing_in_keeps_the_session_and_changes_its_secrets() {
    let mut world = World::sandbox();
    world.done(session());
    world.done(log_in(PinCheck::Right));
    let signed_in = world.rows.session(&SessionId::new("S1")).expect("the session").clone();
    let expected = Session {
        user_id: Some(UserId::new(SARA)),
        token_hash: hash("cookie 2"),
        csrf: "csrf 2".to_owned(),
        ..session()
    };
    assert_eq!(signed_in, expected);
}

#[test]
fn a_wrong_pin_leaves_the_session_as_it_was() {
    let mut world = World::sandbox();
    world.done(session());
    assert_eq!(world.refused(log_in(PinCheck::Wrong)), Refusal::PinWrong { tries_left: 4 });
    assert_eq!(world.rows.session(&SessionId::new("S1")), Some(&session()));
}

#[test]
fn signing_out_leaves_an_anonymous_session() {
    let mut world = World::sandbox();
    world.done(session());
    world.done(log_in(PinCheck::Right));
    world.done(Command::LogOut { session_id: SessionId::new("S1") });
    assert_eq!(world.rows.session(&SessionId::new("S1")).expect("kept").user_id, None);
}

#[test]
fn a_session_is_opened_once_and_only_a_known_one_is_used() {
    let mut world = World::sandbox();
    assert_eq!(world.refused(log_in(PinCheck::Right)), Refusal::InteractionUnknown);
    assert_eq!(world.refused(Command::LogOut { session_id: SessionId::new("S1") }), Refusal::InteractionUnknown);
    world.done(session());
    assert_eq!(world.refused(session()), Refusal::Exists);
}

#[test]
fn an_unknown_user_can_be_neither_frozen_nor_signed_in() {
    let mut world = World::empty();
    world.done(session());
    assert_eq!(world.refused(log_in(PinCheck::Right)), Refusal::UserUnknown);
    let status = mithaq_domain::UserStatus::Frozen;
    assert_eq!(world.refused(Command::SetUser { user_id: UserId::new(SARA), status }), Refusal::UserUnknown);
}

fn change_pin(pin: PinCheck) -> Command {
    Command::ChangePin { user_id: UserId::new(SARA), pin, pin_hash: "new".to_owned() }
}

#[test]
fn whoever_knows_the_old_pin_chooses_another_and_hears_of_it() {
    let mut world = World::sandbox();
    assert_eq!(world.refused(change_pin(PinCheck::Wrong)), Refusal::PinWrong { tries_left: 4 });
    world.done(change_pin(PinCheck::Right));
    let user = world.rows.user(&UserId::new(SARA)).expect("a user");
    assert_eq!((user.pin_hash.as_str(), user.pin_failures, user.pin_locked_until), ("new", 0, None));
    assert_eq!(world.told(), [(SARA.to_owned(), UserNews::PinChanged)]);
    for _ in 0..4 {
        world.refused(change_pin(PinCheck::Wrong));
    }
    assert!(matches!(world.refused(change_pin(PinCheck::Wrong)), Refusal::PinLocked { .. }));
    assert!(matches!(world.refused(change_pin(PinCheck::Right)), Refusal::PinLocked { .. }));
}

#[test]
fn a_user_ends_their_own_sessions_and_nobody_elses() {
    let mut world = World::sandbox();
    world.done(session());
    let end = |user: &str| Command::EndSession { session_id: SessionId::new("S1"), user_id: UserId::new(user) };
    assert_eq!(world.refused(end(SARA)), Refusal::SessionUnknown, "nobody is signed in there");
    world.done(log_in(PinCheck::Right));
    assert_eq!(world.refused(end(NOOR)), Refusal::SessionUnknown);
    world.done(end(SARA));
    assert_eq!(world.rows.session(&SessionId::new("S1")).expect("kept").user_id, None);
    let nowhere = Command::EndSession { session_id: SessionId::new("none"), user_id: UserId::new(SARA) };
    assert_eq!(world.refused(nowhere), Refusal::SessionUnknown);
}

#[test]
fn a_user_chooses_a_language() {
    let mut world = World::sandbox();
    let language = mithaq_domain::Language::ArIq;
    world.done(Command::SetLanguage { user_id: UserId::new(SARA), language });
    assert_eq!(world.rows.user(&UserId::new(SARA)).expect("a user").language, language);
    assert_eq!(world.refused(Command::SetLanguage { user_id: UserId::new("x"), language }), Refusal::UserUnknown);
}
