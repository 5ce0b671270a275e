//! What a merchant changes of an agreement: its end, the day of its next deduction, and what cannot be changed
//! (spec/alipay-agreement.md 2.3 to 2.5).

use super::caller::{Request, change_app, world};
use super::trades_shop::{Shop, TOMORROW, deduction, monthly};
use crate::support::{OMAR, SARA, World};
use mithaq_domain::{Every, GatewayNews, OutboxKind, Plan};
use mithaq_store::OutboxFilter;
use mithaq_types::ContractId;
use serde_json::{Value, json};

const DONE: &str = "10000 Success";
const AT_WILL: &str = "GENERAL_WITHHOLDING_P";
const SCENE: &str = "INDUSTRY|DIGITAL_MEDIA";

fn unsign(world: &World, content: &Value) -> Request {
    Request::new(world, "alipay.user.agreement.unsign", content)
}

async fn ends(world: &World, content: Value) -> String {
    unsign(world, &content).result(world).await
}

async fn moves(world: &World, agreement: &ContractId, day: &str) -> String {
    modify(world, agreement.as_str(), day).result(world).await
}

fn modify(world: &World, agreement: &str, day: &str) -> Request {
    let content = json!({"agreement_no": agreement, "deduct_time": day, "memo": "the user asked for it"});
    Request::new(world, "alipay.user.agreement.executionplan.modify", &content)
}

/// Where merchants are told that an agreement has ended.
async fn told(world: &World) -> Vec<String> {
    let rows = world.app.wallet.reader().outbox(OutboxFilter::Newest).await.expect("rows");
    let ended =
        |kind: &OutboxKind| matches!(kind, OutboxKind::GatewayNotice { news: GatewayNews::Unsigned { .. }, .. });
    rows.into_iter().filter(|row| ended(&row.kind)).map(|row| row.target).collect()
}

#[tokio::test]
async fn a_merchant_ends_an_agreement_and_nothing_can_be_deducted_any_more() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let by_number = json!({"agreement_no": agreement.as_str()});
    let reply = unsign(&world, &by_number).send(&world).await.signed();
    assert_eq!(reply.text, r#"{"code":"10000","msg":"Success"}"#, "and nothing else");
    assert_eq!(ends(&world, by_number).await, "40004 USER_AGREEMENT_STATUS_IS_NOT_NORMAL");
    let late = shop.refused("pay", &deduction("D1", &agreement, "GENERAL_WITHHOLDING")).await;
    assert_eq!(late, "ACQ.AGREEMENT_NOT_EXIST");
}

#[tokio::test]
async fn the_end_is_told_at_the_calls_address_or_at_the_apps() {
    let world = world().await;
    let shop = Shop::of(&world);
    let (first, second) = (shop.agreement(&SARA, None).await, shop.agreement(&OMAR, None).await);
    let named = |agreement: &ContractId| unsign(&world, &json!({"agreement_no": agreement.as_str()}));
    assert_eq!(named(&first).with("notify_url", "https://shop.example/told?x=1").result(&world).await, DONE);
    assert_eq!(told(&world).await, ["https://shop.example/told?x=1"]);
    change_app(&world, |app| app.gateway_url = Some("https://shop.example/gateway".to_owned())).await;
    assert_eq!(named(&second).result(&world).await, DONE);
    let mut all = told(&world).await;
    all.sort();
    assert_eq!(all, ["https://shop.example/gateway", "https://shop.example/told?x=1"]);
}

#[tokio::test]
async fn an_agreement_is_ended_by_any_of_its_names() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement_with(&SARA, None, |terms| terms.external_no = Some("EA1".to_owned())).await;
    let numbered = json!({"personal_product_code": AT_WILL, "sign_scene": SCENE, "external_agreement_no": "EA1"});
    assert_eq!(ends(&world, numbered.clone()).await, DONE);
    assert_eq!(ends(&world, numbered).await, "40004 USER_AGREEMENT_STATUS_IS_NOT_NORMAL");
    let by_user = json!({"personal_product_code": AT_WILL, "alipay_user_id": shop.customer(&SARA).await});
    assert_eq!(ends(&world, by_user.clone()).await, "40004 USER_AGREEMENT_NOT_EXIST");
    shop.agreement(&SARA, None).await;
    assert_eq!(ends(&world, by_user).await, DONE);
    shop.agreement(&OMAR, None).await;
    let by_phone = json!({"personal_product_code": AT_WILL, "sign_scene": SCENE, "alipay_logon_id": OMAR.phone});
    assert_eq!(ends(&world, by_phone).await, DONE);
}

#[tokio::test]
async fn by_its_user_nothing_is_ended_that_was_signed_with_a_number_or_that_is_not_the_only_one() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement_with(&SARA, None, |terms| terms.external_no = Some("EA1".to_owned())).await;
    let by_user = json!({"personal_product_code": AT_WILL, "alipay_user_id": shop.customer(&SARA).await});
    assert_eq!(ends(&world, by_user.clone()).await, "40004 ILLEGAL_PARAMS", "it has a number");
    shop.agreement(&SARA, None).await;
    shop.agreement_with(&SARA, None, |terms| terms.scene = "INDUSTRY|EDU".to_owned()).await;
    assert_eq!(ends(&world, by_user.clone()).await, "40004 ILLEGAL_PARAMS", "two have none");
    let mut of_a_scene = by_user;
    of_a_scene["sign_scene"] = json!("INDUSTRY|EDU");
    assert_eq!(ends(&world, of_a_scene).await, DONE);
}

