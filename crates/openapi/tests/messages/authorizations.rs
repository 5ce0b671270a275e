//! prepare, applyToken, cancelToken.

use crate::{IQD, at, text};
use mithaq_openapi::messages::{
    ApplyTokenRequest, ApplyTokenResponse, CancelTokenRequest, CancelTokenResponse, Grant, Language, PrepareRequest,
    PrepareResponse,
};
use mithaq_openapi::{ApiError, Failure, ResultCode, WireBody as _, WireResponse as _};
use mithaq_types::{Currency, CustomerId, Money};

fn prepare(body: &str) -> Result<PrepareRequest, ApiError> {
    PrepareRequest::parse(body.as_bytes(), IQD)
}

fn code(outcome: Result<PrepareRequest, ApiError>) -> ResultCode {
    outcome.expect_err("refused").code
}

#[test]
fn prepare_reads_the_sample_of_the_seed() {
    let request = prepare(
        r#"{ "scopes": "AGREEMENT_PAY",
             "extendInfo": "{\"language\":\"en-US\",\"contractDesc\":\"agreement payment description.\"}" }"#,
    );
    assert_eq!(request, Ok(PrepareRequest::new(Language::EnUs, "agreement payment description.")));
}

#[test]
fn prepare_keeps_html_and_arabic_as_they_are() {
    let body =
        r#"{"scopes":"AGREEMENT_PAY","extendInfo":"{\"language\":\"ar-IQ\",\"contractDesc\":\"اشتراك & <b>\"}"}"#;
    assert_eq!(prepare(body), Ok(PrepareRequest::new(Language::ArIq, "اشتراك & <b>")));
}

#[test]
fn prepare_reads_every_term_of_a_contract() {
    let body = r#"{"scopes":"AGREEMENT_PAY","referenceClientId":"shop-2","extendInfo":{"language":"en-US",
        "contractDesc":"Fresh Box","contractTitle":"Monthly","agreedAmount":{"currency":"IQD","value":5000000},
        "startTime":"2026-02-01","contractStatusNotifyUrl":"https://shop.example.com/hooks/contract"}}"#;
    let expected = PrepareRequest {
        contract_title: Some("Monthly".to_owned()),
        agreed_amount: Some(Money::new(5_000_000, Currency::IQD)),
        start_time: Some(jiff::civil::date(2026, 2, 1)),
        contract_status_notify_url: Some("https://shop.example.com/hooks/contract".to_owned()),
        reference_client_id: Some("shop-2".to_owned()),
        ..PrepareRequest::new(Language::EnUs, "Fresh Box")
    };
    assert_eq!(prepare(body), Ok(expected.clone()));
    assert_eq!(prepare(&text(expected.to_json())), Ok(expected), "what the SDK writes the wallet reads");
}

