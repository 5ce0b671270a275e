//! What all pages share: the frame, the headers of spec/jsapi.md 6.3, the errors.

use crate::state::Shared;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use mithaq_domain::Language as DomainLanguage;
use mithaq_pages::{ErrorContext, ErrorKind, Frame, GatewayErrorContext, GatewayReport, Language, Merchant, Page};
use std::collections::HashMap;

const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     frame-ancestors 'self'; form-action 'self'; base-uri 'none'; object-src 'none'";

/// The same for pages that stand alone.
const UNFRAMED_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'";

/// The parameters of a page's address. A name that stands there twice is no parameter.
pub struct Params(HashMap<String, Option<String>>);

impl Params {
    /// Reads a query.
    #[must_use]
    pub fn of(query: Option<&str>) -> Self {
        let mut all: HashMap<String, Option<String>> = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            all.entry(name.into_owned()).and_modify(|seen| *seen = None).or_insert(Some(value.into_owned()));
        }
        Self(all)
    }

    /// A parameter that stands there once and is not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_deref().filter(|value| !value.is_empty())
    }

    /// Whether the name stands there at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

/// The frame of a page in `language`.
pub fn frame(app: &Shared, language: Language) -> Frame {
    let host = app.config.wallet_origin.split_once("://").map_or("", |(_, host)| host).to_owned();
    Frame { language, host, sandbox: app.sandbox.is_some(), zone: app.config.zone.clone(), app: None }
}

/// The pages' word for a language.
#[must_use]
pub const fn language(language: DomainLanguage) -> Language {
    match language {
        DomainLanguage::EnUs => Language::EnUs,
        DomainLanguage::ArIq => Language::ArIq,
    }
}

/// What the browser prefers.
pub fn accepted(headers: &HeaderMap) -> Language {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::from_accept_language(header.unwrap_or_default())
}

/// The pages' view of a merchant.
#[must_use]
pub fn merchant(merchant: &mithaq_domain::Merchant) -> Merchant {
    Merchant { name: merchant.name.clone(), name_ar: merchant.name_ar.clone(), verified: merchant.verified }
}

/// Who may show a page in a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Framing {
    /// The shell, which is of this origin; a Mini Program's frame is not, and has the shell above it.
    ByShell,
    /// Nobody.
    Never,
}

/// Renders `page` with all headers that a wallet page has.
pub fn show(app: &Shared, status: StatusCode, page: &Page) -> Response {
    show_in(app, status, page, Framing::ByShell)
}

/// The same, where it matters who may show it in a frame.
pub fn show_in(app: &Shared, status: StatusCode, page: &Page, framing: Framing) -> Response {
    let mut response = match app.pages.render(page) {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(error.message = %error, "pages: a page could not be rendered");
            (StatusCode::INTERNAL_SERVER_ERROR, "The page could not be shown.\n").into_response()
        }
    };
    let (policy, frames) = match framing {
        Framing::ByShell => (POLICY, "SAMEORIGIN"),
        Framing::Never => (UNFRAMED_POLICY, "DENY"),
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_FRAME_OPTIONS, frames),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The page of an address that leads nowhere.
pub fn not_found(app: &Shared, headers: &HeaderMap) -> Response {
    error(app, headers, StatusCode::NOT_FOUND, ErrorKind::NotFound)
}

/// The page of a form that is too old, or not ours.
pub fn stale(app: &Shared, headers: &HeaderMap) -> Response {
    error(app, headers, StatusCode::FORBIDDEN, ErrorKind::Stale)
}

/// The page for when the wallet itself failed.
pub fn internal(app: &Shared, headers: &HeaderMap) -> Response {
    error(app, headers, StatusCode::SERVICE_UNAVAILABLE, ErrorKind::Internal)
}

/// The page of a page method that the gateway refuses. Like every answer of the gateway, it is no failure of HTTP.
pub fn gateway_refused(app: &Shared, headers: &HeaderMap, report: GatewayReport) -> Response {
    let page = Page::GatewayError(GatewayErrorContext { frame: frame(app, accepted(headers)), report });
    show_in(app, StatusCode::OK, &page, Framing::Never)
}

fn error(app: &Shared, headers: &HeaderMap, status: StatusCode, kind: ErrorKind) -> Response {
    let trace_id = (kind == ErrorKind::Internal).then(|| app.wallet.entropy().hex(8));
    let frame = frame(app, accepted(headers));
    show(app, status, &Page::Error(ErrorContext { frame, ix: None, kind, trace_id }))
}

/// `http://127.0.0.1:7600` is the same place as `http://localhost:7600`, but not the same origin: there
/// the cookie and the shell's checks would not fit. So its pages send the browser to the one that does.
pub fn to_canonical_host(app: &Shared, headers: &HeaderMap, path_and_query: &str) -> Option<Response> {
    let origin = url::Url::parse(&app.config.wallet_origin).ok()?;
    let asked =
        url::Url::parse(&format!("{}://{}", origin.scheme(), headers.get(header::HOST)?.to_str().ok()?)).ok()?;
    let loopback = |url: &url::Url| matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let twin = loopback(&origin) && loopback(&asked) && origin.host_str() != asked.host_str();
    let same_port = origin.port_or_known_default() == asked.port_or_known_default();
    (twin && same_port)
        .then(|| Redirect::temporary(&format!("{}{path_and_query}", app.config.wallet_origin)).into_response())
}
