//! The seed's own signStr, and the digest's vectors: decoded completely, verified with the digest's key.

use mithaq_alipay::messages::{PageSign, Period, PeriodRule, Validity};
use mithaq_alipay::{
    Charset, Mistake, Params, SignStrError, notice_content, open_sign_str, read_text, request_content,
};
use mithaq_crypto::PublicKey;
use mithaq_types::{Currency, Money};

const KEY: &str = include_str!("data/vector-key.pem");

const SEED: &str = include_str!("data/seed-sign-str.txt");
const VECTOR: &str = include_str!("data/vector-sign-str.txt");
const NOTICE: &str = include_str!("data/vector-notice.txt");

fn yuan() -> Currency {
    Currency::parse("CNY").expect("known")
}

fn text(params: &Params, name: &str) -> String {
    read_text(params.get(name).expect("is there"), Charset::Utf8).expect("UTF-8")
}

fn verifies(content: &[u8], sign: &[u8]) -> bool {
    use base64::Engine as _;
    let sign = base64::engine::general_purpose::STANDARD.decode(sign).expect("base64");
    PublicKey::from_pem(KEY).expect("a key").verify(content, &sign)
}

#[test]
fn the_seeds_own_sign_str_is_decoded_completely() {
    let (params, mistakes) = open_sign_str(SEED.trim()).expect("opens");
    let names: Vec<&str> = params.iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "app_id",
            "biz_content",
            "charset",
            "method",
            "notify_url",
            "return_url",
            "sign",
            "sign_type",
            "timestamp",
            "version"
        ]
    );
    assert_eq!(params.ascii("app_id"), Some("2017060101317939"));
    assert_eq!(params.ascii("method"), Some("alipay.user.agreement.page.sign"));
    assert_eq!(params.ascii("timestamp"), Some("2017-06-27 14:44:00"));
    assert_eq!(params.ascii("sign_type"), Some("RSA"));
    assert_eq!(params.ascii("version"), Some("1.0"));
    assert_eq!(params.ascii("charset"), Some("UTF-8"));
    assert_eq!(params.get("notify_url"), params.get("return_url"));
    assert!(params.ascii("sign").is_some_and(|sign| sign.starts_with("f3pjBDTR") && sign.len() == 172));
    assert_eq!(mistakes, [Mistake::ReturnUrl], "the seed itself leads the user out of the Mini Program");
    let asked = PageSign::parse(&text(&params, "biz_content"), yuan()).expect("is taken").terms;
    assert_eq!(asked.personal_product_code, "GENERAL_WITHHOLDING_P");
    assert_eq!(asked.product_code.as_deref(), Some("GENERAL_WITHHOLDING"));
    assert_eq!(asked.channel, "ALIPAYAPP");
    assert_eq!(asked.sign_scene.as_deref(), Some("INDUSTRY|CARRENTAL"));
    assert_eq!(asked.external_agreement_no.as_deref(), Some("xidong___2317"));
    assert_eq!(asked.external_logon_id.as_deref(), Some("13852852877"));
    assert_eq!(asked.third_party_type.as_deref(), Some("PARTNER"));
    assert_eq!((asked.validity, asked.period_rule), (None, None));
}

#[test]
fn the_digests_request_is_opened_and_its_signature_fits() {
    let (params, mistakes) = open_sign_str(VECTOR.trim()).expect("opens");
    assert_eq!(mistakes, []);
    assert!(verifies(&request_content(&params), params.get("sign").expect("is there")));
    let asked = PageSign::parse(&text(&params, "biz_content"), yuan()).expect("is taken").terms;
    assert_eq!(asked.external_logon_id.as_deref(), Some("会员 01"));
    let rule = PeriodRule {
        period: Period::Months(1),
        first: "2026-02-05".parse().expect("a day"),
        single: Money::new(990, yuan()),
        total: Some(Money::new(11_880, yuan())),
        payments: Some(12),
    };
    assert_eq!(asked.period_rule, Some(rule));
}

#[test]
fn the_digests_notification_verifies_without_its_sign_type() {
    let params = Params::read(&[NOTICE.trim().as_bytes()]).expect("reads");
    assert!(verifies(&notice_content(&params), params.get("sign").expect("is there")));
    assert!(!verifies(&request_content(&params), params.get("sign").expect("is there")));
}

