//! What an answer says of a call, as data: the codes that all methods share, the sub-codes with what to do about each, and
//! which method has which (spec/alipay-agreement.md 1.5, 2.1 to 2.14).

mod catalogue;
mod method;

pub use catalogue::{SUB_CODES, SubCode, SubCodeEntry};

/// `code` with its `msg` (1.5).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Code {
    /// 10000: the call was answered. For a query that does not mean "paid".
    Success,
    /// 10003: the trade exists, its result comes later.
    Waiting,
    /// 20000: the outcome is not known.
    Unavailable,
    /// 20001: a token that came with the call does not carry it.
    Token,
    /// 40001: a common parameter is missing.
    Missing,
    /// 40002: a common parameter is wrong.
    Invalid,
    /// 40003: something must be set up first.
    Conditions,
    /// 40004: the method itself refuses.
    Business,
    /// 40005: too many calls.
    Limited,
    /// 40006: this app may not do that.
    Permissions,
}

impl Code {
    /// All of them, by number.
    pub const ALL: [Self; 10] = [
        Self::Success,
        Self::Waiting,
        Self::Unavailable,
        Self::Token,
        Self::Missing,
        Self::Invalid,
        Self::Conditions,
        Self::Business,
        Self::Limited,
        Self::Permissions,
    ];

    /// The digits on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Success => "10000",
            Self::Waiting => "10003",
            Self::Unavailable => "20000",
            Self::Token => "20001",
            Self::Missing => "40001",
            Self::Invalid => "40002",
            Self::Conditions => "40003",
            Self::Business => "40004",
            Self::Limited => "40005",
            Self::Permissions => "40006",
        }
    }

    /// `msg`, always the same for a code.
    #[must_use]
    pub const fn msg(self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::Waiting => "order success pay inprocess",
            Self::Unavailable => "Service Currently Unavailable",
            Self::Token => "Insufficient Token Permissions",
            Self::Missing => "Missing Required Arguments",
            Self::Invalid => "Invalid Arguments",
            Self::Conditions => "Insufficient Conditions",
            Self::Business => "Business Failed",
            Self::Limited => "Call Limited",
            Self::Permissions => "Insufficient Permissions",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_five_digits_and_each_is_there_once() {
        let wires: BTreeSet<&str> = Code::ALL.iter().map(|code| code.wire()).collect();
        assert_eq!(wires.len(), Code::ALL.len());
        assert!(wires.iter().all(|wire| wire.len() == 5 && wire.bytes().all(|byte| byte.is_ascii_digit())));
    }

    #[test]
    fn every_sub_code_has_a_name_of_its_own_and_a_message_in_english_that_no_client_stumbles_over() {
        let names: BTreeSet<&str> = SUB_CODES.iter().map(|entry| entry.wire).collect();
        assert_eq!(names.len(), SUB_CODES.len());
        for entry in SUB_CODES {
            assert!(entry.message.is_ascii() && entry.message.ends_with('.'), "{}", entry.wire);
            assert!(entry.message.split_whitespace().count() >= 5, "{} says too little", entry.wire);
            assert!(!entry.message.contains(['{', '}']), "{}", entry.wire);
            assert_eq!((entry.sub_code.wire(), entry.sub_code.code()), (entry.wire, entry.code));
        }
    }

    #[test]
    fn what_a_method_says_itself_is_business_and_what_the_gateway_says_is_not() {
        for entry in SUB_CODES {
            let gateway = ["isv.", "isp.", "aop."].iter().any(|prefix| entry.wire.starts_with(prefix))
                || entry.wire == "invalid-auth-relations";
            assert_eq!(entry.code == Code::Business, !gateway, "{}", entry.wire);
        }
    }
}
