//! The document against the code: neither may know a member, a limit or a code that the other does not.

mod bodies;
mod candidates;
mod messages;
mod validator;

use super::document;
use crate::{Api, CATALOGUE, ResultCode};
use serde_json::Value;
use std::collections::BTreeSet;

fn made() -> Value {
    document("https://wallet.example.iq")
}

#[test]
fn every_path_and_alias_is_in_it_and_nothing_else() {
    let document = made();
    let paths = document["paths"].as_object().expect("paths");
    let listed: BTreeSet<&str> = paths.keys().map(String::as_str).collect();
    let known = Api::ALL.iter().flat_map(|api| api.aliases().iter().copied().chain([api.path()])).collect();
    assert_eq!(listed, known);
    assert!(paths.values().all(|path| path.as_object().is_some_and(|methods| methods.keys().eq(["post"]))));
    assert_eq!(document["servers"][0]["url"], "https://wallet.example.iq");
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let document = made();
    let names: Vec<&str> = ["paths", "webhooks"]
        .iter()
        .flat_map(|part| document[part].as_object().expect("operations").values())
        .map(|path| path["post"]["operationId"].as_str().expect("a name"))
        .collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
}

#[test]
fn every_code_of_an_endpoint_is_listed_with_status_and_message() {
    let document = made();
    for api in Api::ALL {
        let listed = document["paths"][api.path()]["post"]["x-result-codes"].as_array().expect("codes");
        let codes: Vec<ResultCode> = super::paths::codes(*api).collect();
        assert_eq!(listed.len(), codes.len());
        for (entry, code) in listed.iter().zip(codes) {
            assert_eq!(entry["resultCode"], code.as_str());
            assert_eq!(entry["resultStatus"], code.status().as_str());
            assert_eq!(entry["resultMessage"], code.message());
        }
    }
}

#[test]
fn every_code_of_the_catalogue_is_said_by_somebody() {
    // In a merchant's acknowledgement; in notifications and as the reason of a failure.
    let elsewhere = [ResultCode::SystemError, ResultCode::OrderIsClosed];
    for entry in CATALOGUE {
        let said = Api::ALL.iter().any(|api| super::paths::codes(*api).any(|code| code == entry.code));
        assert!(said || elsewhere.contains(&entry.code), "{} is of no endpoint", entry.wire);
    }
}

#[test]
fn an_answer_has_the_codes_of_its_endpoint_each_with_its_status() {
    let document = made();
    let result = |code: &str, status: &str| serde_json::json!({ "result": { "resultCode": code, "resultStatus": status, "resultMessage": "x" } });
    let fits = |api: &str, answer: &Value| validator::errors(&document, &super::reference(api), answer).is_empty();
    assert!(fits("RefundResponse", &result("REFUND_IN_PROCESS", "U")));
    assert!(!fits("RefundResponse", &result("REFUND_IN_PROCESS", "F")), "the wrong status");
    assert!(!fits("RefundResponse", &result("INVALID_SCOPE", "F")), "a code of another endpoint");
    assert!(!fits("RefundResponse", &serde_json::json!({})));
}

#[test]
fn it_is_the_same_every_time_and_every_reference_leads_somewhere() {
    let document = made();
    assert_eq!(document.to_string(), made().to_string());
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(target) = members.get("$ref").and_then(Value::as_str) {
                    let pointer = target.strip_prefix('#').expect("inside the document");
                    assert!(document.pointer(pointer).is_some(), "{target}");
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}
