//! What PostgreSQL's store promises two writers, step by step.

use crate::support::{Cluster, Stage, changed_rows, every_row, filled};
use mithaq_domain::{Account, Key, Row};
use mithaq_store::{PgStore, PostgresDatabase, Store as _, StoreError, StoreTransaction as _, WriteSet};
use std::sync::mpsc;
use std::time::Duration;

#[tokio::test]
async fn a_row_that_may_change_is_read_by_one_writer_at_a_time() {
    let Some(cluster) = Cluster::shared() else { return };
    let stage = Stage::postgres_at(&cluster.database().await);
    on_a_thread(move || {
        let [mut first, mut second] = two_writers(stage.url());
        let account = sample();
        let key = Key::Account(account.id.clone());
        let mut transaction = first.begin().expect("begins");
        transaction.fetch(std::slice::from_ref(&key)).expect("found");
        let (tell, told) = mpsc::channel();
        let other = std::thread::spawn(move || {
            let found = second.begin().expect("begins").fetch(&[key]).expect("found");
            tell.send(found).expect("heard");
        });
        let early = told.recv_timeout(Duration::from_millis(300));
        assert!(early.is_err(), "it did not wait: {early:?}");
        let accounts = vec![Account { balance: 4_711, ..account }];
        transaction.write(&WriteSet { accounts, ..WriteSet::default() }).expect("written");
        transaction.commit().expect("durable");
        let found = told.recv().expect("found after all");
        assert!(matches!(&found[..], [(_, Some(Row::Account(account)))] if account.balance == 4_711), "{found:?}");
        other.join().expect("no panic");
    });
}

#[tokio::test]
async fn a_client_that_another_writer_has_changed_is_not_overwritten() {
    let Some(cluster) = Cluster::shared() else { return };
    let stage = Stage::postgres_at(&cluster.database().await);
    on_a_thread(move || {
        let [mut first, mut second] = two_writers(stage.url());
        let changed = changed_rows().into_iter().find(|row| matches!(row, Row::Client(_))).expect("a client");
        let key = changed.key();
        let set = WriteSet { updates: vec![changed], ..WriteSet::default() };
        let mut slow = first.begin().expect("begins");
        slow.fetch(std::slice::from_ref(&key)).expect("found");
        let mut fast = second.begin().expect("begins");
        fast.fetch(&[key]).expect("reading a client waits for nobody");
        fast.write(&set).expect("written");
        fast.commit().expect("durable");
        let late = slow.write(&set).expect_err("it is not what it was");
        assert!(matches!(late, StoreError::Conflict) && late.is_transient(), "{late}");
    });
}

#[tokio::test]
async fn an_account_that_two_writers_open_is_opened_by_one() {
    let Some(cluster) = Cluster::shared() else { return };
    let stage = Stage::postgres_at(&cluster.database().await);
    on_a_thread(move || {
        let database = PostgresDatabase::open(stage.url()).expect("opens");
        let [mut first, mut second] = [(); 2].map(|()| database.store().expect("a writer"));
        let set = || WriteSet { accounts: vec![sample()], ..WriteSet::default() };
        let key = Key::Account(sample().id);
        let mut slow = first.begin().expect("begins");
        assert_eq!(slow.fetch(std::slice::from_ref(&key)).expect("looked")[0].1, None);
        let mut fast = second.begin().expect("begins");
        assert_eq!(fast.fetch(&[key]).expect("looked")[0].1, None);
        fast.write(&set()).expect("written");
        fast.commit().expect("durable");
        let late = slow.write(&set()).expect_err("it is there already");
        assert!(late.is_transient(), "the batch is decided again: {late}");
    });
}

/// Two writers of the database at `url`, which holds one row of every kind.
fn two_writers(url: &str) -> [PgStore; 2] {
    let database = PostgresDatabase::open(url).expect("opens");
    let [mut first, second] = [(); 2].map(|()| database.store().expect("a writer"));
    let mut transaction = first.begin().expect("begins");
    transaction.write(&filled(every_row())).expect("written");
    transaction.commit().expect("durable");
    [first, second]
}

fn sample() -> Account {
    let account = |row| if let Row::Account(account) = row { Some(account) } else { None };
    every_row().into_iter().find_map(account).expect("an account")
}

/// Stores wait for their database and so have no place on a reactor's thread.
fn on_a_thread(work: impl FnOnce() + Send + 'static) {
    std::thread::spawn(work).join().expect("no panic");
}
