//! Tables of members as JSON Schema.

use super::shape::{Member, Request, Shape, When};
use serde_json::{Map, Value, json};

/// What ids that merchants make are made of.
pub const ID_PATTERN: &str = "^[A-Za-z0-9_.:-]+$";
/// The minor units of an amount as text.
pub const VALUE_PATTERN: &str = "^[1-9][0-9]{0,15}$";
/// A currency's code.
pub const CURRENCY_PATTERN: &str = "^[A-Z]{3}$";
/// The beginning of a URL.
pub const URL_PATTERN: &str = "^https?://[^\\s]+$";

/// Which way a message goes: what is read is read generously, what is written has one form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A merchant writes it.
    Given,
    /// The wallet writes it.
    Written,
}

/// A reference to a schema of the document.
pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The body of a request.
pub fn request(request: &Request) -> Value {
    let mut schema = object(request.members, Side::Given);
    let either = request.either.iter().map(|(one, other)| json!({ "anyOf": [at(one, given()), at(other, given())] }));
    let rules: Vec<Value> = either.chain(request.when.iter().map(rule)).collect();
    if !rules.is_empty() {
        schema["allOf"] = rules.into();
    }
    schema
}

/// An object with these members and perhaps others, which are ignored.
pub fn object(members: &[Member], side: Side) -> Value {
    let properties: Map<String, Value> =
        members.iter().map(|member| (member.name.to_owned(), property(member, side))).collect();
    let required: Vec<&str> = members.iter().filter(|member| member.required).map(|member| member.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

fn property(member: &Member, side: Side) -> Value {
    let mut schema = shape(member.shape, side);
    // An empty text counts as none.
    if side == Side::Given && member.required && schema["type"] == "string" && schema.get("enum").is_none() {
        schema["minLength"] = 1.into();
    }
    schema["description"] = member.about.into();
    schema
}

fn shape(shape: Shape, side: Side) -> Value {
    match shape {
        Shape::Text(max) => json!({ "type": "string", "maxLength": max }),
        Shape::Id(max) => json!({ "type": "string", "maxLength": max, "pattern": ID_PATTERN }),
        Shape::Word(words) => json!({ "type": "string", "enum": words }),
        Shape::Flag => json!({ "enum": [true, false, "true", "false"] }),
        Shape::Only(flag) => json!({ "enum": [flag, flag.to_string()] }),
        Shape::Amount if side == Side::Given => reference("AmountGiven"),
        Shape::Amount => reference("Amount"),
        Shape::Instant => json!({ "type": "string", "format": "date-time" }),
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::HttpUrl(max) => {
            json!({ "type": "string", "format": "uri", "maxLength": max, "pattern": URL_PATTERN })
        }
        Shape::ExtendInfo => json!({ "anyOf": [{ "type": "string", "maxLength": 4096 }, { "type": "object" }] }),
        Shape::Result => reference("Result"),
        Shape::Object(members) => object(members, side),
        Shape::JsonText(members, max) => {
            let inner = object(members, side);
            let text = json!({
                "type": "string",
                "minLength": 1,
                "maxLength": max,
                "contentMediaType": "application/json",
                "contentSchema": inner,
            });
            json!({ "anyOf": [text, inner] })
        }
        Shape::List(members, max) if side == Side::Given => {
            json!({ "type": "array", "items": object(members, side), "minItems": 1, "maxItems": max })
        }
        Shape::List(members, max) => json!({ "type": "array", "items": object(members, side), "maxItems": max }),
    }
}

fn rule(rule: &When) -> Value {
    let mut decides: Vec<Value> = rule.values.iter().map(|value| Value::from(*value)).collect();
    let flags = rule.values.iter().filter_map(|value| value.parse::<bool>().ok());
    decides.extend(flags.map(Value::from));
    let then = if rule.one_of.is_empty() { given() } else { json!({ "enum": rule.one_of }) };
    json!({ "if": at(rule.path, json!({ "enum": decides })), "then": at(rule.then, then) })
}

/// Anything but an empty text, which counts as none.
fn given() -> Value {
    json!({ "minLength": 1 })
}

/// `schema` for what lies at `path`, which must be there. Objects on the way may be absent only together with what
/// stands for them (see [`Request::either`]).
fn at(path: &str, schema: Value) -> Value {
    match path.split_once('.') {
        None => json!({ "required": [path], "properties": { path: schema } }),
        Some((first @ "order", rest)) => json!({ "properties": { first: at(rest, schema) } }),
        Some((first, rest)) => json!({ "required": [first], "properties": { first: at(rest, schema) } }),
    }
}

/// The schemas that all messages share.
pub fn shared() -> [(&'static str, Value); 3] {
    let value = json!({ "type": "string", "pattern": VALUE_PATTERN });
    let number = json!({ "type": "integer", "minimum": 1, "maximum": 9_999_999_999_999_999_u64 });
    let currency = json!({
        "type": "string", "pattern": CURRENCY_PATTERN, "description": "ISO 4217. A currency that the wallet takes: IQD.",
    });
    let amount = |value: Value, about: &str| {
        json!({
            "type": "object",
            "description": about,
            "properties": { "currency": currency, "value": value },
            "required": ["currency", "value"],
        })
    };
    let about = "Money in minor units: for IQD fils, 1000 to the dinar. 5,000 IQD are written \"5000000\".";
    let result = json!({
        "type": "object",
        "description": "How a call ended.",
        "properties": {
            "resultCode": { "type": "string", "maxLength": 64, "description": "For machines." },
            "resultStatus": {
                "enum": ["S", "F", "U", "A"],
                "description": "S done, F failed for good, U not known: repeat or inquire, A a further step is needed.",
            },
            "resultMessage": { "type": "string", "maxLength": 256, "description": "For people; never to be parsed." },
        },
        "required": ["resultCode", "resultStatus", "resultMessage"],
    });
    let given = format!("{about} A number is read, too.");
    [
        ("Amount", amount(value.clone(), about)),
        ("AmountGiven", amount(json!({ "anyOf": [value, number] }), &given)),
        ("Result", result),
    ]
}