#[tokio::test]
async fn another_merchants_agreement_cannot_be_ended_or_moved() {
    let world = world().await;
    let foreign = Shop::other(&world).agreement(&SARA, Some(monthly(TOMORROW))).await;
    let content = json!({"agreement_no": foreign.as_str()});
    assert_eq!(ends(&world, content).await, "40004 USER_AGREEMENT_NOT_EXIST");
    assert_eq!(moves(&world, &foreign, "2030-02-20").await, "40004 ILLEGAL_AGREEMENT");
    let there = world.app.wallet.reader().contract(foreign).await.expect("readable").expect("there");
    assert!(there.state.is_live(world.app.wallet.now()) && there.state.plan.is_some_and(|plan| plan.next == TOMORROW));
}

#[tokio::test]
async fn a_planned_day_is_moved_to_a_later_one_and_the_days_after_it_follow() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, Some(monthly(TOMORROW))).await;
    let moved = modify(&world, agreement.as_str(), "2030-02-20").send(&world).await.signed();
    let expected = json!({
        "code": "10000", "msg": "Success", "agreement_no": agreement.as_str(), "deduct_time": "2030-02-20",
    });
    assert_eq!(moved.object, expected);
    let early = shop.refused("pay", &deduction("D1", &agreement, "CYCLE_PAY_AUTH")).await;
    assert_eq!(early, "ACQ.CYCLE_PAY_DATE_NOT_MATCH");
    let shown = Request::new(&world, "alipay.user.agreement.query", &json!({"agreement_no": agreement.as_str()}));
    let plans = shown.send(&world).await.signed().object["execution_plans"].clone();
    assert_eq!((&plans[0]["execute_time"], &plans[1]["execute_time"]), (&json!("2030-02-20"), &json!("2030-03-20")));
}

#[tokio::test]
async fn a_day_that_is_not_later_is_past_or_not_in_every_month_is_refused_with_the_planned_one() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, Some(monthly(TOMORROW))).await;
    for day in ["2030-02-04", "2030-02-03", "2029-02-04", "2030-03-29", "2030-03-31"] {
        assert_eq!(moves(&world, &agreement, day).await, "40004 ILLEGAL_EXECUTION_TIME", "{day}");
    }
    let said = modify(&world, agreement.as_str(), "2030-02-04").advice(&world).await;
    assert!(said.contains("later") && said.ends_with("The planned day is 2030-02-04."), "{said}");
    let said = modify(&world, agreement.as_str(), "2030-03-29").advice(&world).await;
    assert!(said.contains("1 to 28"), "{said}");
    assert_eq!(moves(&world, &agreement, "2030-03-28").await, DONE);
    let weekly = shop.agreement(&OMAR, Some(Plan { every: Every::Days(7), ..monthly(TOMORROW) })).await;
    assert_eq!(moves(&world, &weekly, "2030-03-31").await, DONE, "plans by days take any day");
}

#[tokio::test]
async fn only_an_agreement_with_a_plan_that_is_in_force_has_a_day_to_move() {
    let world = world().await;
    let shop = Shop::of(&world);
    let at_will = shop.agreement(&SARA, None).await;
    assert_eq!(moves(&world, &at_will, "2030-02-20").await, "40004 ILLEGAL_AGREEMENT");
    let ended = shop.agreement(&SARA, Some(monthly(TOMORROW))).await;
    assert_eq!(ends(&world, json!({"agreement_no": ended.as_str()})).await, DONE);
    assert_eq!(moves(&world, &ended, "2030-02-20").await, "40004 ILLEGAL_AGREEMENT");
    assert_eq!(modify(&world, "20260000000000000001", "2030-02-20").result(&world).await, "40004 ILLEGAL_AGREEMENT");
    assert_eq!(modify(&world, "1", "20 February").result(&world).await, "40004 INVALID_PARAMETER");
}

#[tokio::test]
async fn an_agreement_does_not_become_another_one() {
    let world = world().await;
    let agreement = Shop::of(&world).agreement(&SARA, None).await;
    let rule = json!({"period_type": "MONTH", "period": 1, "execute_time": "2030-02-05", "single_amount": "9.90"});
    let transfer = |target: &str| {
        let content = json!({
            "agreement_no": agreement.as_str(), "target_product_code": target, "period_rule_params": rule,
        });
        Request::new(&world, "alipay.user.agreement.transfer", &content)
    };
    assert_eq!(transfer("CYCLE_PAY_AUTH_P").result(&world).await, "40004 NOT_SUPPORTED_BUSINESS");
    assert_eq!(transfer("OTHER").result(&world).await, "40004 PRODUCT_CODE_IS_INVALID");
}
