//! The common parameters and the order in which they are checked (spec/alipay-agreement.md 1.2, 1.3, 1.8).

use jiff::SignedDuration;
use mithaq_alipay::{
    App, Call, CertificateNumbers, Charset, Freshness, GatewayError, Method, Opening, Params, SignType, encode_form,
    parse_time,
};

/// A signature that fits says so itself, with what it is over: keys have their own tests.
fn verify(sign_type: SignType, content: &[u8], sign: &str) -> bool {
    let length = content.len();
    sign == format!("{sign_type:?}/{length}")
}

fn app() -> App {
    App { has_key: true, may_use_rsa: false, certificates: None, freshness: None }
}

const RIGHT: [(&str, &str); 7] = [
    ("app_id", "2021000000000001"),
    ("biz_content", "{}"),
    ("charset", "utf-8"),
    ("method", "alipay.trade.query"),
    ("sign_type", "RSA2"),
    ("timestamp", "2026-01-05 10:00:00"),
    ("version", "1.0"),
];

/// The right request with some parameters replaced, added, or (with `-`) left out; signed unless that is one of them.
fn params(changes: &[(&str, &str)]) -> Params {
    let mut pairs: Vec<(&str, &str)> = RIGHT.to_vec();
    for (name, value) in changes {
        pairs.retain(|(known, _)| known != name);
        if *value != "-" {
            pairs.push((name, value));
        }
    }
    let form = |pairs: &[(&str, &str)]| encode_form(pairs.iter().map(|(name, value)| (*name, value.as_bytes())));
    let read = |pairs: &[(&str, &str)]| Params::read(&[form(pairs).as_bytes()]).expect("reads");
    if changes.iter().any(|(name, _)| *name == "sign") {
        return read(&pairs);
    }
    let length = mithaq_alipay::request_content(&read(&pairs)).len();
    let kind = if pairs.contains(&("sign_type", "RSA2")) { "Rsa2" } else { "Rsa" };
    let sign = format!("{kind}/{length}");
    pairs.push(("sign", &sign));
    read(&pairs)
}

fn check(changes: &[(&str, &str)], app: &App) -> Result<Call, GatewayError> {
    Opening::of(params(changes))?.check(app, &verify)
}

fn refused(changes: &[(&str, &str)], app: &App) -> String {
    check(changes, app).expect_err("is refused").sub_code.wire().to_owned()
}

#[test]
fn a_right_request_is_a_call() {
    let call = check(
        &[("notify_url", "https://merchant.example/notify?x=1&y=2"), ("format", "Json"), ("unknown", "is signed too")],
        &app(),
    )
    .expect("is a call");
    assert_eq!((call.method, call.app_id.as_str()), (Method::TradeQuery, "2021000000000001"));
    assert_eq!((call.sign_type, call.charset), (SignType::Rsa2, Charset::Utf8));
    assert_eq!(Some(call.timestamp), parse_time("2026-01-05 10:00:00"));
    assert_eq!(call.notify_url.as_deref(), Some("https://merchant.example/notify?x=1&y=2"));
    assert_eq!((call.biz_content.as_str(), call.return_url.as_deref()), ("{}", None));
    assert_eq!(call.text("unknown").as_deref(), Some("is signed too"));
    assert!(!call.by_certificate);
}

#[test]
fn the_app_is_checked_before_the_signature_and_the_signature_before_everything_else() {
    let nothing = Params::read(&[]).expect("reads");
    assert_eq!(Opening::of(nothing).expect_err("is refused").sub_code.wire(), "isv.missing-app-id");
    let unsigned = [("sign", "-"), ("method", "-"), ("version", "2"), ("charset", "-")];
    let opening = Opening::of(params(&unsigned)).expect("names an app");
    assert_eq!(opening.app_id(), "2021000000000001");
    let unknown = opening.unknown_app();
    assert_eq!(unknown.sub_code.wire(), "isv.invalid-app-id");
    assert!(unknown.message.contains("2021000000000001"));
    assert_eq!(refused(&unsigned, &app()), "isv.missing-signature");
    assert_eq!(refused(&[("sign", "x"), ("method", "-")], &app()), "isv.invalid-signature");
    assert_eq!(refused(&[("method", "-")], &app()), "isv.missing-method");
}

#[test]
fn each_common_parameter_is_refused_by_its_own_sub_code() {
    let far = "x".repeat(256);
    let cases: &[(&str, &str, &str)] = &[
        ("app_id", "not an app", "isv.invalid-app-id"),
        ("app_id", "123456789012345678901234567890123", "isv.invalid-app-id"),
        ("method", "alipay.trade.unknown", "isv.invalid-method"),
        ("charset", "-", "isv.invalid-charset"),
        ("charset", "latin1", "isv.invalid-charset"),
        ("sign_type", "-", "isv.missing-signature-type"),
        ("sign_type", "RSA", "isv.invalid-signature-type"),
        ("sign_type", "MD5", "isv.invalid-signature-type"),
        ("timestamp", "-", "isv.missing-timestamp"),
        ("timestamp", "", "isv.missing-timestamp"),
        ("timestamp", "2026-01-05T10:00:00", "isv.invalid-timestamp"),
        ("version", "-", "isv.missing-version"),
        ("version", "2.0", "isv.invalid-parameter"),
        ("format", "XML", "isv.invalid-format"),
        ("notify_url", "ftp://merchant.example", "isv.invalid-parameter"),
        ("notify_url", "merchant.example/notify", "isv.invalid-parameter"),
        ("return_url", "https://merchant.example/a b", "isv.invalid-parameter"),
        ("notify_url", &format!("https://merchant.example/{far}"), "isv.invalid-parameter"),
        ("app_auth_token", "12345678901234567890123456789012345678901", "aop.invalid-app-auth-token"),
        ("auth_token", "12345678901234567890123456789012345678901", "aop.invalid-auth-token"),
        ("biz_content", "-", "isv.invalid-parameter"),
    ];
    for (name, value, sub_code) in cases {
        assert_eq!(&refused(&[(name, value)], &app()), sub_code, "{name}={value}");
    }
}

