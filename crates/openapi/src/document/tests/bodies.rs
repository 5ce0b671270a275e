//! Requests: the real parsers take what the document takes, refuse what it refuses, and read no other members.

use super::super::shape::{Member, Request, Shape};
use super::super::{examples, requests};
use super::{candidates, made, validator};
use crate::json::seen;
use crate::messages::{
    AccessTokenRequest, ApplyTokenRequest, CancelRequest, CancelTokenRequest, CaptureRequest, ConfirmRequest,
    InquiryPaymentRequest, InquiryRefundRequest, MerchantAcceptRequest, MessageChannel, PayRequest, PrepareRequest,
    RefundRequest, SendMessageRequest, VoidRequest,
};
use crate::{Api, ApiError, ResultCode};
use mithaq_types::Currency;
use serde_json::Value;
use std::collections::BTreeSet;

/// What the wallet does with a body.
fn parse(api: Api, body: &Value) -> Result<(), ApiError> {
    const IQD: &[Currency] = &[Currency::IQD];
    let bytes = body.to_string().into_bytes();
    match api {
        Api::Prepare => PrepareRequest::parse(&bytes, IQD).map(drop),
        Api::ApplyToken => ApplyTokenRequest::parse(&bytes).map(drop),
        Api::CancelToken => CancelTokenRequest::parse(&bytes).map(drop),
        Api::InquiryUserInfo | Api::InquiryUserCardList | Api::InquiryUserAccountList | Api::InquiryMerchantInfo => {
            AccessTokenRequest::parse(&bytes).map(drop)
        }
        Api::Pay => PayRequest::parse(&bytes, IQD).map(drop),
        Api::InquiryPayment => InquiryPaymentRequest::parse(&bytes).map(drop),
        Api::Cancel => CancelRequest::parse(&bytes).map(drop),
        Api::Capture => CaptureRequest::parse(&bytes, IQD).map(drop),
        Api::Void => VoidRequest::parse(&bytes, IQD).map(drop),
        Api::MerchantAccept => MerchantAcceptRequest::parse(&bytes).map(drop),
        Api::Confirm => ConfirmRequest::parse(&bytes).map(drop),
        Api::Refund => RefundRequest::parse(&bytes, IQD).map(drop),
        Api::InquiryRefund => InquiryRefundRequest::parse(&bytes).map(drop),
        Api::SendInbox => SendMessageRequest::parse(&bytes, MessageChannel::Inbox).map(drop),
        Api::SendPush => SendMessageRequest::parse(&bytes, MessageChannel::Push).map(drop),
    }
}

/// Members by their path (`order.buyer.referenceBuyerId`), at every depth.
fn members(members: &'static [Member], above: &str) -> Vec<(String, &'static Member)> {
    let inside = |member: &'static Member| {
        let path = format!("{above}{}", member.name);
        let inner = match member.shape {
            Shape::Object(inner) | Shape::JsonText(inner, _) => self::members(inner, &format!("{path}.")),
            Shape::List(inner, _) => self::members(inner, &format!("{path}[0].")),
            _ => Vec::new(),
        };
        std::iter::once((path, member)).chain(inner)
    };
    members.iter().flat_map(inside).collect()
}

/// The place of a member in a body; objects on the way are made, and JSON texts replaced by their objects.
fn place<'a>(body: &'a mut Value, path: &str) -> &'a mut Value {
    path.split('.').fold(body, |inside, name| {
        if let Some(parsed) = inside.as_str().and_then(|text| serde_json::from_str(text).ok()) {
            *inside = parsed;
        }
        match name.strip_suffix("[0]") {
            Some(list) => &mut inside[list][0],
            None => &mut inside[name],
        }
    })
}

/// Bodies in which what is at `path` matters: examples with it or, if there is none, all of them, without the member
/// that would stand for it.
fn bodies(api: Api, request: &Request, path: &str) -> Vec<Value> {
    let top = path.split(['.', '[']).next().expect("a name");
    let all: Vec<Value> = examples::requests(api).into_iter().map(|(_, body)| body).collect();
    let with_it: Vec<Value> = all.iter().filter(|body| body.get(top).is_some()).cloned().collect();
    let mut bodies = if with_it.is_empty() { all } else { with_it };
    for (one, other) in request.either {
        let rival = if top == *one { other } else { one };
        if top == *one || top == *other {
            bodies.iter_mut().for_each(|body| drop(body.as_object_mut().expect("an object").remove(*rival)));
            // What the rival's place needs depends on the product; one without a cashier asks least.
            bodies.truncate(1);
        }
    }
    bodies
}

