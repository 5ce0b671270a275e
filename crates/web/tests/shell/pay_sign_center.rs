//! `my.paySignCenter`: the page that it opens, and what the Mini Program hears of it (spec/alipay-agreement.md 1.7, 2.1.2;
//! jsapi.md 3.4, 5).

use crate::support::{Browser, CLIENT, GATEWAY_APP, OMAR, Opened, PageRequest, SARA, World, signed_result};
use jiff::SignedDuration;
use mithaq_domain::UserStatus;
use mithaq_types::UserId;
use serde_json::{Value, json};

pub const ROOT: &str = "alipay_user_agreement_page_sign_response";

/// The page for signing what `request` asks for.
async fn page(browser: &mut Browser, request: &PageRequest) -> Opened {
    browser.opened("paySignCenter", &json!({"signStr": request.sign_str()})).await
}

/// Signs it, and returns what the Mini Program hears.
async fn sign(browser: &mut Browser, request: &PageRequest, pin: &str) -> Value {
    let page = page(browser, request).await;
    browser.submit(&page.ix, "confirm", &[("pin", pin)]).await;
    let (state, reply) = browser.standing(&page.ix).await;
    assert_eq!((state.as_str(), &reply["ok"]), ("FINAL", &json!(true)), "every code reaches success: {reply}");
    reply["ret"].clone()
}

/// The status, and the sub-code of a failure.
fn status(ret: &Value) -> (String, String) {
    let status = ret["resultStatus"].as_str().expect("a status").to_owned();
    let result = signed_result(&ret["result"], ROOT);
    (status, result["sub_code"].as_str().unwrap_or_default().to_owned())
}

fn failed(sub_code: &str) -> (String, String) {
    ("7002".to_owned(), sub_code.to_owned())
}

#[tokio::test]
async fn signing_is_7000_with_the_agreement_in_a_result_that_is_json_and_signed() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    assert!(opened.page_url.starts_with("/sign?signId=") && opened.page_url.ends_with(&format!("&ix={}", opened.ix)));
    assert_eq!(browser.standing(&opened.ix).await.0, "OPEN");
    assert_eq!(browser.get(&opened.page_url).await.status, 200);
    let answer = browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!((answer.status, answer.header("Location")), (303, opened.page_url.as_str()));

    let (_, reply) = browser.standing(&opened.ix).await;
    assert_eq!(reply["ret"]["resultStatus"], "7000");
    let result = signed_result(&reply["ret"]["result"], ROOT);
    let contract = world.contracts().await.remove(0).contract;
    let terms = contract.terms.agreement.expect("an agreement");
    for (name, value) in [
        ("code", "10000"),
        ("msg", "Success"),
        ("app_id", GATEWAY_APP),
        ("auth_app_id", GATEWAY_APP),
        ("charset", "utf-8"),
        ("sign_scene", "INDUSTRY|DIGITAL_MEDIA"),
        ("status", "NORMAL"),
        ("external_agreement_no", "EA0001"),
        ("agreement_no", contract.contract_id.as_str()),
        ("external_logon_id", "sara@shop"),
        ("alipay_logon_id", "964****0001"),
        ("invalid_time", "2115-02-01 00:00:00"),
        ("personal_product_code", "CYCLE_PAY_AUTH_P"),
        ("alipay_user_id", contract.customer_id.as_str()),
    ] {
        assert_eq!(result[name], value, "{name}");
    }
    let signed_at = mithaq_alipay::format_time(contract.accepted_at);
    for name in ["timestamp", "valid_time", "sign_time"] {
        assert_eq!(result[name], json!(signed_at), "{name}");
    }
    assert!(contract.contract_id.as_str().len() == 20 && contract.user_id == UserId::new(SARA.user_id));
    assert_eq!(terms.plan.expect("a plan").single.minor, 990);
    assert!(contract.page_text.starts_with("mithaq-deal/1\nen-US\n"), "{}", contract.page_text);
    assert_eq!(browser.standing(&opened.ix).await.1, reply, "read again, it says the same to the last byte");
}

#[tokio::test]
async fn who_asks_with_sha_1_is_answered_with_it() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let ret = sign(&mut browser, &PageRequest::at_will(&world).with("sign_type", "RSA"), SARA.pin).await;
    assert_eq!(status(&ret), ("7000".into(), String::new()));
    let result: Value = serde_json::from_str(ret["result"].as_str().expect("a text")).expect("JSON");
    assert_eq!(result["sign_type"], "RSA");
}

