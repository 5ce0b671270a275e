//! The order of checks (spec/openapi.md 1.9): of several faults the first in this order is answered.

use crate::support::{Request, World};
use mithaq_domain::{AgreementPay, Status};

/// 256 bytes that are no signature of anything.
fn nonsense() -> String {
    format!("algorithm=RSA256, keyVersion=1, signature={}AA==", "A".repeat(340))
}

#[tokio::test]
async fn of_many_faults_the_first_in_the_documented_order_is_answered() {
    let world = World::sandbox().await;
    world.set_client(Status::Suspended, AgreementPay::Allowed).await;
    let all_wrong = || Request {
        method: "PUT",
        path: "/v1/no/such".into(),
        client_id: "unknown".into(),
        time: "2020-01-01T00:00:00+03:00".into(),
        body: "{".into(),
        key_version: 9,
        content_type: Some("text/plain"),
        ..Request::new()
    };
    // Each line puts one more thing right.
    let mut call = all_wrong().with("Signature", "signature");
    assert_eq!(call.result(&world).await, "F INVALID_API");
    call = Request { path: Request::new().path, ..all_wrong() }.with("Signature", "signature");
    assert_eq!(call.result(&world).await, "F METHOD_NOT_SUPPORTED");
    let posted = || Request { path: Request::new().path, method: "POST", ..all_wrong() };
    assert_eq!(posted().with("Signature", "signature").result(&world).await, "F MEDIA_TYPE_NOT_ACCEPTABLE");
    let json = || Request { content_type: Some("application/json"), ..posted() };
    assert_eq!(json().with("Signature", "signature").result(&world).await, "F PARAM_ILLEGAL");
    assert_eq!(json().result(&world).await, "F INVALID_CLIENT");
    let known = || Request { client_id: Request::new().client_id, ..json() };
    assert_eq!(known().result(&world).await, "F INVALID_CLIENT_STATUS");
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    assert_eq!(known().result(&world).await, "F KEY_NOT_FOUND");
    let keyed = || Request { key_version: 1, ..known() };
    assert_eq!(keyed().with("Signature", nonsense()).result(&world).await, "F TIMESTAMP_INVALID");
    let fresh = || Request { time: Request::new().time, ..keyed() };
    assert_eq!(fresh().with("Signature", nonsense()).result(&world).await, "F INVALID_SIGNATURE");
    assert_eq!(fresh().result(&world).await, "F MSG_PARSE_ERROR");
    assert_eq!(Request { body: "{}".into(), ..fresh() }.result(&world).await, "F PARAM_ILLEGAL");
    assert_eq!(Request::new().result(&world).await, "S SUCCESS");
}

#[tokio::test]
async fn a_signature_that_cannot_be_read_is_an_invalid_one_at_its_place_in_the_order() {
    let world = World::sandbox().await;
    for header in ["algorithm=ECC224, signature=AAAA", "signature=A, signature=A", "signature=%%%", "signature=AAAA"] {
        assert_eq!(Request::new().with("Signature", header).result(&world).await, "F INVALID_SIGNATURE", "{header}");
        let late = Request { time: "2020-01-01T00:00:00Z".into(), ..Request::new() };
        assert_eq!(late.with("Signature", header).result(&world).await, "F TIMESTAMP_INVALID", "{header}");
    }
    world.set_client(Status::Suspended, AgreementPay::Allowed).await;
    let header = "algorithm=ECC224, signature=AAAA";
    assert_eq!(Request::new().with("Signature", header).result(&world).await, "F INVALID_CLIENT_STATUS");
}

#[tokio::test]
async fn each_of_the_three_headers_must_stand_there_once_and_be_well_formed() {
    let world = World::sandbox().await;
    for (name, value) in [
        ("Client-Id", ""),
        ("Request-Time", ""),
        ("Signature", ""),
        ("Request-Time", "yesterday"),
        ("Request-Time", "1768461630"),
        ("Signature", "keyVersion=one, signature=AAAA"),
        ("Signature", "algorithm=RSA256"),
        ("Encrypt", "algorithm=RSA_AES, keyVersion=1, symmetricKey=x"),
    ] {
        let answer = Request::new().with(name, value).send(&world).await;
        let result = &answer.json()["result"];
        assert_eq!(result["resultCode"], "PARAM_ILLEGAL", "{name}: {value}");
        assert!(result["resultMessage"].as_str().is_some_and(|message| message.contains(name)), "{result}");
    }
    let twice = Request::new().with("Client-Id", "a").with("Client-Id", "b");
    assert_eq!(twice.send(&world).await.json()["result"]["resultCode"], "PARAM_ILLEGAL");
}

#[tokio::test]
async fn agent_tokens_are_refused_and_not_ignored() {
    let world = World::sandbox().await;
    assert_eq!(Request::new().with("Agent-Token", "x").result(&world).await, "F INVALID_AGENT_TOKEN");
}

#[tokio::test]
async fn json_may_be_announced_in_several_ways_or_not_at_all() {
    let world = World::sandbox().await;
    for good in [
        None,
        Some("application/json"),
        Some("APPLICATION/JSON;charset=utf-8"),
        Some("application/json; charset=\"UTF-8\""),
    ] {
        let call = Request { content_type: good, ..Request::new() };
        assert_eq!(call.result(&world).await, "S SUCCESS", "{good:?}");
    }
    for bad in ["text/json", "application/x-www-form-urlencoded", "application/json; charset=utf-16"] {
        let call = Request { content_type: Some(bad), ..Request::new() };
        assert_eq!(call.result(&world).await, "F MEDIA_TYPE_NOT_ACCEPTABLE", "{bad}");
    }
}
