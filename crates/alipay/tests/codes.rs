//! Every sub-code that the digest lists is in the catalogue of its method, and none beside (spec/alipay-agreement.md 1.5, part 2).

use mithaq_alipay::{Code, Method, SUB_CODES, SubCode};
use std::collections::BTreeSet;

/// Copied out of the digest by a script: a code or a method, and its sub-codes.
const LISTED: &str = include_str!("data/sub-codes.txt");

fn lines() -> impl Iterator<Item = (&'static str, BTreeSet<&'static str>)> {
    LISTED.lines().map(|line| {
        let mut words = line.split(' ');
        (words.next().expect("a name"), words.collect())
    })
}

#[test]
fn every_sub_code_of_a_common_code_comes_with_that_code() {
    for code in Code::ALL {
        let Some((_, listed)) = lines().find(|(name, _)| *name == code.wire()) else { continue };
        let known = |wire: &&str| SUB_CODES.iter().any(|entry| entry.wire == *wire && entry.code == code);
        assert_eq!(listed.iter().find(|wire| !known(wire)), None, "{}", code.wire());
    }
}

#[test]
fn every_method_has_exactly_the_sub_codes_that_are_listed_for_it() {
    for method in Method::ALL {
        let Some((_, mut listed)) = lines().find(|(name, _)| *name == method.name()) else {
            assert_eq!(method, Method::AppPay, "the only one that has no list");
            continue;
        };
        if method == Method::PageSign {
            listed.insert("SYSTEM_ERROR");
        }
        let mut known: BTreeSet<&str> = method.sub_codes().map(SubCode::wire).collect();
        if method == Method::TradeCreate {
            let deduction: BTreeSet<&str> = Method::TradePay.sub_codes().map(SubCode::wire).collect();
            known.retain(|wire| !deduction.contains(wire));
        }
        assert_eq!(known, listed, "{}", method.name());
    }
}

#[test]
fn no_sub_code_is_in_the_catalogue_for_nothing() {
    let listed: BTreeSet<&str> = lines().flat_map(|(_, codes)| codes).collect();
    let idle: Vec<&str> = SUB_CODES.iter().map(|entry| entry.wire).filter(|wire| !listed.contains(wire)).collect();
    assert_eq!(idle, [""; 0]);
}

#[test]
fn an_order_is_not_refused_for_an_agreement_it_has_not() {
    let of_agreements = |code: &SubCode| code.wire().contains("CYCLE_PAY") || code.wire().contains("DEDUCT");
    assert!(Method::TradePay.sub_codes().any(|code| of_agreements(&code)));
    assert!(!Method::TradeCreate.sub_codes().any(|code| of_agreements(&code)));
}

#[test]
fn every_method_can_say_that_a_member_is_wrong_and_that_it_does_not_know() {
    for method in Method::ALL.into_iter().filter(|method| *method != Method::OauthToken) {
        let known: Vec<SubCode> = method.sub_codes().collect();
        assert!(known.contains(&method.invalid_parameter()), "{}", method.name());
        assert!(known.contains(&method.system_error()), "{}", method.name());
    }
    assert_eq!(Method::OauthToken.system_error().code(), Code::Unavailable);
}