#[tokio::test]
async fn an_agreement_lasts_as_long_as_the_request_says() {
    let world = World::of_the_gateway().await;
    world.clock.set("2030-06-27T03:40:13Z".parse().expect("a time"));
    let mut browser = Browser::of(&world, &SARA).await;
    let ret = sign(&mut browser, &PageRequest::at_will(&world).say("sign_validity_period", "2m"), SARA.pin).await;
    let result = signed_result(&ret["result"], ROOT);
    let invalid_time = result["invalid_time"].as_str().expect("a time");
    assert!(invalid_time.starts_with("2030-08-27 11:40:1"), "two calendar months, as in the seed: {invalid_time}");
}

#[tokio::test]
async fn what_is_in_force_on_the_same_terms_is_the_answer_to_signing_again() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for request in [PageRequest::plan(&world), PageRequest::at_will(&world)] {
        let first = signed_result(&sign(&mut browser, &request, SARA.pin).await["result"], ROOT);
        let again = signed_result(&sign(&mut browser, &request, SARA.pin).await["result"], ROOT);
        assert_eq!(first, again);
    }
    assert_eq!(world.contracts().await.len(), 2);
}

#[tokio::test]
async fn a_number_in_force_for_somebody_else_or_for_other_terms_is_taken() {
    let world = World::of_the_gateway().await;
    let mut sara = Browser::of(&world, &SARA).await;
    let request = PageRequest::plan(&world);
    sign(&mut sara, &request, SARA.pin).await;
    let other_terms = request.clone().say("external_logon_id", "other@shop");
    assert_eq!(status(&sign(&mut sara, &other_terms, SARA.pin).await), failed("INVALID_PARAMETER"));
    let mut omar = Browser::of(&world, &OMAR).await;
    let ret = sign(&mut omar, &request, OMAR.pin).await;
    assert_eq!(status(&ret), failed("INVALID_PARAMETER"));
    let why = signed_result(&ret["result"], ROOT)["sub_msg"].to_string();
    assert!(why.contains("external_agreement_no is in force already"), "{why}");
    assert_eq!(world.contracts().await.len(), 1);
}

#[tokio::test]
async fn a_user_has_at_most_ten_plans_with_a_merchant() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let numbered = |number: u32| PageRequest::plan(&world).say("external_agreement_no", format!("EA{number}"));
    for number in 0..10 {
        let sign = json!({"signStr": numbered(number).sign_str(), "userId": SARA.user_id});
        browser.post("/sandbox/v1/pay-sign-center", &sign).await;
    }
    assert_eq!(status(&sign(&mut browser, &numbered(10), SARA.pin).await), failed("NOT_SUPPORTED_BUSINESS"));
    assert_eq!(world.contracts().await.len(), 10);
}

#[tokio::test]
async fn only_whom_the_merchant_expects_can_sign() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (wrong, value) in [
        ("identity_params", json!({"user_name": "Omar Khalid"})),
        ("identity_params", json!({"sign_user_id": "216610000000000000000009"})),
        ("user_age_range", json!(r#"{"min":"18","max":"30"}"#)),
    ] {
        let request = PageRequest::at_will(&world).say(wrong, value.clone());
        let ret = sign(&mut browser, &request, SARA.pin).await;
        assert_eq!(status(&ret), failed("INVALID_PARAMETER"), "{value}");
    }
    let named = PageRequest::at_will(&world).say("identity_params", json!({"user_name": "Sara Ali Hasan"}));
    assert_eq!(status(&sign(&mut browser, &named, SARA.pin).await).0, "7000");
}

#[tokio::test]
async fn leaving_is_6001_with_nothing_in_result() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let left = json!({"ok": true, "ret": {"resultStatus": "6001", "result": ""}});
    let closed = page(&mut browser, &PageRequest::plan(&world)).await;
    assert_eq!(browser.cancel(&closed.ix).await, left);
    let refused = page(&mut browser, &PageRequest::plan(&world)).await;
    browser.submit(&refused.ix, "decline", &[]).await;
    assert_eq!(browser.standing(&refused.ix).await.1, left);
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn a_page_that_was_signed_in_the_moment_of_closing_says_so() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(browser.cancel(&opened.ix).await["ret"]["resultStatus"], "7000");
    browser.submit(&opened.ix, "decline", &[]).await;
    browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(browser.standing(&opened.ix).await.1["ret"]["resultStatus"], "7000");
    assert_eq!(world.contracts().await.len(), 1);
}

