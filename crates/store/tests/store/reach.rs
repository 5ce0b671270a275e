//! Which of several servers is taken, and what is said when none will do.

use crate::support::{Cluster, run_sql};
use mithaq_store::{PostgresDatabase, StoreError};
use std::time::{Duration, Instant};

/// The longest that one server may take, and what a busy machine adds to it.
const ONE_SERVER: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hangs_costs_its_own_time_once_and_the_next_is_taken() {
    let Some(cluster) = Cluster::shared() else { return };
    let name = cluster.database().await;
    let name = name.rsplit_once("dbname=").map(|(_, name)| name).expect("a name");
    // It lets everybody in and says nothing, as a machine that is stopped does.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("an address").port();
    let socket = cluster.directory().display();
    let url = format!("host=127.0.0.1,{socket} port={port},5432 user=mithaq dbname={name}");

    let begun = Instant::now();
    let database = PostgresDatabase::open(&url).expect("the second server lets us in");
    let took = begun.elapsed();
    assert!(took >= ONE_SERVER, "the first was asked: {took:?}");

    let begun = Instant::now();
    database.reader().expect("a reader").clients().await.expect("reads");
    let took = begun.elapsed();
    assert!(took < ONE_SERVER, "the one that let us in is asked first: {took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_no_writes_is_left_alone_unless_the_url_says_otherwise() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = cluster.database().await;
    drop(PostgresDatabase::open(&url).expect("makes the tables"));
    let name = url.rsplit_once("dbname=").map(|(_, name)| name).expect("a name");
    // As a standby does.
    run_sql(&url, &format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;

    let Err(StoreError::Unavailable(reason)) = PostgresDatabase::inspect(&url) else { panic!("it is let in") };
    assert!(reason.contains("does not allow writes"), "{reason}");
    let reader = PostgresDatabase::inspect(&format!("{url} target_session_attrs=any")).expect("to look at");
    assert!(reader.verify().await.expect("looks").ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_the_way_of_each_server_is_said() {
    let Some(cluster) = Cluster::shared() else { return };
    let socket = cluster.directory().display();
    let url = format!("host=/nowhere,{socket} user=mithaq password=secret dbname=nothing_like_that");
    let Err(StoreError::Unavailable(reason)) = PostgresDatabase::inspect(&url) else { panic!("it is let in") };
    assert!(reason.contains("No such file") && reason.contains("nothing_like_that"), "{reason}");
    assert!(!reason.contains("secret"), "{reason}");
}
