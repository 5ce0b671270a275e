//! `trade_status_sync`: paid, given back in part and as a whole, closed (spec/alipay-agreement.md 2.15, 4.3).

use super::{APP, Shop, content, trade, yuan};
use crate::world::CLIENT;
use mithaq_domain::{PaymentRef, Product, Wish, trade_request_id};
use mithaq_types::{ClientId, PaymentId};
use mithaq_wallet::{NewOperation, NewOrder};

/// A signed agreement under which 9.90 yuan were deducted. The signature is told elsewhere.
async fn paid() -> (Shop, PaymentId) {
    let shop = Shop::new().await;
    shop.top_up(10_000).await;
    let contract_id = shop.sign(|_| {}).await;
    let payment_id = shop.deduct(&contract_id, |_| {}).await;
    (shop, payment_id)
}

/// Something else that the merchant earned, of which its trades tell nobody: fees stay with the wallet, so that nobody could give
/// back the whole of their only trade.
async fn earn(shop: &Shop) {
    let number = Some("EA0002".to_owned());
    let contract_id = shop.sign(|terms| terms.external_no = number).await;
    shop.deduct(&contract_id, |new| (new.request_id, new.notify_url) = ("T0".to_owned(), None)).await;
}

async fn refund(shop: &Shop, payment_id: &PaymentId, request_no: &str, minor: i64) {
    let new = NewOperation {
        client_id: ClientId::new(CLIENT),
        request_id: trade_request_id(payment_id, request_no),
        payment: PaymentRef::Id(payment_id.clone()),
        wish: Wish::Refund(yuan(minor), None),
        reason: Some("Damaged".to_owned()),
        notify_url: None,
    };
    shop.world.wallet.operate_payment(new).await.expect("given back");
}

#[tokio::test]
async fn a_deduction_is_told_with_its_sums_its_payer_and_its_agreement() {
    let (mut shop, payment_id) = paid().await;
    let _job = shop.world.deliver();
    let signed = shop.told(2, "/sign").await.remove(0);
    let told = shop.told(2, "/trade").await.remove(0);
    let expected = format!(
        "agreement_no={}&app_id={APP}&auth_app_id={APP}&buyer_id={}&buyer_logon_id=964****0001&buyer_pay_amount=9.90\
         &charset=utf-8&external_agreement_no=EA0001\
         &fund_bill_list=[{{\"amount\":\"9.90\",\"fundChannel\":\"ALIPAYACCOUNT\"}}]&gmt_create=2026-12-01 14:00:00\
         &gmt_payment=2026-12-01 14:00:00&invoice_amount=9.90&notify_id={}&notify_time=2026-12-01 14:00:00\
         &notify_type=trade_status_sync&out_trade_no=T1&point_amount=0.00&receipt_amount=9.90&seller_id={CLIENT}\
         &subject=Membership, December&total_amount=9.90&trade_no={payment_id}&trade_status=TRADE_SUCCESS&version=1.0",
        signed["agreement_no"], signed["alipay_user_id"], told["notify_id"]
    );
    assert_eq!(content(&told), expected);
}

#[tokio::test]
async fn a_merchants_own_words_come_back_as_they_were() {
    let mut shop = Shop::new().await;
    shop.top_up(10_000).await;
    let contract_id = shop.sign(|_| {}).await;
    let (subject, body, passback) = ("会员 50% off & more = \"+1\"", "line one\nline two", "a%3D1%26b=2&c=+");
    shop.deduct(&contract_id, |new| {
        new.description = subject.to_owned();
        new.gateway.body = Some(body.to_owned());
        new.gateway.passback = Some(passback.to_owned());
    })
    .await;
    let _job = shop.world.deliver();
    let told = shop.told(2, "/trade").await.remove(0);
    assert_eq!((told["subject"].as_str(), told["body"].as_str()), (subject, body));
    assert_eq!(told["passback_params"], passback);
}

