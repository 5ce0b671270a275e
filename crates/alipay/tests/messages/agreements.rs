//! Agreements asked, ended, moved (spec/alipay-agreement.md 2.2 to 2.5).

use super::{cny, letters, refuse, yuan};
use mithaq_alipay::messages::{
    AgreementKey, ModifyRequest, Period, QueryAgreementRequest, TransferRequest, UnsignRequest, UserKey,
};
use mithaq_alipay::{GatewayError, Method};

fn key(content: &str) -> AgreementKey {
    let asked = QueryAgreementRequest::parse(content).expect(content).key;
    assert_eq!(UnsignRequest::parse(content).expect(content).key, asked, "both name agreements alike");
    asked
}

#[test]
fn an_agreement_is_named_by_its_number_and_then_nothing_else_counts() {
    let all = r#"{"agreement_no":"20265305000000000001","external_agreement_no":[1],"alipay_user_id":false}"#;
    assert_eq!(key(all), AgreementKey::Number("20265305000000000001".to_owned()));
    assert_eq!(key(r#"{"agreement_no":20265305000000000001}"#), key(all), "as a number too");
}

#[test]
fn or_by_the_merchants_number_with_the_product_and_scene_that_were_signed() {
    let external = r#"{"agreement_no":"","external_agreement_no":"EA0001","sign_scene":"INDUSTRY|EDU",
        "personal_product_code":"CYCLE_PAY_AUTH_P","alipay_logon_id":"a@example.com"}"#;
    let expected = AgreementKey::External {
        personal_product_code: "CYCLE_PAY_AUTH_P".to_owned(),
        sign_scene: "INDUSTRY|EDU".to_owned(),
        external_agreement_no: "EA0001".to_owned(),
    };
    assert_eq!(key(external), expected);
}

#[test]
fn or_by_the_user_where_an_id_wins_over_a_login_name() {
    let user = |members: &str| {
        let content = format!(r#"{{"personal_product_code":"CYCLE_PAY_AUTH_P",{members}}}"#);
        match key(&content) {
            AgreementKey::User { user, sign_scene: None, .. } => user,
            other => panic!("{other:?}"),
        }
    };
    let id = UserKey::Id("2088000000000001".to_owned());
    assert_eq!(user(r#""alipay_logon_id":"a@example.com","alipay_user_id":"2088000000000001""#), id);
    assert_eq!(user(r#""alipay_open_id":"0a1b""#), UserKey::OpenId("0a1b".to_owned()));
    assert_eq!(user(r#""alipay_logon_id":13800000001"#), UserKey::LogonId("13800000001".to_owned()));
}

#[test]
fn a_question_that_names_no_agreement_says_what_is_missing() {
    let said = |content: &str| {
        let error = QueryAgreementRequest::parse(content).expect_err(content);
        GatewayError::content(Method::AgreementQuery, &error).to_string()
    };
    assert!(said("{}").starts_with("40004 INVALID_PARAMETER: agreement_no is missing"), "{}", said("{}"));
    let product = r#"{"external_agreement_no":"EA0001","sign_scene":"INDUSTRY|EDU"}"#;
    assert_eq!(said(product), "40004 INVALID_PARAMETER: personal_product_code is missing");
    let scene = r#"{"external_agreement_no":"EA0001","personal_product_code":"CYCLE_PAY_AUTH_P"}"#;
    assert_eq!(said(scene), "40004 INVALID_PARAMETER: sign_scene is missing");
    assert!(said("[]").starts_with("40002 isv.illegal-json: biz_content must be one JSON object"));
    let long = format!(r#"{{"agreement_no":{}}}"#, letters(65));
    assert_eq!(said(&long), "40004 INVALID_PARAMETER: agreement_no must be a text of at most 64 characters");
}

#[test]
fn the_next_day_is_moved_by_number_and_day() {
    let right = [("agreement_no", r#""20265305000000000001""#), ("deduct_time", r#""2026-03-20""#)];
    let asked = ModifyRequest::parse(&super::content(&right, &[("memo", r#""holiday""#)])).expect("is taken");
    assert_eq!(asked.deduct_time, jiff::civil::date(2026, 3, 20));
    assert_eq!(asked.memo.as_deref(), Some("holiday"));
    let cases = [
        ("agreement_no", "null", None),
        ("agreement_no", "true", None),
        ("deduct_time", "null", None),
        ("deduct_time", r#""2026-02-30""#, None),
        ("deduct_time", r#""2026-03-20 00:00:00""#, None),
        ("deduct_time", "20260320", None),
        ("memo", &letters(257), None),
    ];
    refuse(ModifyRequest::parse, &right, &cases);
}

#[test]
fn an_agreement_at_will_gets_a_plan_and_nothing_else() {
    let rule = r#"{"period_type":"MONTH","period":1,"execute_time":"2026-02-05","single_amount":9.9}"#;
    let right =
        [("agreement_no", r#""1""#), ("target_product_code", r#""CYCLE_PAY_AUTH_P""#), ("period_rule_params", rule)];
    let asked = TransferRequest::parse(&super::content(&right, &[]), cny()).expect("is taken");
    assert_eq!((asked.period_rule.period, asked.period_rule.single), (Period::Months(1), yuan(990)));
    let cases = [
        ("agreement_no", r#""""#, None),
        ("target_product_code", r#""GENERAL_WITHHOLDING_P""#, Some("PRODUCT_CODE_IS_INVALID")),
        ("target_product_code", "null", None),
        ("period_rule_params", "null", None),
        ("period_rule_params", r#"{"period_type":"MONTH"}"#, None),
    ];
    refuse(|text| TransferRequest::parse(text, cny()), &right, &cases);
}
