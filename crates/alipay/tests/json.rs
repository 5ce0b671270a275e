//! Members of `biz_content`: strings and numbers alike, sums without floats, errors by path (spec/alipay-agreement.md part 2).

use mithaq_alipay::SubCode;
use mithaq_alipay::json::Fields;
use mithaq_types::{Currency, Money};

fn fields(text: &str) -> Fields {
    Fields::of_content(text).expect("one object")
}

#[test]
fn a_text_may_come_as_a_number_and_a_number_as_a_text() {
    let fields = fields(r#"{"a":13852852877,"b":"7","c":7,"d":"","e":null,"f":[1],"g":true,"h":"+7","i":7.0}"#);
    assert_eq!(fields.text("a", 11), Ok(Some("13852852877".to_owned())));
    assert_eq!(fields.text("a", 10), Err(fields.illegal("a", "must be a text of at most 10 characters")));
    assert_eq!((fields.whole("b"), fields.whole("c")), (Ok(Some(7)), Ok(Some(7))));
    assert_eq!((fields.text("d", 9), fields.text("e", 9), fields.text("x", 9)), (Ok(None), Ok(None), Ok(None)));
    for name in ["f", "g"] {
        assert!(fields.text(name, 9).is_err(), "{name}");
    }
    for name in ["a", "f", "h", "i"] {
        assert!(fields.whole(name).is_err(), "{name} is no number of 32 bits");
    }
    assert_eq!(fields.required_text("d", 9), Err(fields.missing("d")));
}

#[test]
fn a_sum_is_the_digits_that_were_written_and_never_what_a_float_makes_of_them() {
    let cny = Currency::parse("CNY").expect("is there");
    let fields = fields(r#"{"a":9.90,"b":"9.9","c":9.999999999999999999,"d":1e2,"e":0,"f":-1.5,"g":100000000.01}"#);
    assert_eq!(fields.price("a", cny), Ok(Some(Money::new(990, cny))));
    assert_eq!(fields.price("b", cny), Ok(Some(Money::new(990, cny))));
    for name in ["c", "d", "e", "f"] {
        assert!(fields.price(name, cny).is_err(), "{name}");
    }
    let within = |name| fields.price_within(name, cny, 10_000_000_000, SubCode::AcqTotalFeeExceed);
    for name in ["e", "f", "g"] {
        assert_eq!(within(name).expect_err("is refused").sub_code, Some(SubCode::AcqTotalFeeExceed), "{name}");
    }
    assert_eq!(within("c").expect_err("is refused").sub_code, None, "not a sum at all");
    assert_eq!(within("a"), Ok(Money::new(990, cny)));
}

#[test]
fn an_object_may_come_as_its_own_json_text_and_errors_inside_name_the_whole_path() {
    let fields = fields(r#"{"a":{"n":"x"},"b":"{\"n\":\"x\"}","c":"x","d":[],"e":false}"#);
    for name in ["a", "b"] {
        let inside = fields.object(name).expect("is there").unwrap();
        assert_eq!(inside.text("n", 1), Ok(Some("x".to_owned())));
        assert_eq!(inside.whole("n").expect_err("is refused").member, format!("{name}.n"));
    }
    for name in ["c", "d", "e"] {
        assert_eq!(fields.object(name).expect_err("is refused").member, name);
    }
}

#[test]
fn what_is_not_one_object_is_illegal_json() {
    for text in ["", "[]", "1", "{", "{}{}", "{\"a\":1,\"a\":2}", "{\"a\":01}", "{\"a\":\"\u{1}\"}", "null"] {
        let error = Fields::of_content(text).expect_err("is refused");
        assert_eq!((error.member.as_str(), error.sub_code), ("biz_content", Some(SubCode::IsvIllegalJson)), "{text}");
    }
}

#[test]
fn a_value_nested_a_hundred_thousand_deep_breaks_nothing() {
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    if let Ok(fields) = Fields::of_content(&deep) {
        assert!(fields.words("a").is_err() && fields.object("a").is_err());
    }
}
