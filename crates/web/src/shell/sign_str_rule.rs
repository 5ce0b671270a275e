//! How strict a sandbox is with strings for `my.paySignCenter` (spec/jsapi.md 3.4): as helpful as it can be, as real phones are,
//! or more patient than they are.

use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};

/// What is made of a string that real phones do not like.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignStrRule {
    /// A `return_url` is passed over with a warning; a string that is encoded once only is refused.
    #[default]
    Usual,
    /// A `return_url` leads the user out of the Mini Program, as on a real phone: the call ends as 6001 although the agreement
    /// is signed.
    Strict,
    /// A string that is encoded once only is taken with a warning.
    Lenient,
}

/// The rule of a sandbox, which tests set. Cheap to clone.
#[derive(Clone, Default)]
pub struct SignStrLever(Arc<Mutex<SignStrRule>>);

impl SignStrLever {
    /// The rule now.
    #[must_use]
    pub fn rule(&self) -> SignStrRule {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets it.
    pub fn set(&self, rule: SignStrRule) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = rule;
    }
}
