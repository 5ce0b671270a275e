//! Where a page leads when the request has a `return_url`: the members of its answer, signed as a notification is
//! (spec/alipay-agreement.md 2.1.2). Not for Mini Programs, which have no such address.

use crate::{Params, SignType, encode_form, notice_content};
use serde::Serialize;
use serde_json::Value;

/// What a return holds, ready to be signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageReturn(Vec<(String, String)>);

impl PageReturn {
    /// The return for an answer whose members are texts: [`Answered`](crate::Answered) or a
    /// [`GatewayError`](crate::GatewayError). Members without a value are left out. Nothing if the answer cannot be written.
    #[must_use]
    pub fn of(answer: &impl Serialize, sign_type: SignType) -> Option<Self> {
        let Value::Object(members) = serde_json::to_value(answer).ok()? else { return None };
        let mut pairs: Vec<(String, String)> = members
            .into_iter()
            .filter_map(|(name, value)| match value {
                Value::String(text) if !text.is_empty() => Some((name, text)),
                _ => None,
            })
            .collect();
        pairs.push(("sign_type".to_owned(), sign_type.wire().to_owned()));
        Some(Self(pairs))
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What its signature is over.
    #[must_use]
    pub fn content(&self) -> Vec<u8> {
        notice_content(&Params::of_pairs(self.pairs()))
    }

    /// The address to go to, with the signature over [`PageReturn::content`] as Base64. A query that `return_url` has is kept.
    #[must_use]
    pub fn url(&self, return_url: &str, sign: &str) -> String {
        let (address, part) = return_url.split_once('#').map_or((return_url, None), |(head, part)| (head, Some(part)));
        let joint = if address.contains('?') { '&' } else { '?' };
        let form = encode_form(self.pairs().chain([("sign", sign)]).map(|(name, value)| (name, value.as_bytes())));
        let part = part.map(|part| format!("#{part}")).unwrap_or_default();
        format!("{address}{joint}{form}{part}")
    }
}
