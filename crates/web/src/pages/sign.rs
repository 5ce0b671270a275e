//! The signing page (seed alipay-pay-sign-center; spec/alipay-agreement.md 1.6, 1.7): above a Mini Program, or alone in a
//! browser that a merchant's page, a deep link or a scanned code has sent here.

mod alone;
mod place;
mod way_back;

pub use alone::{confirm, decline, log_in};

use super::authorize::form;
use super::frame::{Framing, Params, internal, not_found, to_canonical_host};
use super::sign_standing::{self, SignStanding, problem_named};
use super::{record, sign_in};
use crate::shell::error::ShellError;
use crate::shell::reply::CallApi;
use crate::shell::session;
use crate::state::{App, Shared};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use mithaq_domain::{Interaction, InteractionOutcome, InteractionState, Session, User};
use mithaq_pages::{Exit, SignForm, SignStep};
use mithaq_types::{AuthId, InteractionId};
use mithaq_wallet::Fault;
use place::Place;

pub async fn sign(State(app): State<App>, uri: Uri, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let target = uri.path_and_query().map_or("/sign", |target| target.as_str());
    if let Some(elsewhere) = to_canonical_host(&app, &headers, target) {
        return elsewhere;
    }
    let params = Params::of(query.as_deref());
    let Some(sign_id) = params.get("signId").map(AuthId::new) else { return not_found(&app, &headers) };
    let built = if params.has("ix") {
        above_a_program(&app, &headers, &params, &sign_id).await
    } else {
        alone(&app, &headers, &params, &sign_id).await
    };
    built.unwrap_or_else(|_| internal(&app, &headers))
}

/// The page of an interaction of this session. With another session's, or another offer's, there is nothing to press.
async fn above_a_program(
    app: &Shared,
    headers: &HeaderMap,
    params: &Params,
    sign_id: &AuthId,
) -> Result<Response, ShellError> {
    let session = session::current(app, headers).await?;
    let found = match (&session, params.get("ix")) {
        (Some(session), Some(ix)) => app.wallet.interaction(&session.session_id, &InteractionId::new(ix)).await?,
        _ => None,
    };
    let own = |page: &Interaction| {
        page.auth_id.as_ref() == Some(sign_id) && CallApi::parse(&page.api) == Some(CallApi::PaySignCenter)
    };
    let page = found.filter(own);
    let mut standing = sign_standing::of_page(app, session.as_ref(), page.as_ref(), sign_id).await?;
    let has_failed = |page: &Interaction| page.state == InteractionState::Final(InteractionOutcome::Failed);
    if let (SignStanding::Failed(_, problem), true) = (&mut standing, page.as_ref().is_some_and(has_failed)) {
        *problem = told(app, params).unwrap_or(*problem);
    }
    if let Some(page) = &page {
        record::sign_shown(app, page);
    }
    let exit = match &page {
        Some(page) => Exit::Shell(page.interaction_id.clone()),
        None => Exit::Alone { redirect_url: None },
    };
    let user = user_of(app, session.as_ref()).await?;
    let at = Place { app, headers, params, user: user.as_ref(), exit, framing: Framing::ByShell };
    at.show(standing, SignForm::Interaction(form(session.as_ref(), page.as_ref()))).await
}

/// The page of whoever is signed in, or wants to be.
async fn alone(app: &Shared, headers: &HeaderMap, params: &Params, sign_id: &AuthId) -> Result<Response, ShellError> {
    let session = session::current(app, headers).await?;
    let user = user_of(app, session.as_ref()).await?;
    let standing = sign_standing::alone(app, user.as_ref().map(|user| &user.user_id), sign_id).await?;
    let standing = after_an_attempt(app, params, standing).await?;
    let exit = Exit::Alone { redirect_url: way_back::of(app, &standing).await? };
    let at = Place { app, headers, params, user: user.as_ref(), exit, framing: Framing::Never };
    let forms = |csrf: &str| SignForm::Alone { sign_id: sign_id.clone(), csrf: csrf.to_owned() };
    let SignStanding::Login(view) = standing else {
        return at.show(standing, forms(session.as_ref().map_or("", |session| &session.csrf))).await;
    };
    if session.is_none() && sign_in::comes_from_elsewhere(headers) {
        let link = format!("{}/sign?signId={sign_id}", app.config.wallet_origin);
        let step = SignStep::Doorstep { link, go: format!("/sign?signId={sign_id}&go=1") };
        return Ok(at.ask(&view, step));
    }
    let (session, opened) = session::current_or_new(app, headers).await?;
    let shown = at.show(SignStanding::Login(view), forms(&session.csrf)).await?;
    Ok(match opened {
        Some(opened) => session::with_cookie(app, &opened, shown),
        None => shown,
    })
}

/// What a page that could still be signed shows after an attempt that led nowhere, or that was not needed.
async fn after_an_attempt(app: &Shared, params: &Params, standing: SignStanding) -> Result<SignStanding, Fault> {
    let has_declined = params.get("notice") == Some("declined");
    let (view, user) = match standing {
        SignStanding::Ready(view, _) | SignStanding::Login(view) if has_declined => {
            return Ok(SignStanding::Declined(view));
        }
        SignStanding::Ready(view, user) => (view, user),
        other => return Ok(other),
    };
    Ok(match (params.get("notice"), told(app, params)) {
        (Some("before"), _) => match sign_standing::repeated(app, &user.user_id, &view).await? {
            Some(contract) => SignStanding::Signed(view, Box::new(contract), true),
            None => SignStanding::Ready(view, user),
        },
        (_, Some(problem)) => SignStanding::Failed(Some(view), problem),
        _ => SignStanding::Ready(view, user),
    })
}

/// The problem that an address tells of.
fn told(app: &Shared, params: &Params) -> Option<mithaq_pages::SignProblem> {
    problem_named(app, params.get("notice")?)
}

async fn user_of(app: &Shared, session: Option<&Session>) -> Result<Option<User>, Fault> {
    match session.and_then(|session| session.user_id.as_ref()) {
        Some(user_id) => app.wallet.user(user_id).await,
        None => Ok(None),
    }
}
