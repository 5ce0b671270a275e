//! Answers and notices: what the code writes fits the document, and all that the document lists is written.

use super::super::shape::{Member, Shape};
use super::super::{answers, examples, notices, paths, reference};
use super::{made, validator};
use crate::Api;
use crate::messages::{ContractEnd, ContractStatus, OperationStatus, PaymentStatus, TransactionType, VoidSource};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;

/// The paths of members, at every depth, but those of `result` and of amounts, which all messages share.
fn listed(members: &'static [Member], above: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for member in members {
        let path = format!("{above}{}", member.name);
        match member.shape {
            Shape::Object(inner) | Shape::List(inner, _) => paths.extend(listed(inner, &format!("{path}."))),
            _ => {}
        }
        paths.insert(path);
    }
    paths
}

fn written(value: &Value, above: &str, paths: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let path = format!("{above}{name}");
                let is_shared = member.get("resultCode").is_some() || member.get("currency").is_some();
                if !is_shared {
                    written(member, &format!("{path}."), paths);
                }
                paths.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| written(item, above, paths)),
        _ => {}
    }
}

fn hold(document: &Value, schema: &str, members: &'static [Member], messages: Vec<examples::Example>) {
    let mut paths = BTreeSet::new();
    for (name, message) in messages {
        assert_eq!(validator::errors(document, &reference(schema), &message), Vec::<String>::new(), "{schema} {name}");
        written(&message, "", &mut paths);
    }
    assert_eq!(paths, listed(members, ""), "{schema}");
}

#[test]
fn answers_are_written_as_the_document_says() {
    let document = made();
    for api in Api::ALL {
        let schema = format!("{}Response", paths::schema_name(*api));
        let mut messages = examples::answers(*api);
        if *api == Api::InquiryRefund {
            let mut failed = messages[0].1.clone();
            failed["refundStatus"] = "FAIL".into();
            failed["refundFailReason"] = "REFUND_WINDOW_EXCEED".into();
            messages.push(("failed", failed));
        }
        hold(&document, &schema, answers::of(*api), messages);
    }
}

#[test]
fn notices_are_written_as_the_document_says() {
    let document = made();
    for notice in notices::NOTICES {
        hold(&document, &super::super::notice_schema(notice.name), notice.members, examples::notices(notice.name));
    }
    let acknowledged = examples::acknowledgement();
    assert!(validator::errors(&document, &reference("Acknowledgement"), &acknowledged).is_empty());
}

/// Each word is one that the code knows, and writes as it was.
fn known<T: DeserializeOwned + Serialize>(words: &[&str]) {
    for word in words {
        let read: T = serde_json::from_value((*word).into()).expect("a word");
        assert_eq!(serde_json::to_value(read).ok(), Some(Value::from(*word)));
    }
}

#[test]
fn the_words_are_those_of_the_code() {
    known::<PaymentStatus>(answers::PAYMENT_STATUSES);
    known::<OperationStatus>(answers::OPERATION_STATUSES);
    known::<TransactionType>(answers::TRANSACTION_TYPES);
    known::<VoidSource>(notices::VOID_SOURCES);
    known::<ContractStatus>(notices::CONTRACT_STATUSES);
    known::<ContractEnd>(notices::CONTRACT_ENDS);
}
