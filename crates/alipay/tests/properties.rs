//! What holds for any input: nothing panics, what is encoded comes back, and sums are exact (spec/alipay-agreement.md 1.1, 1.7,
//! part 2).

use mithaq_alipay::json::Fields;
use mithaq_alipay::messages::{AppPayRequest, CreateRequest, PageSign, PayRequest, RefundRequest};
use mithaq_alipay::{
    App, Charset, FormError, Mistake, Opening, Params, SignStrError, business_object, charset_of, encode_form,
    format_price, open_entry, open_sign_str, parse_day, parse_price, parse_time, read_text, request_content,
};
use mithaq_types::{Currency, Money};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// An encoder that shares nothing with the crate: every byte as `%` and two digits, of either case, or as it is.
fn encode(bytes: &[u8], style: u8) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let one = |byte: &u8| match (style % 4, byte) {
        (0, b' ') => "+".to_owned(),
        (0 | 1, byte) if plain(byte) => char::from(*byte).to_string(),
        (2, byte) => format!("%{byte:02x}"),
        (_, byte) => format!("%{byte:02X}"),
    };
    bytes.iter().map(one).collect()
}

fn cny() -> Currency {
    Currency::parse("CNY").expect("known")
}

/// Parameters with names as the protocol has them and any bytes as values.
fn parameters() -> impl Strategy<Value = BTreeMap<String, Vec<u8>>> {
    prop::collection::btree_map("[a-z][a-z0-9_.-]{0,20}", prop::collection::vec(any::<u8>(), 0..80), 0..12)
}

/// Texts that nearly are forms: pieces of what forms consist of.
fn nearly_a_form() -> impl Strategy<Value = String> {
    let piece = prop_oneof!["[a-z_]{1,6}", "%[0-9A-Fa-f]{2}", "%25", "[%&=+]", "method=x&sign=", "\\PC{0,3}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Texts that nearly are the content of some method.
fn nearly_a_content() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "out_trade_no",
        "subject",
        "total_amount",
        "refund_amount",
        "product_code",
        "agreement_params",
        "buyer_id",
        "agreement_sign_params",
        "personal_product_code",
        "access_params",
        "period_rule_params",
        "channel",
        "timeout_express",
        "query_options",
        "sign_validity_period",
        "period",
        "period_type",
        "execute_time",
    ]);
    let scalar = prop::sample::select(vec![
        "1",
        "-1",
        "1e400",
        "9.90",
        "0.00",
        "true",
        "null",
        "[]",
        "{}",
        "\"\"",
        "\"1m\"",
        "\"CYCLE_PAY_AUTH_P\"",
        "\"2026-02-05\"",
        "\"MONTH\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "[1",
        "99999999999999999999999999999999999",
        "{\"channel\":\"ALIPAYAPP\"}",
        "{\"period_type\":\"DAY\",\"period\":9}",
        "\"{\\\"agreement_no\\\":1}\"",
    ]);
    prop::collection::vec((name, scalar), 0..8).prop_map(|members| {
        let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", members.join(","))
    })
}

