//! The answer to a call, in the one shape that every client reads (spec/alipay-agreement.md 1.4): the business object first and
//! as it was signed, `sign` last, and no brace inside a text.

use crate::{Code, Method};
use serde::Serialize;

/// The name under which an answer stands: `alipay_trade_pay_response`. `error_response` where the method is missing or unknown,
/// and for a failure of the OAuth method.
#[must_use]
pub fn root_of(method: Option<Method>, is_failure: bool) -> String {
    match method {
        Some(Method::OauthToken) if is_failure => "error_response".to_owned(),
        Some(method) => format!("{}_response", method.name().replace('.', "_")),
        None => "error_response".to_owned(),
    }
}

/// An answer that worked: `code` 10000 and `msg` before its own members. The OAuth method's has neither.
#[derive(Debug, Serialize)]
pub struct Answered<T> {
    code: &'static str,
    msg: &'static str,
    #[serde(flatten)]
    answer: T,
}

impl<T: Serialize> Answered<T> {
    /// 10000: it worked.
    pub const fn success(answer: T) -> Self {
        Self { code: Code::Success.wire(), msg: Code::Success.msg(), answer }
    }

    /// 10003: the trade exists, and its result comes later.
    pub const fn waiting(answer: T) -> Self {
        Self { code: Code::Waiting.wire(), msg: Code::Waiting.msg(), answer }
    }
}

/// The business object as it is signed and sent: compact, and without a brace or a `<` inside texts. Two clients find the end of
/// the object by counting braces; and the answer's content type is HTML, so that a text of the caller's must not become markup
/// where a browser shows it. Nothing if the object cannot be written.
#[must_use]
pub fn business_object(object: &impl Serialize) -> Option<String> {
    let plain = serde_json::to_string(object).ok()?;
    let mut written = String::with_capacity(plain.len());
    let (mut in_text, mut escaped) = (false, false);
    for character in plain.chars() {
        match character {
            '{' if in_text => written.push_str("\\u007b"),
            '}' if in_text => written.push_str("\\u007d"),
            '<' if in_text => written.push_str("\\u003c"),
            other => written.push(other),
        }
        match character {
            '"' if !escaped => in_text = !in_text,
            _ => {}
        }
        escaped = in_text && character == '\\' && !escaped;
    }
    Some(written)
}

/// The whole answer. `object` is what [`business_object`] made, `sign` is over exactly that; in certificate mode the serial
/// number of the wallet's certificate stands between them.
#[must_use]
pub fn envelope(root: &str, object: &str, certificate: Option<&str>, sign: Option<&str>) -> String {
    let certificate = certificate.map(|number| format!(",\"alipay_cert_sn\":\"{number}\"")).unwrap_or_default();
    let sign = sign.map(|sign| format!(",\"sign\":\"{sign}\"")).unwrap_or_default();
    format!("{{\"{root}\":{object}{certificate}{sign}}}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_brace_inside_a_text_does_not_stand_there_as_one_and_reads_as_before() {
        let object = json!({"sub_msg": "a } b { c \\ \" } <script> d", "code": "40004", "list": [{"x": "{"}]});
        let written = business_object(&object).unwrap();
        assert_eq!(written.matches('{').count(), 2, "{written}");
        assert_eq!(written.matches('}').count(), 2, "{written}");
        assert!(!written.contains('<'), "{written}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), object);
    }

    #[test]
    fn the_object_comes_first_and_the_signature_last() {
        let object = business_object(&json!({"code": "10000"})).unwrap();
        let root = root_of(Some(Method::TradePay), true);
        let plain = envelope(&root, &object, None, Some("abc="));
        assert_eq!(plain, r#"{"alipay_trade_pay_response":{"code":"10000"},"sign":"abc="}"#);
        let with_certificate = envelope(&root, &object, Some("42aa"), Some("abc="));
        assert!(with_certificate.ends_with(r#","alipay_cert_sn":"42aa","sign":"abc="}"#));
        assert_eq!(envelope(&root_of(None, true), &object, None, None), r#"{"error_response":{"code":"10000"}}"#);
    }

    #[test]
    fn the_oauth_methods_failures_stand_under_another_name_than_its_tokens() {
        assert_eq!(root_of(Some(Method::OauthToken), true), "error_response");
        assert_eq!(root_of(Some(Method::OauthToken), false), "alipay_system_oauth_token_response");
        assert_eq!(root_of(Some(Method::PageSign), true), "alipay_user_agreement_page_sign_response");
    }

    #[test]
    fn code_and_msg_come_before_the_answers_own_members() {
        let object = business_object(&Answered::success(json!({"agreement_no": "1"}))).unwrap();
        assert_eq!(object, r#"{"code":"10000","msg":"Success","agreement_no":"1"}"#);
        let waiting = business_object(&Answered::waiting(json!({}))).unwrap();
        assert_eq!(waiting, r#"{"code":"10003","msg":"order success pay inprocess"}"#);
    }
}
