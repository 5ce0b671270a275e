//! JSON Schema, as far as the document uses it. A keyword it does not know is an error of the test.

use super::super::schema::{CURRENCY_PATTERN, ID_PATTERN, URL_PATTERN, VALUE_PATTERN};
use serde_json::Value;

/// What of `value` breaks `schema`, by place.
pub fn errors(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut errors = Vec::new();
    check(document, schema, value, "", &mut errors);
    errors
}

/// The schema itself, if it only refers to another one.
pub fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(target) => document.pointer(target.trim_start_matches('#')).expect("a schema"),
        None => schema,
    }
}

fn check(document: &Value, schema: &Value, value: &Value, place: &str, errors: &mut Vec<String>) {
    let fits = |schema: &Value, value: &Value| super::validator::errors(document, schema, value).is_empty();
    for (keyword, rule) in schema.as_object().expect("a schema") {
        let holds = match keyword.as_str() {
            "$ref" => {
                check(document, resolve(document, schema), value, place, errors);
                true
            }
            "properties" => {
                for (name, inner) in rule.as_object().expect("properties") {
                    if let Some(member) = value.get(name) {
                        check(document, inner, member, &format!("{place}.{name}"), errors);
                    }
                }
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(document, rule, item, &format!("{place}[{index}]"), errors);
                }
                true
            }
            "allOf" => {
                rule.as_array().expect("rules").iter().for_each(|rule| check(document, rule, value, place, errors));
                true
            }
            "anyOf" => rule.as_array().expect("schemas").iter().any(|schema| fits(schema, value)),
            "if" => !fits(rule, value) || fits(&schema["then"], value),
            "then" | "description" => true,
            "type" => is_a(rule.as_str().expect("a type"), value),
            "required" => {
                let names = rule.as_array().expect("names");
                !value.is_object() || names.iter().all(|name| value.get(name.as_str().expect("a name")).is_some())
            }
            "enum" => rule.as_array().expect("values").contains(value),
            "const" => rule == value,
            "minimum" => value.as_u64().is_none_or(|number| number >= number_of(rule)),
            "maximum" => value.as_u64().is_none_or(|number| number <= number_of(rule)),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= number_of(rule)),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= number_of(rule)),
            "minLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 >= number_of(rule)),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 <= number_of(rule)),
            "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().expect("a pattern"), text)),
            "format" => value.as_str().is_none_or(|text| has_format(rule.as_str().expect("a format"), text)),
            "contentMediaType" => true,
            "contentSchema" => value
                .as_str()
                .is_none_or(|text| serde_json::from_str(text).is_ok_and(|inner: Value| fits(rule, &inner))),
            keyword => panic!("the validator does not know {keyword}"),
        };
        if !holds {
            errors.push(format!("{place}: {keyword}"));
        }
    }
}

fn number_of(rule: &Value) -> u64 {
    rule.as_u64().expect("a number")
}

fn is_a(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        name => panic!("the validator does not know the type {name}"),
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    let all = |fits: fn(u8) -> bool| !text.is_empty() && text.bytes().all(fits);
    match pattern {
        ID_PATTERN => all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte)),
        VALUE_PATTERN => all(|byte| byte.is_ascii_digit()) && text.len() <= 16 && !text.starts_with('0'),
        CURRENCY_PATTERN => all(|byte| byte.is_ascii_uppercase()) && text.len() == 3,
        URL_PATTERN => {
            let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
        }
        pattern => panic!("the validator does not know the pattern {pattern}"),
    }
}

fn has_format(format: &str, text: &str) -> bool {
    match format {
        "date-time" => text.contains('T') && text.parse::<mithaq_types::Timestamp>().is_ok(),
        "date" => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
        "uri" => url::Url::parse(text).is_ok(),
        format => panic!("the validator does not know the format {format}"),
    }
}
