//! Money from one user to another, linked cards, and what merchants write to users (spec/qicard.md 7.11).

use crate::support::{
    NOOR, OMAR, RIVAL, SARA, World, card, exchange, grant, hash, iqd, message, refresh, transfer, usd,
};
use mithaq_domain::{
    Card, Command, Done, OutboxKind, PinCheck, Refusal, Scope, SendMessage, Transfer, UserNews, UserStatus,
};
use mithaq_types::{CardId, ClientId, Money, UserId};

fn sent(done: Done) -> Transfer {
    match done {
        Done::Sent(transfer) => *transfer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn money_goes_over_at_once_and_both_hear_of_it() {
    let mut world = World::sandbox();
    let done = sent(world.done(transfer("T1", SARA, OMAR, iqd(5_000))));
    assert_eq!(done.at, world.now, "the engine's time, not the form's");
    assert_eq!((world.balance(SARA), world.balance(OMAR)), (iqd(245_000).minor, iqd(55_000).minor));
    let note = Some("Lunch".to_owned());
    let (to_name, from_name, amount) = (OMAR.to_owned(), SARA.to_owned(), iqd(5_000));
    let out = UserNews::TransferSent { to_name, amount, note: note.clone(), balance: iqd(245_000) };
    let into = UserNews::TransferReceived { from_name, amount, note, balance: iqd(55_000) };
    assert_eq!(world.told(), [(SARA.to_owned(), out), (OMAR.to_owned(), into)]);
    assert_eq!(world.audit.last().map(|line| line.action.as_str()), Some("money.sent"));
}

#[test]
fn everybody_reads_names_in_their_own_language() {
    let mut world = World::sandbox();
    let language = mithaq_domain::Language::ArIq;
    world.done(Command::SetLanguage { user_id: UserId::new(OMAR), language });
    world.done(transfer("T1", SARA, OMAR, iqd(5_000)));
    let [_, (_, UserNews::TransferReceived { from_name, .. })] = &world.told()[..] else { panic!("two are told") };
    assert_eq!(from_name, SARA, "who has no Arabic name is called as ever");
    let named = mithaq_domain::Merchant {
        name_ar: Some("سوق زيتون".to_owned()),
        ..crate::support::merchant("zaytoun")
    };
    assert_eq!((named.name_in(language), named.name_in(mithaq_domain::Language::EnUs)), ("سوق زيتون", &*named.name));
    let blank = mithaq_domain::Merchant { name_ar: Some(" ".to_owned()), ..named };
    assert_eq!(blank.name_in(language), blank.name);
}

#[test]
fn a_form_that_is_sent_twice_moves_money_once() {
    let mut world = World::sandbox();
    let first = sent(world.done(transfer("T1", SARA, OMAR, iqd(5_000))));
    world.wait("PT1H");
    assert_eq!(sent(world.done(transfer("T1", SARA, OMAR, iqd(5_000)))), first);
    assert!(world.changes.is_empty());
    for other in [
        transfer("T1", SARA, OMAR, iqd(5_001)),
        transfer("T1", SARA, NOOR, iqd(5_000)),
        transfer("T1", NOOR, OMAR, iqd(5_000)),
        transfer("T1", SARA, OMAR, usd(5_000)),
    ] {
        assert_eq!(world.refused(other), Refusal::RequestInconsistent);
    }
    assert_eq!(world.balance(OMAR), iqd(55_000).minor);
}

#[test]
fn nobody_sends_to_themselves_to_nobody_or_nothing() {
    let mut world = World::sandbox();
    assert_eq!(world.refused(transfer("T1", SARA, SARA, iqd(1))), Refusal::SameUser);
    assert_eq!(world.refused(transfer("T1", SARA, "nobody", iqd(1))), Refusal::UserUnknown);
    assert_eq!(world.refused(transfer("T1", "nobody", SARA, iqd(1))), Refusal::UserUnknown);
    for minor in [0, -1, i64::MIN] {
        let amount = Money::new(minor, iqd(1).currency);
        assert_eq!(world.refused(transfer("T1", SARA, OMAR, amount)), Refusal::AmountImpossible);
    }
    assert!(world.changes.is_empty());
}

#[test]
fn nobody_sends_more_than_they_have_or_than_is_let_through_at_once() {
    let mut world = World::sandbox();
    assert_eq!(world.refused(transfer("T1", NOOR, OMAR, iqd(1_001))), Refusal::BalanceShort);
    assert_eq!(world.refused(transfer("T1", SARA, OMAR, usd(1))), Refusal::BalanceShort);
    world.policy.transfer_ceiling_whole = 500;
    assert_eq!(world.refused(transfer("T1", NOOR, OMAR, iqd(501))), Refusal::OverLimit);
    world.done(transfer("T1", NOOR, OMAR, iqd(500)));
    world.policy.transfer_ceiling_whole = i64::MAX;
    world.done(transfer("T2", NOOR, OMAR, iqd(500)));
    assert_eq!(world.balance(NOOR), 0);
}

#[test]
fn who_is_frozen_or_restricted_sends_nothing_and_may_get_money() {
    let mut world = World::sandbox();
    for (status, refusal) in
        [(UserStatus::Frozen, Refusal::UserFrozen), (UserStatus::Restricted, Refusal::UserRestricted)]
    {
        world.done(Command::SetUser { user_id: UserId::new(OMAR), status });
        assert_eq!(world.refused(transfer("T1", OMAR, SARA, iqd(1))), refusal);
        world.done(transfer(&format!("{status:?}"), SARA, OMAR, iqd(1)));
    }
    assert_eq!(world.balance(OMAR), iqd(50_002).minor);
}

#[test]
fn a_wrong_pin_sends_nothing_and_counts() {
    let mut world = World::sandbox();
    let wrong = Command::Send(Box::new(transfer("T1", SARA, OMAR, iqd(1))), PinCheck::Wrong);
    assert_eq!(world.refused(wrong), Refusal::PinWrong { tries_left: 4 });
    assert_eq!(world.rows.user(&UserId::new(SARA)).expect("a user").pin_failures, 1);
    world.done(transfer("T1", SARA, OMAR, iqd(1)));
    assert_eq!(world.rows.user(&UserId::new(SARA)).expect("a user").pin_failures, 0);
}

#[test]
fn a_card_is_linked_once_and_told_and_taken_out_by_its_owner_alone() {
    let mut world = World::sandbox();
    let made = Card { removed_at: Some(world.now), ..card(SARA, "visa", mithaq_types::Timestamp::UNIX_EPOCH) };
    let Done::Card(linked) = world.done(made) else { panic!("a card") };
    assert_eq!((linked.linked_at, linked.removed_at), (world.now, None));
    assert_eq!(world.told(), [(SARA.to_owned(), UserNews::CardLinked { card: "•••• 4242".to_owned() })]);
    assert_eq!(world.refused(card(OMAR, "visa", world.now)), Refusal::Exists);
    assert_eq!(world.refused(card("nobody", "other", world.now)), Refusal::UserUnknown);
    let remove =
        |user: &str, card: &str| Command::RemoveCard { card_id: CardId::new(card), user_id: UserId::new(user) };
    assert_eq!(world.refused(remove(OMAR, "visa")), Refusal::CardUnknown);
    assert_eq!(world.refused(remove(SARA, "none")), Refusal::CardUnknown);
    world.wait("PT1M");
    let Done::Card(removed) = world.done(remove(SARA, "visa")) else { panic!("a card") };
    assert_eq!(removed.removed_at, Some(world.now));
    world.wait("PT1M");
    assert_eq!(world.done(remove(SARA, "visa")), Done::Card(removed));
    assert!(world.changes.is_empty());
}

/// Sara has let the shop write to her; it holds the pair `T1`.
fn with_scopes(scopes: &[&str]) -> World {
    let mut world = World::sandbox();
    world.done(grant(SARA, scopes, "C1"));
    world.done(exchange("C1", "T1"));
    world
}

const BOTH: [&str; 2] = [Scope::NOTIFICATION_INBOX, Scope::NOTIFICATION_PUSH];

#[test]
fn a_message_is_in_the_inbox_once_and_pushed_where_that_was_asked_for() {
    let mut world = with_scopes(&BOTH);
    for scope in BOTH {
        let request = message("T1", scope, scope);
        let first = world.done(request.clone());
        let [(user, news)] = &world.told()[..] else { panic!("one message") };
        assert_eq!(user, SARA);
        let UserNews::FromMerchant { merchant, title, content, url } = news else { panic!("{news:?}") };
        assert_eq!(
            (merchant.as_str(), title.as_str(), content.as_str()),
            ("The zaytoun market", "Your box", "It is on its way.")
        );
        assert!(url.is_some());
        let pushed: Vec<_> = world.outgoing().into_iter().map(|row| row.kind).collect();
        let push = OutboxKind::Push { user_id: UserId::new(SARA), news: news.clone() };
        assert_eq!(pushed, if scope == Scope::NOTIFICATION_PUSH { vec![push] } else { vec![] });
        assert_eq!(world.done(request.clone()), first);
        assert!(world.changes.is_empty());
        assert_eq!(world.refused(SendMessage { content: hash("x"), ..request }), Refusal::RequestInconsistent);
    }
}

#[test]
fn only_who_was_let_writes() {
    let mut world = with_scopes(&[Scope::NOTIFICATION_INBOX]);
    let inbox = || message("T1", "R1", Scope::NOTIFICATION_INBOX);
    assert_eq!(world.refused(message("T1", "R1", Scope::NOTIFICATION_PUSH)), Refusal::ScopeMissing);
    assert_eq!(world.refused(message("none", "R1", Scope::NOTIFICATION_INBOX)), Refusal::TokenUnknown);
    let rival = SendMessage { client_id: ClientId::new(RIVAL), ..inbox() };
    assert_eq!(world.refused(rival), Refusal::TokenUnknown);
    world.done(Command::SetUser { user_id: UserId::new(SARA), status: UserStatus::Frozen });
    assert_eq!(world.refused(inbox()), Refusal::UserFrozen);
    world.done(Command::SetUser { user_id: UserId::new(SARA), status: UserStatus::Restricted });
    world.done(inbox());
    world.wait("P11Y");
    let late = SendMessage { request_id: "R2".to_owned(), ..inbox() };
    assert_eq!(world.refused(late), Refusal::TokenDead);
}

#[test]
fn a_merchant_writes_to_a_user_so_often_in_a_day_and_no_more() {
    let mut world = with_scopes(&BOTH);
    let most = world.policy.messages_in_day;
    let write = |number: u32| SendMessage { request_id: number.to_string(), ..message("T1", "", BOTH[0]) };
    for number in 0..most {
        world.done(write(number));
    }
    assert_eq!(world.refused(write(most)), Refusal::TooManyMessages);
    world.done(write(0));
    assert!(world.changes.is_empty(), "a repeat is no message more");
    world.done(grant(SARA, &BOTH, "C2"));
    assert_eq!(world.refused(write(most)), Refusal::TooManyMessages, "granting again wipes nothing out");
    world.wait("P1D");
    world.done(write(most));
}

#[test]
fn writing_is_a_use_of_the_token_and_the_one_before_it_dies() {
    let mut world = with_scopes(&BOTH);
    world.done(refresh("T1", "T2"));
    world.done(message("T1", "old", BOTH[0]));
    world.done(message("T2", "new", BOTH[0]));
    assert_eq!(world.token("T2").first_used_at, Some(world.now));
    assert_eq!(world.refused(message("T1", "older", BOTH[0])), Refusal::TokenDead);
    world.agreed_simply(OMAR, "T3");
    let contract_id = world.token("T3").contract_id.expect("a contract");
    world.done(Command::EndContract { contract_id, by: mithaq_domain::EndedBy::Operator });
    assert_eq!(world.refused(message("T3", "over", BOTH[0])), Refusal::TokenDead);
}
