//! What every answer has: HTTP 200, the headers, a signature over its very bytes (spec/openapi.md 1.8).

use crate::support::{CLIENT, Request, World, is_signed, result_of};
use mithaq_openapi::signature::SignatureEncoding;

const PREPARE: &str = "/v1/authorizations/prepare";

#[tokio::test]
async fn an_answer_echoes_the_client_and_carries_time_type_and_trace() {
    let world = World::sandbox().await;
    let answer = Request::new().send(&world).await;
    assert_eq!((answer.status, answer.header("Client-Id")), (200, CLIENT));
    assert_eq!(answer.header("Content-Type"), "application/json; charset=UTF-8");
    let (time, trace) = (answer.header("Response-Time"), answer.header("Trace-Id"));
    assert!(time.ends_with("+03:00") && time.len() == 25, "{time}");
    assert!((1..=64).contains(&trace.len()) && trace.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{trace}");
    let url = answer.json()["authUrl"].as_str().expect("a URL").to_owned();
    assert!(url.starts_with(&format!("{}/authorize?authId=", world.origin)) && url.len() <= 256, "{url}");
}

#[tokio::test]
async fn a_refusal_is_signed_too_and_anyone_else_is_not_believed() {
    let world = World::sandbox().await;
    let answer = Request { body: "{}".into(), ..Request::new() }.send(&world).await;
    assert_eq!(result_of(&answer.json()), "F PARAM_ILLEGAL");
    assert!(is_signed(&answer, "POST", PREPARE));
    assert!(!is_signed(&answer, "POST", "/v1/payments/pay"), "of this path only");
    assert!(!is_signed(&answer, "GET", PREPARE), "of this method only");
}

#[tokio::test]
async fn the_answers_signature_is_written_as_the_requests_was() {
    let world = World::sandbox().await;
    for (encoding, percent) in [(SignatureEncoding::Base64, false), (SignatureEncoding::Percent, true)] {
        let answer = Request { encoding, ..Request::new() }.send(&world).await;
        assert!(is_signed(&answer, "POST", PREPARE), "{encoding:?}");
        assert_eq!(answer.header("Signature").contains("%3D"), percent, "{}", answer.header("Signature"));
        // Some clients take everything behind the literal.
        assert!(answer.header("Signature").starts_with("algorithm=RSA256, keyVersion=1, signature="));
    }
    let refused = Request { encoding: SignatureEncoding::Percent, body: "{".into(), ..Request::new() };
    assert!(refused.send(&world).await.header("Signature").contains("%3D"), "of a refusal too");
}

#[tokio::test]
async fn a_missing_key_version_means_the_newest_key() {
    let world = World::sandbox().await;
    let call = Request::new();
    let signed = Request { time: call.time.clone(), ..Request::new() };
    let header = signed.signature().replace("keyVersion=1, ", "");
    assert_eq!(call.with("Signature", header).result(&world).await, "S SUCCESS");
}

#[tokio::test]
async fn a_wallet_under_a_prefix_answers_to_the_whole_path_and_to_its_tail() {
    let world = World::sandbox().await;
    for prefix in ["/api", "/miniprogram/api", "/api/open", "/acl/api"] {
        let path = format!("{prefix}{PREPARE}");
        let whole = Request { path: path.clone(), ..Request::new() };
        assert_eq!(whole.result(&world).await, "S SUCCESS", "{path}");
        let tail = Request { path: path.clone(), signed_path: Some(PREPARE.into()), ..Request::new() };
        assert_eq!(tail.result(&world).await, "S SUCCESS", "{path}, signed without the prefix");
        let other = Request { path, signed_path: Some("/v1/payments/pay".into()), ..Request::new() };
        assert_eq!(result_of(&other.send(&world).await.json()), "F INVALID_SIGNATURE");
    }
}

#[tokio::test]
async fn the_query_is_part_of_what_is_signed() {
    let world = World::sandbox().await;
    let path = format!("{PREPARE}?site=1&x=%20");
    assert_eq!(Request { path: path.clone(), ..Request::new() }.result(&world).await, "S SUCCESS");
    let without = Request { path, signed_path: Some(PREPARE.into()), ..Request::new() };
    assert_eq!(result_of(&without.send(&world).await.json()), "F INVALID_SIGNATURE");
}

#[tokio::test]
async fn an_unknown_client_gets_a_signed_answer_with_its_id_as_far_as_that_is_safe() {
    let world = World::sandbox().await;
    let long = "x".repeat(80);
    let answer = Request::new().with("Client-Id", &long).send(&world).await;
    assert_eq!(result_of(&answer.json()), "F INVALID_CLIENT");
    assert_eq!(answer.header("Client-Id"), &long[..64]);
    assert!(is_signed(&answer, "POST", PREPARE));
    let strange = Request::new().with("Client-Id", "<b>نعم</b>").send(&world).await;
    assert_eq!((result_of(&strange.json()).as_str(), strange.header("Client-Id")), ("F PARAM_ILLEGAL", "<b></b>"));
    let none = Request::new().with("Client-Id", "").send(&world).await;
    assert_eq!(result_of(&none.json()), "F PARAM_ILLEGAL");
    assert!(is_signed(&none, "POST", PREPARE), "over an empty id");
}

#[tokio::test]
async fn unknown_paths_and_other_methods_get_http_200_and_a_signed_answer() {
    let world = World::sandbox().await;
    for method in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let call = Request { method, body: String::new(), ..Request::new() };
        assert_eq!(call.result(&world).await, "F METHOD_NOT_SUPPORTED", "{method}");
    }
    for path in ["/v1/nothing", "/v1/payments/pay/", "/api/v1/payments"] {
        assert_eq!(Request { path: path.into(), ..Request::new() }.result(&world).await, "F INVALID_API", "{path}");
    }
}

#[tokio::test]
async fn a_body_above_one_mebibyte_is_turned_away_at_the_edge() {
    let world = World::sandbox().await;
    let answer = Request { body: "x".repeat(1024 * 1024 + 1), ..Request::new() }.send(&world).await;
    assert_eq!((answer.status, answer.header("Signature")), (413, ""));
}
