//! The engine: commands share commits, fail alone, are turned away when too many wait, and what it has
//! answered is there after a restart.

use crate::support::{House, SARA, Stage, Watch, agree, iqd, on_every_database, pay, top_up, user};
use mithaq_domain::{Command, Delivery, Done, Refusal, User};
use mithaq_store::{Chore, Engine, EngineError};
use mithaq_types::{Clock as _, UserId};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

on_every_database!(
    what_waits_shares_a_commit,
    a_command_that_makes_a_batch_fail_fails_alone,
    beyond_its_capacity_the_engine_says_so_at_once,
    whoever_delivers_is_told_what_a_batch_left,
    a_restart_keeps_everything,
    commands_of_a_batch_see_each_other,
    what_only_looks_is_not_committed,
    settings_survive,
);

async fn what_waits_shares_a_commit(stage: Stage) {
    let house = House::open(stage).await;
    let before = house.watch.commits();
    let all = submit_while_held(&house, (0..200).map(|_| top_up(SARA, iqd(1)))).await;
    assert!(all.iter().all(|answer| matches!(answer, Ok(Ok(Done::Balance(_))))));
    assert!(house.watch.commits() - before <= 2, "one that was on its way, one for the rest");
    assert_eq!(house.balance(SARA).await, 250_200_000);
    house.verified().await;
}

async fn a_command_that_makes_a_batch_fail_fails_alone(stage: Stage) {
    let house = House::open(stage).await;
    let poison = Command::AddUser(Box::new(User { phone: "1".to_owned(), ..user(Watch::POISON) }));
    let mut commands: Vec<_> = (0..20).map(|_| top_up(SARA, iqd(1))).collect();
    commands.insert(7, poison);
    let answers = submit_while_held(&house, commands).await;
    let failed: Vec<_> = (0..answers.len()).filter(|index| answers[*index].is_err()).collect();
    assert_eq!(failed, [7]);
    assert_eq!(answers[7], Err(EngineError::Failed));
    assert_eq!(house.balance(SARA).await, 250_020_000);
    house.verified().await;
}

async fn beyond_its_capacity_the_engine_says_so_at_once(stage: Stage) {
    let house = House::open(stage).await;
    house.watch.hold();
    let mut waiting = Vec::new();
    let mut busy = 0;
    // One batch is in the engine's hands, 4,096 commands wait, the rest is turned away.
    while busy < 10 {
        let engine = house.engine().clone();
        let mut call = Box::pin(async move { engine.submit(top_up(SARA, iqd(1))).await });
        match polled(&mut call) {
            Poll::Ready(answer) => {
                assert_eq!(answer, Err(EngineError::Busy));
                busy += 1;
            }
            Poll::Pending => waiting.push(call),
        }
    }
    assert!((4_096..=4_096 + 512).contains(&waiting.len()), "{}", waiting.len());
    house.watch.release();
    let paid = i64::try_from(waiting.len()).expect("fits");
    for call in waiting {
        assert!(call.await.is_ok());
    }
    assert_eq!(house.balance(SARA).await, (250_000 + paid) * 1_000, "nobody who was turned away was served");
}

async fn whoever_delivers_is_told_what_a_batch_left(stage: Stage) {
    let house = House::open(stage).await;
    let mut outgoing = house.engine().outgoing();
    house.done(Command::SetUser { user_id: UserId::new(SARA), status: mithaq_domain::UserStatus::Active }).await;
    assert!(outgoing.is_empty(), "nothing to deliver");
    house.done(top_up(SARA, iqd(1))).await;
    let [told] = &outgoing.try_recv().expect("the user is to be told")[..] else { panic!("one delivery") };
    assert_eq!((told.target.as_str(), told.next_ms), ("user:sara", house.clock.now().as_millisecond()));

    let outcome = |after_attempts, error: Option<&str>| Command::Delivered {
        outbox_id: told.outbox_id.clone(),
        delivery: Delivery { after_attempts, error: error.map(str::to_owned) },
    };
    house.done(outcome(0, Some("HTTP 500"))).await;
    let [later] = &outgoing.try_recv().expect("it is due again")[..] else { panic!("one delivery") };
    assert_eq!((&later.outbox_id, later.next_ms), (&told.outbox_id, told.next_ms + 120_000));
    house.done(outcome(1, None)).await;
    assert!(outgoing.is_empty(), "it is done");
    house.done(Command::Resend { outbox_id: told.outbox_id.clone() }).await;
    assert_eq!(outgoing.try_recv().expect("once more")[0].outbox_id, told.outbox_id);
}

async fn a_restart_keeps_everything(stage: Stage) {
    let mut house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let first = house.done(pay("tokens", "december", iqd(5_000))).await;
    house.restart();
    assert_eq!(house.balance(SARA).await, 245_000_000);
    assert_eq!(house.done(pay("tokens", "december", iqd(5_000))).await, first, "the first answer again");
    assert_eq!(house.balance(SARA).await, 245_000_000);
    house.verified().await;
}

async fn commands_of_a_batch_see_each_other(stage: Stage) {
    let house = House::open(stage).await;
    let add = || Command::AddUser(Box::new(user("omar")));
    let answers = submit_while_held(&house, [add(), top_up("omar", iqd(1)), add()]).await;
    assert_eq!(answers[1], Ok(Ok(Done::Balance(iqd(1)))));
    assert_eq!(answers[2], Ok(Err(Refusal::Exists)));
}

async fn what_only_looks_is_not_committed(stage: Stage) {
    let house = House::open(stage).await;
    let before = house.watch.commits();
    let answer = house.engine().submit(top_up("nobody", iqd(1))).await;
    assert_eq!(answer, Ok(Err(Refusal::UserUnknown)));
    assert_eq!(house.watch.commits(), before);
}

async fn settings_survive(stage: Stage) {
    let mut house = House::open(stage).await;
    for value in ["1", "2"] {
        let (name, value) = ("sandbox.clock".to_owned(), value.to_owned());
        house.engine().write(Chore::SetMeta { name, value }).await.expect("written");
    }
    house.restart();
    assert_eq!(house.stage.reader().meta_now("sandbox.clock").expect("readable").as_deref(), Some("2"));
    assert_eq!(house.stage.reader().meta_now("nothing").expect("readable"), None);
}

/// Submits `commands` while the engine is held up, so that they wait together; then lets it go on.
pub async fn submit_while_held(
    house: &House,
    commands: impl IntoIterator<Item = Command>,
) -> Vec<Result<mithaq_domain::Answer, EngineError>> {
    house.watch.hold();
    let begun = house.watch.begun();
    // One command goes ahead and is held up; whatever follows waits for it.
    let first = spawn(house.engine(), top_up("nobody", iqd(1)));
    while house.watch.begun() == begun {
        tokio::task::yield_now().await;
    }
    let mut calls = Vec::new();
    for command in commands {
        let engine = house.engine().clone();
        let mut call = Box::pin(async move { engine.submit(command).await });
        assert!(polled(&mut call).is_pending(), "in the queue, in this order");
        calls.push(call);
    }
    house.watch.release();
    assert_eq!(first.await.expect("no panic"), Ok(Err(Refusal::UserUnknown)));
    futures_util::future::join_all(calls).await
}

/// A look at a call that has just been made.
fn polled<T>(call: &mut Pin<Box<impl Future<Output = T>>>) -> Poll<T> {
    call.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

fn spawn(engine: &Engine, command: Command) -> tokio::task::JoinHandle<Result<mithaq_domain::Answer, EngineError>> {
    let engine = engine.clone();
    tokio::spawn(async move { engine.submit(command).await })
}
