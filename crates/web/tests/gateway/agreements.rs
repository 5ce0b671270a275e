//! `alipay.user.agreement.query`: every way to name an agreement, and how it stands (spec/alipay-agreement.md 2.2).

use super::caller::{Request, world};
use super::trades_shop::{Shop, TOMORROW, deduction, monthly};
use crate::support::{CLIENT, OMAR, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::{AgreementTerms, Plan};
use mithaq_types::{ClientId, ContractId, Currency, Money};
use serde_json::{Value, json};

const NONE: &str = "40004 USER_AGREEMENT_NOT_EXIST";
const AT_WILL: &str = "GENERAL_WITHHOLDING_P";
const SCENE: &str = "INDUSTRY|DIGITAL_MEDIA";

fn query(world: &World, content: &Value) -> Request {
    Request::new(world, "alipay.user.agreement.query", content)
}

/// The number of the agreement that is found; else why none is.
async fn found(world: &World, content: Value) -> String {
    let reply = query(world, &content).send(world).await.signed();
    reply.object["agreement_no"].as_str().map_or_else(|| reply.result(), str::to_owned)
}

fn numbered(number: &'static str) -> impl FnOnce(&mut AgreementTerms) {
    move |terms| {
        terms.external_no = Some(number.to_owned());
        terms.logon_id = Some("member 01".to_owned());
    }
}

#[tokio::test]
async fn an_agreement_is_shown_as_it_was_signed_and_as_it_stands() {
    let world = world().await;
    let shop = Shop::of(&world);
    let plan = Plan { payments: Some(3), total: Some(Money::new(25_000, Currency::CNY)), ..monthly(TOMORROW) };
    let agreement = shop.agreement_with(&SARA, Some(plan), numbered("EA1")).await;
    let content = json!({"agreement_no": agreement.as_str()});
    let shown = query(&world, &content).send(&world).await.signed();
    let expected = json!({
        "code": "10000", "msg": "Success", "agreement_no": agreement.as_str(), "external_agreement_no": "EA1",
        "external_logon_id": "member 01", "personal_product_code": "CYCLE_PAY_AUTH_P", "sign_scene": SCENE,
        "third_party_type": "PARTNER", "status": "NORMAL", "sign_time": "2030-02-03 15:00:00",
        "valid_time": "2030-02-03 15:00:00", "invalid_time": "2115-02-01 00:00:00", "alipay_logon_id": "964****0001",
        "principal_id": shop.customer(&SARA).await, "pricipal_type": "CARD", "next_deduct_time": "2030-02-04",
        "execution_plans": [
            {"period_id": "1", "execute_time": "2030-02-04", "latest_execute_time": "2030-02-04", "single_amount": "100.00"},
            {"period_id": "2", "execute_time": "2030-03-04", "latest_execute_time": "2030-03-04", "single_amount": "100.00"},
            {"period_id": "3", "execute_time": "2030-04-04", "latest_execute_time": "2030-04-04", "single_amount": "100.00"},
        ],
        "single_quota": "100.00",
    });
    assert_eq!(shown.object, expected);
    assert!(!shown.text.contains(SARA.phone) && !shown.text.contains(SARA.user_id), "{}", shown.text);
    shop.done("pay", &deduction("D1", &agreement, "CYCLE_PAY_AUTH")).await;
    let shown = query(&world, &content).send(&world).await.signed().object;
    assert_eq!(
        (&shown["last_deduct_time"], &shown["next_deduct_time"]),
        (&json!("2030-02-03 15:00:00"), &json!("2030-03-04"))
    );
    assert_eq!(shown["execution_plans"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_plan_that_is_done_has_no_next_day() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, Some(Plan { payments: Some(1), ..monthly(TOMORROW) })).await;
    shop.done("pay", &deduction("D1", &agreement, "CYCLE_PAY_AUTH")).await;
    let shown = query(&world, &json!({"agreement_no": agreement.as_str()})).send(&world).await.signed().object;
    assert_eq!((shown.get("next_deduct_time"), shown.get("execution_plans")), (None, None), "{shown}");
}

#[tokio::test]
async fn it_is_found_by_its_number_whatever_else_is_said() {
    let world = world().await;
    let agreement = Shop::of(&world).agreement(&SARA, None).await;
    let content = json!({"agreement_no": agreement.as_str(), "personal_product_code": "OTHER", "alipay_user_id": "1"});
    assert_eq!(found(&world, content).await, agreement.as_str());
}

#[tokio::test]
async fn it_is_found_by_the_merchants_own_number_with_what_was_signed() {
    let world = world().await;
    let agreement = Shop::of(&world).agreement_with(&SARA, None, numbered("EA1")).await;
    let asked = |product: &str, scene: &str, number: &str| json!({"personal_product_code": product, "sign_scene": scene, "external_agreement_no": number});
    assert_eq!(found(&world, asked(AT_WILL, SCENE, "EA1")).await, agreement.as_str());
    assert_eq!(found(&world, asked(AT_WILL, "INDUSTRY|OTHER", "EA1")).await, NONE);
    assert_eq!(found(&world, asked("CYCLE_PAY_AUTH_P", SCENE, "EA1")).await, NONE);
    assert_eq!(found(&world, asked(AT_WILL, SCENE, "EA2")).await, NONE);
    let product = found(&world, asked("ONE_TIME_AUTH_P", SCENE, "EA1")).await;
    assert_eq!(product, "40004 PRODUCT_CODE_NOT_SUPPORTED_ERROR");
}

#[tokio::test]
async fn it_is_found_by_its_user_under_any_of_their_names() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let customer = shop.customer(&SARA).await;
    for (name, value) in [
        ("alipay_user_id", customer.as_str()),
        ("alipay_open_id", customer.as_str()),
        ("alipay_logon_id", SARA.phone),
        ("alipay_logon_id", &format!("+{}", SARA.phone)),
    ] {
        let content = json!({"personal_product_code": AT_WILL, name: value});
        assert_eq!(found(&world, content).await, agreement.as_str(), "{name} {value}");
        let scene = json!({"personal_product_code": AT_WILL, "sign_scene": "INDUSTRY|OTHER", name: value});
        assert_eq!(found(&world, scene).await, NONE, "another scene");
        let plan = json!({"personal_product_code": "CYCLE_PAY_AUTH_P", name: value});
        assert_eq!(found(&world, plan).await, NONE, "another product");
    }
    let both = json!({"personal_product_code": AT_WILL, "alipay_user_id": customer, "alipay_logon_id": OMAR.phone});
    assert_eq!(found(&world, both).await, agreement.as_str(), "an id wins over a login name");
}

#[tokio::test]
async fn of_several_of_a_user_the_newest_without_a_number_is_meant() {
    let world = world().await;
    let shop = Shop::of(&world);
    let numbered = shop.agreement_with(&SARA, None, numbered("EA1")).await;
    let content = json!({"personal_product_code": AT_WILL, "alipay_user_id": shop.customer(&SARA).await});
    assert_eq!(found(&world, content.clone()).await, numbered.as_str());
    shop.agreement(&SARA, None).await;
    let newest = shop.agreement_with(&SARA, None, |terms| terms.scene = "INDUSTRY|EDU".to_owned()).await;
    shop.agreement_with(&SARA, None, self::numbered("EA2")).await;
    assert_eq!(found(&world, content).await, newest.as_str());
}

#[tokio::test]
async fn a_user_id_of_nobody_is_told_and_a_telephone_number_tells_nothing() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let asked = |name: &str, value: &str| json!({"personal_product_code": AT_WILL, name: value});
    let nobody = "40004 USER_NOT_EXIST_ERROR";
    assert_eq!(found(&world, asked("alipay_user_id", "208800000000000000000000")).await, nobody);
    let foreign = Shop::other(&world);
    foreign.agreement(&OMAR, None).await;
    let omar = foreign.customer(&OMAR).await;
    assert_eq!(found(&world, asked("alipay_user_id", &omar)).await, nobody, "another merchant's name for a user");
    for phone in [OMAR.phone, "9647799999999"] {
        assert_eq!(found(&world, asked("alipay_logon_id", phone)).await, NONE, "with a wallet or without");
    }
}

