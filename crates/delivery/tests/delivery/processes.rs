//! Several processes on one PostgreSQL database: each delivers what it wrote, and what the dead have left is taken over.

use crate::receiver::{Received, Receiver, Reply};
use crate::world::{World, is_delivered};
use mithaq_cluster::Cluster;
use mithaq_domain::DeliveryState;
use mithaq_types::OutboxId;
use mithaq_wallet::Tokens;
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

/// How long a sign of life counts here; and where nobody dies, lest a busy machine make it seem so.
const LIFE: Duration = Duration::from_secs(2);
const LONG_LIFE: Duration = Duration::from_secs(30);
/// Longer than the next process needs to find out.
const WHILE: Duration = Duration::from_secs(4);

/// Two processes on a database of their own; nothing where there is no PostgreSQL.
async fn two() -> Option<[World; 2]> {
    let url = Cluster::shared()?.database().await;
    Some([World::first_on(&url).await, World::second_on(&url)])
}

async fn charge(world: &World, tokens: &Tokens, names: impl Iterator<Item = String>, url: &str) -> Vec<OutboxId> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(world.charge(tokens, &name, 1, url).await);
    }
    ids
}

fn bodies(received: &[Received]) -> HashSet<Vec<u8>> {
    received.iter().map(|message| message.body.to_vec()).collect()
}

async fn leads(world: &World) {
    tokio::time::timeout(Duration::from_secs(30), world.standing.until_leading()).await.expect("leads at last");
}

#[tokio::test]
async fn each_process_delivers_what_it_wrote_and_nothing_twice() {
    let Some([first, second]) = two().await else { return };
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = first.contract(None).await;
    let (_kept, _jobs) = ([first.keep(LONG_LIFE), second.keep(LONG_LIFE)], [first.deliver(), second.deliver()]);
    let url = receiver.url("/n");
    let (one, other) = ((0..30).map(|number| format!("A{number}")), (0..30).map(|number| format!("B{number}")));
    let ids = tokio::join!(charge(&first, &tokens, one, &url), charge(&second, &tokens, other, &url));
    assert_eq!(ids.0.len() + ids.1.len(), 60);
    let received = receiver.wait_for(60).await;
    assert_eq!(bodies(&received).len(), 60);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(receiver.received().len(), 60, "nothing came twice");
}

#[tokio::test]
async fn one_process_leads_until_it_dies_or_gives_the_lease_back() {
    let Some([first, second]) = two().await else { return };
    let kept = first.keep(LIFE);
    leads(&first).await;
    let _second_kept = second.keep(6 * LIFE);
    second.standing.until_living().await;
    tokio::time::sleep(WHILE).await;
    assert!(first.standing.leads() && !second.standing.leads());
    kept.abort();
    leads(&second).await;
    assert!(!first.standing.leads(), "it knew by itself that its time was up");

    // It comes back, and the other stops: nobody has to wait for the lease to run out, which would take four lives more.
    let kept = first.keep(LIFE);
    first.standing.until_living().await;
    let begun = Instant::now();
    second.alarm.stop();
    leads(&first).await;
    assert!(begun.elapsed() < 3 * LIFE, "{:?}", begun.elapsed());
    first.alarm.stop();
    kept.await.expect("ends");
    assert_eq!((first.standing.life(), first.standing.leads()), (None, false));
}

#[tokio::test]
async fn what_a_dead_process_had_to_deliver_is_taken_over_and_nothing_is_lost() {
    let Some([first, second]) = two().await else { return };
    // It dies with a message under way, and with others that wait.
    let mut receiver = Receiver::start(|index| if index < 5 { Reply::Done } else { Reply::Silence }).await;
    let tokens = first.contract(None).await;
    let kept = first.keep(LIFE);
    let job = first.deliver_within(Duration::from_secs(600));
    let ids = charge(&first, &tokens, (0..60).map(|number| format!("R{number}")), &receiver.url("/n")).await;
    receiver.wait_for(6).await;
    kept.abort();
    job.kill().await;

    receiver.answer(|_| Reply::Done);
    let _second_kept = second.keep(LONG_LIFE);
    let mut job = second.deliver();
    let mut left: HashSet<_> = ids.iter().cloned().collect();
    for id in &ids {
        if first.row(id).await.state == DeliveryState::Delivered {
            left.remove(id);
        }
    }
    while !left.is_empty() {
        let attempt = job.attempt_where(|_| true).await;
        assert!(is_delivered(&attempt), "{:?}", attempt.error);
        left.remove(&attempt.row.outbox_id);
    }
    assert_eq!(bodies(&receiver.received()).len(), 60, "each came");
}

#[tokio::test]
async fn a_process_that_may_count_as_dead_begins_nothing_and_goes_on_with_its_own_when_it_lives_again() {
    let Some([first, second]) = two().await else { return };
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = first.contract(None).await;
    let url = receiver.url("/n");
    let kept = first.keep(LIFE);
    let _job = first.deliver();
    charge(&first, &tokens, ["BEFORE".to_owned()].into_iter(), &url).await;
    receiver.wait_for(1).await;

    // It is out of touch, writes all the same, and is believed dead.
    kept.abort();
    tokio::time::sleep(LIFE).await;
    assert_eq!(first.standing.life(), None);
    charge(&first, &tokens, (0..20).map(|number| format!("MEANWHILE{number}")), &url).await;
    tokio::time::sleep(LIFE).await;
    assert_eq!(receiver.received().len(), 1, "it begins nothing");
    let _second_kept = second.keep(LONG_LIFE);
    let _second_job = second.deliver();
    receiver.wait_for(21).await;

    let _kept = first.keep(LONG_LIFE);
    first.standing.until_living().await;
    charge(&first, &tokens, (0..20).map(|number| format!("AFTER{number}")), &url).await;
    let received = receiver.wait_for(41).await;
    assert_eq!(bodies(&received).len(), 41);
    tokio::time::sleep(WHILE).await;
    let mut counts = HashMap::new();
    for message in receiver.received() {
        *counts.entry(message.body).or_insert(0) += 1;
    }
    assert!(counts.values().all(|count| *count == 1), "nothing came twice");
}

#[tokio::test]
async fn an_outcome_that_is_told_after_another_process_took_over_changes_nothing() {
    let Some([first, second]) = two().await else { return };
    let mut receiver = Receiver::start(|index| if index == 0 { Reply::Silence } else { Reply::Done }).await;
    let tokens = first.contract(None).await;
    let kept = first.keep(LIFE);
    let mut job = first.deliver_within(Duration::from_secs(8));
    let id = first.charge(&tokens, "R1", 1, &receiver.url("/n")).await;
    receiver.wait_for(1).await;
    // It is stopped in the middle; the other takes the row over, and delivers it.
    kept.abort();
    let _second_kept = second.keep(LIFE);
    let mut second_job = second.deliver();
    let delivered = second_job.attempt(&id).await;
    assert!(is_delivered(&delivered) && delivered.row.attempts == 1);
    // It goes on, and finds that there was no answer.
    let late = job.attempt(&id).await;
    assert_eq!(late.error.as_deref(), Some("no answer within 8s"));
    assert_eq!(late.row, delivered.row);
    assert_eq!(first.row(&id).await, delivered.row);
}
