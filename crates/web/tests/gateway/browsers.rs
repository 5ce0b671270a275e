//! Page methods at `gateway.do`: a browser goes on to the wallet's page, or is told why not (spec/alipay-agreement.md 1.6).

use super::caller::{Place, Reply, Request, world};
use crate::support::World;
use mithaq_types::AuthId;
use serde_json::{Value, json};

const BROWSER: (&str, &str) = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

fn content() -> Value {
    json!({
        "personal_product_code": "GENERAL_WITHHOLDING_P", "product_code": "GENERAL_WITHHOLDING",
        "access_params": {"channel": "ALIPAYAPP"}, "sign_scene": "INDUSTRY|DIGITAL_MEDIA",
        "external_agreement_no": "EA1", "external_logon_id": "会员 01",
    })
}

fn sign(world: &World) -> Request {
    Request::new(world, "alipay.user.agreement.page.sign", &content())
}

#[tokio::test]
async fn a_browser_with_a_request_to_sign_is_led_to_the_page_of_its_offer() {
    let world = world().await;
    for place in [Place::Query, Place::Both, Place::Form] {
        let request = sign(&world).with("return_url", "https://shop.example/back").at(place);
        let answer = request.send_as(&world, &[BROWSER]).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let auth_id = answer.header("Location").strip_prefix("/sign?signId=").expect("the signing page").to_owned();
        let offer = world.app.wallet.offer(AuthId::new(auth_id)).await.expect("readable").expect("an offer").offer;
        let terms = offer.terms.agreement.expect("an agreement");
        assert_eq!(terms.return_url.as_deref(), Some("https://shop.example/back"));
        assert_eq!(terms.logon_id.as_deref(), Some("会员 01"));
    }
}

#[tokio::test]
async fn texts_in_gbk_are_read_as_such() {
    let world = world().await;
    let gbk = content().to_string().into_bytes();
    let (before, after) = (find(&gbk, "会员".as_bytes()), "会员".len());
    let gbk = [&gbk[..before], &[0xBB, 0xE1, 0xD4, 0xB1], &gbk[before + after..]].concat();
    let request = sign(&world).with("charset", "GBK").with("biz_content", gbk);
    let answer = request.send_as(&world, &[BROWSER]).await;
    let auth_id = answer.header("Location").strip_prefix("/sign?signId=").expect("the signing page").to_owned();
    let offer = world.app.wallet.offer(AuthId::new(auth_id)).await.expect("readable").expect("an offer").offer;
    assert_eq!(offer.terms.agreement.expect("an agreement").logon_id.as_deref(), Some("会员 01"));
}

fn find(text: &[u8], wanted: &[u8]) -> usize {
    text.windows(wanted.len()).position(|window| window == wanted).expect("is there")
}

#[tokio::test]
async fn a_refusal_is_a_page_for_a_browser_and_an_envelope_for_a_program() {
    let world = world().await;
    let broken = sign(&world).tampered("version", Some("2.0"));
    let page = broken.send_as(&world, &[BROWSER]).await;
    assert_eq!((page.status, page.header("Content-Type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
    for said in ["40002", "isv.invalid-signature", "alipay.user.agreement.page.sign", "version=2.0"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let envelope = Reply::read(broken.send_as(&world, &[("Accept", "*/*")]).await).signed();
    assert_eq!(envelope.root, "alipay_user_agreement_page_sign_response");
    assert_eq!(envelope.result(), "40002 isv.invalid-signature");
}

#[tokio::test]
async fn what_the_wallet_does_not_offer_is_refused_before_anybody_sees_a_page() {
    let world = world().await;
    let mut asked = content();
    asked["personal_product_code"] = json!("ONE_TIME_AUTH_P");
    let request = Request::new(&world, "alipay.user.agreement.page.sign", &asked);
    assert_eq!(request.result(&world).await, "40004 PRODUCT_CODE_NOT_SUPPORTED_ERROR");
    let page = request.send_as(&world, &[BROWSER]).await;
    assert!(page.status == 200 && page.text.contains("PRODUCT_CODE_NOT_SUPPORTED_ERROR"), "{page:?}");
}

#[tokio::test]
async fn what_a_stranger_writes_into_a_request_is_no_markup_on_the_page() {
    let world = world().await;
    let broken = sign(&world).tampered("extra", Some("<img src=x onerror=alert(1)>"));
    let page = broken.send_as(&world, &[BROWSER]).await;
    assert!(!page.text.contains("<img src=x"), "{}", page.text);
}

#[tokio::test]
async fn an_order_string_is_not_called() {
    let world = world().await;
    let request = Request::new(&world, "alipay.trade.app.pay", &json!({"out_trade_no": "1"}));
    assert_eq!(request.result(&world).await, "40002 isv.forbidden-api");
    assert!(request.advice(&world).await.contains("my.tradePay"));
}