#[tokio::test]
async fn a_page_that_could_not_be_signed_is_left_as_failed() {
    let world = World::of_the_gateway().await;
    let user = || UserId::new(SARA.user_id);
    let mut browser = Browser::of(&world, &SARA).await;
    let frozen = page(&mut browser, &PageRequest::plan(&world)).await;
    world.app.wallet.set_user(user(), UserStatus::Frozen).await.expect("frozen");
    assert_eq!(status(&browser.cancel(&frozen.ix).await["ret"]), failed("NOT_SUPPORTED_BUSINESS"));
    world.app.wallet.set_user(user(), UserStatus::Active).await.expect("active");
    let late = page(&mut browser, &PageRequest::plan(&world)).await;
    world.pass(SignedDuration::from_mins(16));
    let (state, reply) = browser.standing(&late.ix).await;
    assert_eq!((state.as_str(), status(&reply["ret"])), ("FINAL", failed("INVALID_PARAMETER")));
}

#[tokio::test]
async fn a_wrong_pin_keeps_the_page_open_and_too_many_lock_it() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    for (typed, notice) in [("999999", "pin-wrong"), ("12", "pin-malformed")] {
        let answer = browser.submit(&opened.ix, "confirm", &[("pin", typed)]).await;
        assert_eq!(answer.header("Location"), format!("{}&notice={}", opened.page_url, notice.replace('-', "%2D")));
        assert!(browser.get(answer.header("Location")).await.problem().is_some(), "{notice}");
        assert_eq!(browser.standing(&opened.ix).await.0, "OPEN");
    }
    for _ in 0..4 {
        browser.submit(&opened.ix, "confirm", &[("pin", "999999")]).await;
    }
    assert!(!browser.get(&opened.page_url).await.has_form("confirm"));
    browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(status(&browser.cancel(&opened.ix).await["ret"]), failed("NOT_SUPPORTED_BUSINESS"));
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn a_page_is_of_one_session_and_its_forms_of_that_page() {
    let world = World::of_the_gateway().await;
    let opened = page(&mut Browser::of(&world, &SARA).await, &PageRequest::plan(&world)).await;
    let mut other = Browser::of(&world, &SARA).await;
    assert_eq!(other.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await.status, 404);
    assert_eq!(other.get(&format!("/app/v1/interactions/{}", opened.ix)).await.status, 404);
    assert!(!other.get(&opened.page_url).await.has_action());
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn forms_without_the_sessions_token_sign_nothing() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    for csrf in ["", "wrong"] {
        let answer = browser.form(&opened.ix, "confirm", &[("csrf", csrf), ("pin", SARA.pin)]).await;
        assert_eq!(answer.status, 403);
    }
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn somebody_who_is_signed_out_signs_in_on_the_page_first() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::open(&world).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    let shown = browser.get(&opened.page_url).await;
    assert!(shown.has_form("login") && !shown.text.contains("9.90"), "it says nothing of the terms: {}", shown.text);
    browser.submit(&opened.ix, "login", &[("phone", SARA.phone), ("pin", SARA.pin)]).await;
    browser.csrf = browser.get("/app/v1/session").await.json()["csrf"].as_str().expect("a token").to_owned();
    assert!(browser.get(&opened.page_url).await.has_form("confirm"));
    browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(browser.standing(&opened.ix).await.1["ret"]["resultStatus"], "7000");
}

#[tokio::test]
async fn a_reloaded_shell_finds_the_open_page() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    let found = browser.get("/app/v1/interactions").await.json();
    assert_eq!(
        found,
        json!([{
            "ix": opened.ix, "appId": "shop", "api": "paySignCenter", "pageUrl": opened.page_url, "state": "OPEN",
        }])
    );
}

#[tokio::test]
async fn no_other_calls_page_is_opened_with_an_agreements_offer() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    let sign_id = opened.page_url["/sign?signId=".len()..].split('&').next().expect("an id").to_owned();
    assert_eq!(browser.get(&format!("/authorize?authId={sign_id}")).await.status, 404);
    let auth_url = format!("{}/authorize?authId={sign_id}", world.origin);
    let other = browser.sign_page(&auth_url).await;
    browser.submit(&other.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(browser.cancel(&other.ix).await["ret"]["error"], "6003");
    let offered = world.auth_url().await;
    let foreign = offered.replace(&format!("{}/authorize?authId", world.origin), "/sign?signId");
    assert_eq!(browser.get(&foreign).await.status, 404, "nor the other way round");
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn the_agreement_tells_its_merchant_where_the_request_says() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let request = PageRequest::plan(&world).with("notify_url", "https://shop.example/notify?x=1");
    sign(&mut browser, &request, SARA.pin).await;
    let rows = browser.get("/sandbox/v1/notifications").await.json();
    let row = rows.as_array().expect("rows").iter().find(|row| row["kind"] == "gateway").expect("a notice").clone();
    assert_eq!((&row["target"], &row["clientId"]), (&json!("https://shop.example/notify?x=1"), &json!(CLIENT)));
}
