//! How answers are written: members in the order of the documents, sums and times as strings, none named `sign`
//! (spec/alipay-agreement.md 1.4, 1.7, part 2).

use super::yuan;
use mithaq_alipay::messages::*;
use mithaq_alipay::{
    Answered, GatewayError, Method, PageSignAnswer, Price, SubCode, WireTime, business_object, parse_time,
};
use serde::Serialize;
use serde_json::Value;

fn time(text: &str) -> WireTime {
    WireTime(parse_time(text).expect("a time"))
}

fn price(minor: i64) -> Option<Price> {
    Some(Price(yuan(minor)))
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn agreement() -> QueryAgreementAnswer {
    let day = jiff::civil::date(2026, 2, 5);
    let plan =
        ExecutionPlan { period_id: 1, execute_time: day, latest_execute_time: day, single_amount: Price(yuan(990)) };
    QueryAgreementAnswer {
        agreement_no: "20265305000000000001".to_owned(),
        external_agreement_no: some("EA0001"),
        external_logon_id: some("user {1}"),
        personal_product_code: PERIODIC.to_owned(),
        sign_scene: "INDUSTRY|EDU".to_owned(),
        third_party_type: "PARTNER".to_owned(),
        status: AgreementStatus::Normal,
        sign_time: time("2026-01-05 10:00:00"),
        valid_time: time("2026-01-05 10:00:00"),
        invalid_time: WireTime(FAR_AWAY),
        alipay_logon_id: "138****0001".to_owned(),
        principal_id: some("2088000000000001"),
        principal_open_id: None,
        pricipal_type: PrincipalType::Card,
        last_deduct_time: None,
        next_deduct_time: Some(day),
        execution_plans: vec![plan],
        single_quota: price(990),
    }
}

fn paid() -> PayAnswer {
    PayAnswer {
        trade_no: "2026010522001400".to_owned(),
        out_trade_no: "T1".to_owned(),
        buyer_logon_id: "138****0001".to_owned(),
        buyer_user_id: some("2088000000000001"),
        buyer_open_id: None,
        total_amount: Price(yuan(990)),
        receipt_amount: price(990),
        buyer_pay_amount: price(990),
        invoice_amount: price(990),
        point_amount: price(0),
        gmt_payment: Some(time("2026-02-01 09:00:00")),
        fund_bill_list: vec![FundBill {
            fund_channel: "ALIPAYACCOUNT".to_owned(),
            amount: Price(yuan(990)),
            real_amount: None,
        }],
        async_payment_mode: Some(AsyncMode::SyncDirectPay),
    }
}

fn written(answer: &impl Serialize) -> String {
    business_object(&Answered::success(answer)).expect("is written")
}

#[test]
fn an_agreement_is_answered_in_the_order_of_the_documents() {
    let expected = concat!(
        r#"{"code":"10000","msg":"Success","agreement_no":"20265305000000000001","external_agreement_no":"EA0001","#,
        r#""external_logon_id":"user \u007b1\u007d","personal_product_code":"CYCLE_PAY_AUTH_P","sign_scene":"INDUSTRY|EDU","#,
        r#""third_party_type":"PARTNER","status":"NORMAL","sign_time":"2026-01-05 10:00:00","valid_time":"2026-01-05 10:00:00","#,
        r#""invalid_time":"2115-02-01 00:00:00","alipay_logon_id":"138****0001","principal_id":"2088000000000001","#,
        r#""pricipal_type":"CARD","next_deduct_time":"2026-02-05","execution_plans":[{"period_id":"1","#,
        r#""execute_time":"2026-02-05","latest_execute_time":"2026-02-05","single_amount":"9.90"}],"single_quota":"9.90"}"#
    );
    assert_eq!(written(&agreement()), expected);
}

#[test]
fn a_deduction_is_answered_with_what_was_paid_from_what() {
    let expected = concat!(
        r#"{"code":"10000","msg":"Success","trade_no":"2026010522001400","out_trade_no":"T1","buyer_logon_id":"138****0001","#,
        r#""buyer_user_id":"2088000000000001","total_amount":"9.90","receipt_amount":"9.90","buyer_pay_amount":"9.90","#,
        r#""invoice_amount":"9.90","point_amount":"0.00","gmt_payment":"2026-02-01 09:00:00","#,
        r#""fund_bill_list":[{"fund_channel":"ALIPAYACCOUNT","amount":"9.90"}],"async_payment_mode":"SYNC_DIRECT_PAY"}"#
    );
    assert_eq!(written(&paid()), expected);
}

#[test]
fn an_end_of_an_agreement_is_answered_with_code_and_msg_alone() {
    assert_eq!(written(&UnsignAnswer {}), r#"{"code":"10000","msg":"Success"}"#);
}

#[test]
fn a_refund_that_is_not_there_has_no_member_of_a_refund() {
    let none = RefundQueryAnswer { trade_no: "1".to_owned(), out_trade_no: "T1".to_owned(), refund: None };
    assert_eq!(written(&none), r#"{"code":"10000","msg":"Success","trade_no":"1","out_trade_no":"T1"}"#);
    let refund = FoundRefund::new("R1".to_owned(), Price(yuan(990)), Price(yuan(100)));
    let found = RefundQueryAnswer { refund: Some(refund), ..none };
    let end = r#""out_request_no":"R1","total_amount":"9.90","refund_amount":"1.00","refund_status":"REFUND_SUCCESS"}"#;
    assert!(written(&found).ends_with(end), "{}", written(&found));
}

#[test]
fn a_cancel_that_found_no_trade_has_no_action() {
    let none = CancelAnswer { trade_no: None, out_trade_no: some("T1"), retry_flag: YesNo::N, action: None };
    assert_eq!(written(&none), r#"{"code":"10000","msg":"Success","out_trade_no":"T1","retry_flag":"N"}"#);
    let refunded = CancelAnswer { trade_no: some("1"), action: Some(CancelAction::Refund), ..none };
    assert!(written(&refunded).ends_with(r#""retry_flag":"N","action":"refund"}"#));
}

#[test]
fn the_plan_that_an_agreement_got_is_all_strings() {
    let rule = PeriodRule {
        period: Period::Months(1),
        first: jiff::civil::date(2026, 2, 5),
        single: yuan(990),
        total: Some(yuan(11_880)),
        payments: Some(12),
    };
    let expected = concat!(
        r#"{"code":"10000","msg":"Success","execute_time":"2026-02-05","period":"1","period_type":"MONTH","#,
        r#""amount":"9.90","total_amount":"118.80","total_payments":"12"}"#
    );
    assert_eq!(written(&TransferAnswer::of(&rule)), expected);
}

#[test]
fn a_failure_is_four_strings() {
    let failure = GatewayError::new(SubCode::AcqCyclePaySingleFeeExceed);
    let expected = concat!(
        r#"{"code":"40004","msg":"Business Failed","sub_code":"ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED","#,
        r#""sub_msg":"The amount is above what one deduction may take. Deduct at most single_amount."}"#
    );
    assert_eq!(business_object(&failure).expect("is written"), expected);
}

/// One of each answer.
fn all() -> Vec<(Method, String)> {
    let signed = PageSignAnswer {
        app_id: "2021000000000001".to_owned(),
        auth_app_id: "2021000000000001".to_owned(),
        charset: "utf-8".to_owned(),
        timestamp: time("2026-01-05 10:00:01"),
        sign_scene: "INDUSTRY|EDU".to_owned(),
        valid_time: time("2026-01-05 10:00:00"),
        status: AgreementStatus::Normal,
        external_agreement_no: some("EA0001"),
        agreement_no: "20265305000000000001".to_owned(),
        external_logon_id: some("user"),
        alipay_logon_id: "138****0001".to_owned(),
        invalid_time: WireTime(FAR_AWAY),
        personal_product_code: PERIODIC.to_owned(),
        sign_time: time("2026-01-05 10:00:00"),
        alipay_user_id: some("2088000000000001"),
    };
    let app_paid = AppPayAnswer {
        app_id: "2021000000000001".to_owned(),
        out_trade_no: "T1".to_owned(),
        trade_no: "1".to_owned(),
        total_amount: Price(yuan(1)),
        seller_id: "2088000000000002".to_owned(),
        charset: "utf-8".to_owned(),
        timestamp: time("2026-01-05 10:00:01"),
    };
    let trade = QueryTradeAnswer {
        trade_no: "1".to_owned(),
        out_trade_no: "T1".to_owned(),
        trade_status: TradeStatus::Success,
        total_amount: Price(yuan(990)),
        buyer_logon_id: some("138****0001"),
        buyer_user_id: some("2088000000000001"),
        buyer_open_id: some("0a"),
        buyer_user_type: Some("PRIVATE"),
        buyer_pay_amount: price(990),
        receipt_amount: price(990),
        point_amount: price(0),
        invoice_amount: price(990),
        send_pay_date: Some(time("2026-02-01 09:00:00")),
        fund_bill_list: paid().fund_bill_list,
        passback_params: some("a=1"),
    };
    let refunded = RefundAnswer {
        trade_no: "1".to_owned(),
        out_trade_no: "T1".to_owned(),
        buyer_logon_id: "138****0001".to_owned(),
        buyer_user_id: some("2088000000000001"),
        buyer_open_id: None,
        fund_change: true.into(),
        refund_fee: Price(yuan(990)),
        send_back_fee: price(990),
        gmt_refund_pay: Some(time("2026-02-02 09:00:00")),
    };
    let number = || "1".to_owned();
    vec![
        (Method::PageSign, written(&signed)),
        (Method::AgreementQuery, written(&agreement())),
        (
            Method::ExecutionPlanModify,
            written(&ModifyAnswer { agreement_no: number(), deduct_time: jiff::civil::date(2026, 3, 20) }),
        ),
        (Method::TradePay, written(&paid())),
        (Method::TradeQuery, written(&trade)),
        (Method::TradeRefund, written(&refunded)),
        (Method::TradeClose, written(&CloseAnswer { trade_no: number(), out_trade_no: number() })),
        (Method::TradeCreate, written(&CreateAnswer { trade_no: number(), out_trade_no: number() })),
        (Method::AppPay, written(&app_paid)),
    ]
}

#[test]
fn no_answer_holds_a_member_that_a_client_would_take_for_the_envelopes() {
    fn names(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                found.push(name.clone());
                names(value, found);
            }),
            Value::Array(items) => items.iter().for_each(|item| names(item, found)),
            _ => {}
        }
    }
    for (method, text) in all() {
        let mut found = Vec::new();
        names(&serde_json::from_str(&text).expect("is JSON"), &mut found);
        let root = mithaq_alipay::root_of(Some(method), false);
        for forbidden in ["sign", "alipay_cert_sn", "sign_type", &root] {
            assert!(!found.iter().any(|name| name == forbidden), "{}: {forbidden}", method.name());
        }
        assert!(!text.contains(": ") && !text.contains("\\/") && !text.contains("null"), "{text}");
    }
}

#[test]
fn a_signed_agreement_has_the_members_of_the_seed_in_its_order() {
    let (_, text) = all().remove(0);
    let seed = [
        "code",
        "msg",
        "app_id",
        "auth_app_id",
        "charset",
        "timestamp",
        "sign_scene",
        "valid_time",
        "status",
        "external_agreement_no",
        "agreement_no",
        "external_logon_id",
        "alipay_logon_id",
        "invalid_time",
        "personal_product_code",
        "sign_time",
    ];
    let places: Vec<Option<usize>> = seed.iter().map(|name| text.find(&format!("\"{name}\":"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{text}");
}
