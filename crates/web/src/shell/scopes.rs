//! The scopes of a `my.getAuthCode` call: which may be granted, which need the user (spec/qicard.md 9).

use mithaq_domain::Scope;
use mithaq_openapi::Scope as WireScope;
use serde_json::Value;

/// Scopes of one call that are looked at. There are half as many.
const SCOPES_MAX: usize = 32;

/// What was asked, each once, in the order of the call.
pub struct Asked {
    /// Those that can be granted.
    pub possible: Vec<String>,
    /// Those that are unknown, or that this call never gives.
    pub refused: Vec<String>,
}

impl Asked {
    /// Reads `scopes` (or `scopeNicks`, which some bundled bridges send): a list or a single text.
    #[must_use]
    pub fn of_call(args: &Value) -> Self {
        let named = |name: &str| match &args[name] {
            Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            Value::String(one) if !one.is_empty() => vec![one.clone()],
            _ => Vec::new(),
        };
        let mut all: Vec<String> = named("scopes");
        if all.is_empty() {
            all = named("scopeNicks");
        }
        if all.is_empty() {
            all.push("auth_base".to_owned());
        }
        Self::of_names(all)
    }

    /// Sorts names into those that can be granted and the rest.
    #[must_use]
    pub fn of_names(names: Vec<String>) -> Self {
        let can = |name: &String| WireScope::parse(name).is_some_and(|scope| scope != WireScope::AgreementPay);
        let mut once: Vec<String> = Vec::new();
        for name in names {
            if !once.contains(&name) && once.len() < SCOPES_MAX {
                once.push(name);
            }
        }
        let (possible, refused) = once.into_iter().partition(can);
        Self { possible, refused }
    }

    /// Those that the user has to be asked for, given what was granted before.
    #[must_use]
    pub fn to_ask(&self, granted: &[Scope]) -> Vec<String> {
        let known = |name: &str| granted.iter().any(|scope| scope.0 == name);
        let silent = |name: &str| WireScope::parse(name).is_some_and(WireScope::is_silent);
        self.possible.iter().filter(|name| !silent(name) && !known(name)).cloned().collect()
    }
}

/// The names of stored scopes.
pub fn names(scopes: &[Scope]) -> Vec<String> {
    scopes.iter().map(|scope| scope.0.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn scopes_are_read_in_every_form_that_pages_send() {
        for (args, possible, refused) in [
            (json!({"scopes": ["auth_base", "auth_user", "auth_base"]}), vec!["auth_base", "auth_user"], vec![]),
            (json!({"scopes": "auth_user"}), vec!["auth_user"], vec![]),
            (json!({"scopeNicks": ["USER_NAME"]}), vec!["USER_NAME"], vec![]),
            (json!({"scopes": [], "scopeNicks": []}), vec!["auth_base"], vec![]),
            (json!(null), vec!["auth_base"], vec![]),
            (json!({"scopes": ["AGREEMENT_PAY", "x", "USER_ID", 7]}), vec!["USER_ID"], vec!["AGREEMENT_PAY", "x"]),
        ] {
            let asked = Asked::of_call(&args);
            assert_eq!((asked.possible, asked.refused), (owned(&possible), owned(&refused)), "{args}");
        }
    }

    #[test]
    fn only_what_is_neither_silent_nor_granted_is_asked() {
        let asked = Asked::of_names(owned(&["auth_base", "auth_user", "USER_NAME"]));
        assert_eq!(asked.to_ask(&[Scope("USER_NAME".into())]), ["auth_user"]);
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }
}
