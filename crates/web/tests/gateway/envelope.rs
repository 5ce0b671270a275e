//! The shape of an answer (spec/alipay-agreement.md 1.4): what every client reads and verifies.

use super::caller::{Request, world};
use serde_json::json;

#[tokio::test]
async fn an_answer_has_its_object_first_its_signature_last_and_nothing_between() {
    let world = world().await;
    let reply = Request::plain(&world).send(&world).await.signed();
    assert_eq!(reply.root, "alipay_user_agreement_query_response");
    assert!(reply.certificate.is_none());
    let start = r#"{"alipay_user_agreement_query_response":{"code":"40004","msg":"Business Failed","sub_code":"#;
    assert!(reply.answer.text.starts_with(start), "{}", reply.answer.text);
    assert!(reply.answer.text.ends_with("\"}"), "sign is the last: {}", reply.answer.text);
    assert!(!reply.answer.text.contains("sign_type"));
    assert_eq!(reply.answer.header("trace_id").len(), 16, "what Node reports");
    assert!(reply.answer.header("Cache-Control").contains("no-store"));
}

#[tokio::test]
async fn refusals_stand_under_the_methods_name_and_are_signed_too() {
    let world = world().await;
    for (request, root, result) in [
        (
            Request::plain(&world).with("version", "2.0"),
            "alipay_user_agreement_query_response",
            "40002 isv.invalid-parameter",
        ),
        (
            Request::plain(&world).tampered("app_id", Some("2021999999999999")),
            "alipay_user_agreement_query_response",
            "40002 isv.invalid-app-id",
        ),
        (Request::plain(&world).with("method", "alipay.no.such"), "error_response", "40002 isv.invalid-method"),
        (Request::plain(&world).without("method"), "error_response", "40001 isv.missing-method"),
        (
            Request::plain(&world).with("method", "alipay.system.oauth.token"),
            "error_response",
            "40002 isv.grant-type-invalid",
        ),
    ] {
        let reply = request.send(&world).await.signed();
        assert_eq!((reply.root.as_str(), reply.result().as_str()), (root, result));
    }
}

#[tokio::test]
async fn braces_and_markup_of_the_callers_come_back_as_neither() {
    let world = world().await;
    let content = json!({"agreement_no": "}}{<script>alert(1)</script>\\\"\n"});
    let broken = Request::new(&world, "alipay.user.agreement.query", &content).tampered("sign", Some("AAAA"));
    let reply = broken.send(&world).await.signed();
    let said = reply.object["sub_msg"].as_str().expect("a sub_msg");
    assert!(said.contains("}}{<script>"), "what it reads as is what was sent: {said}");
    assert!(reply.answer.header("Content-Security-Policy").contains("sandbox"));
}

#[tokio::test]
async fn a_client_that_declared_gbk_can_read_the_answer_as_such() {
    let world = world().await;
    let request = Request::plain(&world).with("charset", "GBK").tampered("extra", Some("会员"));
    let reply = request.send(&world).await.signed();
    assert_eq!(reply.result(), "40002 isv.invalid-signature");
    assert!(reply.answer.text.is_ascii(), "{}", reply.answer.text);
    assert!(reply.object["sub_msg"].as_str().is_some_and(|said| said.contains("extra=会员")), "{}", reply.object);
}
