//! The messages, one file per group of endpoints.

mod authorizations;
mod holds;
mod notifications;
mod payments;
mod refunds;
mod sending;
mod users;

use jiff::tz::TimeZone;
use mithaq_openapi::time::{WireTime, parse};
use mithaq_types::Currency;

const IQD: &[Currency] = &[Currency::IQD];

/// An instant as the wallet in Baghdad writes it.
fn at(text: &str) -> WireTime {
    WireTime::new(parse(text).expect("a time"), &TimeZone::get("Asia/Baghdad").expect("a zone"))
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}