#[tokio::test]
async fn what_another_merchant_or_the_other_surface_signed_does_not_exist() {
    let world = world().await;
    let foreign = Shop::other(&world).agreement_with(&SARA, None, numbered("EA1")).await;
    assert_eq!(found(&world, json!({"agreement_no": foreign.as_str()})).await, NONE);
    let own = json!({"personal_product_code": AT_WILL, "sign_scene": SCENE, "external_agreement_no": "EA1"});
    assert_eq!(found(&world, own).await, NONE);
    let contract = contract_of_the_other_surface(&world).await;
    assert_eq!(found(&world, json!({"agreement_no": contract.as_str()})).await, NONE);
}

/// A contract with a code, signed in the way of the OpenAPI.
async fn contract_of_the_other_surface(world: &World) -> ContractId {
    let url = world.auth_url().await;
    let auth_id = url.rsplit_once('=').expect("an authId").1;
    let request = mithaq_wallet::SignRequest {
        auth_id: mithaq_types::AuthId::new(auth_id),
        client_id: ClientId::new(CLIENT),
        user_id: mithaq_types::UserId::new(SARA.user_id),
        pin: mithaq_wallet::Pin::NotAsked,
        sub_client_id: None,
        monthly_ceiling: None,
        evidence: mithaq_domain::Evidence {
            page_text: String::new(),
            page_hash: String::new(),
            merchant_name: "Shop".into(),
        },
        page: None,
    };
    world.app.wallet.sign(request).await.expect("signed").contract.contract_id
}

#[tokio::test]
async fn an_agreement_that_has_ended_or_run_out_is_told_as_ended() {
    let world = world().await;
    let shop = Shop::of(&world);
    let ended = shop.agreement(&SARA, None).await;
    let over = world.app.wallet.end_agreement_as_merchant(ClientId::new(CLIENT), ended.clone(), None);
    over.await.expect("ended");
    assert_eq!(found(&world, json!({"agreement_no": ended.as_str()})).await, "40004 AGREEMENT_HAS_UNSIGNED");
    let in_an_hour = world.app.wallet.now() + SignedDuration::from_hours(1);
    let short = shop.agreement_with(&SARA, None, |terms| terms.ends_at = in_an_hour).await;
    let by_number = json!({"agreement_no": short.as_str()});
    assert_eq!(found(&world, by_number.clone()).await, short.as_str());
    let by_user = json!({"personal_product_code": AT_WILL, "alipay_user_id": shop.customer(&SARA).await});
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(found(&world, by_number).await, "40004 AGREEMENT_HAS_UNSIGNED");
    assert_eq!(found(&world, by_user).await, NONE, "by the user only what is in force is meant");
}

#[tokio::test]
async fn a_call_that_names_none_says_what_is_missing() {
    let world = world().await;
    for (content, named) in [
        (json!({}), "agreement_no"),
        (json!({"external_agreement_no": "EA1"}), "personal_product_code"),
        (json!({"external_agreement_no": "EA1", "personal_product_code": AT_WILL}), "sign_scene"),
    ] {
        let request = query(&world, &content);
        assert_eq!(request.result(&world).await, "40004 INVALID_PARAMETER", "{content}");
        let said = request.advice(&world).await;
        assert!(said.contains(named), "{content}: {said}");
    }
}
