//! A signed-in user on a page of their own: who asks, in which language, from which address; and forms that come from such
//! a page. Where nobody is signed in the address shows a form to sign in, and then itself.

use super::cashier::name;
use super::frame::{self, Framing, Params, frame, internal, language, show_in, to_canonical_host};
use super::sign_in;
use crate::shell::error::ShellError;
use crate::shell::session;
use crate::state::{App, Shared};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use mithaq_domain::{InboxMessage, Session, User};
use mithaq_pages::wallet::{AppBar, Door, Screen, WalletPage};
use mithaq_pages::{ErrorContext, ErrorKind, Frame, Language, Page, PinProblem};

/// Messages among which the unread ones are counted.
const UNREAD_MOST: u16 = 100;

/// Somebody who is signed in asks for a page.
pub struct Visit {
    /// What handlers share.
    pub app: App,
    /// Their session.
    pub session: Session,
    /// Who.
    pub user: User,
    /// What the address says besides which page it is.
    pub params: Params,
    /// What they read.
    pub spoken: Language,
}

/// Somebody who is signed in sends a form of one of these pages.
pub struct Posted {
    /// Who.
    pub visit: Visit,
    /// What was typed. A field that comes twice is none.
    pub fields: Params,
}

/// The session and its user, if somebody is signed in.
pub async fn signed_in(app: &Shared, headers: &HeaderMap) -> Result<Option<(Session, User)>, ShellError> {
    let Some(session) = session::current(app, headers).await? else { return Ok(None) };
    let Some(user_id) = &session.user_id else { return Ok(None) };
    Ok(app.wallet.user(user_id).await?.map(|user| (session, user)))
}

impl FromRequestParts<App> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let target = parts.uri.path_and_query().map_or("/wallet", |target| target.as_str());
        if let Some(elsewhere) = to_canonical_host(app, &parts.headers, target) {
            return Err(elsewhere);
        }
        let params = Params::of(parts.uri.query());
        match signed_in(app, &parts.headers).await {
            Ok(Some((session, user))) => Ok(Self::of(app, session, user, params)),
            Ok(None) => Err(sign_in::entry(app, &parts.headers, &params, target)
                .await
                .unwrap_or_else(|_| internal(app, &parts.headers))),
            Err(_) => Err(internal(app, &parts.headers)),
        }
    }
}

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let stale = || frame::stale(app, &headers);
        let params = Params::of(request.uri().query());
        let body = Bytes::from_request(request, app).await.map_err(|_| stale())?;
        let fields = Params::of(std::str::from_utf8(&body).ok());
        let csrf = fields.get("csrf").unwrap_or_default().as_bytes();
        let found = signed_in(app, &headers).await.map_err(|_| internal(app, &headers))?;
        let genuine = found.filter(|(session, _)| session::is_genuine(app, &headers, session, csrf));
        let Some((session, user)) = genuine else { return Err(stale()) };
        Ok(Self { visit: Visit::of(app, session, user, params), fields })
    }
}

impl Posted {
    /// What was typed into a field, cut to what it can hold.
    pub fn typed(&self, field: &str, most: usize) -> String {
        self.fields.get(field).unwrap_or_default().chars().take(most).collect()
    }
}

impl Visit {
    /// A visit of somebody who is known.
    pub fn of(app: &App, session: Session, user: User, params: Params) -> Self {
        let spoken = language(user.language);
        Self { app: App::clone(app), session, user, params, spoken }
    }

    /// The user's name in their language.
    pub fn name(&self) -> String {
        name(&self.user, self.spoken)
    }

    /// The frame of a page of the wallet app, with its doors.
    pub fn frame(&self, door: Door, at_door: bool, unread: u32) -> Frame {
        Frame { app: Some(AppBar { door, at_door, unread }), ..frame(&self.app, self.spoken) }
    }

    /// How many of the user's newest messages wait to be opened.
    pub async fn unread(&self) -> Result<u32, ShellError> {
        Ok(self.app.wallet.reader().unread(self.user.user_id.clone(), UNREAD_MOST).await?)
    }

    /// The user's messages, newest first. All that happens to their money is told there.
    pub async fn letters(&self) -> Result<Vec<InboxMessage>, ShellError> {
        Ok(self.app.wallet.reader().inbox(Some(self.user.user_id.clone())).await?)
    }

    /// A page of the wallet app.
    pub async fn show(&self, door: Door, at_door: bool, screen: Screen) -> Result<Response, ShellError> {
        let frame = self.frame(door, at_door, self.unread().await?);
        Ok(self.render(StatusCode::OK, frame, screen, Framing::Never))
    }

    /// The same in another frame, under another status.
    pub fn render(&self, status: StatusCode, frame: Frame, screen: Screen, framing: Framing) -> Response {
        let page = WalletPage { frame, csrf: self.session.csrf.clone(), now: self.app.wallet.now(), screen };
        show_in(&self.app, status, &Page::Wallet(Box::new(page)), framing)
    }

    /// What is not there, or not this user's.
    pub fn not_found(&self) -> Response {
        self.error(StatusCode::NOT_FOUND, ErrorKind::NotFound)
    }

    /// The page that was built, or the one for when the wallet itself failed. Why is in the log.
    pub fn answer(&self, built: Result<Response, ShellError>) -> Response {
        built.unwrap_or_else(|_| self.error(StatusCode::SERVICE_UNAVAILABLE, ErrorKind::Internal))
    }

    fn error(&self, status: StatusCode, kind: ErrorKind) -> Response {
        let trace_id = (kind == ErrorKind::Internal).then(|| self.app.wallet.entropy().hex(8));
        let page = ErrorContext { frame: frame(&self.app, self.spoken), ix: None, kind, trace_id };
        show_in(&self.app, status, &Page::Error(page), Framing::ByShell)
    }

    /// What is said of a PIN that was typed, by the notice of the address: it selects the words, the user's row has the
    /// figures.
    pub fn pin_problem(&self) -> Option<PinProblem> {
        let tries_left = self.app.wallet.policy().pin_tries.saturating_sub(self.user.pin_failures);
        match self.params.get("notice") {
            Some("pin-wrong") if self.user.pin_failures > 0 => Some(PinProblem::Wrong { tries_left }),
            Some("pin-malformed") => Some(PinProblem::Malformed),
            _ => None,
        }
    }
}

/// On to a page, which shows the truth: a reload sends nothing twice. `path` is this program's, `notes` are what its
/// address says besides; empty ones are left out.
pub fn on_to(path: &str, notes: &[(&str, &str)]) -> Response {
    let notes = notes.iter().filter(|(_, value)| !value.is_empty());
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(notes).finish();
    let mark = if path.contains('?') { '&' } else { '?' };
    let target = if query.is_empty() { path.to_owned() } else { format!("{path}{mark}{query}") };
    Redirect::to(&target).into_response()
}
