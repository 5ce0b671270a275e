//! The scopes of a `my.getAuthCode` call: which may be granted, which need the user (spec/qicard.md 9).

use mithaq_domain::Scope;
use mithaq_openapi::Scope as WireScope;
use serde_json::Value;

/// What was asked, in the order of the call.
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
        all.truncate(32);
        Self::of_names(all)
    }

    /// Sorts names into those that can be granted and the rest.
    #[must_use]
    pub fn of_names(names: Vec<String>) -> Self {
        let can = |name: &String| WireScope::parse(name).is_some_and(|scope| scope != WireScope::AgreementPay);
        let (mut possible, refused): (Vec<_>, Vec<_>) = names.into_iter().partition(can);
        possible.dedup();
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
