//! When a notice of the Alipay surface is sent again, and what stops it (spec/alipay-agreement.md 1.9, 4.4).

use super::{Shop, read};
use crate::receiver::Reply;
use crate::world::is_delivered;
use mithaq_delivery::{Dispatch, Guard, Limits, RecordingMessenger};
use mithaq_domain::{Command, DeliveryState};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Waits in minutes between the eight deliveries.
const WAITS_MIN: [i64; 7] = [4, 10, 10, 60, 120, 360, 900];

#[tokio::test]
async fn every_attempt_sends_the_same_bytes_until_the_eighth_and_after_a_restart_too() {
    let mut shop = Shop::answering(|_| Reply::Status(503, "success".to_owned())).await;
    shop.sign(|_| {}).await;
    let id = shop.rows().await.remove(0).outbox_id;
    let mut job = shop.world.deliver();
    for (index, wait) in WAITS_MIN.iter().enumerate() {
        let attempt = job.attempt(&id).await;
        assert_eq!((attempt.row.attempts as usize, attempt.row.state), (index + 1, DeliveryState::Pending));
        assert_eq!(attempt.row.next_at, attempt.started_at + jiff::SignedDuration::from_mins(*wait));
        if index == 3 {
            job.kill().await;
            job = shop.world.deliver();
        }
        shop.world.advance(*wait);
    }
    let last = job.attempt(&id).await;
    assert_eq!((last.row.attempts, last.row.state), (8, DeliveryState::Dead));
    shop.world.wallet.submit(Command::Resend { outbox_id: id.clone() }).await.expect("again");
    job.attempt(&id).await;

    let received = shop.receiver.wait_for(9).await;
    let fields = read(&received[0]);
    assert_eq!(fields["notify_time"], "2026-12-01 14:00:00");
    let bodies: BTreeSet<_> = received.iter().map(|message| message.body.clone()).collect();
    assert_eq!((received.len(), bodies.len()), (9, 1), "signature and notify_id too");
}

#[tokio::test]
async fn nothing_but_the_seven_bytes_success_stops_it() {
    let bad = [
        (Reply::body("success\n"), "it was that word with something around it"),
        (Reply::body("SUCCESS"), "or in other letters"),
        (Reply::body("\"success\""), "it was that word"),
        (Reply::body(""), "it was nothing"),
        (Reply::body("<!doctype html><p>success</p>"), "it was a page"),
        (Reply::body(crate::receiver::DONE), "it was JSON"),
        (Reply::body("fail"), "it was something else"),
    ];
    attempts_fail_with(&bad).await;
    let bad = [
        (Reply::Redirect, "HTTP 302: redirects are not followed"),
        (Reply::Status(500, "success".to_owned()), "HTTP 500 instead of 200"),
        (Reply::Status(404, "success".to_owned()), "HTTP 404 instead of 200"),
        (Reply::body(&"success".repeat(10_000)), "longer than 64 KiB"),
    ];
    attempts_fail_with(&bad).await;
}

#[tokio::test]
async fn an_address_that_leads_into_the_operators_network_is_not_called() {
    let shop = Shop::new().await;
    shop.sign(|_| {}).await;
    let id = shop.rows().await.remove(0).outbox_id;
    let messenger = RecordingMessenger::new(shop.world.wallet.engine().clone());
    let mut job = shop.world.deliver_by(Guard::production(), Limits::default(), Arc::new(messenger));
    let attempt = job.attempt(&id).await;
    assert!(matches!(attempt.sent, Dispatch::Nothing) && attempt.error.is_some());
    assert_eq!(shop.receiver.received().len(), 0);
}

/// Each reply in turn is no acknowledgement and leaves its text; `success` after them is one.
async fn attempts_fail_with(bad: &[(Reply, &str)]) {
    let replies: Vec<_> = bad.iter().map(|(reply, _)| reply.clone()).collect();
    let good = || Reply::Status(202, "success".to_owned());
    let mut shop = Shop::answering(move |index| replies.get(index).cloned().unwrap_or_else(good)).await;
    shop.sign(|_| {}).await;
    let id = shop.rows().await.remove(0).outbox_id;
    let mut job = shop.world.deliver();
    for ((_, expected), wait) in bad.iter().zip(WAITS_MIN) {
        let attempt = job.attempt(&id).await;
        let error = attempt.error.clone().expect("no acknowledgement");
        assert!(error.contains(expected), "{error:?} does not say {expected:?}");
        assert_eq!(attempt.row.state, DeliveryState::Pending);
        shop.world.advance(wait);
    }
    let last = job.attempt(&id).await;
    assert!(is_delivered(&last), "any status 2xx: {:?}", last.error);
    let received = shop.receiver.wait_for(bad.len() + 1).await;
    assert!(received.iter().all(|message| message.uri == "/sign"), "no redirect was followed");
}
