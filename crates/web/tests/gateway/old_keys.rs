//! `sign_type=RSA`: SHA-1, for apps that are allowed it (spec/alipay-agreement.md 1.2).

use super::caller::{Request, change_app, world};
use crate::support::World;
use mithaq_domain::GatewayKey;
use serde_json::json;

const NONE: &str = "40004 USER_AGREEMENT_NOT_EXIST";

/// A key of 1024 bits, as the seed's app has one.
const OLD_KEY: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDMuycw49IzDTV2dDV0nLCRUCcJ
VTu4ySQXshQcXnsuZr/jOzJ1BDGe/1EwgpNfXb5FY4DGimpX1hkTb1p0TB1DkprA
lFotlsJhwO7IR+Gpk7G3YC3zc+TIfUKYfVI7uOtCIPDK4GIrZfkjctRg+9moA4Dh
OgvKQ97gEQCnxlQ1CwIDAQAB
-----END PUBLIC KEY-----";

async fn allow(world: &World) {
    change_app(world, |app| app.may_use_sha1 = true).await;
}

#[tokio::test]
async fn sha1_is_refused_unless_the_app_may_use_it() {
    let world = world().await;
    let old = || Request::plain(&world).with("sign_type", "RSA");
    assert_eq!(old().result(&world).await, "40002 isv.invalid-signature-type", "and the refusal has SHA-256");
    allow(&world).await;
    assert_eq!(old().send(&world).await.signed_with_sha1().result(), NONE);
}

#[tokio::test]
async fn an_answer_is_signed_as_the_request_was_also_when_it_refuses() {
    let world = world().await;
    allow(&world).await;
    let old = || Request::plain(&world).with("sign_type", "RSA");
    assert_eq!(
        old().with("version", "2").send(&world).await.signed_with_sha1().result(),
        "40002 isv.invalid-parameter"
    );
    let broken = old().tampered("extra", Some("1")).send(&world).await.signed_with_sha1();
    assert_eq!(broken.result(), "40002 isv.invalid-signature");
    assert_eq!(Request::plain(&world).result(&world).await, NONE, "and the same app may sign with SHA-256");
}

#[tokio::test]
async fn who_may_use_sha1_may_leave_sign_type_out_as_old_clients_do() {
    let world = world().await;
    allow(&world).await;
    assert_eq!(Request::plain(&world).without("sign_type").send(&world).await.signed_with_sha1().result(), NONE);
}

#[tokio::test]
async fn a_signature_of_one_kind_does_not_pass_for_the_other() {
    let world = world().await;
    allow(&world).await;
    for (signed, sent) in [("RSA", "RSA2"), ("RSA2", "RSA")] {
        let request = Request::plain(&world).with("sign_type", signed).tampered("sign_type", Some(sent));
        assert_eq!(request.send(&world).await.result(), "40002 isv.invalid-signature", "{signed} as {sent}");
    }
}

#[tokio::test]
async fn a_key_of_1024_bits_signs_with_sha1_and_nothing_else() {
    let world = world().await;
    change_app(&world, |app| {
        app.key = Some(GatewayKey::Public { public_pem: OLD_KEY.to_owned() });
        app.may_use_sha1 = true;
    })
    .await;
    // What OpenSSL has signed with the other half, which is not kept.
    let request = Request::new(&world, "alipay.user.agreement.query", &json!({"agreement_no": "1"}))
        .with("sign_type", "RSA")
        .with("timestamp", "2017-06-27 14:44:00")
        .tampered("sign", Some(OLD_SIGN));
    assert_eq!(String::from_utf8(request.content()).as_deref(), Ok(OLD_CONTENT));
    assert_eq!(request.send(&world).await.signed_with_sha1().result(), NONE);
    let new = Request::plain(&world).tampered("sign", Some(OLD_SIGN));
    assert_eq!(new.result(&world).await, "40002 isv.invalid-signature");
    change_app(&world, |app| app.may_use_sha1 = false).await;
    assert_eq!(new.result(&world).await, "40003 isv.missing-signature-config", "then it has no key at all");
}

const OLD_CONTENT: &str = "app_id=2021000000000001&biz_content={\"agreement_no\":\"1\"}&charset=utf-8&format=json\
    &method=alipay.user.agreement.query&sign_type=RSA&timestamp=2017-06-27 14:44:00&version=1.0";
const OLD_SIGN: &str = "jB0SrrFtd/apL7w0j0StSpbj894Q03JV0Fjg4PMmVKuD4NCfdLlM1qCUuEKD+By/BDMK9pduTe62b61DAG+E6/Fnkn\
    Sma99xBlBL4mxyWS8ZY31g7vGm/1AWe91FuWI8east61jDMeT3ntLpY2OLjdjHspLE1bS4z12yVA+5w6A=";
