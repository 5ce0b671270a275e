//! A code becomes a token (spec/alipay-agreement.md 2.14).

use mithaq_alipay::messages::{TokenAnswer, TokenRequest};
use mithaq_alipay::{App, GatewayError, Opening, Params, business_object};

fn asked(members: &str) -> Result<TokenRequest, GatewayError> {
    let form = format!(
        "app_id=1&method=alipay.system.oauth.token&charset=utf-8&sign_type=RSA2&sign=x&version=1.0\
         &timestamp=2026-01-05+10:00:00&{members}"
    );
    let params = Params::read(&[form.as_bytes()]).expect("reads");
    let app = App { has_key: true, may_use_rsa: false, certificates: None, freshness: None };
    TokenRequest::of(&Opening::of(params)?.check(&app, &|_, _, _| true)?)
}

#[test]
fn a_code_or_a_refresh_token_is_exchanged() {
    let code = asked("grant_type=authorization_code&code=abc&refresh_token=ignored");
    assert_eq!(code, Ok(TokenRequest::Code("abc".to_owned())));
    assert_eq!(asked("grant_type=refresh_token&refresh_token=def"), Ok(TokenRequest::Refresh("def".to_owned())));
}

#[test]
fn what_is_missing_has_a_sub_code_of_its_own() {
    let long = format!("grant_type=authorization_code&code={}", "x".repeat(129));
    let cases = [
        ("code=abc", "isv.grant-type-invalid"),
        ("grant_type=password&code=abc", "isv.grant-type-invalid"),
        ("grant_type=authorization_code", "isv.code-invalid"),
        (&long, "isv.code-invalid"),
        ("grant_type=refresh_token&code=abc", "isv.refresh-token-invalid"),
    ];
    for (members, sub_code) in cases {
        assert_eq!(asked(members).expect_err(members).sub_code.wire(), sub_code, "{members}");
    }
}

#[test]
fn the_answer_has_neither_code_nor_msg_and_no_log_shows_its_tokens() {
    let answer = TokenAnswer {
        access_token: "secret1".to_owned(),
        refresh_token: "secret2".to_owned(),
        expires_in: 1_296_000,
        re_expires_in: 2_592_000,
        user_id: Some("2088000000000001".to_owned()),
        open_id: None,
        auth_start: None,
    };
    let written = business_object(&answer).expect("is written");
    assert_eq!(
        written,
        r#"{"access_token":"secret1","refresh_token":"secret2","expires_in":1296000,"re_expires_in":2592000,"user_id":"2088000000000001"}"#
    );
    let params = Params::read(&[b"app_id=1&code=secret4"]).expect("reads");
    let logged =
        format!("{params:?}") + &format!("{answer:?} {:?}", asked("grant_type=authorization_code&code=secret3"));
    assert!(logged.contains("app_id"), "{logged}");
    assert!(!logged.contains("secret"), "{logged}");
}
