//! More calls than there is room for: a signed `U` at once, for next to nothing (spec/openapi.md 2.2).

use crate::support::{Answer, CLIENT, OTHER_CLIENT, Request, World, is_signed, result_of};
use mithaq_openapi::signature::SignatureEncoding;
use mithaq_types::ClientId;
use mithaq_web::{NoRoom, Room};
use std::collections::HashSet;

const BUSY: &str = "U REQUEST_TRAFFIC_EXCEED_LIMIT";

/// Takes all the room that `client` may have, or that there is.
fn take(world: &World, client: &str) -> Vec<Room> {
    let client = ClientId::new(client);
    std::iter::from_fn(|| world.app.signer.admission().enter(Some(&client)).ok()).collect()
}

/// Takes all the room there is.
fn fill(world: &World) -> Vec<Room> {
    let taken = (0..).map(|number: u32| take(world, &format!("somebody else {number}")));
    taken.take_while(|rooms| !rooms.is_empty()).flatten().collect()
}

fn is_unsigned_refusal(answer: &Answer) -> bool {
    answer.status == 503
        && answer.text.is_empty()
        && answer.header("Signature").is_empty()
        && answer.header("Retry-After") == "1"
        && !answer.header("Trace-Id").is_empty()
}

#[tokio::test]
async fn without_room_a_call_hears_so_signed_and_with_room_again_it_succeeds() {
    let world = World::sandbox().await;
    let rooms = fill(&world);
    assert_eq!(Request::new().result(&world).await, BUSY, "a client that this process has not met before");
    let answer = Request::new().send(&world).await;
    assert_eq!((result_of(&answer.json()).as_str(), answer.header("Client-Id")), (BUSY, CLIENT));
    assert_eq!(answer.header("Content-Type"), "application/json; charset=UTF-8");
    drop(rooms);
    assert_eq!(Request::new().result(&world).await, "S SUCCESS");
}

#[tokio::test]
async fn all_calls_of_a_client_to_a_path_share_a_signature_for_a_second() {
    let world = World::production().await;
    let _rooms = fill(&world);
    let calls = (0..50).map(|_| Request::new().send(&world));
    let answers: Vec<_> = futures_util::future::join_all(calls).await;
    assert!(answers.iter().all(|answer| is_signed(answer, "POST", &Request::new().path)));
    let distinct =
        |name: &str| answers.iter().map(|answer| answer.header(name).to_owned()).collect::<HashSet<_>>().len();
    // One for each second that the fifty took: how long that is, nobody knows.
    assert_eq!(distinct("Signature"), distinct("Response-Time"));
    assert!(distinct("Signature") < 25, "{}", distinct("Signature"));
    assert_eq!(distinct("Trace-Id"), 50, "an exchange is told apart all the same");
}

#[tokio::test]
async fn a_client_that_floods_leaves_room_to_the_others() {
    let world = World::sandbox().await;
    assert_eq!(Request::new().result(&world).await, "S SUCCESS");
    let flood = take(&world, CLIENT);
    assert_eq!(world.app.signer.admission().enter(Some(&ClientId::new(CLIENT))).err(), Some(NoRoom::Share));
    assert_eq!(Request::new().result(&world).await, BUSY);
    let other = Request { client_id: OTHER_CLIENT.into(), ..Request::new() };
    assert_eq!(other.result(&world).await, "S SUCCESS");
    drop(flood);
}

#[tokio::test]
async fn the_answer_tells_nothing_of_the_request_neither_of_its_signature_nor_of_its_body() {
    let world = World::sandbox().await;
    let _rooms = fill(&world);
    let good = Request::new().send(&world).await;
    let forged = Request { signed_path: Some("/v1/payments/pay".into()), ..Request::new() }.send(&world).await;
    let broken = Request { body: "{".into(), time: "yesterday".into(), ..Request::new() }.send(&world).await;
    assert_eq!((&good.text, &good.text), (&forged.text, &broken.text));
    assert!([good, forged, broken].iter().all(|answer| is_signed(answer, "POST", &Request::new().path)));
}

#[tokio::test]
async fn only_known_clients_and_endpoints_are_worth_a_signature() {
    let world = World::sandbox().await;
    let _rooms = fill(&world);
    let call = Request::new;
    for (what, refused) in [
        ("an unknown client", Request { client_id: "unknown".into(), ..call() }),
        ("no client", call().with("Client-Id", "")),
        ("no endpoint", Request { path: "/v1/nothing".into(), ..call() }),
        ("a query, which could be anything", Request { path: format!("{}?n=1", call().path), ..call() }),
        ("another method", Request { method: "PUT", ..call() }),
    ] {
        let answer = refused.send(&world).await;
        assert!(is_unsigned_refusal(&answer), "{what}: {answer:?}");
    }
    let prefixed = Request { path: format!("/api{}", call().path), ..call() };
    assert_eq!(prefixed.result(&world).await, BUSY, "under a prefix");
}

#[tokio::test]
async fn the_signature_is_written_as_the_requests_was() {
    let world = World::sandbox().await;
    let _rooms = fill(&world);
    for (encoding, is_percent) in [(SignatureEncoding::Base64, false), (SignatureEncoding::Percent, true)] {
        let answer = Request { encoding, ..Request::new() }.send(&world).await;
        assert_eq!(answer.header("Signature").contains("%3D"), is_percent, "{}", answer.header("Signature"));
        assert!(is_signed(&answer, "POST", &Request::new().path));
    }
}
