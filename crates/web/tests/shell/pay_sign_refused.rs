//! A signStr that leads to no page: the status is 7002, and `sub_msg` says what its developer has to change. So do the
//! Studio and the log (spec/alipay-agreement.md 1.5, 1.7, 2.1.2).

use super::pay_sign_center::ROOT;
use crate::support::{Browser, CLIENT, OTHER_GATEWAY_APP, PageRequest, SARA, World, encode, signed_result};
use jiff::SignedDuration;
use mithaq_crypto::PrivateKey;
use mithaq_domain::{AgreementPay, Status};
use mithaq_types::ClientId;
use serde_json::{Value, json};

/// The string of the seed, letter by letter.
const SEED: &str = include_str!("../../../alipay/tests/data/seed-sign-str.txt");

/// The sub-code and sub_msg of a call that ends at once.
async fn refused(browser: &mut Browser, sign_str: &str) -> (String, String) {
    let answer = browser.call("paySignCenter", &json!({"signStr": sign_str})).await;
    let body = answer.json();
    assert_eq!((answer.status, &body["state"], &body["reply"]["ok"]), (200, &json!("FINAL"), &json!(true)), "{body}");
    let ret = &body["reply"]["ret"];
    assert_eq!(ret["resultStatus"], "7002");
    let result = signed_result(&ret["result"], ROOT);
    let text = |name: &str| result[name].as_str().unwrap_or_else(|| panic!("no {name}: {result}")).to_owned();
    (text("sub_code"), text("sub_msg"))
}

/// What the Studio shows last.
async fn shown(browser: &mut Browser) -> Value {
    browser.get("/sandbox/v1/calls").await.json()["calls"]
        .as_array()
        .and_then(|calls| calls.last().cloned())
        .expect("one")
}

#[tokio::test]
async fn the_five_classic_mistakes_are_each_explained_in_their_own_words() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let request = PageRequest::plan(&world);
    let once = request.order_str();
    // A signature with a plus sign in it: one that a form on its way would spoil.
    let numbered = |number: u32| request.clone().say("external_agreement_no", format!("EA{number}"));
    let with_plus = (0..).map(numbered).find(|request| request.order_str().contains("%2B")).expect("one");
    let plus_lost = with_plus.sign_str().replace("%252B", "%2B");
    let other_key = PrivateKey::generate().expect("a key");
    let mut said = Vec::new();
    for (sign_str, words) in [
        (once, "encoded once only"),
        (encode(&request.sign_str()), "encoded once too often"),
        (plus_lost, "A plus sign in signStr has become a space"),
        (request.clone().signed_by(&other_key).sign_str(), "made with another private key than the one"),
    ] {
        let (sub_code, sub_msg) = refused(&mut browser, &sign_str).await;
        assert_eq!(sub_code, "isv.invalid-signature", "{words}");
        assert!(sub_msg.contains(words), "{words}: {sub_msg}");
        let call = shown(&mut browser).await;
        assert_eq!((&call["title"], &call["outcome"]), (&json!("signStr"), &json!("bad")), "{call}");
        assert!(call["signature"]["reason"].to_string().contains(words), "{call}");
        said.push(sub_msg);
    }
    let led_out = request.with("return_url", "https://shop.example/back");
    browser.opened("paySignCenter", &json!({"signStr": led_out.sign_str()})).await;
    let call = shown(&mut browser).await;
    let reason = call["signature"]["reason"].as_str().expect("a reason").to_owned();
    assert!(reason.contains("return_url is in signStr") && call["signature"]["valid"] == true, "{call}");
    said.push(reason);
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), 5);
}

#[tokio::test]
async fn a_signature_that_does_not_fit_shows_the_string_that_the_wallet_built() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let changed = PageRequest::plan(&world).sign_str().replace("EA0001", "EA0002");
    let (sub_code, sub_msg) = refused(&mut browser, &changed).await;
    assert_eq!(sub_code, "isv.invalid-signature");
    assert!(sub_msg.contains("app_id=2021000000000001&biz_content=") && sub_msg.contains("EA0002"), "{sub_msg}");
    let text = shown(&mut browser).await["signature"]["text"].clone();
    assert!(text.as_str().is_some_and(|text| text.starts_with("app_id=2021000000000001&biz_content=")), "{text}");
}