#[tokio::test]
async fn each_refund_is_told_with_all_that_went_back_and_the_last_one_closes_the_trade() {
    let (mut shop, payment_id) = paid().await;
    earn(&shop).await;
    shop.world.advance(60);
    refund(&shop, &payment_id, "R1", 300).await;
    shop.world.advance(60);
    refund(&shop, &payment_id, "R2", 690).await;
    let _job = shop.world.deliver();
    let mut told = shop.told(5, "/trade").await;
    // Merchants are promised no order.
    told.sort_by(|left, right| left["notify_time"].cmp(&right["notify_time"]));
    let [paid, part, whole] = &told[..] else { panic!("three notices of the trade") };
    for name in ["refund_fee", "gmt_refund", "out_biz_no", "gmt_close"] {
        assert!(!paid.contains_key(name), "{name}: the notice of the payment tells what was true then");
    }
    assert_eq!((part["trade_status"].as_str(), part["out_biz_no"].as_str()), ("TRADE_SUCCESS", "R1"));
    assert_eq!((part["refund_fee"].as_str(), part["gmt_refund"].as_str()), ("3.00", "2026-12-01 15:00:00"));
    assert!(!part.contains_key("gmt_close"));
    assert_eq!((whole["trade_status"].as_str(), whole["out_biz_no"].as_str()), ("TRADE_CLOSED", "R2"));
    assert_eq!((whole["refund_fee"].as_str(), whole["gmt_refund"].as_str()), ("9.90", "2026-12-01 16:00:00"));
    assert_eq!(whole["gmt_close"], "2026-12-01 16:00:00");
    for notice in [paid, part, whole] {
        assert_eq!((notice["total_amount"].as_str(), notice["out_trade_no"].as_str()), ("9.90", "T1"));
        assert_eq!(notice["gmt_payment"], "2026-12-01 14:00:00");
    }
}

#[tokio::test]
async fn a_paid_trade_that_is_cancelled_on_its_day_is_told_as_given_back_and_closed() {
    let (mut shop, payment_id) = paid().await;
    shop.world.wallet.cancel_payment(ClientId::new(CLIENT), PaymentRef::Id(payment_id)).await.expect("cancelled");
    let _job = shop.world.deliver();
    let told = shop.told(3, "/trade").await;
    let closed = told.iter().find(|notice| notice["trade_status"] == "TRADE_CLOSED").expect("told");
    assert_eq!((closed["refund_fee"].as_str(), closed.get("out_biz_no")), ("9.90", None));
}

#[tokio::test]
async fn a_trade_that_was_closed_unpaid_is_told_without_payer_and_sums_paid() {
    let mut shop = Shop::new().await;
    let new = NewOrder {
        gateway: Some(trade()),
        client_id: ClientId::new(CLIENT),
        request_id: "T9".to_owned(),
        product: Product::Online,
        buyer: None,
        amount: yuan(1_000),
        title: None,
        description: "Tea".to_owned(),
        reference: None,
        expires_at: None,
        notify_url: Some(shop.receiver.url("/trade")),
        void_notify_url: None,
        redirect_url: None,
    };
    let (payment, _) = shop.world.wallet.order(new).await.expect("made");
    assert_eq!(shop.rows().await.len(), 0, "that it waits for its payer, nobody is told");
    shop.world.advance(1);
    let reference = PaymentRef::Id(payment.payment_id.clone());
    shop.world.wallet.close_payment(ClientId::new(CLIENT), reference).await.expect("closed");
    let _job = shop.world.deliver();
    let told = shop.told(1, "/trade").await.remove(0);
    let expected = format!(
        "app_id={APP}&auth_app_id={APP}&charset=utf-8&gmt_close=2026-12-01 14:01:00&gmt_create=2026-12-01 14:00:00\
         &notify_id={}&notify_time=2026-12-01 14:01:00&notify_type=trade_status_sync&out_trade_no=T9&seller_id={CLIENT}\
         &subject=Tea&total_amount=10.00&trade_no={}&trade_status=TRADE_CLOSED&version=1.0",
        told["notify_id"], payment.payment_id
    );
    assert_eq!(content(&told), expected);
}

#[tokio::test]
async fn a_trade_without_an_address_is_told_nowhere_not_even_at_the_gateway_address() {
    let shop = Shop::new().await;
    shop.top_up(10_000).await;
    let contract_id = shop.sign(|_| {}).await;
    let payment_id = shop.deduct(&contract_id, |new| new.notify_url = None).await;
    earn(&shop).await;
    refund(&shop, &payment_id, "R1", 990).await;
    assert_eq!(shop.rows().await.len(), 2, "the signatures'");
}
