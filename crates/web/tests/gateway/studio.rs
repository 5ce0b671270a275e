//! What the Studio shows of a call: its bytes, the string that was signed, what came of it.

use super::caller::{Request, post, world};
use crate::support::World;
use mithaq_web::calls::{Call, Tone};
use serde_json::json;
use std::sync::Arc;

fn last(world: &World) -> Arc<Call> {
    world.app.calls().expect("a sandbox").after(0).pop().expect("a call")
}

#[tokio::test]
async fn a_call_is_listed_by_its_method_with_the_string_that_was_signed() {
    let world = world().await;
    let request = Request::plain(&world);
    request.result(&world).await;
    let call = last(&world);
    assert_eq!((call.title.as_str(), call.kind.as_str()), ("alipay.user.agreement.query", "openapi"));
    assert_eq!((call.status.as_str(), call.outcome), ("40004 USER_AGREEMENT_NOT_EXIST", Tone::Bad));
    let signature = call.signature.as_ref().expect("a signature");
    assert_eq!((signature.valid, signature.client_name.as_deref()), (true, Some("Zaytoun Market")));
    assert_eq!(signature.text.as_bytes(), request.content());
    let sent = call.request.as_ref().expect("a request");
    assert!(sent.path.starts_with("/gateway.do?app_id=") && sent.body.starts_with("biz_content="), "{sent:?}");
    let came = call.response.as_ref().expect("a response");
    assert!(came.status == 200 && came.body.contains("\"sign\""), "{came:?}");
}

#[tokio::test]
async fn a_signature_that_does_not_fit_is_shown_as_such() {
    let world = world().await;
    Request::plain(&world).tampered("extra", Some("1")).result(&world).await;
    let call = last(&world);
    let signature = call.signature.as_ref().expect("a signature");
    assert_eq!((signature.valid, signature.reason.as_deref()), (false, Some("isv.invalid-signature")));
    assert!(signature.text.contains("extra=1"), "the string that the wallet built");
}

#[tokio::test]
async fn what_worked_leads_to_its_agreement_and_what_is_no_request_is_listed_too() {
    let world = world().await;
    let agreement = super::trades_shop::Shop::of(&world).agreement(&crate::support::SARA, None).await;
    let content = json!({"agreement_no": agreement.as_str()});
    Request::new(&world, "alipay.user.agreement.query", &content).result(&world).await;
    let call = last(&world);
    assert_eq!((call.status.as_str(), call.outcome), ("10000 Success", Tone::Good));
    assert_eq!(call.links.contract_id.as_deref(), Some(agreement.as_str()));
    post(&world, "", "%zz").await;
    let call = last(&world);
    assert_eq!((call.title.as_str(), call.signature.is_none()), ("gateway.do", true));
}
