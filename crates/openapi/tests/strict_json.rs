//! Reading bodies strictly (spec/openapi.md 1.9 steps 11 and 12, 1.10).

use mithaq_openapi::json::{DEPTH_MAX, Fields, read_object};
use mithaq_openapi::messages::{
    AccessTokenRequest, Ack, ApplyTokenRequest, CancelRequest, CancelTokenRequest, CaptureRequest, ConfirmRequest,
    InquiryPaymentRequest, InquiryRefundRequest, MerchantAcceptRequest, MessageChannel, PayRequest, PrepareRequest,
    RefundRequest, SendMessageRequest, VoidRequest,
};
use mithaq_openapi::{ApiError, ResultCode};
use mithaq_types::{Currency, Money};
use proptest::prelude::*;

fn refusal(body: &[u8]) -> (ResultCode, String) {
    let error = read_object(body).expect_err("refused");
    (error.code, error.message)
}

#[test]
fn what_is_not_one_json_object_in_utf8_cannot_be_parsed() {
    let bodies: [&[u8]; 9] = [
        b"",
        b"{",
        b"[]",
        b"\"text\"",
        b"null",
        b"{} {}",
        b"{\"a\":\"\xff\"}",
        b"\xef\xbb\xbf{}",
        b"{\"a\":\"\\ud800\"}",
    ];
    for body in bodies {
        assert_eq!(refusal(body).0, ResultCode::MsgParseError, "{}", String::from_utf8_lossy(body));
    }
}