#[test]
fn another_scope_is_invalid_and_a_missing_one_illegal() {
    let with = |scopes: &str| {
        format!(r#"{{"scopes":{scopes},"extendInfo":"{{\"language\":\"en-US\",\"contractDesc\":\"x\"}}"}}"#)
    };
    assert_eq!(code(prepare(&with(r#""USER_INFO""#))), ResultCode::InvalidScope);
    assert_eq!(code(prepare(&with(r#""agreement_pay""#))), ResultCode::InvalidScope);
    for scopes in [r#"["AGREEMENT_PAY"]"#, "null", r#""""#, "1"] {
        assert_eq!(code(prepare(&with(scopes))), ResultCode::ParamIllegal, "{scopes}");
    }
}

#[test]
fn a_refusal_names_the_term_and_what_it_must_be() {
    let with = |extend_info: &str| {
        let body = serde_json::json!({ "scopes": "AGREEMENT_PAY", "extendInfo": extend_info }).to_string();
        prepare(&body).expect_err("refused").message
    };
    assert_eq!(
        with("not json"),
        "Illegal parameter: extendInfo must be the JSON text of an object, at most 4096 characters"
    );
    assert_eq!(with(r#"{"contractDesc":"x"}"#), "Illegal parameter: extendInfo.language must be en-US or ar-IQ");
    assert_eq!(
        with(r#"{"language":"en-US"}"#),
        "Illegal parameter: extendInfo.contractDesc must be a string of 1 to 1024 characters"
    );
    assert!(with(r#"{"language":"en-US","contractDesc":"  "}"#).contains("extendInfo.contractDesc"));
    assert!(with(&format!(r#"{{"language":"en-US","contractDesc":"{}"}}"#, "x".repeat(1025))).contains("contractDesc"));
    assert!(
        with(r#"{"language":"en-US","contractDesc":"x","agreedAmount":{"currency":"IQD","value":"0"}}"#)
            .starts_with("Illegal parameter: extendInfo.agreedAmount.value must be")
    );
    assert!(
        with(r#"{"language":"en-US","contractDesc":"x","language":"en-US"}"#).contains("extendInfo must be"),
        "a name twice in the inner text"
    );
}

#[test]
fn answers_begin_with_the_result() {
    assert_eq!(
        text(PrepareResponse::success("https://wallet.example.iq/authorize?authId=9F".to_owned()).to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"authUrl":"https://wallet.example.iq/authorize?authId=9F"}"#
    );
    let failure = Failure::from(&ApiError::new(ResultCode::InvalidScope));
    assert_eq!(
        text(failure.to_json()),
        r#"{"result":{"resultCode":"INVALID_SCOPE","resultStatus":"F","resultMessage":"The scope is not valid here. Use AGREEMENT_PAY."}}"#
    );
    let read: PrepareResponse = serde_json::from_slice(&failure.to_json()).expect("a refusal is read as any answer");
    assert_eq!((read.result().code(), read.auth_url), (Some(ResultCode::InvalidScope), None));
}

#[test]
fn apply_token_reads_both_grants() {
    let code = ApplyTokenRequest::parse(br#"{"grantType":"AUTHORIZATION_CODE","authCode":"4B7E1C09"}"#);
    assert_eq!(code, Ok(ApplyTokenRequest::for_code("4B7E1C09")));
    let refresh = ApplyTokenRequest::parse(br#"{"grantType":"REFRESH_TOKEN","refreshToken":"RT1","authCode":""}"#);
    assert_eq!(refresh, Ok(ApplyTokenRequest::for_refresh_token("RT1")));
    for request in [code, refresh].map(|request| request.expect("read")) {
        assert_eq!(ApplyTokenRequest::parse(&request.to_json()), Ok(request));
    }
}

#[test]
fn apply_token_needs_what_its_grant_exchanges() {
    let refusal = |body: &str| ApplyTokenRequest::parse(body.as_bytes()).expect_err("refused");
    assert_eq!(refusal(r#"{"grantType":"PASSWORD"}"#).code, ResultCode::AuthClientUnsupportedGrantType);
    assert_eq!(refusal(r#"{"authCode":"A"}"#).code, ResultCode::ParamIllegal);
    assert!(refusal(r#"{"grantType":"AUTHORIZATION_CODE"}"#).message.contains("authCode must be"));
    assert!(refusal(r#"{"grantType":"REFRESH_TOKEN","authCode":"A"}"#).message.contains("refreshToken must be"));
    let long = format!(r#"{{"grantType":"AUTHORIZATION_CODE","authCode":"{}"}}"#, "A".repeat(65));
    assert_eq!(refusal(&long).code, ResultCode::ParamIllegal);
}

#[test]
fn tokens_are_answered_with_their_ends_in_the_wallets_offset() {
    let end = at("2036-01-12T21:00:00Z");
    let answer = ApplyTokenResponse::success(
        ("AT1".to_owned(), end.clone()),
        ("RT1".to_owned(), end),
        CustomerId::new("216610000000812345678901"),
    );
    assert_eq!(
        text(answer.to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"accessToken":"AT1","accessTokenExpiryTime":"2036-01-13T00:00:00+03:00","refreshToken":"RT1","refreshTokenExpiryTime":"2036-01-13T00:00:00+03:00","customerId":"216610000000812345678901"}"#
    );
    assert_eq!(serde_json::from_slice::<ApplyTokenResponse>(&answer.to_json()).ok(), Some(answer));
}

#[test]
fn tokens_and_codes_are_not_shown_by_debug() {
    let answer = ApplyTokenResponse::success(
        ("SECRETA".to_owned(), at("2036-01-12T21:00:00Z")),
        ("SECRETR".to_owned(), at("2036-01-12T21:00:00Z")),
        CustomerId::new("1"),
    );
    let request = ApplyTokenRequest::for_code("SECRETC");
    let cancel = CancelTokenRequest::new("SECRETA");
    assert!(!format!("{answer:?}{request:?}{cancel:?}").contains("SECRET"));
}

#[test]
fn cancel_token_needs_its_token() {
    let request = CancelTokenRequest::parse(br#"{"accessToken":"AT1"}"#);
    assert_eq!(request, Ok(CancelTokenRequest::new("AT1")));
    assert!(CancelTokenRequest::parse(b"{}").expect_err("refused").message.contains("accessToken must be"));
    assert!(text(CancelTokenResponse::success().to_json()).starts_with(r#"{"result":{"resultCode":"SUCCESS""#));
}

#[test]
fn a_grant_is_told_apart_without_its_secret() {
    assert!(matches!(ApplyTokenRequest::for_code("x").grant, Grant::AuthorizationCode { .. }));
}
