//! Dead endpoints, restarts, targets that may not be called.

use crate::receiver::{Receiver, Reply};
use crate::world::{World, is_delivered};
use mithaq_delivery::{Dispatch, Guard, Limits, RecordingMessenger};
use mithaq_domain::DeliveryState;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

#[tokio::test]
async fn an_endpoint_that_hangs_holds_up_nobody_else() {
    let world = World::new().await;
    let mut silent = Receiver::start(|_| Reply::Silence).await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = world.contract(None).await;
    for number in 0..20 {
        world.charge(&tokens, &format!("DEAD{number}"), 1, &silent.url("/n")).await;
    }
    // Nobody in this test waits long enough for the silent endpoint to be given up.
    let mut job = world.deliver_within(Duration::from_secs(600));
    silent.wait_for(1).await;
    for number in 0..20 {
        let id = world.charge(&tokens, &format!("LIVE{number}"), 1, &receiver.url("/n")).await;
        assert!(is_delivered(&job.attempt(&id).await));
    }
    assert_eq!(receiver.wait_for(20).await.len(), 20);
    assert_eq!(silent.received().len(), 1, "one attempt at a time where nothing is acknowledged");
}

#[tokio::test]
async fn many_rows_behind_a_dead_endpoint_do_not_hide_the_row_of_another() {
    let world = World::new().await;
    let mut silent = Receiver::start(|_| Reply::Silence).await;
    let tokens = world.contract(None).await;
    for number in 0..1_200 {
        world.charge(&tokens, &format!("DEAD{number}"), 1, &silent.url("/n")).await;
    }
    world.advance(1);
    let receiver = Receiver::start(|_| Reply::Done).await;
    let id = world.charge(&tokens, "LIVE", 1, &receiver.url("/n")).await;
    let mut job = world.deliver_within(Duration::from_secs(600));
    assert!(is_delivered(&job.attempt(&id).await));
    assert_eq!(silent.wait_for(1).await.len(), 1);
}

#[tokio::test]
async fn more_rows_than_a_lane_remembers_are_all_delivered() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = world.contract(None).await;
    for number in 0..1_050 {
        world.charge(&tokens, &format!("R{number}"), 1, &receiver.url("/n")).await;
    }
    let _job = world.deliver();
    let received = receiver.wait_for(1_050).await;
    let distinct: HashSet<_> = received.iter().map(|message| &message.body).collect();
    assert_eq!(distinct.len(), 1_050);
}

#[tokio::test]
async fn a_job_that_dies_in_the_middle_loses_nothing() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|index| if index == 0 { Reply::Silence } else { Reply::Done }).await;
    let tokens = world.contract(None).await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(world.charge(&tokens, &format!("R{number}"), 1, &receiver.url("/n")).await);
    }
    let first = world.deliver_within(Duration::from_secs(600));
    receiver.wait_for(1).await;
    first.kill().await;
    for id in &ids {
        assert_eq!(world.row(id).await.attempts, 0, "what was under way does not count");
    }
    let mut second = world.deliver();
    for _ in &ids {
        let attempt = second.attempt_where(|attempt| ids.contains(&attempt.row.outbox_id)).await;
        assert!(is_delivered(&attempt));
    }
    let received = receiver.wait_for(6).await;
    assert_eq!(received[0].body, received[1].body, "the first one came twice, with the same bytes");
}

#[tokio::test]
async fn the_job_ends_when_the_alarm_says_so() {
    let world = World::new().await;
    let receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = world.contract(None).await;
    let id = world.charge(&tokens, "R1", 1, &receiver.url("/n")).await;
    let mut job = world.deliver();
    job.attempt(&id).await;
    world.alarm.stop();
    job.ended().await;
}

#[tokio::test]
async fn in_production_a_private_target_is_refused_before_anything_is_sent() {
    let world = World::new().await;
    let receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = world.contract(None).await;
    let port = receiver.address.port();
    let messenger = Arc::new(RecordingMessenger::new(world.wallet.engine().clone()));
    let guard = Guard::production().with_ports([443, port]);
    let mut job = world.deliver_by(guard, Limits::default(), messenger);
    for (number, (target, expected)) in [
        (receiver.url("/n"), "the scheme of the URL is not allowed"),
        (format!("https://127.0.0.1:{port}/n"), "may not be called (loopback)"),
        (format!("https://[::ffff:127.0.0.1]:{port}/n"), "may not be called (loopback)"),
        (format!("https://2130706433:{port}/n"), "may not be called (loopback)"),
        ("https://169.254.169.254/latest".to_owned(), "may not be called (link-local)"),
        // A name: known to lead inside only after it was looked up.
        (format!("https://localhost:{port}/n"), "may not be called (loopback)"),
        ("https://localhost:25/n".to_owned(), "port 25 is not allowed"),
    ]
    .into_iter()
    .enumerate()
    {
        let id = world.charge(&tokens, &format!("R{number}"), 1, &target).await;
        let attempt = job.attempt(&id).await;
        let error = attempt.error.expect("refused");
        assert!(error.contains(expected), "{target}: {error}");
        assert_eq!((attempt.row.attempts, attempt.row.state), (1, DeliveryState::Pending));
        assert!(!matches!(attempt.sent, Dispatch::Notice(exchange) if exchange.response.is_some()));
    }
    assert!(receiver.received().is_empty());
}