#[test]
fn a_name_twice_in_one_object_is_refused_at_any_depth() {
    for body in [r#"{"a":1,"a":1}"#, r#"{"o":{"a":1,"b":2,"\u0061":1}}"#, r#"{"l":[{"a":1,"a":2}]}"#] {
        let (code, message) = refusal(body.as_bytes());
        assert_eq!(code, ResultCode::MsgParseError);
        assert!(message.contains(r#"the name "a" occurs twice"#), "{message}");
    }
    assert!(read_object(br#"{"a":{"b":1},"b":{"b":1}}"#).is_ok());
}

#[test]
fn sixteen_levels_are_read_and_seventeen_are_not() {
    let nested = |levels: usize| format!("{}{}", "{\"a\":".repeat(levels - 1) + "{}", "}".repeat(levels - 1));
    assert!(read_object(nested(DEPTH_MAX).as_bytes()).is_ok());
    assert_eq!(refusal(nested(DEPTH_MAX + 1).as_bytes()).0, ResultCode::MsgParseError);
    assert_eq!(refusal("[".repeat(100_000).as_bytes()).0, ResultCode::MsgParseError);
    let lists = format!("{{\"a\":{}{}}}", "[".repeat(DEPTH_MAX - 1), "]".repeat(DEPTH_MAX - 1));
    assert!(read_object(lists.as_bytes()).is_ok());
}

fn fields(body: &str) -> Fields<'static> {
    Fields::of_body(body.as_bytes()).expect("an object")
}

fn message_of<T: std::fmt::Debug>(outcome: Result<T, ApiError>) -> String {
    let error = outcome.expect_err("refused");
    assert_eq!(error.code, ResultCode::ParamIllegal);
    error.message
}

#[test]
fn absent_null_and_empty_mean_not_given() {
    let fields = fields(r#"{"a":null,"b":"","c":" "}"#);
    assert_eq!(fields.text("a", 9), Ok(None));
    assert_eq!(fields.text("b", 9), Ok(None));
    assert_eq!(fields.text("missing", 9), Ok(None));
    assert_eq!(fields.text("c", 9), Ok(Some(" ".to_owned())));
    assert_eq!(message_of(fields.required_text("b", 9)), "Illegal parameter: b must be a string of 1 to 9 characters");
}

#[test]
fn lengths_count_code_points() {
    let fields = fields(r#"{"arabic":"اشتراك","emoji":"\ud83d\ude00"}"#);
    assert!(fields.text("arabic", 6).is_ok());
    assert!(fields.text("arabic", 5).is_err());
    assert!(fields.text("emoji", 1).is_ok());
}

#[test]
fn numbers_lists_and_nul_are_no_texts() {
    let fields = fields(r#"{"n":1,"l":["x"],"z":"a\u0000b","t":true}"#);
    for name in ["n", "l", "z", "t"] {
        assert!(message_of(fields.text(name, 99)).starts_with(&format!("Illegal parameter: {name} must be")));
    }
}

#[test]
fn merchant_made_ids_have_a_small_alphabet() {
    let fields = fields(r#"{"ok":"INV-1.a:b_C","space":"a b","at":"a@b","long":"12345","arabic":"رقم"}"#);
    assert!(fields.required_merchant_id("ok", 64).is_ok());
    for name in ["space", "at", "arabic"] {
        assert!(fields.merchant_id(name, 64).is_err(), "{name}");
    }
    assert!(fields.merchant_id("long", 4).is_err());
}

#[test]
fn booleans_may_come_as_texts() {
    let fields = fields(r#"{"a":true,"b":"false","c":"yes","d":1}"#);
    assert_eq!(fields.flag("a"), Ok(Some(true)));
    assert_eq!(fields.flag("b"), Ok(Some(false)));
    assert_eq!(message_of(fields.flag("c")), "Illegal parameter: c must be true or false");
    assert!(fields.flag("d").is_err());
}

fn amount(json: &str) -> Result<Option<Money>, ApiError> {
    fields(&format!(r#"{{"paymentAmount":{json}}}"#)).amount("paymentAmount", &[Currency::IQD])
}

#[test]
fn an_amount_is_a_text_or_an_integer_of_minor_units() {
    let expected = Ok(Some(Money::new(150_000, Currency::IQD)));
    assert_eq!(amount(r#"{"currency":"IQD","value":"150000"}"#), expected);
    assert_eq!(amount(r#"{"currency":"IQD","value":150000}"#), expected);
    assert_eq!(amount("null"), Ok(None));
    let most = amount(r#"{"currency":"IQD","value":"9999999999999999"}"#);
    assert_eq!(most, Ok(Some(Money::new(9_999_999_999_999_999, Currency::IQD))));
}

#[test]
fn sign_point_exponent_zero_and_too_many_digits_are_illegal() {
    for value in [
        r#""-1""#,
        r#""+1""#,
        r#""1.5""#,
        r#""1e3""#,
        r#""0""#,
        r#""01""#,
        r#""""#,
        r#"" 1""#,
        "null",
        "0",
        "-1",
        "1.5",
        "1e3",
        "99999999999999999",
        r#""99999999999999999""#,
        r#""١٠٠""#,
        "[]",
    ] {
        let message = message_of(amount(&format!(r#"{{"currency":"IQD","value":{value}}}"#)));
        assert_eq!(
            message,
            "Illegal parameter: paymentAmount.value must be a string of 1 to 16 digits in minor units, without sign, \
             point or leading zero",
            "{value}"
        );
    }
    assert!(message_of(amount("5000")).contains("must be an object with currency and value"));
}

#[test]
fn a_currency_the_wallet_does_not_take_is_another_matter_than_a_malformed_one() {
    for currency in ["USD", "XYZ"] {
        let error = amount(&format!(r#"{{"currency":"{currency}","value":"1"}}"#)).expect_err("refused");
        assert_eq!(error.code, ResultCode::CurrencyNotSupport);
        assert_eq!(error.message, format!("The currency {currency} is not supported. Use IQD."));
    }
    for currency in [r#""iqd""#, r#""IQ""#, r#""IQDD""#, "368", "null"] {
        let message = message_of(amount(&format!(r#"{{"currency":{currency},"value":"1"}}"#)));
        assert!(message.starts_with("Illegal parameter: paymentAmount.currency must be"), "{message}");
    }
}

#[test]
fn extend_info_is_a_text_kept_verbatim_or_an_object() {
    assert_eq!(fields(r#"{"extendInfo":"plain words"}"#).extend_info(), Ok(Some("plain words".to_owned())));
    assert_eq!(fields(r#"{"extendInfo":{"a":1}}"#).extend_info(), Ok(Some(r#"{"a":1}"#.to_owned())));
    assert!(fields(r#"{"extendInfo":[1]}"#).extend_info().is_err());
    let long = "x".repeat(4097);
    assert!(fields(&format!(r#"{{"extendInfo":"{long}"}}"#)).extend_info().is_err());
    assert!(fields(&format!(r#"{{"extendInfo":{{"a":"{long}"}}}}"#)).extend_info().is_err());
}

#[test]
fn urls_are_absolute_and_http() {
    for good in ["https://shop.example.com/hooks/pay?a=1", "http://127.0.0.1:7601/n"] {
        let fields = fields(&format!(r#"{{"u":"{good}"}}"#));
        assert_eq!(fields.http_url("u", 1024), Ok(Some(good.to_owned())));
    }
    for bad in
        ["/hooks", "shop.example.com", "ftp://a/b", "javascript:alert(1)", "https://", " https://a/", "http://a\\nb/"]
    {
        assert!(fields(&format!(r#"{{"u":"{bad}"}}"#)).http_url("u", 1024).is_err(), "{bad}");
    }
    assert!(fields(r#"{"u":"https://a/bcd"}"#).http_url("u", 12).is_err());
}

#[test]
fn dates_have_ten_characters() {
    assert!(fields(r#"{"d":"2026-02-28"}"#).date("d").is_ok());
    for bad in ["2026-02-30", "2026-2-3", "20260228", "2026-02-28T00:00:00Z", "tomorrow"] {
        assert!(fields(&format!(r#"{{"d":"{bad}"}}"#)).date("d").is_err(), "{bad}");
    }
}

/// Texts that are nearly JSON: pieces of bodies, glued at random.
fn nearly_json() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,8}",
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "null",
            "true",
            "1e999",
            "-0",
            "\"scopes\":\"AGREEMENT_PAY\"",
            "\"extendInfo\":{",
            "\"paymentAmount\":{\"currency\":\"IQD\",\"value\":",
            "\"productCode\":",
            "\\u0000",
            "\"order\":{",
            "\"51051000101000100031\"",
            "\"grantType\":\"REFRESH_TOKEN\"",
            "\"paymentExpiryTime\":\"",
            "\"paymentId\":\"P1\"",
            "\"templates\":[{\"templateParameters\":{",
            "\"Title\":\"t\",\"Content\":\"c\"",
            "\"refundRequestId\":\"1\"",
            "\"voidRemainingAmount\":",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn read_as_everything(body: &[u8]) {
    let _ = PrepareRequest::parse(body, &[Currency::IQD]);
    let _ = ApplyTokenRequest::parse(body);
    let _ = CancelTokenRequest::parse(body);
    let _ = AccessTokenRequest::parse(body);
    let _ = PayRequest::parse(body, &[Currency::IQD]);
    let _ = InquiryPaymentRequest::parse(body);
    let _ = CancelRequest::parse(body);
    let _ = CaptureRequest::parse(body, &[Currency::IQD]);
    let _ = VoidRequest::parse(body, &[Currency::IQD]);
    let _ = MerchantAcceptRequest::parse(body);
    let _ = ConfirmRequest::parse(body);
    let _ = RefundRequest::parse(body, &[Currency::IQD]);
    let _ = InquiryRefundRequest::parse(body);
    let _ = SendMessageRequest::parse(body, MessageChannel::Inbox);
    let _ = Ack::parse(body);
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(body in prop::collection::vec(any::<u8>(), 0..400)) {
        read_as_everything(&body);
    }

    #[test]
    fn nothing_that_is_nearly_json_makes_a_reader_panic(body in nearly_json()) {
        read_as_everything(body.as_bytes());
        read_as_everything(format!("{{{body}}}").as_bytes());
    }

    #[test]
    fn a_tree_read_strictly_is_the_tree_serde_reads(text in "\\PC{0,20}", number in any::<i64>(), flag in any::<bool>()) {
        let value = serde_json::json!({ "t": text, "n": number, "l": [flag, null, { "x": text }] });
        let body = value.to_string();
        let read = read_object(body.as_bytes());
        prop_assert_eq!(read.map(serde_json::Value::Object), Ok(value));
    }

    #[test]
    fn times_never_panic(text in "[0-9TZ:.+-]{0,40}") {
        let _ = mithaq_openapi::time::parse(&text);
    }
}
