//! When a notice is sent again, and what stops it (spec/openapi.md 5.6).

use crate::receiver::{Receiver, Reply};
use crate::world::{KEYS, World, is_delivered};
use mithaq_domain::{Command, DeliveryState};
use std::time::Duration;

/// Waits in minutes between the eight deliveries.
const WAITS_MIN: [i64; 7] = [2, 10, 10, 60, 120, 360, 900];

#[tokio::test]
async fn without_an_acknowledgement_it_is_sent_eight_times_and_then_given_up() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Status(503, String::new())).await;
    let tokens = world.contract(None).await;
    let id = world.charge(&tokens, "R1", 5_000, &receiver.url("/n")).await;
    let mut job = world.deliver();
    let other = Receiver::start(|_| Reply::Done).await;
    for (index, wait) in WAITS_MIN.iter().enumerate() {
        let attempt = job.attempt(&id).await;
        assert_eq!(attempt.row.attempts as usize, index + 1);
        assert_eq!(attempt.row.state, DeliveryState::Pending);
        assert_eq!(attempt.started_at, world.wallet.now());
        assert_eq!(attempt.row.next_at, attempt.started_at + jiff::SignedDuration::from_mins(*wait));
        // A minute early the job delivers what is due, and this is not.
        world.advance(wait - 1);
        let due = world.charge(&tokens, &format!("OTHER{index}"), 1, &other.url("/n")).await;
        assert!(is_delivered(&job.attempt(&due).await));
        assert_eq!(world.row(&id).await, attempt.row);
        world.advance(1);
    }
    let last = job.attempt(&id).await;
    assert_eq!((last.row.attempts, last.row.state), (8, DeliveryState::Dead));
    assert_eq!(last.started_at, world.wallet.now());
    assert_eq!(receiver.wait_for(8).await.len(), 8);

    world.wallet.submit(Command::Resend { outbox_id: id.clone() }).await.expect("again");
    assert_eq!(job.attempt(&id).await.row.attempts, 1, "a new round by hand");
}

#[tokio::test]
async fn a_clock_that_goes_back_holds_nothing_up_and_loses_nothing() {
    let world = World::new().await;
    let receiver = Receiver::start(|index| if index == 0 { Reply::body("") } else { Reply::Done }).await;
    let tokens = world.contract(None).await;
    let mut job = world.deliver();
    world.advance(60);
    let early = world.charge(&tokens, "R1", 1, &receiver.url("/n")).await;
    assert_eq!(job.attempt(&early).await.row.attempts, 1);
    world.advance(-50);
    let late = world.charge(&tokens, "R2", 1, &receiver.url("/n")).await;
    assert!(is_delivered(&job.attempt(&late).await), "what is written then is due then");
    world.advance(51);
    let other = world.charge(&tokens, "R3", 1, &receiver.url("/n")).await;
    assert!(is_delivered(&job.attempt(&other).await));
    assert_eq!(world.row(&early).await.attempts, 1, "a minute early");
    world.advance(1);
    assert!(is_delivered(&job.attempt(&early).await));
}

#[tokio::test]
async fn a_row_that_somebody_wants_sent_again_is_sent_at_once_whatever_waits() {
    let world = World::new().await;
    let receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = world.contract(None).await;
    let mut job = world.deliver();
    let id = world.charge(&tokens, "R1", 1, &receiver.url("/n")).await;
    assert!(is_delivered(&job.attempt(&id).await));
    for _ in 0..3 {
        world.wallet.submit(Command::Resend { outbox_id: id.clone() }).await.expect("again");
        let again = job.attempt(&id).await;
        assert!(is_delivered(&again) && again.row.attempts == 1);
    }
}

#[tokio::test]
async fn only_http_200_with_status_s_stops_it() {
    let bad = [
        (Reply::body(""), "without a body"),
        (Reply::result("F", "PROCESS_FAIL"), "answered F PROCESS_FAIL"),
        (Reply::result("U", "SYSTEM_ERROR"), "answered U SYSTEM_ERROR"),
        (Reply::result("A", "ACCEPT"), "answered A ACCEPT"),
        (Reply::Status(500, crate::receiver::DONE.to_owned()), "HTTP 500"),
        (Reply::Status(202, crate::receiver::DONE.to_owned()), "HTTP 202"),
        (Reply::Redirect, "redirects are not followed"),
    ];
    attempts_fail_with(&bad).await;
    let bad = [
        (Reply::body("success"), "not JSON"),
        (Reply::body(r#"{"resultStatus":"S"}"#), "not JSON with result.resultStatus"),
        (Reply::body(&"x".repeat(64 * 1024 + 1)), "longer than 64 KiB"),
        (Reply::Signed(KEYS[0].clone()), "signature of the answer is not valid"),
    ];
    attempts_fail_with(&bad).await;
}

/// Each reply in turn is no acknowledgement and leaves its text; the good answer after them is one.
async fn attempts_fail_with(bad: &[(Reply, &str)]) {
    let world = World::new().await;
    let replies: Vec<_> = bad.iter().map(|(reply, _)| reply.clone()).collect();
    let mut receiver = Receiver::start(move |index| replies.get(index).cloned().unwrap_or(Reply::Done)).await;
    let tokens = world.contract(None).await;
    let id = world.charge(&tokens, "R1", 5_000, &receiver.url("/n")).await;
    let mut job = world.deliver();
    for ((_, expected), wait) in bad.iter().zip(WAITS_MIN) {
        let attempt = job.attempt(&id).await;
        let error = attempt.error.clone().expect("no acknowledgement");
        assert!(error.contains(expected), "{error:?} does not say {expected:?}");
        assert_eq!(attempt.row.last_error.as_ref(), Some(&error));
        assert_eq!(world.row(&id).await, attempt.row, "told after it is durable");
        world.advance(wait);
    }
    let last = job.attempt(&id).await;
    assert!(is_delivered(&last) && last.error.is_none(), "{:?}", last.error);
    let received = receiver.wait_for(bad.len() + 1).await;
    assert!(received.iter().all(|message| message.uri == "/n"), "no redirect was followed");
}

#[tokio::test]
async fn an_answer_signed_by_the_merchant_is_an_acknowledgement() {
    let world = World::new().await;
    let receiver = Receiver::start(|_| Reply::Signed(KEYS[1].clone())).await;
    let tokens = world.contract(None).await;
    let id = world.charge(&tokens, "R1", 5_000, &receiver.url("/n?shop=1")).await;
    let attempt = world.deliver().attempt(&id).await;
    assert!(is_delivered(&attempt), "{:?}", attempt.error);
}

#[tokio::test]
async fn an_endpoint_that_says_nothing_counts_as_failed_after_the_time_limit() {
    let world = World::new().await;
    let receiver = Receiver::start(|_| Reply::Silence).await;
    let tokens = world.contract(None).await;
    let id = world.charge(&tokens, "R1", 5_000, &receiver.url("/n")).await;
    let attempt = world.deliver_within(Duration::from_millis(200)).attempt(&id).await;
    assert_eq!(attempt.error.as_deref(), Some("no answer within 200ms"));
    assert_eq!(attempt.row.attempts, 1);
}

#[tokio::test]
async fn a_closed_port_counts_as_failed_without_telling_the_url() {
    let world = World::new().await;
    let tokens = world.contract(None).await;
    let id = world.charge(&tokens, "R1", 5_000, "http://127.0.0.1:9/n?key=secret").await;
    let error = world.deliver().attempt(&id).await.error.expect("no connection");
    assert!(error.starts_with("no connection") && !error.contains("secret"), "{error}");
}
