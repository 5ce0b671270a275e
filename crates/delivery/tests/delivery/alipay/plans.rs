//! `dut_deduct_fail`, our own: the wallet could not make a deduction of a plan that it runs, and says what comes next.

use super::{Shop, content};
use mithaq_wallet::run_due_plans;

/// Moves the clock to nine o'clock in the wallet's zone on that day of December, and does what is due then.
async fn run_on(shop: &Shop, day: i8) {
    let nine = jiff::civil::date(2026, 12, day).at(9, 0, 0, 0);
    let nine = nine.to_zoned(shop.world.wallet.policy().zone.clone()).expect("an instant").timestamp();
    let minutes = (nine - shop.world.wallet.now()).total(jiff::Unit::Minute).expect("minutes");
    #[expect(clippy::cast_possible_truncation, reason = "whole minutes")]
    shop.world.advance(minutes as i64);
    run_due_plans(&shop.world.wallet, shop.world.wallet.now(), || true).await.expect("run");
}

#[tokio::test]
async fn a_deduction_that_failed_is_told_with_its_reason_and_the_day_on_which_it_is_tried_again() {
    let mut shop = Shop::new().await;
    let contract_id = shop.sign(|terms| terms.wallet_deducts = true).await;
    for day in [2, 5, 6, 8, 10] {
        run_on(&shop, day).await;
    }
    let _job = shop.world.deliver();
    let mut told = shop.told(5, "/sign").await;
    told.sort_by(|left, right| left["notify_time"].cmp(&right["notify_time"]));
    assert_eq!(told.remove(0)["notify_type"], "dut_user_sign");
    let [first, .., last] = &told[..] else { panic!("four attempts failed") };
    let expected = format!(
        "agreement_no={contract_id}&alipay_logon_id=964****0001&alipay_user_id={}&app_id={}&auth_app_id={}&charset=utf-8\
         &execute_time=2026-12-05&external_agreement_no=EA0001&fail_time=2026-12-05 14:00:00\
         &next_deduct_time=2026-12-06&notify_id={}&notify_time=2026-12-05 14:00:00&notify_type=dut_deduct_fail\
         &period_id=1&personal_product_code=CYCLE_PAY_AUTH_P&sign_scene=INDUSTRY|DIGITAL_MEDIA\
         &sub_code=ACQ.BUYER_BALANCE_NOT_ENOUGH\
         &sub_msg=The payer's balance is too low. Ask the payer to top up, then try again.&version=1.0",
        first["alipay_user_id"], first["app_id"], first["app_id"], first["notify_id"]
    );
    assert_eq!(content(first), expected);
    let next: Vec<_> = told.iter().map(|notice| notice.get("next_deduct_time").map(String::as_str)).collect();
    assert_eq!(next, [Some("2026-12-06"), Some("2026-12-08"), Some("2026-12-10"), None], "then the period is left out");
    assert_eq!((last["execute_time"].as_str(), last["period_id"].as_str()), ("2026-12-05", "1"));
}
