//! The digest's vectors, built rather than read: the strings of its requests, notification and answer come out of this crate byte
//! by byte (spec/alipay-agreement.md, test vectors; 1.6, 1.9).

use mithaq_alipay::messages::FAR_AWAY;
use mithaq_alipay::notices::{NoticeHead, SignNotice, Signer};
use mithaq_alipay::{
    App, Method, Opening, Params, SignType, encode_form, envelope, open_entry, open_sign_str, page_result, parse_time,
    query_of, request_content, root_of,
};
use mithaq_crypto::{PublicKey, sha256_hex};

const KEY: &str = include_str!("data/vector-key.pem");
const SIGN_STR: &str = include_str!("data/vector-sign-str.txt");
const SDK_EXECUTE: &str = include_str!("data/vector-sdk-execute.txt");
const NOTICE_CONTENT: &str = include_str!("data/vector-notice-content.txt");
const NOTICE: &str = include_str!("data/vector-notice.txt");
const ANSWER: &str = include_str!("data/vector-answer.json");
const ANSWER_SIGN: &str = include_str!("data/vector-answer-sign.txt");

fn verifies(content: &[u8], sign: &str) -> bool {
    use base64::Engine as _;
    let sign = base64::engine::general_purpose::STANDARD.decode(sign);
    sign.is_ok_and(|sign| PublicKey::from_pem(KEY).expect("a key").verify(content, &sign))
}

#[test]
fn the_request_is_signed_over_the_digests_string_in_either_signature_type() {
    let (params, _) = open_sign_str(SIGN_STR.trim()).expect("opens");
    let content = request_content(&params);
    assert_eq!(sha256_hex(&content), "a7c308963f01fd43a30671b9524c83f0d93a1d608698b600e3b33450ae3c1f77");
    let old = SDK_EXECUTE.trim().replace("&sign_type=RSA2&", "&sign_type=RSA&");
    let old = request_content(&Params::read(&[old.as_bytes()]).expect("reads"));
    assert_eq!(sha256_hex(&old), "35c6b27189e4264106d04e5fb0bf9f3588a42d08fada94e13f2024b9fb66a6aa");
}

#[test]
fn the_string_of_sdk_execute_is_the_parameters_encoded_once_and_sign_str_is_that_encoded_again() {
    let params = Params::read(&[SDK_EXECUTE.trim().as_bytes()]).expect("reads");
    assert_eq!(encode_form(params.iter()), SDK_EXECUTE.trim());
    let again = encode_form([("x", SDK_EXECUTE.trim().as_bytes())]);
    assert_eq!(again.strip_prefix("x="), Some(SIGN_STR.trim()));
}

#[test]
fn every_way_into_a_page_holds_the_same_parameters() {
    let (expected, _) = open_sign_str(SIGN_STR.trim()).expect("opens");
    let execute = SDK_EXECUTE.trim();
    let url = format!("https://wallet.example/gateway.do?{execute}");
    let link = |app: &str, name: &str, inner: &str| {
        let inner = encode_form([(name, inner.as_bytes())]);
        format!("alipays://platformapi/startapp?appId={app}&appClearTop=false&startMultApp=YES&{inner}")
    };
    let entries = [execute, &url, &link("60000157", "sign_params", execute), &link("20000067", "url", &url)];
    for entry in entries {
        assert_eq!(open_entry(entry).as_ref(), Ok(&expected), "{entry:.60}");
    }
}

#[test]
fn an_entry_that_leads_nowhere_says_why() {
    let cases = [
        ("", "the page's address must be a text of 1 to 65536 characters"),
        ("https://wallet.example/gateway.do", "the page's parameters name no method"),
        ("a=1&b=2", "the page's parameters name no method"),
        ("a=%zz", "the page's parameters cannot be read: the value of a is not percent-encoded"),
        ("alipays://platformapi/startapp?appId=20000001", "the deep link holds neither sign_params nor url"),
        ("alipays://platformapi/startapp?sign_params=%FF", "the address inside the deep link is not text"),
    ];
    for (entry, said) in cases {
        let error = open_entry(entry).expect_err(entry).to_string();
        assert!(error.starts_with(said), "{entry}: {error}");
    }
}

fn app() -> App {
    App { has_key: true, may_use_rsa: false, certificates: None, freshness: None }
}

fn verify(_: SignType, content: &[u8], sign: &str) -> bool {
    verifies(content, sign)
}

#[test]
fn the_three_placements_of_real_clients_are_one_call() {
    let execute = SDK_EXECUTE.trim();
    let (content, common): (Vec<&str>, Vec<&str>) =
        execute.split('&').partition(|pair| pair.starts_with("biz_content="));
    let (content, common) = (content.join("&"), common.join("&"));
    let placements = [(common.as_str(), content.as_str()), (execute, ""), ("", execute)];
    for (query, body) in placements {
        let target = format!("http://wallet.example/gateway.do?{query}");
        let params = Params::read(&[query_of(&target), body.as_bytes()]).expect("reads");
        let call = Opening::of(params).and_then(|opening| opening.check(&app(), &verify)).expect("is a call");
        assert_eq!(call.method, Method::PageSign);
        assert_eq!(call.notify_url.as_deref(), Some("https://merchant.example/notify?x=1&y=2"));
        assert!(call.biz_content.contains("\"会员 01\""));
    }
}

