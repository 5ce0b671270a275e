//! The methods' messages: what is taken, what is refused and by which member, and how answers are written
//! (spec/alipay-agreement.md part 2).

mod agreements;
mod answers;
mod oauth;
mod signing;
mod trades;

use mithaq_alipay::json::ContentError;
use mithaq_types::{Currency, Money};

fn cny() -> Currency {
    Currency::parse("CNY").expect("known")
}

fn yuan(minor: i64) -> Money {
    Money::new(minor, cny())
}

/// A content with some members replaced, added, or (with `null`) left out.
fn content(right: &[(&str, &str)], changes: &[(&str, &str)]) -> String {
    let mut members: Vec<(&str, &str)> = right.to_vec();
    for (name, value) in changes {
        members.retain(|(known, _)| known != name);
        members.push((name, value));
    }
    let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

/// A JSON text of so many letters.
fn letters(count: usize) -> String {
    format!("\"{}\"", "a".repeat(count))
}

/// Every case names the member that it breaks; the last part is the sub-code where it is not the method's usual one.
fn refuse<T: std::fmt::Debug>(
    parse: impl Fn(&str) -> Result<T, ContentError>,
    right: &[(&str, &str)],
    cases: &[(&str, &str, Option<&str>)],
) {
    parse(&content(right, &[])).expect("the right content is taken");
    for (name, value, sub_code) in cases {
        let error = parse(&content(right, &[(name, value)])).expect_err(&format!("{name}: {value:.40}"));
        assert!(error.member.starts_with(name), "{name}: {value:.40}: {error}");
        assert_eq!(error.sub_code.map(|code| code.wire()), *sub_code, "{name}: {value:.40}: {error}");
    }
}
