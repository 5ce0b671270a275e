//! One call of the gateway: its common parameters (spec/alipay-agreement.md 1.2), read and checked in the order of 1.3.
//!
//! The app comes first and its signature second: nothing else of a request is looked at before it is known who made it. Between
//! the two the caller looks the app up, which is why reading has two steps: [`Opening::of`], then [`Opening::check`].

mod app;
mod common;
mod opening;
mod signature;

pub use app::{App, CertificateNumbers, Freshness, Verify};
pub(crate) use common::is_http_url;
pub use opening::Opening;

use crate::text::read_text;
use crate::{Charset, Method, Params, SignType};
use mithaq_types::Timestamp;
use std::fmt;

/// A call whose signature fits and whose common parameters are in order.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// What is called.
    pub method: Method,
    /// The merchant's app.
    pub app_id: String,
    /// How it was signed; the answer is signed in the same way.
    pub sign_type: SignType,
    /// What its texts really are in, whatever was declared.
    pub charset: Charset,
    /// When it says it was made.
    pub timestamp: Timestamp,
    /// Where results are told.
    pub notify_url: Option<String>,
    /// Where a page leads afterwards. Not for Mini Programs.
    pub return_url: Option<String>,
    /// The token of a merchant for whom the app acts.
    pub app_auth_token: Option<String>,
    /// The token of a user whose data are asked for.
    pub auth_token: Option<String>,
    /// The method's own parameters, as JSON; empty for the OAuth method, whose own stand beside it.
    pub biz_content: String,
    /// Whether it was made in certificate mode: then the answer names the wallet's certificate (1.4).
    pub by_certificate: bool,
    /// Everything that was sent.
    pub params: Params,
}

impl Call {
    /// A parameter as text. Nothing if it is missing or empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        read_text(self.params.get(name)?, self.charset)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not its tokens: they open accounts, and logs must not show them.
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("app_id", &self.app_id)
            .field("sign_type", &self.sign_type)
            .field("timestamp", &self.timestamp)
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}
