//! `POST /sandbox/v1/pay-sign-center`: playing the user at the signing page, and what stands in the sandbox's views of it.

use crate::support::{Browser, GATEWAY_APP, PageRequest, SARA, World, signed_result};
use serde_json::{Value, json};

const ROOT: &str = "alipay_user_agreement_page_sign_response";

async fn sign(world: &World, sign_str: &str, outcome: Option<&str>) -> Value {
    let mut body = json!({"signStr": sign_str, "userId": SARA.user_id});
    if let Some(outcome) = outcome {
        body["outcome"] = json!(outcome);
    }
    let answer = Browser::new(world).post("/sandbox/v1/pay-sign-center", &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

#[tokio::test]
async fn signing_answers_what_the_mini_program_would_get_and_the_agreements_number() {
    let world = World::of_the_gateway().await;
    for outcome in [None, Some("SIGNED")] {
        let said = sign(&world, &PageRequest::plan(&world).sign_str(), outcome).await;
        assert_eq!(said["resultStatus"], "7000");
        assert_eq!(signed_result(&said["result"], ROOT)["agreement_no"], said["agreementNo"]);
    }
    assert_eq!(world.contracts().await.len(), 1, "the second time it was in force");
}

#[tokio::test]
async fn every_other_outcome_is_its_code() {
    let world = World::of_the_gateway().await;
    let sign_str = PageRequest::plan(&world).sign_str();
    for (outcome, status, signed) in
        [("CANCELLED", "6001", 0), ("NETWORK", "6002", 0), ("FAILED", "7002", 0), ("UNKNOWN", "7001", 1)]
    {
        let said = sign(&world, &sign_str, Some(outcome)).await;
        assert_eq!((&said["resultStatus"], said.get("agreementNo")), (&json!(status), None), "{outcome}");
        assert_eq!(said["result"] == "", outcome != "FAILED", "{said}");
        assert_eq!(world.contracts().await.len(), signed, "{outcome}");
    }
}

#[tokio::test]
async fn a_sign_str_is_checked_as_ever() {
    let world = World::of_the_gateway().await;
    for (sign_str, sub_code) in [
        (PageRequest::plan(&world).order_str(), "isv.invalid-signature"),
        (PageRequest::plan(&world).with("app_id", "2017060101317939").sign_str(), "isv.invalid-app-id"),
        (PageRequest::plan(&world).say("period_rule_params", "").sign_str(), "INVALID_PARAMETER"),
    ] {
        let said = sign(&world, &sign_str, None).await;
        assert_eq!(said["resultStatus"], "7002");
        assert_eq!(signed_result(&said["result"], ROOT)["sub_code"], sub_code);
    }
    assert!(world.contracts().await.is_empty());
}

/// Sets the rule, and asks for it.
async fn rule(world: &World, rule: &str) {
    let mut browser = Browser::new(world);
    let set = browser.post("/sandbox/v1/sign-strs", &json!({"rule": rule})).await.json();
    assert_eq!((&set, &browser.get("/sandbox/v1/sign-strs").await.json()), (&json!({"rule": rule}), &set));
}

#[tokio::test]
async fn a_strict_sandbox_leaves_the_mini_program_for_return_url_as_phones_do() {
    let world = World::of_the_gateway().await;
    rule(&world, "strict").await;
    let led_out = PageRequest::plan(&world).with("return_url", "https://shop.example/back");
    let said = sign(&world, &led_out.sign_str(), None).await;
    assert_eq!((&said["resultStatus"], &said["result"]), (&json!("6001"), &json!("")));
    assert_eq!(world.contracts().await.len(), 1, "although it is signed");
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = browser.opened("paySignCenter", &json!({"signStr": led_out.sign_str()})).await;
    browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(browser.standing(&opened.ix).await.1["ret"]["resultStatus"], "6001");
    rule(&world, "usual").await;
    assert_eq!(browser.standing(&opened.ix).await.1["ret"]["resultStatus"], "7000");
    let without = PageRequest::at_will(&world).sign_str();
    rule(&world, "strict").await;
    assert_eq!(sign(&world, &without, None).await["resultStatus"], "7000");
}

#[tokio::test]
async fn a_lenient_sandbox_takes_a_string_that_is_encoded_once_and_says_what_is_wrong_with_it() {
    let world = World::of_the_gateway().await;
    rule(&world, "lenient").await;
    let once = PageRequest::plan(&world).order_str();
    assert_eq!(sign(&world, &once, None).await["resultStatus"], "7000");
    let calls = Browser::new(&world).get("/sandbox/v1/calls").await;
    assert!(calls.text.contains("signStr is encoded once only"), "{}", calls.text);
    rule(&world, "usual").await;
    assert_eq!(sign(&world, &once, None).await["resultStatus"], "7002");
    let mut browser = Browser::new(&world);
    for wrong in [json!({}), json!({"rule": "Strict"}), json!({"rule": "strict", "more": 1})] {
        assert_eq!(browser.post("/sandbox/v1/sign-strs", &wrong).await.error().0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_wrong_body_is_refused() {
    let world = World::of_the_gateway().await;
    let sign_str = PageRequest::plan(&world).sign_str();
    let mut browser = Browser::new(&world);
    for (body, status) in [
        (json!({"userId": SARA.user_id}), 400),
        (json!({"signStr": "", "userId": SARA.user_id}), 400),
        (json!({"signStr": sign_str, "userId": "nobody"}), 404),
        (json!({"signStr": sign_str, "userId": SARA.user_id, "outcome": "signed"}), 400),
        (json!({"signStr": sign_str, "userId": SARA.user_id, "more": 1}), 400),
    ] {
        assert_eq!(browser.post("/sandbox/v1/pay-sign-center", &body).await.error().0, status, "{body}");
    }
}

#[tokio::test]
async fn contracts_are_shown_with_their_agreement_and_plan() {
    let world = World::of_the_gateway().await;
    sign(&world, &PageRequest::plan(&world).sign_str(), None).await;
    sign(&world, &PageRequest::at_will(&world).sign_str(), None).await;
    let contracts = Browser::new(&world).get("/sandbox/v1/contracts").await.json();
    let plan = contracts.as_array().expect("contracts").iter().find(|one| !one["plan"].is_null()).expect("a plan");
    let agreement = &plan["agreement"];
    assert_eq!((&agreement["appId"], &agreement["externalAgreementNo"]), (&json!(GATEWAY_APP), &json!("EA0001")));
    assert_eq!((&agreement["agreementNo"], &agreement["currency"]), (&plan["contractId"], &json!("CNY")));
    assert_eq!(plan["charged"]["currency"], "CNY");
    let plan = &plan["plan"];
    assert_eq!(
        (&plan["periodType"], &plan["period"], &plan["next"]),
        (&json!("MONTH"), &json!(1), &json!("2035-01-05"))
    );
    assert_eq!((&plan["singleAmount"]["value"], &plan["totalPayments"]), (&json!("990"), &json!(12)));
    assert_eq!((&plan["paid"], &plan["periodId"], &plan["run"]), (&json!(0), &json!(1), &Value::Null));
}
