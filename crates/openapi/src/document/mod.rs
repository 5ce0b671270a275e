//! The API as an OpenAPI 3.1 document, built from the tables that the tests hold against the parsers and messages.
//!
//! It is made anew for each wallet, because it names the wallet's address; nothing of it is checked in.

mod answers;
mod examples;
mod notices;
mod paths;
mod requests;
mod schema;
mod shape;
#[cfg(test)]
mod tests;

use crate::Api;
use schema::{Side, reference};
use serde_json::{Map, Value, json};

/// The document of the wallet whose API is at `server_url`: the same one every time.
#[must_use]
pub fn document(server_url: &str) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Mithaq: the merchants' API",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Contracts, payments, refunds and messages of a QiCard-compatible wallet.",
            "description": DESCRIPTION,
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": server_url }],
        "tags": paths::TAGS.iter().map(|(name, about)| json!({ "name": name, "description": about })).collect::<Value>(),
        "paths": paths::paths(),
        "webhooks": paths::webhooks(),
        "components": {
            "schemas": schemas(),
            "parameters": parameters(),
            "headers": headers(),
            "responses": {
                "Incomplete": { "description": "The body did not arrive. Not signed." },
                "TooLarge": { "description": "The body is longer than 1 MiB. Not signed." },
                "Busy": { "description": "There is no room for any more calls. No body, not signed: the outcome is U." },
            },
        },
    })
}

const DESCRIPTION: &str = "\
Every call is an HTTP POST of one JSON object in UTF-8, signed by its caller; every answer is HTTP 200 and signed by the \
wallet.

**Signing.** Signed is `POST PATH\\nCLIENT_ID.TIME.BODY`: the path as it is called here, the header `Client-Id`, the \
header `Request-Time` (in answers `Response-Time`) exactly as sent, and the exact bytes of the body. The signature is \
RSASSA-PKCS1-v1_5 with SHA-256, in base64, in the header `Signature: algorithm=RSA256, keyVersion=1, signature=…`.

**Outcomes.** Branch on `result.resultStatus`. `S` done; `A` accepted, a further step is needed; `F` failed for good; `U` \
not known: repeat the same request, or inquire. No answer within 25 seconds, another status than 200 and an answer \
without a valid signature all mean `U`.

**Repeating.** The request id of a call makes it happen once: the same id with the same content answers the same, with \
other content `REPEAT_REQ_INCONSISTENT`.

**Members.** Absent, `null` and, where a member may be absent, the empty text mean the same. Unknown members are ignored. \
Lengths count characters. Objects nest at most 16 deep, a name occurs once in an object, and no text holds U+0000. Times \
are read with any offset, with `Z`, with or without fractions, and as 13 digits of epoch milliseconds.";

fn schemas() -> Value {
    let mut schemas = Map::new();
    for (name, schema) in schema::shared() {
        schemas.insert(name.to_owned(), schema);
    }
    for api in Api::ALL {
        let name = paths::schema_name(*api);
        schemas.insert(format!("{name}Request"), schema::request(&requests::of(*api)));
        let mut answer = schema::object(answers::of(*api), Side::Written);
        answer["properties"]["result"] = reference(&format!("{name}Result"));
        schemas.insert(format!("{name}Response"), answer);
        schemas.insert(format!("{name}Result"), result_schema(*api));
    }
    for notice in notices::NOTICES {
        schemas.insert(notice_schema(notice.name), schema::object(notice.members, Side::Written));
    }
    let acknowledgement = json!({
        "type": "object", "properties": { "result": reference("Result") }, "required": ["result"],
    });
    schemas.insert("Acknowledgement".to_owned(), acknowledgement);
    schemas.into()
}

/// The member `result` with no other codes than those of `api`, each with its status.
fn result_schema(api: Api) -> Value {
    let of_status = |status: &str| {
        let codes: Vec<&str> =
            paths::codes(api).filter(|code| code.status().as_str() == status).map(crate::ResultCode::as_str).collect();
        (!codes.is_empty())
            .then(|| json!({ "properties": { "resultStatus": { "const": status }, "resultCode": { "enum": codes } } }))
    };
    let each: Vec<Value> = ["S", "A", "F", "U"].into_iter().filter_map(of_status).collect();
    json!({ "allOf": [reference("Result"), { "anyOf": each }] })
}

/// `paymentNotify` → `PaymentNotification`.
fn notice_schema(name: &str) -> String {
    let mut letters = name.trim_end_matches("Notify").chars();
    let first = letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string());
    format!("{first}{}Notification", letters.as_str())
}

fn parameters() -> Value {
    let header = |name: &str, schema: Value, about: &str, example: &str| {
        json!({
            "name": name, "in": "header", "required": true, "description": about, "schema": schema, "example": example,
        })
    };
    json!({
        "ClientId": header("Client-Id", json!({ "type": "string" }), "The merchant's id.", "2188000000000001"),
        "RequestTime": header(
            "Request-Time",
            json!({ "type": "string", "format": "date-time" }),
            "When the request was signed. Must be near the wallet's clock.",
            "2026-01-15T10:20:30+03:00",
        ),
        "Signature": header(
            "Signature",
            json!({ "type": "string" }),
            "The signature over method, path, Client-Id, Request-Time and body.",
            "algorithm=RSA256, keyVersion=1, signature=Zm9v",
        ),
    })
}

fn headers() -> Value {
    let header = |schema: Value, about: &str| json!({ "required": true, "description": about, "schema": schema });
    json!({
        "ClientId": header(json!({ "type": "string" }), "The merchant's id, as it was sent."),
        "ResponseTime": header(json!({ "type": "string", "format": "date-time" }), "When the answer was signed."),
        "Signature": header(
            json!({ "type": "string", "pattern": "^algorithm=RSA256, keyVersion=[0-9]+, signature=.+$" }),
            "The wallet's signature over method, path, Client-Id, Response-Time and body.",
        ),
        "TraceId": header(json!({ "type": "string", "pattern": "^[A-Za-z0-9]{1,64}$" }), "Names this exchange, for support."),
    })
}
