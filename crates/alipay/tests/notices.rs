//! Notices of ends and trades, and when they are sent again (spec/alipay-agreement.md 1.9, 2.1.4, 2.15).

use mithaq_alipay::messages::{FundBill, TradeStatus};
use mithaq_alipay::notices::{
    ACKNOWLEDGED, DeductionNotice, NoticeHead, RETRY_MINUTES, Signer, TradeNotice, UnsignNotice,
};
use mithaq_alipay::{Params, Price, SignType, SubCode, notice_content, parse_day, parse_time};
use mithaq_types::{Currency, Money, Timestamp};

fn time(text: &str) -> Timestamp {
    parse_time(text).expect("a time")
}

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::parse("CNY").expect("known"))
}

fn head() -> NoticeHead {
    NoticeHead {
        notify_id: "n1".to_owned(),
        notify_time: time("2026-02-01 09:00:01"),
        app_id: "2021000000000001".to_owned(),
        auth_app_id: "2021000000000001".to_owned(),
        sign_type: SignType::Rsa2,
    }
}

fn paid() -> TradeNotice {
    let some = |text: &str| Some(text.to_owned());
    TradeNotice {
        trade_no: "2026020122001400".to_owned(),
        out_trade_no: "T1".to_owned(),
        trade_status: TradeStatus::Success,
        total_amount: yuan(990),
        receipt_amount: Some(yuan(990)),
        buyer_pay_amount: Some(yuan(990)),
        invoice_amount: Some(yuan(990)),
        point_amount: Some(yuan(0)),
        buyer_id: some("2088000000000001"),
        buyer_logon_id: some("138****0001"),
        buyer_open_id: None,
        seller_id: some("2088000000000002"),
        subject: "February & March = 100%".to_owned(),
        body: some(""),
        gmt_create: time("2026-02-01 09:00:00"),
        gmt_payment: Some(time("2026-02-01 09:00:00")),
        gmt_refund: None,
        gmt_close: None,
        refund_fee: None,
        out_biz_no: None,
        fund_bill_list: vec![FundBill {
            fund_channel: "ALIPAYACCOUNT".to_owned(),
            amount: Price(yuan(990)),
            real_amount: None,
        }],
        passback_params: some("订单 1"),
        agreement_no: some("20265305000000000001"),
        external_agreement_no: some("EA0001"),
    }
}