#[test]
fn any_well_formed_time_is_taken_unless_the_operator_sets_a_window() {
    assert!(check(&[("timestamp", "2017-06-27 14:44:00")], &app()).is_ok(), "clients write their own zone's time");
    let now = parse_time("2026-01-05 10:00:00").expect("a time");
    let strict = App { freshness: Some(Freshness { now, window: SignedDuration::from_hours(24) }), ..app() };
    assert!(check(&[("timestamp", "2026-01-06 10:00:00")], &strict).is_ok());
    assert_eq!(refused(&[("timestamp", "2026-01-06 10:00:01")], &strict), "isv.invalid-timestamp");
    assert_eq!(refused(&[("timestamp", "2026-01-04 09:59:59")], &strict), "isv.invalid-timestamp");
}

#[test]
fn sha_1_is_only_for_apps_that_are_allowed_it() {
    let old = App { may_use_rsa: true, ..app() };
    assert_eq!(check(&[("sign_type", "RSA")], &old).expect("is a call").sign_type, SignType::Rsa);
    assert_eq!(check(&[("sign_type", "-")], &old).expect("means RSA").sign_type, SignType::Rsa);
    assert_eq!(check(&[], &old).expect("is a call").sign_type, SignType::Rsa2);
    let keyless = App { has_key: false, ..app() };
    assert_eq!(refused(&[], &keyless), "isv.missing-signature-config");
}

#[test]
fn a_signature_that_does_not_fit_is_shown_the_string_that_the_wallet_built() {
    let error = check(&[("sign", "AAAA BBBB")], &app()).expect_err("is refused");
    let built = "app_id=2021000000000001&biz_content={}&charset=utf-8&method=alipay.trade.query&sign_type=RSA2\
                 &timestamp=2026-01-05 10:00:00&version=1.0";
    assert!(error.message.ends_with(built), "{}", error.message);
    assert!(error.message.contains("sign holds a space"), "{}", error.message);
    assert!(error.message.contains("another kind of key"), "{}", error.message);
    let object = mithaq_alipay::business_object(&error).expect("is written");
    let start =
        r#"{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-signature","sub_msg":"The signature"#;
    assert!(object.starts_with(start), "{object}");
    assert_eq!(object.matches('{').count(), 1, "no brace inside a text: {object}");
    let long = "x".repeat(60_000);
    let error = check(&[("sign", "AAAA"), ("body", &long)], &app()).expect_err("is refused");
    assert!(error.message.len() < 20_000 && error.message.ends_with("more bytes)"));
}

#[test]
fn a_client_that_signs_empty_values_is_understood_too() {
    let sent = params(&[("sign", "-"), ("return_url", "")]);
    let length = mithaq_alipay::request_content_with_empty(&sent).len();
    let sign = format!("Rsa2/{length}");
    assert!(check(&[("sign", &sign), ("return_url", "")], &app()).is_ok());
    assert!(check(&[("return_url", "")], &app()).is_ok(), "and one that leaves them out");
    assert_eq!(refused(&[("sign", &sign)], &app()), "isv.invalid-signature", "only where something is empty");
}

#[test]
fn keys_and_certificates_exclude_each_other() {
    let numbers = CertificateNumbers { app: "42aa".to_owned(), root: "eab2".to_owned() };
    let with = App { certificates: Some(numbers), ..app() };
    let sent = |own: &str, root: &str| refused(&[("app_cert_sn", own), ("alipay_root_cert_sn", root)], &with);
    assert_eq!(sent("-", "-"), "isv.missing-app-cert-sn");
    assert_eq!(sent("42ab", "eab2"), "isv.app-cert-not-exist");
    assert_eq!(sent("42aa", "-"), "isv.missing-alipay-root-cert-sn");
    assert_eq!(sent("42aa", "eab3"), "isv.invalid-alipay-root-cert-sn");
    assert_eq!(refused(&[("app_cert_sn", "42aa")], &app()), "isv.app-cert-not-exist");
    let right = [("app_cert_sn", "42aa"), ("alipay_root_cert_sn", "eab2")];
    assert!(check(&right, &with).expect("is a call").by_certificate);
}

#[test]
fn the_oauth_method_has_its_parameters_beside_the_content() {
    let call = check(
        &[("method", "alipay.system.oauth.token"), ("biz_content", "-"), ("grant_type", "authorization_code")],
        &app(),
    );
    let call = call.expect("is a call");
    assert_eq!((call.biz_content.as_str(), call.text("grant_type").as_deref()), ("", Some("authorization_code")));
}

#[test]
fn a_page_method_may_be_named_by_a_request_that_is_refused() {
    let opening = Opening::of(params(&[("method", "alipay.user.agreement.page.sign")])).expect("names an app");
    assert_eq!(opening.method(), Some(Method::PageSign));
    assert!(Method::PageSign.is_page() && !Method::TradePay.is_page());
    assert_eq!(Opening::of(params(&[("method", "x{y}")])).expect("names an app").method(), None);
}
