//! What the wallet tells a merchant's server by itself (spec/alipay-agreement.md 1.9): ordered parameters, their content to sign,
//! and their form body.
//!
//! A merchant acknowledges a notice with exactly [`ACKNOWLEDGED`]. The body is made once: every attempt sends the same bytes.

mod agreement;
mod deduction;
mod trade;

pub use agreement::{SignNotice, Signer, UnsignNotice};
pub use deduction::DeductionNotice;
pub use trade::TradeNotice;

use crate::{Params, SignType, encode_form, format_time, notice_content};
use mithaq_types::Timestamp;

/// The whole body of an acknowledgement; anything else, also a redirect or a page, is a failure.
pub const ACKNOWLEDGED: &[u8] = b"success";

/// Minutes from each attempt to the next; after the last one the notice is given up (1.9, 4.4).
pub const RETRY_MINUTES: [u32; 7] = [4, 10, 10, 60, 120, 360, 900];

/// What every notice holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoticeHead {
    /// The notice's number, the same on every attempt.
    pub notify_id: String,
    /// When it was made.
    pub notify_time: Timestamp,
    /// The app that it is for.
    pub app_id: String,
    /// The app for which that one acts; the same where it acts for itself.
    pub auth_app_id: String,
    /// How it is signed.
    pub sign_type: SignType,
}

/// A notice, ready to be signed. It never holds an empty value: some clients sign those, others leave them out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice(Vec<(&'static str, String)>);

impl Notice {
    fn new(kind: &str, head: &NoticeHead) -> Self {
        let mut notice = Self(Vec::new());
        notice.put("notify_time", format_time(head.notify_time));
        notice.put("notify_type", kind);
        notice.put("notify_id", &*head.notify_id);
        notice.put("charset", "utf-8");
        notice.put("version", "1.0");
        notice.put("sign_type", head.sign_type.wire());
        notice.put("app_id", &*head.app_id);
        notice.put("auth_app_id", &*head.auth_app_id);
        notice
    }

    fn put(&mut self, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.0.push((name, value));
        }
    }

    fn put_if(&mut self, name: &'static str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// The parameters but `sign`, in the order in which they are sent.
    pub fn params(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// What its signature is over.
    #[must_use]
    pub fn content(&self) -> Vec<u8> {
        notice_content(&Params::of_pairs(self.params()))
    }

    /// The form body, with the signature over [`Notice::content`] as Base64.
    #[must_use]
    pub fn body(&self, sign: &str) -> String {
        encode_form(self.params().chain([("sign", sign)]).map(|(name, value)| (name, value.as_bytes())))
    }
}