#[test]
fn a_request_that_was_changed_on_its_way_is_refused_whatever_was_changed() {
    let (right, _) = open_sign_str(SIGN_STR.trim()).expect("opens");
    for changed in right.iter().map(|(name, _)| name).filter(|name| !matches!(*name, "app_id" | "sign_type")) {
        let other = right.iter().map(|(name, value)| {
            let value = if name == changed { [b"0", &value[1..]].concat() } else { value.to_vec() };
            (name, value)
        });
        let other: Vec<(&str, Vec<u8>)> = other.collect();
        let form = encode_form(other.iter().map(|(name, value)| (*name, value.as_slice())));
        let params = Params::read(&[form.as_bytes()]).expect("reads");
        let error = Opening::of(params).and_then(|opening| opening.check(&app(), &verify)).expect_err(changed);
        assert_eq!(error.sub_code.wire(), "isv.invalid-signature", "{changed}");
    }
    let added = format!("{}&return_url=", SDK_EXECUTE.trim());
    let params = Params::read(&[added.as_bytes()]).expect("reads");
    let call = Opening::of(params).and_then(|opening| opening.check(&app(), &verify));
    assert!(call.is_ok(), "what has no value is not signed, and is not there");
}

#[test]
fn the_seeds_app_is_not_of_this_wallet_and_its_key_is_an_old_one_and_both_are_said() {
    let (params, _) = open_sign_str(include_str!("data/seed-sign-str.txt").trim()).expect("opens");
    let opening = Opening::of(params).expect("names an app");
    let unknown = opening.unknown_app().message;
    assert_eq!(
        unknown,
        "app_id 2017060101317939 names no app of this wallet. Register the app, or correct the number."
    );
    let old = opening.check(&app(), &verify).expect_err("is refused");
    assert_eq!(old.sub_code.wire(), "isv.invalid-signature-type");
    assert!(old.message.starts_with("sign_type must be RSA2 for this app."), "{}", old.message);
}

fn notice() -> (SignNotice, NoticeHead) {
    let time = |text: &str| parse_time(text).expect("a time");
    let signed = time("2026-01-05 10:00:00");
    let signer = Signer {
        agreement_no: "20265305000000000001".to_owned(),
        external_agreement_no: Some("EA0001".to_owned()),
        personal_product_code: "CYCLE_PAY_AUTH_P".to_owned(),
        sign_scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
        alipay_user_id: Some("2088000000000001".to_owned()),
        alipay_open_id: None,
        alipay_logon_id: "138****0001".to_owned(),
    };
    let notice =
        SignNotice { signer, external_logon_id: None, sign_time: signed, valid_time: signed, invalid_time: FAR_AWAY };
    let head = NoticeHead {
        notify_id: "2026010500222100001000000000000001".to_owned(),
        notify_time: time("2026-01-05 10:00:01"),
        app_id: "2021000000000001".to_owned(),
        auth_app_id: "2021000000000001".to_owned(),
        sign_type: SignType::Rsa2,
    };
    (notice, head)
}

#[test]
fn the_notice_of_a_signed_agreement_is_the_digests_byte_by_byte() {
    let (notice, head) = notice();
    let notice = notice.notice(&head);
    assert_eq!(String::from_utf8(notice.content()).expect("text"), NOTICE_CONTENT.trim());
    let sent = Params::read(&[NOTICE.trim().as_bytes()]).expect("reads");
    let sign = sent.ascii("sign").expect("is there");
    assert!(verifies(&notice.content(), sign));
    assert_eq!(Params::read(&[notice.body(sign).as_bytes()]).expect("reads"), sent);
}

#[test]
fn the_answer_is_signed_over_exactly_the_object_that_is_sent() {
    let object = ANSWER.trim();
    assert!(verifies(object.as_bytes(), ANSWER_SIGN.trim()));
    assert_eq!(sha256_hex(object.as_bytes()), "e6f6c204edba3dac35eca41d10d86fa4001878c0def9fb8f4918af21a9446bb6");
    let root = root_of(Some(Method::AgreementQuery), false);
    let whole = envelope(&root, object, None, Some(ANSWER_SIGN.trim()));
    assert!(whole.starts_with(r#"{"alipay_user_agreement_query_response":{"code":"10000","#));
    let parsed: serde_json::Value = serde_json::from_str(&whole).expect("is JSON");
    assert_eq!(parsed["alipay_user_agreement_query_response"]["external_logon_id"], "会员 01");
    assert_eq!(parsed["sign"], ANSWER_SIGN.trim());
}

#[test]
fn the_result_of_a_page_is_valid_json_with_its_signature_and_how_it_was_made() {
    let object = ANSWER.trim();
    let result = page_result(Method::PageSign, object, ANSWER_SIGN.trim(), SignType::Rsa2);
    let parsed: serde_json::Value = serde_json::from_str(&result).expect("is JSON, unlike the seed's");
    assert_eq!(parsed["sign_type"], "RSA2");
    let start = r#"{"alipay_user_agreement_page_sign_response":"#;
    let signed = result.strip_prefix(start).and_then(|rest| rest.get(..object.len())).expect("the object comes first");
    assert!(verifies(signed.as_bytes(), parsed["sign"].as_str().expect("a text")));
}
