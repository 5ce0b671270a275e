//! A request is applied once, however often and from wherever it comes.

use crate::support::{House, SARA, Stage, agree, iqd, on_every_database, pay};
use futures_util::future::join_all;
use mithaq_domain::{Answer, Done, Refusal};
use mithaq_store::EngineError;

on_every_database!(
    a_hundred_parallel_repeats_are_one_payment,
    a_hundred_parallel_requests_are_a_hundred_payments,
    another_content_under_the_same_id_is_refused,
);

async fn a_hundred_parallel_repeats_are_one_payment(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let calls = (0..100).map(|_| house.engine().submit(pay("tokens", "december", iqd(5_000))));
    let answers = join_all(calls).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "everybody hears the same");
    assert!(is_paid(&answers[0]));
    assert_eq!(house.balance(SARA).await, 245_000_000);
    assert_eq!(house.stage.reader().payments().await.expect("readable").len(), 1);
    house.verified().await;
}

async fn a_hundred_parallel_requests_are_a_hundred_payments(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let calls = (0..100).map(|number| house.engine().submit(pay("tokens", &number.to_string(), iqd(10))));
    let answers = join_all(calls).await;
    assert!(answers.iter().all(is_paid), "{answers:?}");
    assert_eq!(house.balance(SARA).await, 249_000_000);
    assert_eq!(house.stage.reader().payments().await.expect("readable").len(), 100);
    house.verified().await;
}

async fn another_content_under_the_same_id_is_refused(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let [first, second] = [iqd(1), iqd(2)].map(|amount| house.engine().submit(pay("tokens", "december", amount)));
    assert!(is_paid(&first.await));
    assert_eq!(second.await, Ok(Err(Refusal::RequestInconsistent)));
}

fn is_paid(answer: &Result<Answer, EngineError>) -> bool {
    matches!(answer, Ok(Ok(Done::Paid(payment))) if payment.paid_at.is_some())
}
