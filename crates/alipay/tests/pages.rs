//! How pages end, as data (spec/alipay-agreement.md 1.7, 2.1.2, 2.13).

use mithaq_alipay::messages::ModifyAnswer;
use mithaq_alipay::{
    Answered, Method, PageReturn, Params, PayStatus, SignOutcome, SignStatus, SignType, notice_content, query_of,
};

#[test]
fn the_seeds_five_codes_are_there_and_each_says_what_to_do() {
    let wires: Vec<&str> = SignStatus::ALL.iter().map(|status| status.wire()).collect();
    assert_eq!(wires, ["7000", "7001", "7002", "6001", "6002"]);
    let wires: Vec<&str> = PayStatus::ALL.iter().map(|status| status.wire()).collect();
    assert_eq!(wires, ["9000", "8000", "4000", "6001", "6002", "6004", "4"]);
    assert!(SignStatus::ALL.iter().all(|status| status.meaning().ends_with('.')));
    assert!(PayStatus::ALL.iter().all(|status| status.meaning().ends_with('.')));
}

#[test]
fn each_situation_has_the_status_and_the_sub_code_of_the_table() {
    let row = |outcome: SignOutcome| (outcome.status().wire(), outcome.error().map(|error| error.sub_code.wire()));
    let table = [
        (SignOutcome::Signed, ("7000", None)),
        (SignOutcome::AlreadySigned, ("7000", None)),
        (SignOutcome::NumberTaken, ("7002", Some("INVALID_PARAMETER"))),
        (SignOutcome::ProductUnknown, ("7002", Some("PRODUCT_CODE_NOT_SUPPORTED_ERROR"))),
        (SignOutcome::ProductNotOpen, ("7002", Some("MERCHANT_AGREEMENT_IS_NOT_EXIST"))),
        (SignOutcome::MerchantStopped, ("7002", Some("MERCHANT_STATUS_IS_NOT_NORMAL"))),
        (SignOutcome::OtherUser, ("7002", Some("INVALID_PARAMETER"))),
        (SignOutcome::TooLate, ("7002", Some("INVALID_PARAMETER"))),
        (SignOutcome::TooMany, ("7002", Some("NOT_SUPPORTED_BUSINESS"))),
        (SignOutcome::Unknown, ("7001", Some("SYSTEM_ERROR"))),
        (SignOutcome::Cancelled, ("6001", None)),
    ];
    assert_eq!(table.map(|(outcome, _)| outcome), SignOutcome::ALL);
    for (outcome, expected) in table {
        assert_eq!(row(outcome), expected, "{outcome:?}");
    }
}

#[test]
fn every_refusal_of_the_page_is_in_the_methods_catalogue() {
    for error in SignOutcome::ALL.into_iter().filter_map(SignOutcome::error) {
        assert!(Method::PageSign.sub_codes().any(|code| code == error.sub_code), "{error}");
    }
}

#[test]
fn a_page_with_a_return_url_leads_there_with_its_answer_signed_as_a_notification_is() {
    let answer = ModifyAnswer { agreement_no: "会员 1".to_owned(), deduct_time: jiff::civil::date(2026, 2, 5) };
    let back = PageReturn::of(&Answered::success(answer), SignType::Rsa2).expect("is written");
    let content = String::from_utf8(back.content()).expect("text");
    assert_eq!(content, "agreement_no=会员 1&code=10000&deduct_time=2026-02-05&msg=Success");
    let url = back.url("https://merchant.example/back?order=7#top", "ab+/=");
    assert!(url.starts_with("https://merchant.example/back?order=7&") && url.ends_with("#top"), "{url}");
    let read = Params::read(&[query_of(&url)]).expect("reads");
    assert_eq!(
        (read.ascii("sign"), read.ascii("sign_type"), read.ascii("order")),
        (Some("ab+/="), Some("RSA2"), Some("7"))
    );
    let plain = back.url("https://merchant.example/back", "x");
    let read = Params::read(&[query_of(&plain)]).expect("reads");
    assert_eq!(notice_content(&read), back.content());
}
