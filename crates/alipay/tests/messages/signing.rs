//! What a user is asked to sign (spec/alipay-agreement.md 2.1, 2.12).

use super::{cny, content, letters, refuse, yuan};
use mithaq_alipay::messages::{AT_WILL, Ages, AppPayRequest, PERIODIC, PageSign, Period};
use mithaq_alipay::parse_time;

const RULE: &str = r#"{"period_type":"MONTH","period":1,"execute_time":"2026-02-05","single_amount":"9.90"}"#;

const RIGHT: [(&str, &str); 5] = [
    ("personal_product_code", r#""CYCLE_PAY_AUTH_P""#),
    ("access_params", r#"{"channel":"ALIPAYAPP"}"#),
    ("sign_scene", r#""INDUSTRY|DIGITAL_MEDIA""#),
    ("external_agreement_no", r#""EA_0001""#),
    ("period_rule_params", RULE),
];

fn parse(changes: &[(&str, &str)]) -> PageSign {
    PageSign::parse(&content(&RIGHT, changes), cny()).expect("is taken")
}

#[test]
fn what_is_not_said_has_its_default() {
    let asked = parse(&[("unknown", "[1,{}]")]);
    assert_eq!(asked.terms.personal_product_code, PERIODIC);
    assert!(asked.is_direct);
    assert_eq!((asked.identity, asked.ages), (None, None));
    assert_eq!((asked.terms.validity, asked.terms.effect_time, asked.terms.external_logon_id), (None, None, None));
    assert!(!parse(&[("agreement_effect_type", r#""NOTICE""#)]).is_direct);
    assert!(parse(&[("agreement_effect_type", r#""DIRECT""#)]).is_direct);
}

#[test]
fn who_must_sign_and_how_old_they_must_be_may_be_said() {
    let asked = parse(&[
        ("identity_params", r#"{"user_name":"Noor","cert_no":"1","sign_user_id":"2088000000000001"}"#),
        ("user_age_range", r#""{\"min\":\"18\",\"max\":\"30\"}""#),
        ("effect_time", "\"600\""),
    ]);
    assert_eq!(asked.identity.as_ref().and_then(|who| who.user_name.as_deref()), Some("Noor"));
    assert_eq!(asked.identity.and_then(|who| who.identity_hash), None);
    assert_eq!(asked.ages, Some(Ages { min: Some(18), max: Some(30) }));
    assert_eq!(asked.terms.effect_time, Some(600));
}

#[test]
fn a_request_may_be_opened_as_long_as_it_says() {
    let made = parse_time("2026-01-05 10:00:00").expect("a time");
    let at = |text: &str| parse_time(text).expect("a time");
    let quick = parse(&[("effect_time", "600")]).terms;
    assert!(quick.may_open(made, at("2026-01-05 10:10:00")));
    assert!(!quick.may_open(made, at("2026-01-05 10:10:01")));
    assert!(parse(&[]).terms.may_open(made, at("2036-01-05 10:00:00")));
}

#[test]
fn an_agreement_at_will_has_no_plan() {
    let asked = parse(&[("personal_product_code", r#""GENERAL_WITHHOLDING_P""#), ("period_rule_params", "null")]);
    assert_eq!((asked.terms.personal_product_code.as_str(), asked.terms.period_rule), (AT_WILL, None));
}

#[test]
fn each_member_is_held_to_its_rule() {
    let cases = [
        ("personal_product_code", r#""""#, None),
        ("personal_product_code", &letters(65), None),
        ("access_params", "null", None),
        ("access_params", "{}", None),
        ("access_params", "[]", None),
        ("access_params", r#"{"channel":"123456789012345678901"}"#, None),
        ("product_code", &letters(65), None),
        ("sign_scene", "null", None),
        ("sign_scene", r#""DEFAULT|DEFAULT""#, None),
        ("sign_scene", &letters(65), None),
        ("external_agreement_no", r#""EA-1""#, None),
        ("external_agreement_no", &letters(33), None),
        ("external_logon_id", &letters(101), None),
        ("external_logon_id", r#""a\u0000b""#, None),
        ("sign_validity_period", r#""2y""#, None),
        ("sign_validity_period", r#""+2m""#, None),
        ("sign_validity_period", r#""0d""#, None),
        ("third_party_type", r#""FRIEND""#, None),
        ("period_rule_params", "null", None),
        ("effect_time", "86401", None),
        ("effect_time", "-1", None),
        ("identity_params", "1", None),
        ("user_age_range", r#"{"min":31,"max":30}"#, None),
        ("user_age_range", r#""18-30""#, None),
    ];
    refuse(|text| PageSign::parse(text, cny()), &RIGHT, &cases);
    let at_will = [("personal_product_code", r#""GENERAL_WITHHOLDING_P""#), RIGHT[1]];
    refuse(|text| PageSign::parse(text, cny()), &at_will, &[("period_rule_params", RULE, None)]);
}

#[test]
fn the_samples_numbers_and_other_samples_strings_are_one_plan() {
    let numbers = r#"{"period_type":"DAY","period":7,"execute_time":"2026-02-28","single_amount":9.90,"total_amount":118.8,"total_payments":12}"#;
    let strings = r#"{"period_type":"DAY","period":"7","execute_time":"2026-02-28","single_amount":"9.9","total_amount":"118.80","total_payments":"12"}"#;
    let plan = |rule: &str| parse(&[("period_rule_params", rule)]).terms.period_rule.expect("a plan");
    assert_eq!(plan(numbers), plan(strings));
    let plan = plan(numbers);
    assert_eq!((plan.period, plan.single, plan.total), (Period::Days(7), yuan(990), Some(yuan(11_880))));
}

#[test]
fn paying_and_signing_together_asks_for_the_same_terms() {
    let sign = content(&RIGHT, &[("sign_notify_url", r#""https://merchant.example/signed""#)]);
    let right = [
        ("out_trade_no", r#""T1""#),
        ("subject", r#""First month""#),
        ("total_amount", "0.01"),
        ("product_code", r#""CYCLE_PAY_AUTH""#),
        ("agreement_sign_params", sign.as_str()),
    ];
    let asked = AppPayRequest::parse(&content(&right, &[]), cny()).expect("is taken").sign.expect("signs");
    assert_eq!(asked.terms, parse(&[]).terms);
    assert_eq!(asked.sign_notify_url.as_deref(), Some("https://merchant.example/signed"));
    let elsewhere = content(&RIGHT, &[("sign_notify_url", r#""/signed""#)]);
    let cases = [
        ("agreement_sign_params", "null", None),
        ("agreement_sign_params", "{}", None),
        ("agreement_sign_params", &elsewhere, None),
        ("product_code", r#""FACE_TO_FACE_PAYMENT""#, None),
        ("timeout_express", r#""4m""#, None),
    ];
    refuse(|text| AppPayRequest::parse(text, cny()), &right, &cases);
    let plain = content(&right, &[("product_code", "null"), ("agreement_sign_params", "null")]);
    assert_eq!(AppPayRequest::parse(&plain, cny()).expect("is taken").sign, None);
}
