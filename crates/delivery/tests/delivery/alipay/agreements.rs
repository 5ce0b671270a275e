//! What a merchant is told of agreements, and where (spec/alipay-agreement.md 1.9, 2.1.3, 2.1.4).

use super::{APP, Shop, content};
use crate::receiver::Reply;
use crate::world::{CLIENT, ring};
use mithaq_delivery::{Dispatch, notice_body};
use mithaq_domain::{Command, EndedBy};
use mithaq_types::ClientId;
use mithaq_wallet::Pin;

#[tokio::test]
async fn a_signature_is_told_with_the_fields_of_the_digests_vector() {
    let mut shop = Shop::new().await;
    let contract_id = shop.sign(|_| {}).await;
    let row = shop.rows().await.remove(0);
    let mut job = shop.world.deliver();
    let told = shop.told(1, "/sign").await.remove(0);
    let customer_id = shop.world.wallet.reader().contract(contract_id.clone()).await.expect("readable");
    let customer_id = customer_id.expect("signed").contract.customer_id;
    let expected = format!(
        "agreement_no={contract_id}&alipay_logon_id=964****0001&alipay_user_id={customer_id}&app_id={APP}\
         &auth_app_id={APP}&charset=utf-8&external_agreement_no=EA0001&external_logon_id=会员 01\
         &invalid_time=2115-02-01 00:00:00&notify_id={}&notify_time=2026-12-01 14:00:00&notify_type=dut_user_sign\
         &personal_product_code=CYCLE_PAY_AUTH_P&sign_scene=INDUSTRY|DIGITAL_MEDIA&sign_time=2026-12-01 14:00:00\
         &status=NORMAL&valid_time=2026-12-01 14:00:00&version=1.0",
        told["notify_id"]
    );
    assert_eq!(content(&told), expected);
    assert_eq!(contract_id.as_str().len(), 20);
    assert!(told["notify_id"].starts_with("20261201140000"), "the time first");

    let sent = shop.receiver.received().remove(0).body;
    let shown = notice_body(&shop.world.wallet, &ring(), &row).await.expect("possible");
    assert_eq!(shown.as_deref(), Some(&sent[..]), "what the Studio shows is what was sent");
    let Dispatch::Notice(exchange) = job.attempt(&row.outbox_id).await.sent else { panic!("a notice was sent") };
    assert_eq!(exchange.request.signed_text, expected);
    assert_eq!((exchange.request.body.as_bytes(), exchange.request.path.as_str()), (&sent[..], "/sign"));
}

#[tokio::test]
async fn what_the_merchant_did_not_give_is_not_in_the_notice_and_without_an_address_it_goes_to_the_gateway_one() {
    let mut shop = Shop::new().await;
    shop.sign(|terms| (terms.external_no, terms.logon_id, terms.notify_url) = (None, None, None)).await;
    let _job = shop.world.deliver();
    let told = shop.told(1, "/gateway").await.remove(0);
    assert!(!told.contains_key("external_agreement_no") && !told.contains_key("external_logon_id"));
}

#[tokio::test]
async fn an_end_by_the_merchant_is_told_where_it_asks_for_it() {
    let mut shop = Shop::new().await;
    let contract_id = shop.sign(|_| {}).await;
    shop.world.advance(90);
    let (client_id, url) = (ClientId::new(CLIENT), Some(shop.receiver.url("/unsign")));
    shop.world.wallet.end_agreement_as_merchant(client_id, contract_id.clone(), url).await.expect("ended");
    let _job = shop.world.deliver();
    let signed = shop.told(2, "/sign").await.remove(0);
    let told = shop.told(2, "/unsign").await.remove(0);
    let expected = format!(
        "agreement_no={contract_id}&alipay_logon_id=964****0001&alipay_user_id={}&app_id={APP}&auth_app_id={APP}\
         &charset=utf-8&external_agreement_no=EA0001&notify_id={}&notify_time=2026-12-01 15:30:00\
         &notify_type=dut_user_unsign&personal_product_code=CYCLE_PAY_AUTH_P&sign_scene=INDUSTRY|DIGITAL_MEDIA\
         &status=UNSIGN&unsign_time=2026-12-01 15:30:00&version=1.0",
        signed["alipay_user_id"], told["notify_id"]
    );
    assert_eq!(content(&told), expected);
    assert_ne!(signed["notify_id"], told["notify_id"]);
}

#[tokio::test]
async fn an_end_by_the_user_in_the_wallet_is_told_at_the_gateway_address_only() {
    let mut shop = Shop::new().await;
    let contract_id = shop.sign(|_| {}).await;
    let (wallet, user_id) = (shop.world.wallet.clone(), shop.world.user_id.clone());
    wallet.end_contract_as_user(contract_id, &user_id, Pin::NotAsked).await.expect("ended");
    let _job = shop.world.deliver();
    let told = shop.told(2, "/gateway").await;
    assert_eq!((told.len(), told[0]["notify_type"].as_str()), (1, "dut_user_unsign"));
    assert_eq!(shop.told(2, "/sign").await.len(), 1, "where it heard of the signature it hears nothing more");

    shop.put_app(None).await;
    let contract_id = shop.sign(|_| {}).await;
    let before = shop.rows().await.len();
    wallet.end_contract_as_user(contract_id, &user_id, Pin::NotAsked).await.expect("ended");
    assert_eq!(shop.rows().await.len(), before, "no gateway address: nobody to tell");
}

#[tokio::test]
async fn an_agreement_that_ran_out_is_not_told_of() {
    let shop = Shop::answering(|_| Reply::body("")).await;
    let ends_at = shop.world.wallet.now() + jiff::SignedDuration::from_hours(24);
    let contract_id = shop.sign(|terms| terms.ends_at = ends_at).await;
    shop.world.advance(24 * 60);
    let end = Command::EndContract { contract_id, by: EndedBy::Clock };
    shop.world.wallet.submit(end).await.expect("ended");
    assert_eq!(shop.rows().await.len(), 1, "the signature's");
}
