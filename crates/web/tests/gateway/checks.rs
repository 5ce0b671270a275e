//! The common parameters, each wrong in its turn (spec/alipay-agreement.md 1.2, 1.3, 1.5).

use super::caller::{APP, Request, add_app, change_app, merchant_key, world};
use crate::support::{CLIENT, MERCHANT_KEY, OTHER_CLIENT, World};
use base64::Engine as _;
use jiff::SignedDuration;
use mithaq_crypto::PrivateKey;
use mithaq_domain::{AgreementPay, GatewayKey, Status};
use mithaq_web::GatewayConfig;
use serde_json::json;

const NONE: &str = "40004 USER_AGREEMENT_NOT_EXIST";

#[tokio::test]
async fn each_common_parameter_that_is_missing_or_wrong_has_its_own_code() {
    let world = world().await;
    let plain = || Request::plain(&world);
    for (request, result) in [
        (plain(), NONE),
        (plain().without("app_id"), "40001 isv.missing-app-id"),
        (plain().with("app_id", "2021999999999999"), "40002 isv.invalid-app-id"),
        (plain().with("app_id", "'; drop table apps"), "40002 isv.invalid-app-id"),
        (plain().tampered("sign", None), "40001 isv.missing-signature"),
        (plain().tampered("sign", Some("")), "40001 isv.missing-signature"),
        (plain().tampered("sign", Some("not base64!")), "40002 isv.invalid-signature"),
        (plain().without("sign_type"), "40001 isv.missing-signature-type"),
        (plain().with("sign_type", "MD5"), "40002 isv.invalid-signature-type"),
        (plain().with("sign_type", "rsa2"), "40002 isv.invalid-signature-type"),
        (plain().without("method"), "40001 isv.missing-method"),
        (plain().with("method", "alipay.user.agreement.sign.effect"), "40002 isv.invalid-method"),
        (plain().without("charset"), "40002 isv.invalid-charset"),
        (plain().without("version"), "40001 isv.missing-version"),
        (plain().with("version", "1.1"), "40002 isv.invalid-parameter"),
        (plain().with("format", "xml"), "40002 isv.invalid-format"),
        (plain().with("format", "JSON"), NONE),
        (plain().without("format"), NONE),
        (plain().without("timestamp"), "40001 isv.missing-timestamp"),
        (plain().with("timestamp", "2026-01-05T10:00:00"), "40002 isv.invalid-timestamp"),
        (plain().without("biz_content"), "40002 isv.invalid-parameter"),
        (plain().with("biz_content", "{"), "40002 isv.illegal-json"),
        (plain().with("biz_content", "[]"), "40002 isv.illegal-json"),
        (plain().with("notify_url", "ftp://a.example/"), "40002 isv.invalid-parameter"),
        (plain().with("return_url", "nowhere"), "40002 isv.invalid-parameter"),
        (plain().with("app_auth_token", "x".repeat(41)), "20001 aop.invalid-app-auth-token"),
        (plain().with("auth_token", "x".repeat(41)), "20001 aop.invalid-auth-token"),
        (plain().with("app_auth_token", "a token of another wallet"), "20001 aop.invalid-app-auth-token"),
        (plain().with("encrypt_type", "AES").with("biz_content", "q2Fo="), "40002 isv.invalid-parameter"),
        (plain().with("encrypt_type", "AES"), NONE),
        (plain().with("alipay_sdk", "some-sdk-4.14").with("terminal_info", "{}"), NONE),
    ] {
        assert_eq!(request.result(&world).await, result);
    }
}

#[tokio::test]
async fn the_app_is_looked_at_before_its_signature_and_the_signature_before_all_else() {
    let world = world().await;
    let nothing_else = Request::plain(&world).with("app_id", "2021999999999999").tampered("sign", None);
    assert_eq!(nothing_else.result(&world).await, "40002 isv.invalid-app-id");
    let unsigned = Request::plain(&world).with("version", "9").with("charset", "x").tampered("sign", Some("AAAA"));
    assert_eq!(unsigned.result(&world).await, "40002 isv.invalid-signature");
}

