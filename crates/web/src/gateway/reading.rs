//! The parameters of a request, wherever its client put them (spec/alipay-agreement.md 1.1): in the query, in a form, in both.

use super::multipart;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Method as HttpMethod, StatusCode, Uri, header};
use mithaq_alipay::{GatewayError, Method, Params, SubCode};
use std::borrow::Cow;

/// The longest body that is read.
pub(super) const BODY_MAX: usize = 1024 * 1024;

/// A request as it came.
pub(super) struct Incoming<'a> {
    /// `GET` or `POST`, if it is right.
    pub method: &'a HttpMethod,
    /// Its target: a path and a query, or with the wallet's host before them.
    pub uri: &'a Uri,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body; empty if it could not be read.
    pub body: Bytes,
    /// Why not, then.
    unread: Option<&'static str>,
}

/// Why there are no parameters.
pub(super) struct Unread {
    /// The method that is named all the same, as far as that can be read.
    pub method: Option<Method>,
    /// What is wrong.
    pub error: GatewayError,
}

impl<'a> Incoming<'a> {
    /// A request with what came of its body.
    pub fn new(
        method: &'a HttpMethod,
        uri: &'a Uri,
        headers: &'a HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Self {
        let (body, unread) = match body {
            Ok(body) => (body, None),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                (Bytes::new(), Some("The body is longer than 1 MiB."))
            }
            Err(_) => (Bytes::new(), Some("The body did not arrive.")),
        };
        Self { method, uri, headers, body, unread }
    }

    /// Its parameters, from query and body together.
    ///
    /// # Errors
    /// [`Unread`].
    pub fn params(&self) -> Result<Params, Unread> {
        let query = self.uri.query().unwrap_or_default().as_bytes();
        let refuse = |body: &[u8], error: GatewayError| Unread { method: method_in(&[query, body]), error };
        if !matches!(*self.method, HttpMethod::GET | HttpMethod::POST) {
            return Err(refuse(&[], illegal("The gateway is called with GET or POST.")));
        }
        if let Some(why) = self.unread {
            return Err(refuse(&[], illegal(why)));
        }
        let form = self.form().map_err(|why| refuse(&[], illegal(why)))?;
        Params::read(&[query, &form]).map_err(|error| refuse(&form, error.into()))
    }

    /// The body as a form. Whatever else it may be called, it is read as one.
    fn form(&self) -> Result<Cow<'_, [u8]>, &'static str> {
        let kind = self.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media = kind.split(';').next().unwrap_or_default().trim();
        if media.eq_ignore_ascii_case("multipart/form-data") {
            return multipart::as_form(kind, &self.body).map(|form| Cow::Owned(form.into_bytes()));
        }
        if media.eq_ignore_ascii_case("application/json") && !self.body.is_empty() {
            return Err("The body must be a form, application/x-www-form-urlencoded; JSON belongs into biz_content.");
        }
        Ok(Cow::Borrowed(&self.body))
    }
}

/// The method that a request names which cannot be read as a whole: its answer stands under that name too, since some clients
/// can verify no other.
fn method_in(sources: &[&[u8]]) -> Option<Method> {
    let pairs = sources.iter().flat_map(|source| source.split(|byte| *byte == b'&'));
    let mut named = pairs.filter_map(|pair| pair.strip_prefix(b"method="));
    let name = std::str::from_utf8(named.next()?).ok()?;
    Method::parse(name)
}

fn illegal(why: &str) -> GatewayError {
    GatewayError::with_message(SubCode::IsvInvalidParameter, why)
}