proptest! {
    #[test]
    fn what_a_client_encodes_comes_back_whichever_way_it_encodes(pairs in parameters(), style in any::<u8>(), cut in 0_usize..12) {
        let encoded: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value, style))).collect();
        let (query, body) = encoded.split_at(cut.min(encoded.len()));
        let params = Params::read(&[query.join("&").as_bytes(), body.join("&").as_bytes()]).expect("reads");
        let back: BTreeMap<String, Vec<u8>> = params.iter().map(|(name, value)| (name.to_owned(), value.to_vec())).collect();
        prop_assert_eq!(back, pairs);
    }

    #[test]
    fn what_the_wallet_encodes_comes_back_too(pairs in parameters()) {
        let form = encode_form(pairs.iter().map(|(name, value)| (name.as_str(), value.as_slice())));
        prop_assert!(form.is_ascii());
        let params = Params::read(&[form.as_bytes()]).expect("reads");
        prop_assert_eq!(encode_form(params.iter()), form);
    }

    #[test]
    fn a_name_that_is_there_twice_is_refused_wherever_it_is(pairs in parameters(), again in any::<prop::sample::Index>()) {
        prop_assume!(!pairs.is_empty());
        let form = encode_form(pairs.iter().map(|(name, value)| (name.as_str(), value.as_slice())));
        let name = pairs.keys().nth(again.index(pairs.len())).expect("is there");
        let second = format!("{name}=");
        let refused = Err(FormError::Repeated(name.clone()));
        prop_assert_eq!(Params::read(&[form.as_bytes(), second.as_bytes()]), refused.clone());
        prop_assert_eq!(Params::read(&[format!("{second}&{form}").as_bytes()]), refused);
    }

    #[test]
    fn a_percent_sign_without_two_digits_is_refused_by_name(before in "[a-z0-9+]{0,9}", wrong in prop_oneof!["%[0-9A-Fa-f]?", "%[0-9A-Fa-f]?[g-z+=%][a-z]{0,3}"]) {
        let form = format!("ok=1&name={before}{wrong}");
        prop_assert_eq!(Params::read(&[form.as_bytes()]), Err(FormError::Encoding("name".to_owned())));
    }

    #[test]
    fn no_bytes_break_the_form_parser(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(params) = Params::read(&[&bytes]) {
            let _ = request_content(&params);
            for declared in [Charset::Utf8, Charset::Gbk] {
                if let Some(charset) = charset_of(&params, declared) {
                    prop_assert!(params.iter().all(|(_, value)| read_text(value, charset).is_some()));
                }
            }
        }
    }

    #[test]
    fn a_request_in_gbk_is_read_as_it_was_meant_and_one_with_utf8_mixed_in_is_refused(
        texts in prop::collection::vec("[\u{4e00}-\u{4fff}a-z ]{1,20}", 1..4),
        other in "[\u{4e00}-\u{4fff}]{1,20}",
    ) {
        let gbk: Vec<Vec<u8>> = texts.iter().map(|text| encoding_rs::GBK.encode(text).0.into_owned()).collect();
        prop_assume!(gbk.iter().any(|bytes| std::str::from_utf8(bytes).is_err()));
        prop_assume!(gbk.iter().all(|bytes| std::str::from_utf8(bytes).is_err() || bytes.is_ascii()));
        let names = ["a", "b", "c"];
        let pairs = || names.into_iter().zip(gbk.iter().map(Vec::as_slice));
        let params = Params::read(&[encode_form(pairs()).as_bytes()]).expect("reads");
        prop_assert_eq!(charset_of(&params, Charset::Gbk), Some(Charset::Gbk));
        for (name, text) in names.into_iter().zip(&texts) {
            prop_assert_eq!(&read_text(params.get(name).expect("is there"), Charset::Gbk).expect("GBK"), text);
        }
        prop_assert_eq!(charset_of(&params, Charset::Utf8), None);
        let mixed = encode_form(pairs().chain([("d", other.as_bytes())]));
        let mixed = Params::read(&[mixed.as_bytes()]).expect("reads");
        prop_assert_eq!(charset_of(&mixed, Charset::Gbk), None);
    }

    #[test]
    fn no_text_breaks_a_sign_str_or_an_entry(text in nearly_a_form(), any in "\\PC{0,200}") {
        for text in [&text, &any] {
            let _ = open_sign_str(text);
            let _ = open_entry(text);
            let _ = open_entry(&format!("alipays://platformapi/startapp?{text}"));
        }
    }

    #[test]
    fn a_sign_str_gives_its_parameters_back_and_each_layer_too_few_or_too_many_is_told(mut pairs in parameters()) {
        pairs.insert("method".to_owned(), b"alipay.user.agreement.page.sign".to_vec());
        pairs.insert("app_id".to_owned(), b"1".to_vec());
        pairs.remove("sign_type");
        pairs.remove("return_url");
        pairs.insert("sign".to_owned(), b"ab+/=".to_vec());
        let execute = encode_form(pairs.iter().map(|(name, value)| (name.as_str(), value.as_slice())));
        let twice = encode(execute.as_bytes(), 1);
        let (params, mistakes) = open_sign_str(&twice).expect("opens");
        prop_assert_eq!(encode_form(params.iter()), execute.clone());
        prop_assert_eq!(mistakes, vec![]);
        prop_assert_eq!(open_sign_str(&execute), Err(SignStrError::Mistake(Mistake::EncodedOnce)));
        prop_assert_eq!(open_sign_str(&encode(twice.as_bytes(), 1)), Err(SignStrError::Mistake(Mistake::EncodedThrice)));
    }

    #[test]
    fn no_request_breaks_the_checks_and_every_refusal_can_be_answered(pairs in parameters(), sign in "\\PC{0,30}", valid in any::<bool>()) {
        let mut form = encode_form(pairs.iter().map(|(name, value)| (name.as_str(), value.as_slice())));
        for (name, value) in [("app_id", "1"), ("sign_type", "RSA2"), ("method", "alipay.trade.pay"), ("sign", &sign)] {
            if !pairs.contains_key(name) {
                form.push_str(&format!("&{name}={}", encode(value.as_bytes(), 1)));
            }
        }
        let params = Params::read(&[form.as_bytes()]).expect("reads");
        let app = App { has_key: true, may_use_rsa: false, certificates: None, freshness: None };
        let checked = Opening::of(params).and_then(|opening| opening.check(&app, &|_, _, _| valid));
        let error = checked.expect_err("something is always missing");
        let object = business_object(&error).expect("is written");
        prop_assert_eq!((object.matches('{').count(), object.matches('}').count()), (1, 1));
        let read: serde_json::Value = serde_json::from_str(&object).expect("is JSON");
        prop_assert_eq!(read["sub_msg"].as_str(), Some(error.message.as_str()));
    }

    #[test]
    fn no_content_breaks_a_message_and_every_refusal_names_a_member(text in nearly_a_content(), any in "\\PC{0,80}") {
        for text in [&text, &any] {
            let errors = [
                PageSign::parse(text, cny()).err(),
                PayRequest::parse(text, cny()).err(),
                CreateRequest::parse(text, cny()).err(),
                AppPayRequest::parse(text, cny()).err(),
                RefundRequest::parse(text, cny()).err(),
                Fields::of_content(text).and_then(|fields| fields.words("query_options")).err(),
            ];
            for error in errors.into_iter().flatten() {
                prop_assert!(!error.member.is_empty() && error.to_string().starts_with(&error.member));
            }
        }
    }

    #[test]
    fn a_sum_that_is_written_is_read_again_to_the_cent(minor in 0..=10_000_000_000_i64) {
        let money = Money::new(minor, cny());
        prop_assert_eq!(parse_price(&format_price(money), cny()), Some(money));
        if minor % 10 == 0 {
            let shorter = format_price(money);
            prop_assert_eq!(parse_price(shorter.strip_suffix('0').expect("ends so"), cny()), Some(money));
        }
        if minor % 100 == 0 {
            prop_assert_eq!(parse_price(&(minor / 100).to_string(), cny()), Some(money));
        }
    }

    #[test]
    fn only_digits_with_at_most_two_decimals_are_a_sum(text in "[0-9.eE+\\- ,]{0,40}") {
        let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_sum = digits(whole) && digits(part) && part.len() <= 2;
        match parse_price(&text, cny()) {
            Some(money) => {
                prop_assert!(is_sum && money.minor >= 0);
                let whole = i128::from(money.minor / 100);
                prop_assert_eq!(text.split('.').next().and_then(|text| text.parse::<i128>().ok()), Some(whole));
            }
            None => prop_assert!(!is_sum || whole.len() > 16, "{}", text),
        }
    }

    #[test]
    fn no_text_breaks_a_day_or_a_time(text in "[0-9 :-]{0,24}") {
        if let Some(time) = parse_time(&text) {
            prop_assert_eq!(mithaq_alipay::format_time(time), text.clone());
        }
        if let Some(day) = parse_day(&text) {
            prop_assert_eq!(day.to_string(), text);
        }
    }
}
