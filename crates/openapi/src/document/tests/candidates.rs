//! Values to try for a member, made from what the document says of it: just right, just too much, of another kind.

use super::validator::resolve;
use serde_json::{Map, Value, json};

/// What may or may not be taken for `schema`; which of them it takes, the validator says.
pub fn values(document: &Value, schema: &Value) -> Vec<Value> {
    let schema = resolve(document, schema);
    let mut values =
        vec![json!(7), json!(-1), json!(1.5), json!(true), json!([1]), json!({}), json!("nothing of this")];
    if let Some(words) = schema["enum"].as_array() {
        values.extend(words.iter().cloned());
    }
    if let Some(alternatives) = schema["anyOf"].as_array() {
        values.extend(alternatives.iter().flat_map(|alternative| self::values(document, alternative)));
    }
    match schema["type"].as_str() {
        Some("string") => values.extend(texts(document, schema)),
        Some("integer") => {
            let max = schema["maximum"].as_u64().expect("a maximum");
            values.extend([json!(0), json!(1), json!(max), json!(max + 1)]);
        }
        Some("object") => values.push(object(document, schema)),
        Some("array") => {
            let item = object(document, &schema["items"]);
            let max = usize::try_from(schema["maxItems"].as_u64().expect("a maximum")).expect("small");
            values.extend([0, 1, max, max + 1].map(|count| vec![item.clone(); count].into()));
        }
        _ => {}
    }
    values
}

/// A value that `schema` takes: of an object all its members.
fn good(document: &Value, schema: &Value) -> Option<Value> {
    let fits = |value: &Value| super::validator::errors(document, schema, value).is_empty();
    values(document, schema).into_iter().rev().find(fits)
}

fn object(document: &Value, schema: &Value) -> Value {
    let members = schema["properties"].as_object().cloned().unwrap_or_default();
    let each = members.iter().filter_map(|(name, member)| Some((name.clone(), good(document, member)?)));
    each.collect::<Map<String, Value>>().into()
}

fn texts(document: &Value, schema: &Value) -> Vec<Value> {
    if schema["contentSchema"].is_object() {
        return vec![object(document, &schema["contentSchema"]).to_string().into(), "{}".into()];
    }
    let max = schema["maxLength"].as_u64().map(|max| usize::try_from(max).expect("small"));
    match (schema["format"].as_str(), schema["pattern"].as_str()) {
        (Some("date-time"), _) => {
            ["2036-01-15T10:20:30+03:00", "2036-01-15T07:20:30.757Z", "2036-01-15"].map(Value::from).to_vec()
        }
        (Some("date"), _) => ["2036-01-15", "2036-13-15", "15.1.2036"].map(Value::from).to_vec(),
        (Some("uri"), _) => {
            let url = |length: usize| Value::from(format!("{:x<length$}", "https://shop.example.com/"));
            let max = max.expect("a maximum");
            vec![url(30), url(max), url(max + 1), "mini://x".into(), "/n".into(), "https://a b".into()]
        }
        (None, Some(pattern)) if pattern.starts_with("^[1-9]") => {
            ["1", "9999999999999999", "10000000000000000", "0", "01", "1.0", "+1"].map(Value::from).to_vec()
        }
        (None, Some("^[A-Z]{3}$")) => ["iqd", "IQ", "IQDD", "IQD"].map(Value::from).to_vec(),
        (None, Some(_)) => {
            let max = max.expect("a maximum");
            vec!["a b".into(), "ا".into(), "x".repeat(max + 1).into(), "x".repeat(max).into()]
        }
        _ => max
            .into_iter()
            .flat_map(|max| ["".to_owned(), "ا".repeat(max + 1), "ا".repeat(max)].map(Value::from))
            .collect(),
    }
}
