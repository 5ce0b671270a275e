//! Signing in where a page of a user's own was asked for and nobody is: in its place, and then on to it.

use super::authorize::login_problem;
use super::frame::{self, Framing, Params, accepted, frame, internal, show_in};
use super::visit::on_to;
use crate::shell::error::ShellError;
use crate::shell::{inputs, session};
use crate::state::{App, Shared};
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use mithaq_domain::{Refusal, Session};
use mithaq_pages::wallet::EntryContext;
use mithaq_pages::{End, Page, SignInProblem, SignInStep};
use mithaq_wallet::{Fault, OpenedSession, Pin};
use serde::Deserialize;
use url::Url;

/// What an address says of an attempt to sign in, and is no part of the page that was asked for.
const NOTES: [&str; 3] = ["notice", "until", "phone"];
/// The longest address that is come back to.
const PAGE_MAX: usize = 1024;

/// What the page in the place of another lets somebody do: sign in, in a session of its own if there is none, or go over
/// the doorstep if they come over a link on another site.
pub async fn step(
    app: &Shared,
    headers: &HeaderMap,
    params: &Params,
) -> Result<(SignInStep, Option<OpenedSession>), ShellError> {
    if comes_from_elsewhere(headers) && session::current(app, headers).await?.is_none() {
        return Ok((SignInStep::Doorstep, None));
    }
    let (session, opened) = session::current_or_new(app, headers).await?;
    let problem = match login_problem(params) {
        Ok(problem) => problem.map(SignInProblem::Typed),
        Err(End::Locked { until }) => Some(SignInProblem::Locked { until }),
        Err(_) => None,
    };
    let phone = params.get("phone").unwrap_or_default().chars().take(24).collect();
    Ok((SignInStep::Form { csrf: session.csrf, phone, problem }, opened))
}

/// Whether a link on another site leads here: then the browser keeps the session's cookie back (`SameSite=Strict`),
/// and a new session in its place would sign the user out.
pub fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site")
}

/// The page in the place of one of the wallet app.
pub async fn entry(app: &Shared, headers: &HeaderMap, params: &Params, target: &str) -> Result<Response, ShellError> {
    let (step, opened) = step(app, headers, params).await?;
    let page = come_back(app, target).unwrap_or_else(|| "/wallet".to_owned());
    let context = EntryContext { frame: frame(app, accepted(headers)), page, step };
    let form = show_in(app, StatusCode::OK, &Page::WalletEntry(context), Framing::ByShell);
    Ok(match opened {
        Some(opened) => session::with_cookie(app, &opened, form),
        None => form,
    })
}

/// The page to come back to: one of the wallet app's own, as the browser will read its address, without what was said of an
/// attempt to sign in. Nothing else is gone to, whatever a form says.
fn come_back(app: &Shared, target: &str) -> Option<String> {
    let own = Url::parse(&app.config.wallet_origin).ok()?;
    let mut url = own.join(target).ok().filter(|_| target.len() <= PAGE_MAX)?;
    let path = url.path().strip_prefix("/wallet")?;
    if url.origin() != own.origin() || !(path.is_empty() || path.starts_with('/')) {
        return None;
    }
    let kept: Vec<_> = url.query_pairs().into_owned().filter(|(name, _)| !NOTES.contains(&name.as_str())).collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    Some(url[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
}

/// What signs in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LogInForm {
    csrf: String,
    phone: String,
    pin: String,
    page: String,
    pub contract: String,
    #[serde(rename = "signId")]
    pub sign_id: String,
}

/// What came of an attempt: who is signed in now, or what the page that was asked for shall say.
pub enum Attempt {
    In(OpenedSession),
    Failed(Vec<(&'static str, String)>),
}

/// The session whose page sent the form, whether or not somebody is signed in.
pub async fn sender(app: &Shared, headers: &HeaderMap, fields: &LogInForm) -> Result<Session, Response> {
    let genuine = |session: &Session| session::is_genuine(app, headers, session, fields.csrf.as_bytes());
    match session::current(app, headers).await {
        Ok(Some(session)) if genuine(&session) => Ok(session),
        Ok(_) => Err(frame::stale(app, headers)),
        Err(_) => Err(internal(app, headers)),
    }
}

/// Tries phone and PIN.
pub async fn attempt(app: &Shared, headers: &HeaderMap, fields: &LogInForm) -> Result<Attempt, Response> {
    let session = sender(app, headers, fields).await?;
    let typed: String = fields.phone.chars().take(24).collect();
    let failed = |notice: &str| Attempt::Failed(vec![("notice", notice.to_owned()), ("phone", typed.clone())]);
    let Some(pin) = inputs::pin(&fields.pin) else { return Ok(failed("pin-malformed")) };
    match app.wallet.log_in(&session, &inputs::phone(&fields.phone), Pin::Typed(pin)).await {
        Ok((opened, _)) => Ok(Attempt::In(opened)),
        Err(Fault::Refused(Refusal::PinLocked { until })) => {
            let until = ("until", until.as_second().to_string());
            Ok(Attempt::Failed(vec![("notice", "locked".to_owned()), until, ("phone", typed.clone())]))
        }
        Err(Fault::Refused(_)) => Ok(failed("login-wrong")),
        Err(fault) => {
            tracing::error!(error.message = %fault, "pages: signing in failed");
            Err(internal(app, headers))
        }
    }
}

/// On to a page after an attempt, in the session that it opened.
pub fn after(app: &Shared, attempt: Attempt, page: &str) -> Response {
    match attempt {
        Attempt::In(opened) => session::with_cookie(app, &opened, on_to(page, &[])),
        Attempt::Failed(notes) => {
            let notes: Vec<_> = notes.iter().map(|(name, value)| (*name, value.as_str())).collect();
            on_to(page, &notes)
        }
    }
}

/// Signs in with phone and PIN, and goes on to the page of the wallet app that was asked for.
pub async fn log_in(State(app): State<App>, headers: HeaderMap, Form(fields): Form<LogInForm>) -> Response {
    let page = come_back(&app, &fields.page).unwrap_or_else(|| "/wallet".to_owned());
    match attempt(&app, &headers, &fields).await {
        Ok(attempt) => after(&app, attempt, &page),
        Err(response) => response,
    }
}