#[tokio::test]
async fn a_key_of_another_kind_is_told_from_a_wrong_one() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let once = PageRequest::plan(&world).order_str();
    let (before, rest) = once.split_once("&sign=").expect("a signature");
    let rest = rest.split_once('&').map_or("", |(_, rest)| rest);
    let short = format!("{before}&sign={}%3D&{rest}", "A".repeat(171));
    let (sub_code, sub_msg) = refused(&mut browser, &encode(&short)).await;
    assert_eq!(sub_code, "isv.invalid-signature");
    assert!(sub_msg.contains("made with another kind of key than the one registered"), "{sub_msg}");
}

#[tokio::test]
async fn the_seeds_own_string_is_answered_with_what_is_wrong_with_its_app_its_key_and_its_return_url() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let (sub_code, sub_msg) = refused(&mut browser, SEED.trim()).await;
    assert_eq!(sub_code, "isv.invalid-app-id");
    for part in [
        "app_id 2017060101317939 names no app of this wallet",
        "old RSA key of 1024 bits",
        "sign with RSA2",
        "return_url is in signStr",
    ] {
        assert!(sub_msg.contains(part), "{part}: {sub_msg}");
    }
}

#[tokio::test]
async fn a_call_without_a_sign_str_never_starts() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for args in [json!({}), json!(null), json!({"signStr": ""}), json!({"signStr": 7})] {
        let body = browser.call("paySignCenter", &args).await.json();
        assert_eq!((&body["reply"]["ok"], &body["reply"]["ret"]["error"]), (&json!(false), &json!(2)), "{args}");
        assert!(body["reply"]["ret"]["errorMessage"].is_string());
    }
}

#[tokio::test]
async fn what_cannot_be_read_at_all_is_7002_too() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (sign_str, sub_code) in [
        ("%zz".to_owned(), "isv.invalid-parameter"),
        ("hello".to_owned(), "isv.missing-method"),
        ("a%3D1%26a%3D2".to_owned(), "isv.invalid-parameter"),
        ("x".repeat(70_000), "isv.invalid-parameter"),
        (encode("method=alipay.user.agreement.page.sign"), "isv.missing-app-id"),
    ] {
        assert_eq!(refused(&mut browser, &sign_str).await.0, sub_code, "{}", &sign_str[..sign_str.len().min(40)]);
    }
}

#[tokio::test]
async fn another_merchants_app_cannot_sign_for_this_mini_program() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let foreign = PageRequest::plan(&world).with("app_id", OTHER_GATEWAY_APP);
    let (sub_code, sub_msg) = refused(&mut browser, &foreign.sign_str()).await;
    assert_eq!(sub_code, "isv.invalid-app-id");
    assert!(sub_msg.contains("of another merchant than this Mini Program"), "{sub_msg}");
}

#[tokio::test]
async fn another_methods_string_says_where_it_belongs() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let (sub_code, sub_msg) = refused(&mut browser, &PageRequest::order(&world, "O1").sign_str()).await;
    assert_eq!(sub_code, "isv.invalid-method");
    assert!(sub_msg.contains("my.tradePay with orderStr"), "{sub_msg}");
}

#[tokio::test]
async fn a_merchant_that_is_stopped_or_may_not_is_told_so() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let sign_str = PageRequest::plan(&world).sign_str();
    for (status, agreement_pay, sub_code) in [
        (Status::Active, AgreementPay::NotAgreed, "MERCHANT_AGREEMENT_IS_NOT_EXIST"),
        (Status::Active, AgreementPay::Suspended, "MERCHANT_AGREEMENT_IS_NOT_EXIST"),
        (Status::Suspended, AgreementPay::Allowed, "MERCHANT_STATUS_IS_NOT_NORMAL"),
    ] {
        world.set_client(status, agreement_pay).await;
        assert_eq!(refused(&mut browser, &sign_str).await.0, sub_code);
    }
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    world.app.wallet.set_merchant_status(ClientId::new(CLIENT), Status::Suspended).await.expect("stopped");
    assert_eq!(refused(&mut browser, &sign_str).await.0, "MERCHANT_STATUS_IS_NOT_NORMAL");
}

