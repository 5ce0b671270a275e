//! The answer to a call, in the one shape that every client reads (spec/alipay-agreement.md 1.4): the business object first and
//! as it was signed, `sign` last, and no brace inside a text.

use serde::Serialize;

/// The name under which a method's answer stands: `alipay_trade_pay_response`. For what is no method: `error_response`.
#[must_use]
pub fn root_of(method: Option<&str>) -> String {
    match method {
        Some(method) => format!("{}_response", method.replace('.', "_")),
        None => "error_response".to_owned(),
    }
}

/// The business object as it is signed and sent: compact, and with braces inside texts escaped, because two clients find its
/// end by counting them. Nothing if it cannot be written.
#[must_use]
pub fn business_object(object: &impl Serialize) -> Option<String> {
    let plain = serde_json::to_string(object).ok()?;
    let mut written = String::with_capacity(plain.len());
    let (mut in_text, mut escaped) = (false, false);
    for character in plain.chars() {
        match character {
            '{' if in_text => written.push_str("\\u007b"),
            '}' if in_text => written.push_str("\\u007d"),
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
        let object = json!({"sub_msg": "a } b { c \\ \" } d", "code": "40004", "list": [{"x": "{"}]});
        let written = business_object(&object).unwrap();
        assert_eq!(written.matches('{').count(), 2, "{written}");
        assert_eq!(written.matches('}').count(), 2, "{written}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), object);
    }

    #[test]
    fn the_object_comes_first_and_the_signature_last() {
        let object = business_object(&json!({"code": "10000"})).unwrap();
        let root = root_of(Some("alipay.trade.pay"));
        let plain = envelope(&root, &object, None, Some("abc="));
        assert_eq!(plain, r#"{"alipay_trade_pay_response":{"code":"10000"},"sign":"abc="}"#);
        let with_certificate = envelope(&root, &object, Some("42aa"), Some("abc="));
        assert!(with_certificate.ends_with(r#","alipay_cert_sn":"42aa","sign":"abc="}"#));
        assert_eq!(envelope(&root_of(None), &object, None, None), r#"{"error_response":{"code":"10000"}}"#);
    }
}
