//! What only PostgreSQL is asked: several processes on one database, and a server that goes away.

use crate::support::{Break, Cluster, House, Proxy, SARA, SHOP, Stage, agree, cancel, end, iqd, pay, run_sql, top_up};
use futures_util::future::join_all;
use mithaq_domain::{Command, Done, Key, PaymentOutcome, Row};
use mithaq_store::{EngineError, PostgresDatabase, StoreError};
use std::time::{Duration, Instant};

/// A test with a server that nobody else uses, where one can be started.
macro_rules! with_postgres {
    ($stage:ident) => {
        let Some($stage) = Stage::postgres().await else { return };
    };
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_reaches_two_processes_is_applied_once() {
    with_postgres!(stage);
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let others = [house.another(), house.another()];
    for round in 0..10 {
        let id = format!("request {round}");
        let calls = (0..40).map(|number| others[number % 2].submit(pay("tokens", &id, iqd(1_000))));
        let answers = join_all(calls).await;
        assert!(matches!(&answers[0], Ok(Ok(Done::Paid(payment))) if payment.paid_at.is_some()), "{:?}", answers[0]);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "everybody hears the same");
    }
    assert_eq!(house.balance(SARA).await, 240_000_000);
    house.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_pay_from_one_account_never_overdraw_it() {
    with_postgres!(stage);
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let others = [house.another(), house.another()];
    let calls = (0..200).map(|number| others[number % 2].submit(pay("tokens", &number.to_string(), iqd(2_000))));
    let answers = join_all(calls).await;
    let paid =
        |answer: &&_| matches!(answer, Ok(Ok(Done::Paid(payment))) if payment.outcome == PaymentOutcome::Success);
    let count = answers.iter().filter(paid).count();
    assert!(answers.iter().all(Result::is_ok), "nobody was left without an answer");
    assert_eq!((count, house.balance(SARA).await), (125, 0));
    house.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lanes_of_one_engine_keep_to_the_same_truth() {
    with_postgres!(stage);
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let engine = house.in_lanes(3);
    // Far more than a backlog, each twice, from one account that does not suffice for all.
    let calls = (0..1_000).map(|number| engine.submit(pay("tokens", &(number / 2).to_string(), iqd(1_000))));
    let answers = join_all(calls).await;
    assert!(answers.iter().all(Result::is_ok), "nobody was left without an answer");
    assert!(answers.chunks(2).all(|pair| pair[0] == pair[1]), "a request is applied once");
    let paid =
        |answer: &&_| matches!(answer, Ok(Ok(Done::Paid(payment))) if payment.outcome == PaymentOutcome::Success);
    assert_eq!((answers.iter().filter(paid).count(), house.balance(SARA).await), (500, 0));
    house.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paying_cancelling_and_ending_at_once_leave_one_truth() {
    with_postgres!(stage);
    let house = House::open(stage).await;
    let others = [house.another(), house.another()];
    for round in 0..10 {
        let tokens = format!("tokens {round}");
        let contract_id = agree(&house, SARA, &tokens).await;
        let mut commands: Vec<Command> =
            (0..6).map(|number| pay(&tokens, &format!("{round}/{number}"), iqd(1))).collect();
        commands.insert(2, cancel(&tokens));
        commands.insert(4, end(SARA, &contract_id));
        let calls = commands.into_iter().enumerate().map(|(number, command)| others[number % 2].submit(command));
        let answers = join_all(calls).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        let state = house.stage.reader().contract(contract_id).await.expect("readable").expect("there").state;
        assert!(state.has_ended());
        let paid =
            |answer: &&_| matches!(answer, Ok(Ok(Done::Paid(payment))) if payment.outcome == PaymentOutcome::Success);
        assert_eq!(state.charges as usize, answers.iter().filter(paid).count());
    }
    house.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_that_two_processes_open_at_once_lose_nothing() {
    with_postgres!(stage);
    let house = House::open(stage).await;
    let others = [house.another(), house.another()];
    for name in ["omar", "noor", "huda", "ali"] {
        house.done(Command::AddUser(Box::new(crate::support::user(name)))).await;
        let calls = (0..10).map(|number| others[number % 2].submit(top_up(name, iqd(1))));
        assert!(join_all(calls).await.iter().all(|answer| matches!(answer, Ok(Ok(_)))));
        assert_eq!(house.balance(name).await, 10_000);
    }
    house.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_operator_changes_in_two_places_at_once_is_not_lost() {
    with_postgres!(stage);
    let house = House::open(stage).await;
    let others = [house.another(), house.another()];
    let set = |number: usize| {
        use mithaq_domain::{AgreementPay, Status};
        let (client_id, status) = (mithaq_types::ClientId::new(SHOP), Status::Suspended);
        let agreement_pay = if number == 19 { AgreementPay::NotAgreed } else { AgreementPay::Suspended };
        Command::SetClient { client_id, status, agreement_pay }
    };
    let answers = join_all((0..20).map(|number| others[number % 2].submit(set(number)))).await;
    assert!(answers.iter().all(|answer| *answer == Ok(Ok(Done::Nothing))), "{answers:?}");
    let row = house.stage.reader().row(Key::Client(mithaq_types::ClientId::new(SHOP))).await.expect("readable");
    assert!(matches!(row, Some(Row::Client(client)) if client.status == mithaq_domain::Status::Suspended));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_break_at_any_moment_neither_lose_nor_double_anything() {
    with_postgres!(stage);
    let house = House::open(stage).await;
    let url = house.stage.url().to_owned();
    let storm = tokio::spawn(async move {
        for _ in 0..40 {
            let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                WHERE datname = current_database() AND pid <> pg_backend_pid()";
            run_sql(&url, kill).await;
            tokio::time::sleep(Duration::from_millis(7)).await;
        }
    });
    let mut acknowledged = 0;
    while !storm.is_finished() {
        let answers = join_all((0..20).map(|_| house.engine().submit(top_up(SARA, iqd(1))))).await;
        // A top-up has no request id: were it run twice, the balance would tell.
        acknowledged +=
            i64::try_from(answers.iter().filter(|answer| matches!(answer, Ok(Ok(_)))).count()).expect("fits");
    }
    storm.await.expect("no panic");
    assert!(acknowledged > 0);
    assert_eq!(house.balance(SARA).await, (250_000 + acknowledged) * 1_000);
    house.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_answer_is_lost_is_neither_forgotten_nor_repeated() {
    let Some(cluster) = Cluster::shared() else { return };
    let proxy = Proxy::to(cluster.directory());
    let url = cluster.database().await;
    let over_proxy = url.replace(&*cluster.directory().to_string_lossy(), &proxy.directory().to_string_lossy());
    assert_ne!(url, over_proxy);
    let house = House::open(Stage::postgres_at(&over_proxy)).await;
    for (round, moment) in [Break::AfterCommit, Break::BeforeCommit, Break::AfterCommit].into_iter().enumerate() {
        proxy.break_at(moment);
        // A top-up has no request id: were it run twice, the balance would tell.
        let expected = iqd(250_001 + i64::try_from(round).expect("small"));
        assert_eq!(house.engine().submit(top_up(SARA, iqd(1))).await, Ok(Ok(Done::Balance(expected))), "{moment:?}");
        assert!(proxy.has_broken());
        assert_eq!(house.balance(SARA).await, expected.minor);
    }
    house.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_stands_still_in_the_middle_of_a_batch_holds_up_nobody_for_long() {
    with_postgres!(stage);
    let house = House::open(stage).await;
    let other = house.another();
    house.watch.hold_commits();
    let before = house.watch.about_to_commit();
    let engine = house.engine().clone();
    let stopped = tokio::spawn(async move { engine.submit(top_up(SARA, iqd(1))).await });
    // It has Sara's account locked when the other one comes; the server takes its transaction from it.
    while house.watch.about_to_commit() == before {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let begun = Instant::now();
    assert_eq!(other.submit(top_up(SARA, iqd(1))).await, Ok(Ok(Done::Balance(iqd(250_001)))));
    assert!(begun.elapsed() > Duration::from_secs(2), "the first one did not hold anything");
    house.watch.release();
    assert_eq!(stopped.await.expect("no panic"), Ok(Ok(Done::Balance(iqd(250_002)))), "decided again");
    assert_eq!(house.balance(SARA).await, 250_002_000);
    house.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_server_is_gone_callers_hear_so_at_once_and_then_all_goes_on() {
    let Some(cluster) = Cluster::new() else { return };
    let house = House::open(Stage::postgres_at(&cluster.database().await)).await;
    let reader = house.stage.reader();
    agree(&house, SARA, "tokens").await;
    let first = house.done(pay("tokens", "december", iqd(5_000))).await;
    cluster.stop();
    let begun = Instant::now();
    let answers = join_all((0..300).map(|_| house.engine().submit(top_up(SARA, iqd(1))))).await;
    assert!(answers.iter().all(|answer| *answer == Err(EngineError::Failed)));
    assert!(reader.payments().await.is_err());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    cluster.start();
    // Nobody does anything but ask again.
    let mut again = house.engine().submit(pay("tokens", "december", iqd(5_000))).await;
    while again == Err(EngineError::Failed) {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not come back");
        tokio::time::sleep(Duration::from_millis(50)).await;
        again = house.engine().submit(pay("tokens", "december", iqd(5_000))).await;
    }
    assert_eq!(again, Ok(Ok(first)));
    assert_eq!(house.balance(SARA).await, 245_000_000);
    assert_eq!(reader.payments().await.expect("readable").len(), 1);
    house.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_processes_may_start_at_once() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = cluster.database().await;
    let starts: Vec<_> = (0..6)
        .map(|_| {
            let url = url.clone();
            std::thread::spawn(move || PostgresDatabase::open(&url).map(|_| ()))
        })
        .collect();
    for start in starts {
        start.join().expect("no panic").expect("opens");
    }
    House::open(Stage::postgres_at(&url)).await.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_a_newer_version_is_refused() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = cluster.database().await;
    assert!(matches!(PostgresDatabase::inspect(&url), Err(StoreError::Foreign)), "nothing there to look at");
    PostgresDatabase::open(&url).expect("opens");
    assert!(PostgresDatabase::inspect(&url).expect("readable").verify().await.expect("readable").ok());
    run_sql(&url, "UPDATE meta SET value = '1000' WHERE name = 'schema'").await;
    let is_newer = |error| matches!(error, StoreError::Newer { found: 1_000, .. });
    assert!(PostgresDatabase::open(&url).is_err_and(is_newer));
    assert!(PostgresDatabase::inspect(&url).is_err_and(is_newer));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_another_program_is_refused() {
    let Some(cluster) = Cluster::shared() else { return };
    for theirs in
        ["CREATE TABLE theirs (x INT)", "CREATE TABLE meta (x INT)", "CREATE TABLE meta (name TEXT, value TEXT)"]
    {
        let url = cluster.database().await;
        run_sql(&url, theirs).await;
        assert!(matches!(PostgresDatabase::open(&url), Err(StoreError::Foreign)), "{theirs}");
        assert!(matches!(PostgresDatabase::inspect(&url), Err(StoreError::Foreign)), "{theirs}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_not_there_is_an_outage() {
    let error = PostgresDatabase::open("host=/nowhere user=mithaq").map(|_| ()).expect_err("no server");
    assert!(error.is_outage(), "{error}");
}