#[tokio::test]
async fn what_the_wallet_cannot_check_or_do_is_refused_and_not_passed_over() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let plan = || PageRequest::plan(&world);
    for (request, sub_code, words) in [
        (plan().say("identity_params", json!({"cert_no": "1"})), "INVALID_PARAMETER", "cert_no cannot be checked"),
        (plan().say("identity_params", json!({"identity_hash": "1"})), "INVALID_PARAMETER", "identity_hash cannot be"),
        (plan().say("agreement_effect_type", "NOTICE"), "NOT_SUPPORTED_BUSINESS", "must be DIRECT, or be left out"),
        (
            plan().say("personal_product_code", "ONE_TIME_AUTH_P").say("period_rule_params", ""),
            "PRODUCT_CODE_NOT_SUPPORTED_ERROR",
            "does not offer this product",
        ),
        (
            PageRequest::at_will(&world).say("product_code", "CYCLE_PAY_AUTH"),
            "PRODUCT_CODE_NOT_SUPPORTED_ERROR",
            "must be GENERAL_WITHHOLDING where",
        ),
        (
            PageRequest::at_will(&world)
                .say("product_code", "GENERAL_WITHHOLDING_P")
                .say("personal_product_code", "GENERAL_WITHHOLDING"),
            "PRODUCT_CODE_NOT_SUPPORTED_ERROR",
            "are swapped",
        ),
        (
            plan().say(
                "period_rule_params",
                json!({"period_type": "MONTH", "period": 1, "execute_time": "2035-01-05",
            "single_amount": "10000000.01"}),
            ),
            "INVALID_PARAMETER",
            "single_amount is above",
        ),
        (
            plan().say(
                "period_rule_params",
                json!({"period_type": "DAY", "period": 6, "execute_time": "2035-01-05",
            "single_amount": "1"}),
            ),
            "INVALID_PARAMETER",
            "period_rule_params.period must be at least 7",
        ),
        (plan().say("period_rule_params", ""), "INVALID_PARAMETER", "period_rule_params is missing"),
        (plan().say("access_params", ""), "INVALID_PARAMETER", "access_params is missing"),
        (plan().say("sign_scene", ""), "INVALID_PARAMETER", "sign_scene must be a scene of its own"),
        (plan().with("notify_url", "ftp://shop.example/"), "isv.invalid-parameter", "notify_url must be"),
    ] {
        let (code, message) = refused(&mut browser, &request.sign_str()).await;
        assert_eq!(code, sub_code, "{message}");
        assert!(message.contains(words), "{words}: {message}");
    }
}

#[tokio::test]
async fn either_sales_product_goes_with_a_plan() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for product in ["CYCLE_PAY_AUTH", "GENERAL_WITHHOLDING", ""] {
        let request = PageRequest::plan(&world).say("product_code", product);
        browser.opened("paySignCenter", &json!({"signStr": request.sign_str()})).await;
    }
}

#[tokio::test]
async fn a_request_that_is_opened_too_late_is_refused_and_a_moved_clock_alone_is_not_late() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let request = PageRequest::plan(&world).say("effect_time", 60);
    let old = (world.app.wallet.now() - SignedDuration::from_mins(2)).to_string();
    let old = mithaq_alipay::format_time(old.parse().expect("a time"));
    let (sub_code, sub_msg) = refused(&mut browser, &request.clone().with("timestamp", &old).sign_str()).await;
    assert_eq!(sub_code, "INVALID_PARAMETER");
    assert!(sub_msg.contains("later after timestamp than effect_time allows"), "{sub_msg}");
    // A sandbox's clock may stand next year, while the merchant's shows today.
    world.pass(SignedDuration::from_hours(24 * 300));
    browser.opened("paySignCenter", &json!({"signStr": request.sign_str()})).await;
}

#[tokio::test]
async fn an_app_without_a_key_or_without_sha_1_cannot_sign() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let request = PageRequest::plan(&world);
    world.put_gateway_app(crate::support::GATEWAY_APP, CLIENT, |app| app.may_use_sha1 = false).await;
    let old = request.clone().with("sign_type", "RSA").sign_str();
    assert_eq!(refused(&mut browser, &old).await.0, "isv.invalid-signature-type");
    world.put_gateway_app(crate::support::GATEWAY_APP, CLIENT, |app| app.key = None).await;
    assert_eq!(refused(&mut browser, &request.sign_str()).await.0, "isv.missing-signature-config");
}
