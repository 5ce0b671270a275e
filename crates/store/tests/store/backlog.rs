//! What waits, as the operator's gauges show it.

use crate::support::{House, SARA, Stage, agree, iqd, on_every_database, pay};
use jiff::SignedDuration;
use mithaq_store::{Backlog, Chore};
use mithaq_types::{Clock as _, Timestamp};

on_every_database!(
    messages_wait_from_the_moment_in_which_they_are_due,
    credits_wait_from_the_moment_in_which_they_were_appended,
);

async fn backlog(house: &House, now: Timestamp) -> Backlog {
    house.stage.reader().backlog(now).await.expect("readable")
}

async fn messages_wait_from_the_moment_in_which_they_are_due(stage: Stage) {
    let house = House::open(stage).await;
    let begun = house.clock.now();
    agree(&house, SARA, "tokens").await;
    house.clock.set(begun + SignedDuration::from_secs(60));
    house.done(pay("tokens", "december", iqd(5_000))).await;
    let later = backlog(&house, house.clock.now()).await;
    let first = backlog(&house, begun).await;
    assert!(first.due > 0 && first.due < later.due, "{first:?}, {later:?}");
    assert_eq!((first.due_since, later.due_since), (Some(begun), Some(begun)), "the oldest counts");
    let before = backlog(&house, begun - SignedDuration::from_secs(1)).await;
    assert_eq!((before.due, before.due_since), (0, None), "what is not due does not wait");
}

async fn credits_wait_from_the_moment_in_which_they_were_appended(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    house.engine().write(Chore::Fold { most: 1_000 }).await.expect("folded");
    let begun = house.clock.now();
    for month in ["december", "january"] {
        house.done(pay("tokens", month, iqd(5_000))).await;
        house.clock.set(house.clock.now() + SignedDuration::from_secs(60));
    }
    let waiting = backlog(&house, house.clock.now()).await;
    // Each payment appends to the merchant's and the fees' account.
    assert_eq!((waiting.unfolded, waiting.unfolded_since), (4, Some(begun)));
    house.engine().write(Chore::Fold { most: 1_000 }).await.expect("folded");
    let folded = backlog(&house, house.clock.now()).await;
    assert_eq!((folded.unfolded, folded.unfolded_since), (0, None));
}