#[tokio::test]
async fn whatever_is_changed_added_or_taken_away_breaks_the_signature() {
    let world = world().await;
    let signed = || Request::plain(&world).with("notify_url", "https://shop.example/a?x=1&y=2");
    assert_eq!(signed().result(&world).await, NONE);
    for (name, value) in [
        ("biz_content", Some(r#"{"agreement_no":"20260000000000000002"}"#)),
        ("method", Some("alipay.user.agreement.unsign")),
        ("timestamp", Some("2026-01-05 10:00:01")),
        ("notify_url", Some("https://thief.example/")),
        ("notify_url", None),
        ("version", None),
        ("extra", Some("1")),
        ("charset", Some("UTF-8")),
    ] {
        assert_eq!(signed().tampered(name, value).result(&world).await, "40002 isv.invalid-signature", "{name}");
    }
}

#[tokio::test]
async fn a_signature_that_does_not_fit_is_answered_with_the_string_that_the_wallet_built() {
    let world = world().await;
    let request = Request::plain(&world).with("notify_url", "https://shop.example/a?x=1&y=2");
    let content = String::from_utf8(request.content()).expect("UTF-8");
    let advice = request.clone().tampered("sign", Some("AAAA")).advice(&world).await;
    assert!(advice.ends_with(&content), "{advice}");
    let sign = request.sent().into_iter().find(|(name, _)| name == "sign").expect("a signature").1;
    let spaced = String::from_utf8(sign).expect("Base64").replace('+', " ");
    let advice = request.tampered("sign", Some(&format!("{spaced} "))).advice(&world).await;
    assert!(advice.contains("a plus sign was lost"), "{advice}");
}

#[tokio::test]
async fn empty_values_may_be_signed_or_left_out() {
    let world = world().await;
    let request = Request::plain(&world).with("app_auth_token", "");
    assert_eq!(request.result(&world).await, NONE, "left out, as the rules say");
    let mut content: Vec<String> = Vec::new();
    for (name, value) in request.sent().into_iter().filter(|(name, _)| name != "sign") {
        content.push(format!("{name}={}", String::from_utf8(value).expect("UTF-8")));
    }
    let sign = MERCHANT_KEY.sign(content.join("&").as_bytes());
    let sign = base64::engine::general_purpose::STANDARD.encode(sign);
    assert_eq!(request.tampered("sign", Some(&sign)).result(&world).await, NONE, "as two official clients do it");
}

#[tokio::test]
async fn each_app_signs_with_its_own_key_and_acts_for_its_own_client() {
    let world = world().await;
    let other = PrivateKey::generate().expect("a key");
    let key = Some(GatewayKey::Public { public_pem: other.public().to_pem() });
    add_app(&world, "2021000000000003", OTHER_CLIENT, key).await;
    let plain = || Request::plain(&world);
    assert_eq!(plain().signed_by(&other).result(&world).await, "40002 isv.invalid-signature");
    assert_eq!(plain().with("app_id", "2021000000000003").result(&world).await, "40002 isv.invalid-signature");
    assert_eq!(plain().with("app_id", "2021000000000003").signed_by(&other).result(&world).await, NONE);
    add_app(&world, "2021000000000004", CLIENT, None).await;
    let without = plain().with("app_id", "2021000000000004");
    assert_eq!(without.result(&world).await, "40003 isv.missing-signature-config");
}

#[tokio::test]
async fn an_apps_new_key_counts_at_once_and_its_old_one_no_longer() {
    let world = world().await;
    assert_eq!(Request::plain(&world).result(&world).await, NONE);
    let next = PrivateKey::generate().expect("a key");
    let public_pem = next.public().to_pem();
    change_app(&world, |app| app.key = Some(GatewayKey::Public { public_pem })).await;
    assert_eq!(Request::plain(&world).result(&world).await, "40002 isv.invalid-signature");
    assert_eq!(Request::plain(&world).signed_by(&next).result(&world).await, NONE);
}

#[tokio::test]
async fn a_client_that_is_stopped_hears_so_in_the_words_of_the_method() {
    let world = world().await;
    world.set_client(Status::Suspended, AgreementPay::Allowed).await;
    let moved = json!({"agreement_no": "1", "deduct_time": "2030-03-01"});
    for (request, result) in [
        (Request::plain(&world), "40004 MERCHANT_STATUS_IS_NOT_NORMAL"),
        (Request::new(&world, "alipay.trade.pay", &json!({})), "40004 ACQ.MERCHANT_STATUS_NOT_NORMAL"),
        (
            Request::new(&world, "alipay.user.agreement.executionplan.modify", &moved),
            "40006 isv.insufficient-isv-permissions",
        ),
    ] {
        assert_eq!(request.result(&world).await, result);
    }
}

#[tokio::test]
async fn any_time_is_taken_unless_the_operator_sets_a_window() {
    let world = world().await;
    let old = |world: &World| Request::plain(world).with("timestamp", "2017-06-27 14:44:00");
    assert_eq!(old(&world).result(&world).await, NONE);
    let window = Some(SignedDuration::from_hours(24));
    let strict = World::with_gateway(GatewayConfig { window, ..GatewayConfig::default() }).await;
    add_app(&strict, APP, CLIENT, Some(merchant_key())).await;
    assert_eq!(old(&strict).result(&strict).await, "40002 isv.invalid-timestamp");
    assert_eq!(Request::plain(&strict).result(&strict).await, NONE);
}
