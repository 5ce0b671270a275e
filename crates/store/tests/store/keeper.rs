//! Processes that share a database: who holds a lease, who lives, and who delivers what a dead one has left.

use crate::support::{Cluster, House, SARA, Stage, iqd, run_sql, top_up};
use mithaq_store::{Database, Keeper, PostgresDatabase};
use std::time::Duration;

const LONG: Duration = Duration::from_secs(3_600);
const OVER: Duration = Duration::ZERO;

/// A database and two processes on it; nothing where there is no PostgreSQL.
async fn two_processes() -> Option<(String, Keeper, Keeper)> {
    let url = Cluster::shared()?.database().await;
    let keeper = || PostgresDatabase::open(&url).expect("opens").keeper().expect("a reactor");
    let (first, second) = (keeper(), keeper());
    Some((url, first, second))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_process_at_a_time_holds_a_lease_until_it_gives_it_back() {
    let Some((_, first, second)) = two_processes().await else { return };
    assert_eq!(first.hold("jobs", LONG).await.expect("asked"), Some(1));
    assert_eq!(second.hold("jobs", LONG).await.expect("asked"), None);
    assert_eq!(first.hold("jobs", LONG).await.expect("asked"), Some(1), "renewed");
    assert_eq!(second.hold("other", LONG).await.expect("asked"), Some(1));
    first.leave().await.expect("left");
    assert_eq!(second.hold("jobs", LONG).await.expect("asked"), Some(1), "as if nobody had held it");
    assert_eq!(first.hold("other", LONG).await.expect("asked"), None, "who leaves gives back only its own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lease_that_has_run_out_changes_hands_and_counts_it() {
    let Some((_, first, second)) = two_processes().await else { return };
    assert_eq!(first.hold("jobs", OVER).await.expect("asked"), Some(1));
    assert_eq!(second.hold("jobs", LONG).await.expect("asked"), Some(2));
    assert_eq!(first.hold("jobs", LONG).await.expect("asked"), None, "it comes back too late");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_ask_at_once_one_gets_the_lease() {
    let Some((url, ..)) = two_processes().await else { return };
    let database = || PostgresDatabase::open(&url).expect("opens");
    let keepers: Vec<Keeper> = (0..8).map(|_| database().keeper().expect("a reactor")).collect();
    let asking = keepers.iter().map(|keeper| keeper.hold("jobs", LONG));
    let held = futures_util::future::join_all(asking).await;
    assert_eq!(held.into_iter().filter(|held| held.as_ref().expect("asked").is_some()).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_dead_process_had_to_deliver_is_taken_over_once() {
    let Some(stage) = Stage::postgres().await else { return };
    let url = stage.url().to_owned();
    let house = House::open(stage).await;
    house.done(top_up(SARA, iqd(1))).await;
    let database = PostgresDatabase::open(&url).expect("opens");
    let (keeper, reader) = (database.keeper().expect("a reactor"), database.reader().expect("a reactor"));
    let due =
        async || reader.due_deliveries(jiff::Timestamp::MAX, (i64::MIN, String::new()), 100).await.expect("read").len();
    let own = house.stage.reader().due_deliveries(jiff::Timestamp::MAX, (i64::MIN, String::new()), 100).await;
    let own = own.expect("read").len();
    assert!(own > 0, "the one that wrote them sees them");
    assert_eq!(due().await, 0, "another does not");

    house.stage.keeper().beat(LONG).await.expect("told");
    assert_eq!(keeper.adopt().await.expect("asked"), 0, "its writer lives");
    house.stage.keeper().beat(OVER).await.expect("told");
    assert_eq!(keeper.adopt().await.expect("asked"), own as u64);
    assert_eq!((due().await, keeper.adopt().await.expect("asked")), (own, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_long_been_dead_is_forgotten_and_who_was_only_cut_off_is_not() {
    let Some((url, first, second)) = two_processes().await else { return };
    first.beat(OVER).await.expect("told");
    second.adopt().await.expect("asked");
    let count = "SELECT 1 / count(*) FROM leases WHERE name LIKE 'process:%'";
    run_sql(&url, count).await;
    run_sql(&url, "UPDATE leases SET until_ms = until_ms - 3700000").await;
    second.adopt().await.expect("asked");
    run_sql(&url, "SELECT 1 / (1 - count(*)) FROM leases").await;
}

#[tokio::test]
async fn on_sqlite_the_only_process_may_do_everything() {
    let directory = tempfile::tempdir().expect("a directory");
    let keeper = Database::open(directory.path()).expect("opens").keeper();
    keeper.beat(LONG).await.expect("told");
    assert_eq!(keeper.hold("jobs", OVER).await.expect("asked"), Some(1));
    assert_eq!(keeper.hold("jobs", OVER).await.expect("asked"), Some(1));
    assert_eq!(keeper.adopt().await.expect("asked"), 0);
    keeper.leave().await.expect("told");
}
