//! Trades paid, asked, refunded, closed (spec/alipay-agreement.md 2.6 to 2.11, 2.13).

use super::{cny, content, letters, refuse, yuan};
use mithaq_alipay::messages::{
    Buyer, CancelRequest, CloseRequest, CreateRequest, Expiry, PayRequest, QueryTradeRequest, RefundQueryRequest,
    RefundRequest, Timeout, TradeReference,
};

const ORDER: [(&str, &str); 3] =
    [("out_trade_no", r#""T_2026_02""#), ("subject", r#""February""#), ("total_amount", r#""9.90""#)];

fn order_and<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    ORDER.iter().chain(more).copied().collect()
}

/// The members that every order has, with what breaks them.
fn wrong_orders() -> Vec<(&'static str, String, Option<&'static str>)> {
    let too_much = Some("ACQ.TOTAL_FEE_EXCEED");
    vec![
        ("out_trade_no", "null".into(), None),
        ("out_trade_no", letters(65), None),
        ("out_trade_no", r#""T-1""#.into(), None),
        ("subject", r#""""#.into(), None),
        ("subject", letters(257), None),
        ("total_amount", "null".into(), None),
        ("total_amount", r#""9.999""#.into(), None),
        ("total_amount", "1e2".into(), None),
        ("total_amount", "0".into(), too_much),
        ("total_amount", r#""-9.90""#.into(), too_much),
        ("total_amount", "100000000.01".into(), too_much),
        ("body", letters(129), None),
        ("passback_params", letters(513), None),
        ("timeout_express", r#""16d""#.into(), None),
        ("time_expire", r#""2026-02-30 00:00:00""#.into(), None),
        ("seller_id", letters(29), None),
    ]
}

#[test]
fn a_deduction_names_its_agreement_and_needs_no_code_of_the_payer() {
    let right = order_and(&[
        ("product_code", r#""CYCLE_PAY_AUTH""#),
        ("agreement_params", r#"{"agreement_no":"20265305000000000001","deduct_permission":"x"}"#),
    ]);
    let asked = PayRequest::parse(&content(&right, &[("goods_detail", "[{}]")]), cny()).expect("is taken");
    assert_eq!(asked.agreement_no, "20265305000000000001");
    assert_eq!((asked.order.total_amount, asked.order.out_trade_no.as_str()), (yuan(990), "T_2026_02"));
    assert_eq!(asked.order.expiry, Expiry::After(Timeout::Minutes(21_600)), "fifteen days");
    assert!(!asked.is_async_pay);
    let later = [("is_async_pay", r#""true""#), ("timeout_express", r#""90m""#), ("total_amount", "100000000")];
    let later = PayRequest::parse(&content(&right, &later), cny()).expect("is taken");
    assert!(later.is_async_pay);
    assert_eq!(later.order.expiry, Expiry::After(Timeout::Minutes(90)));
    let wrong = wrong_orders();
    let mut cases: Vec<_> = wrong.iter().map(|(name, value, code)| (*name, value.as_str(), *code)).collect();
    cases.extend([
        ("product_code", "null", None),
        ("product_code", r#""FACE_TO_FACE_PAYMENT""#, None),
        ("agreement_params", "null", None),
        ("agreement_params", "{}", None),
        ("is_async_pay", "1", None),
    ]);
    refuse(|text| PayRequest::parse(text, cny()), &right, &cases);
}

#[test]
fn a_trade_for_a_mini_program_names_it_and_its_payer() {
    let right = order_and(&[
        ("product_code", r#""JSAPI_PAY""#),
        ("op_app_id", r#""2021000000000002""#),
        ("buyer_id", r#""2088000000000001""#),
    ]);
    let asked = CreateRequest::parse(&content(&right, &[("buyer_logon_id", r#""a@b.c""#)]), cny()).expect("is taken");
    assert_eq!(asked.buyer, Buyer::Id("2088000000000001".to_owned()));
    let buyer = |name: &str| {
        let changed = content(&right, &[("buyer_id", "null"), (name, r#""x1""#)]);
        CreateRequest::parse(&changed, cny()).expect(name).buyer
    };
    assert_eq!(buyer("buyer_open_id"), Buyer::OpenId("x1".to_owned()));
    assert_eq!(buyer("op_buyer_open_id"), Buyer::MiniProgramOpenId("x1".to_owned()));
    assert_eq!(buyer("buyer_logon_id"), Buyer::LogonId("x1".to_owned()));
    let wrong = wrong_orders();
    let mut cases: Vec<_> = wrong.iter().map(|(name, value, code)| (*name, value.as_str(), *code)).collect();
    cases.extend([("op_app_id", "null", None), ("buyer_id", "null", None), ("agreement_sign_params", "{}", None)]);
    refuse(|text| CreateRequest::parse(text, cny()), &right, &cases);
    let face_to_face = content(&right, &[("product_code", "null"), ("op_app_id", "null")]);
    assert_eq!(CreateRequest::parse(&face_to_face, cny()).expect("is taken").product_code, None);
}

#[test]
fn a_trade_is_named_by_the_wallets_number_or_by_the_merchants() {
    let both = r#"{"trade_no":2026010522001400,"out_trade_no":"T1","query_options":["fund_bill_list"]}"#;
    let wallets = TradeReference::Trade("2026010522001400".to_owned());
    let asked = QueryTradeRequest::parse(both).expect("is taken");
    assert_eq!((asked.reference, asked.query_options), (wallets.clone(), vec!["fund_bill_list".to_owned()]));
    assert_eq!(CloseRequest::parse(both).expect("is taken").reference, wallets);
    assert_eq!(CancelRequest::parse(both).expect("is taken").reference, wallets);
    let merchants = TradeReference::Order("T1".to_owned());
    assert_eq!(
        QueryTradeRequest::parse(r#"{"out_trade_no":"T1","trade_no":""}"#).expect("is taken").reference,
        merchants
    );
    let right = [("out_trade_no", r#""T1""#)];
    let cases = [("out_trade_no", "null", None), ("out_trade_no", "{}", None), ("trade_no", "[]", None)];
    refuse(QueryTradeRequest::parse, &right, &cases);
    refuse(CloseRequest::parse, &right, &cases);
    refuse(CancelRequest::parse, &right, &cases);
    refuse(QueryTradeRequest::parse, &right, &[("query_options", "[1]", None), ("query_options", "true", None)]);
    refuse(CloseRequest::parse, &right, &[("operator_id", &letters(29), None)]);
}

#[test]
fn a_refund_has_an_amount_and_may_have_a_number_of_its_own() {
    let right = [("trade_no", r#""2026010522001400""#), ("refund_amount", "0.01")];
    let asked = RefundRequest::parse(&content(&right, &[("refund_currency", r#""CNY""#)]), cny()).expect("is taken");
    assert_eq!((asked.refund_amount, asked.out_request_no), (yuan(1), None));
    let wrong = Some("ACQ.REFUND_FEE_ERROR");
    let cases = [
        ("refund_amount", "null", None),
        ("refund_amount", r#""""#, None),
        ("refund_amount", "0.001", None),
        ("refund_amount", "0.00", wrong),
        ("refund_amount", "-1", wrong),
        ("out_request_no", &letters(65), None),
        ("refund_reason", &letters(257), None),
        ("refund_currency", r#""USD""#, Some("ACQ.CURRENCY_NOT_SUPPORT")),
    ];
    refuse(|text| RefundRequest::parse(text, cny()), &right, &cases);
    let nameless = content(&[("refund_amount", "1")], &[]);
    assert!(RefundRequest::parse(&nameless, cny()).is_err());
}

#[test]
fn a_refund_is_asked_for_by_its_number() {
    let right = [("out_trade_no", r#""T1""#), ("out_request_no", r#""R1""#)];
    let asked = RefundQueryRequest::parse(&content(&right, &[("query_options", r#"["gmt_refund_pay"]"#)]));
    let asked = asked.expect("is taken");
    assert!(asked.wants("gmt_refund_pay") && !asked.wants("deposit_back_info"));
    let cases =
        [("out_request_no", "null", None), ("out_request_no", &letters(65), None), ("out_trade_no", "null", None)];
    refuse(RefundQueryRequest::parse, &right, &cases);
}