#[test]
fn each_classic_mistake_is_told_apart() {
    let right = VECTOR.trim();
    let encode = |text: &str| {
        text.bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect::<String>()
    };
    let decoded = String::from_utf8(percent_decode(right)).expect("text");
    let mistake = |text: &str| match open_sign_str(text) {
        Err(SignStrError::Mistake(mistake)) => vec![mistake],
        Ok((_, mistakes)) => mistakes,
        Err(other) => panic!("{other}"),
    };
    assert_eq!(mistake(&decoded), [Mistake::EncodedOnce]);
    assert_eq!(mistake(&encode(right)), [Mistake::EncodedThrice]);
    assert_eq!(mistake(&right.replacen("%252B", "%2B", 1)), [Mistake::PlusLost]);
    assert_eq!(mistake(&format!("{right}{}", encode("&return_url=https%3A%2F%2Fa.example"))), [Mistake::ReturnUrl]);
    let (params, _) = open_sign_str(right).expect("opens");
    let sign = encode(&encode(params.ascii("sign").expect("is there")));
    let old = encode(&encode(&"A".repeat(171))) + "%253D";
    assert_eq!(mistake(&right.replace(&sign, &old)), [Mistake::OtherKey]);
    for advice in
        [Mistake::EncodedOnce, Mistake::EncodedThrice, Mistake::PlusLost, Mistake::OtherKey, Mistake::ReturnUrl]
    {
        assert!(advice.advice().contains("signStr"), "{advice:?}");
    }
}

fn percent_decode(text: &str) -> Vec<u8> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        let hex = |byte: Option<u8>| char::from(byte.expect("a digit")).to_digit(16).expect("hex");
        decoded.push(if byte == b'%' {
            u8::try_from(hex(bytes.next()) * 16 + hex(bytes.next())).expect("a byte")
        } else {
            byte
        });
    }
    decoded
}

#[test]
fn a_plan_outside_the_rules_is_refused_by_the_member_that_breaks_them() {
    let content = |rule: &str| {
        format!(
            r#"{{"personal_product_code":"CYCLE_PAY_AUTH_P","access_params":{{"channel":"ALIPAYAPP"}},"period_rule_params":{rule}}}"#
        )
    };
    let refused = |rule: &str| PageSign::parse(&content(rule), yuan()).expect_err(rule).to_string();
    let cases = [
        (
            r#"{"period_type":"DAY","period":6,"execute_time":"2026-02-05","single_amount":"1"}"#,
            "period_rule_params.period must be at least 7",
        ),
        (
            r#"{"period_type":"MONTH","period":"1","execute_time":"2026-01-29","single_amount":1}"#,
            "period_rule_params.execute_time must be on a day from 1 to 28",
        ),
        (
            r#"{"period_type":"YEAR","period":1,"execute_time":"2026-02-05","single_amount":"1"}"#,
            "period_rule_params.period_type",
        ),
        (
            r#"{"period_type":"MONTH","period":1,"execute_time":"2026-02-30","single_amount":"1"}"#,
            "period_rule_params.execute_time",
        ),
        (
            r#"{"period_type":"MONTH","period":1,"execute_time":"2026-02-05"}"#,
            "period_rule_params.single_amount is missing",
        ),
        (
            r#"{"period_type":"MONTH","period":1,"execute_time":"2026-02-05","single_amount":"9.999"}"#,
            "period_rule_params.single_amount",
        ),
        (
            r#"{"period_type":"MONTH","period":1,"execute_time":"2026-02-05","single_amount":0}"#,
            "period_rule_params.single_amount",
        ),
        (
            r#"{"period_type":"MONTH","period":1,"execute_time":"2026-02-05","single_amount":1,"total_payments":0}"#,
            "period_rule_params.total_payments",
        ),
    ];
    for (rule, said) in cases {
        assert!(refused(rule).starts_with(said), "{rule}: {}", refused(rule));
    }
    let numbers = r#"{"period_type":"DAY","period":"7","execute_time":"2020-02-29","single_amount":9.9,"total_amount":"99.00","total_payments":10}"#;
    let taken = PageSign::parse(&content(numbers), yuan())
        .expect("numbers and strings alike")
        .terms
        .period_rule
        .expect("a plan");
    assert_eq!((taken.period, taken.single.minor, taken.payments), (Period::Days(7), 990, Some(10)));
}

#[test]
fn a_validity_is_days_or_months() {
    let content = |period: &str| {
        format!(
            r#"{{"personal_product_code":"GENERAL_WITHHOLDING_P","access_params":{{"channel":"QRCODE"}},"sign_validity_period":"{period}"}}"#
        )
    };
    let validity = |period: &str| PageSign::parse(&content(period), yuan()).map(|asked| asked.terms.validity);
    assert_eq!(validity("2m"), Ok(Some(Validity::Months(2))));
    assert_eq!(validity("30d"), Ok(Some(Validity::Days(30))));
    assert_eq!(validity(""), Ok(None));
    for wrong in ["m", "0d", "2y", "-1d", "二m"] {
        assert!(validity(wrong).is_err(), "{wrong}");
    }
}
