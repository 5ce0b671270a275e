//! What is heard, and when it takes a look.

use super::look::{ANEW_EVERY, Seen};
use super::{Lanes, Outlook};
use crate::Limits;
use mithaq_store::DueDelivery;
use mithaq_types::{OutboxId, Timestamp};
use std::sync::Arc;
use tokio::sync::broadcast::Sender;
use tokio::time::Instant;

const NOW_MS: i64 = 1_800_000_000_000;

fn now() -> Timestamp {
    Timestamp::from_millisecond(NOW_MS).expect("an instant")
}

fn row(name: &str, next_ms: i64) -> DueDelivery {
    DueDelivery { outbox_id: OutboxId::new(name), target: "https://shop.example/n".to_owned(), next_ms }
}

/// After a look that found nothing.
fn outlook(sender: &Sender<Arc<[DueDelivery]>>) -> (Outlook, Lanes) {
    let mut outlook = Outlook::new(sender.subscribe());
    outlook.seen = Some(Seen { anew_at: Instant::now() + ANEW_EVERY, to_ms: NOW_MS - 1 });
    (outlook, Lanes::new(Limits::default()))
}

#[tokio::test]
async fn what_the_engine_tells_is_taken_without_a_look() {
    let sender = Sender::new(8);
    let (mut outlook, mut lanes) = outlook(&sender);
    sender.send([row("now", NOW_MS), row("later", NOW_MS + 120_000)].into()).expect("heard");
    sender.send([row("sooner", NOW_MS + 60_000)].into()).expect("heard");
    outlook.hear(now, &mut lanes).await;
    assert_eq!(lanes.start().map(|turn| turn.outbox_id), Some(OutboxId::new("now")));
    assert!(lanes.start().is_none());
    assert!(outlook.reason(NOW_MS, &mut lanes).is_none(), "nothing to look for");
    assert!(outlook.next(now(), &lanes).expect("some time") <= row_time(NOW_MS + 60_000));
    assert!(outlook.reason(NOW_MS + 60_000, &mut lanes).is_some(), "when the first of the others is due");
}

fn row_time(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).expect("an instant")
}

#[tokio::test]
async fn whoever_missed_something_looks_anew() {
    let sender = Sender::new(1);
    let (mut outlook, mut lanes) = outlook(&sender);
    for name in ["missed", "heard"] {
        sender.send([row(name, NOW_MS)].into()).expect("heard");
    }
    outlook.hear(now, &mut lanes).await;
    assert!(outlook.seen.is_none());
    assert_eq!(lanes.start().map(|turn| turn.outbox_id), Some(OutboxId::new("heard")));

    let (mut outlook, mut lanes) = self::outlook(&sender);
    sender.send([].into()).expect("heard");
    outlook.hear(now, &mut lanes).await;
    assert!(outlook.seen.is_none(), "it is not known what a batch left");
}

#[tokio::test]
async fn what_is_missed_while_a_look_is_under_way_brings_another() {
    let sender = Sender::new(1);
    let (mut outlook, mut lanes) = outlook(&sender);
    outlook.next_ms = Some(NOW_MS);
    outlook.look = outlook.begin(now(), &mut lanes);
    assert_eq!(outlook.next(now(), &lanes), Some(now()), "the look goes on at once");
    sender.send([].into()).expect("heard");
    outlook.hear(now, &mut lanes).await;
    assert!(outlook.look.as_ref().is_some_and(|look| look.is_stale));
    outlook.forget();
    assert!(outlook.look.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_look_begins_anew_after_the_clock_went_back_and_once_a_minute() {
    let sender = Sender::new(1);
    let (outlook, mut lanes) = outlook(&sender);
    assert!(outlook.reason(NOW_MS, &mut lanes).is_none());
    assert!(outlook.reason(NOW_MS - 2, &mut lanes).is_some());
    tokio::time::advance(ANEW_EVERY).await;
    assert!(outlook.reason(NOW_MS, &mut lanes).is_some());
}