#[test]
fn a_trade_is_told_of_with_the_sources_of_its_money_in_camel_case() {
    let notice = paid().notice(&head());
    let value = |name: &str| notice.params().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned());
    assert_eq!(value("notify_type").as_deref(), Some("trade_status_sync"));
    assert_eq!(value("trade_status").as_deref(), Some("TRADE_SUCCESS"));
    assert_eq!(value("total_amount").as_deref(), Some("9.90"));
    assert_eq!(value("fund_bill_list").as_deref(), Some(r#"[{"amount":"9.90","fundChannel":"ALIPAYACCOUNT"}]"#));
    assert_eq!(value("gmt_payment").as_deref(), Some("2026-02-01 09:00:00"));
}

#[test]
fn no_value_of_a_notice_is_empty_and_what_is_not_there_is_not_named() {
    let empty_bills = TradeNotice { fund_bill_list: Vec::new(), ..paid() }.notice(&head());
    assert!(empty_bills.params().all(|(_, value)| !value.is_empty()));
    for absent in ["body", "buyer_open_id", "gmt_refund", "refund_fee", "out_biz_no", "fund_bill_list", "sign"] {
        assert!(empty_bills.params().all(|(name, _)| name != absent), "{absent}");
    }
}

#[test]
fn a_partial_refund_is_told_of_as_the_trade_with_what_went_back() {
    let refunded = TradeNotice {
        gmt_refund: Some(time("2026-02-02 09:00:00")),
        refund_fee: Some(yuan(100)),
        out_biz_no: Some("R1".to_owned()),
        ..paid()
    };
    let content = String::from_utf8(refunded.notice(&head()).content()).expect("text");
    assert!(content.contains("&gmt_refund=2026-02-02 09:00:00&"), "{content}");
    assert!(content.contains("&out_biz_no=R1&") && content.contains("&refund_fee=1.00&"), "{content}");
}

#[test]
fn what_the_merchant_reads_out_of_the_body_is_what_was_signed() {
    let notice = paid().notice(&head());
    let body = notice.body("abc+/=");
    assert!(body.ends_with("&sign=abc%2B%2F%3D"), "{body}");
    let read = Params::read(&[body.as_bytes()]).expect("reads");
    assert_eq!(notice_content(&read), notice.content());
    assert_eq!(read.ascii("sign"), Some("abc+/="));
    assert_eq!(read.get("passback_params"), Some("订单 1".as_bytes()));
    let content = String::from_utf8(notice.content()).expect("text");
    assert!(!content.contains("sign_type") && content.contains("&subject=February & March = 100%&"), "{content}");
}

fn signer() -> Signer {
    Signer {
        agreement_no: "20265305000000000001".to_owned(),
        external_agreement_no: None,
        personal_product_code: "CYCLE_PAY_AUTH_P".to_owned(),
        sign_scene: "INDUSTRY|EDU".to_owned(),
        alipay_user_id: None,
        alipay_open_id: Some("0a".to_owned()),
        alipay_logon_id: "abc***@mail.com".to_owned(),
    }
}

#[test]
fn an_end_is_told_of_without_the_times_that_no_longer_count() {
    let notice = UnsignNotice { signer: signer(), unsign_time: time("2026-03-01 00:00:00") }.notice(&head());
    let names: Vec<&str> = notice.params().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "notify_time",
            "notify_type",
            "notify_id",
            "charset",
            "version",
            "sign_type",
            "app_id",
            "auth_app_id",
            "status",
            "agreement_no",
            "personal_product_code",
            "sign_scene",
            "alipay_open_id",
            "alipay_logon_id",
            "unsign_time"
        ]
    );
    assert!(notice.params().any(|pair| pair == ("status", "UNSIGN")));
}

#[test]
fn a_deduction_that_the_wallet_could_not_make_is_told_of_in_the_words_of_the_query_and_of_trade_pay() {
    let day = |text: &str| parse_day(text).expect("a day");
    let failed = DeductionNotice {
        signer: signer(),
        period_id: 3,
        execute_time: day("2026-02-05"),
        fail_time: time("2026-02-06 14:00:00"),
        sub_code: SubCode::AcqBuyerBalanceNotEnough,
        next_deduct_time: Some(day("2026-02-08")),
    };
    let notice = failed.notice(&head());
    let own: Vec<_> = notice.params().skip_while(|(name, _)| *name != "alipay_logon_id").skip(1).collect();
    assert!(notice.params().any(|pair| pair == ("notify_type", "dut_deduct_fail")));
    assert_eq!(
        own,
        [
            ("period_id", "3"),
            ("execute_time", "2026-02-05"),
            ("fail_time", "2026-02-06 14:00:00"),
            ("sub_code", "ACQ.BUYER_BALANCE_NOT_ENOUGH"),
            ("sub_msg", SubCode::AcqBuyerBalanceNotEnough.message()),
            ("next_deduct_time", "2026-02-08"),
        ]
    );
    let left_out = DeductionNotice { next_deduct_time: None, ..failed }.notice(&head());
    assert!(left_out.params().all(|(name, _)| name != "next_deduct_time"));
}

#[test]
fn a_notice_is_sent_eight_times_in_about_a_day() {
    assert_eq!(RETRY_MINUTES.len() + 1, 8);
    assert_eq!(RETRY_MINUTES.iter().sum::<u32>(), 24 * 60 + 24);
    assert_eq!(ACKNOWLEDGED, b"success");
}