fn schema_at<'a>(document: &'a Value, api: Api, path: &str) -> &'a Value {
    let name = format!("{}Request", super::super::paths::schema_name(api));
    path.split('.').fold(&document["components"]["schemas"][name], |schema, name| {
        let object = schema["anyOf"].as_array().map_or(schema, |alternatives| &alternatives[1]);
        let member = &object["properties"][name.trim_end_matches("[0]")];
        if name.ends_with("[0]") { &member["items"] } else { member }
    })
}

/// Both must agree about `body`.
fn agree(document: &Value, api: Api, body: &Value, path: &str) {
    let name = format!("{}Request", super::super::paths::schema_name(api));
    let errors = validator::errors(document, &super::super::reference(&name), body);
    let parsed = parse(api, body);
    let shown: String = body.to_string().chars().take(600).collect();
    assert_eq!(errors.is_empty(), parsed.is_ok(), "{name} {path}: {errors:?} against {parsed:?} of {shown}");
    if let Err(error) = parsed {
        let own = [
            ResultCode::InvalidScope,
            ResultCode::AuthClientUnsupportedGrantType,
            ResultCode::TemplateNotExist,
            ResultCode::CurrencyNotSupport,
        ];
        assert!(error.code == ResultCode::ParamIllegal || own.contains(&error.code), "{error}");
        // The member itself is named, or one of a rule between members.
        let request = requests::of(api);
        let of_rules = request.when.iter().flat_map(|rule| [rule.path, rule.then]);
        let of_pairs = request.either.iter().flat_map(|(one, other)| [*one, *other]);
        let mut names = of_rules.chain(of_pairs).chain([path]).filter_map(|path| path.rsplit('.').next());
        let named = names.any(|name| error.message.contains(name.trim_end_matches("[0]")));
        assert!(named || error.code != ResultCode::ParamIllegal, "{path} is not named by {error}");
    }
}

#[test]
fn every_example_is_taken() {
    let document = made();
    for api in Api::ALL {
        for (name, body) in examples::requests(*api) {
            assert_eq!(parse(*api, &body), Ok(()), "{} {name}", api.path());
            agree(&document, *api, &body, name);
        }
    }
}

#[test]
fn parser_and_document_agree_about_every_member() {
    let document = made();
    let mut tried = 0;
    for api in Api::ALL {
        let request = requests::of(*api);
        for (path, _) in members(request.members, "") {
            let candidates = candidates::values(&document, schema_at(&document, *api, &path));
            for base in bodies(*api, &request, &path) {
                for candidate in &candidates {
                    let mut body = base.clone();
                    *place(&mut body, &path) = candidate.clone();
                    agree(&document, *api, &body, &path);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1000, "{tried}");
}

#[test]
fn a_member_can_be_left_out_unless_the_document_requires_it() {
    let document = made();
    for api in Api::ALL {
        let request = requests::of(*api);
        for (path, member) in members(request.members, "") {
            for base in bodies(*api, &request, &path) {
                let (above, name) = path.rsplit_once('.').unwrap_or(("", &path));
                let mut without = base.clone();
                let object = if above.is_empty() { &mut without } else { place(&mut without, above) };
                let Some(object) = object.as_object_mut() else { continue };
                object.remove(name);
                agree(&document, *api, &without, &path);
                // Null and, where it may be absent, the empty text mean the same as nothing.
                let expected = parse(*api, &without);
                for nothing in [Value::Null, Value::from("")] {
                    let mut body = base.clone();
                    *place(&mut body, &path) = nothing.clone();
                    assert_eq!(parse(*api, &body), expected, "{} {path} {nothing}", api.path());
                    assert!(!member.required || expected.is_err(), "{} {path}", api.path());
                }
            }
        }
    }
}

#[test]
fn the_parsers_read_the_members_of_the_document_and_no_others() {
    let document = made();
    for api in Api::ALL {
        let request = requests::of(*api);
        let mut listed = BTreeSet::new();
        let _ = seen::take();
        for (path, member) in members(request.members, "") {
            let candidates = candidates::values(&document, schema_at(&document, *api, &path));
            for base in bodies(*api, &request, &path) {
                for candidate in &candidates {
                    let mut body = base.clone();
                    *place(&mut body, &path) = candidate.clone();
                    let _ = parse(*api, &body);
                }
            }
            if matches!(member.shape, Shape::Amount) {
                listed.extend([format!("{path}.currency"), format!("{path}.value")]);
            }
            listed.insert(path);
        }
        let in_lists = |name: &String| (1..5).any(|index| name.contains(&format!("[{index}]")));
        let read: BTreeSet<String> = seen::take().into_iter().filter(|name| !in_lists(name)).collect();
        assert_eq!(read, listed, "{}", api.path());
    }
}
