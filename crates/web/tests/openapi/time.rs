//! `Request-Time`: its forms, and the window around the clock (spec/openapi.md 1.2, 1.7).

use crate::support::{Request, World};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use mithaq_openapi::time;
use mithaq_types::{Clock as _, SystemClock, Timestamp};

fn at(instant: Timestamp) -> Request {
    Request { time: time::format(instant, &TimeZone::UTC), ..Request::new() }
}

fn after(instant: Timestamp, seconds: i64) -> Timestamp {
    instant.checked_add(SignedDuration::from_secs(seconds)).expect("a time")
}

#[tokio::test]
async fn a_time_is_signed_in_the_form_in_which_it_was_written() {
    let world = World::sandbox().await;
    let now = SystemClock.now();
    let baghdad = time::format(now, &TimeZone::get("Asia/Baghdad").expect("a zone"));
    let seconds = now.as_second();
    for text in [
        baghdad.clone(),
        baghdad.replace("+03:00", ".253+03:00"),
        time::format(now, &TimeZone::UTC).replace("+00:00", "Z"),
        now.as_millisecond().to_string(),
        format!("{seconds}000"),
    ] {
        assert_eq!(Request { time: text.clone(), ..Request::new() }.result(&world).await, "S SUCCESS", "{text}");
    }
}

#[tokio::test]
async fn five_minutes_to_either_side_are_fresh() {
    let world = World::production().await;
    for (seconds, result) in
        [(-290, "S SUCCESS"), (290, "S SUCCESS"), (-310, "F TIMESTAMP_INVALID"), (310, "F TIMESTAMP_INVALID")]
    {
        assert_eq!(at(after(SystemClock.now(), seconds)).result(&world).await, result, "{seconds} s");
    }
}

#[tokio::test]
async fn in_the_sandbox_a_time_is_fresh_by_the_machines_clock_or_by_the_moved_one() {
    let world = World::sandbox().await;
    world.pass(SignedDuration::from_hours(24 * 31));
    assert_eq!(at(SystemClock.now()).result(&world).await, "S SUCCESS");
    assert_eq!(at(world.app.wallet.now()).result(&world).await, "S SUCCESS");
    assert_eq!(at(after(SystemClock.now(), 86_400)).result(&world).await, "F TIMESTAMP_INVALID");
}

#[tokio::test]
async fn elsewhere_only_the_wallets_clock_counts_and_the_answer_tells_it() {
    let world = World::production().await;
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(at(world.app.wallet.now()).result(&world).await, "S SUCCESS");
    let answer = at(SystemClock.now()).send(&world).await;
    let message = answer.json()["result"]["resultMessage"].as_str().unwrap_or_default().to_owned();
    assert_eq!(answer.json()["result"]["resultCode"], "TIMESTAMP_INVALID");
    let now = time::format(world.app.wallet.now(), &TimeZone::get("Asia/Baghdad").expect("a zone"));
    assert!(message.contains(&now[..13]), "{message}");
}
