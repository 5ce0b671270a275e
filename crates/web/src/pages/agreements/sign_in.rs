//! Signing in where an address of "Agreements" was opened and nobody is.

use crate::pages::authorize::login_problem;
use crate::pages::frame::{self, Params, accepted, frame, internal, show};
use crate::shell::error::ShellError;
use crate::shell::{inputs, session};
use crate::state::{App, Shared};
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use mithaq_domain::Refusal;
use mithaq_pages::{End, Page, SignInContext, SignInProblem, SignInStep};
use mithaq_types::ContractId;
use mithaq_wallet::{Fault, Pin};
use serde::Deserialize;

/// The longest id of a contract that is carried along.
const CONTRACT_MAX: usize = 64;

/// The form, in a session of its own if there is none; the doorstep for those who come over a link on another site.
pub async fn show_form(
    app: &Shared,
    headers: &HeaderMap,
    params: &Params,
    contract_id: Option<ContractId>,
) -> Result<Response, ShellError> {
    let contract_id = contract_id.filter(|id| is_plain(id.as_str()));
    let page = |step| Page::SignIn(SignInContext { frame: frame(app, accepted(headers)), contract_id, step });
    if comes_from_elsewhere(headers) && session::current(app, headers).await?.is_none() {
        return Ok(show(app, StatusCode::OK, &page(SignInStep::Doorstep)));
    }
    let (session, opened) = session::current_or_new(app, headers).await?;
    let problem = match login_problem(params) {
        Ok(problem) => problem.map(SignInProblem::Typed),
        Err(End::Locked { until }) => Some(SignInProblem::Locked { until }),
        Err(_) => None,
    };
    let phone = params.get("phone").unwrap_or_default().chars().take(24).collect();
    let form = show(app, StatusCode::OK, &page(SignInStep::Form { csrf: session.csrf, phone, problem }));
    Ok(match opened {
        Some(opened) => session::with_cookie(app, &opened, form),
        None => form,
    })
}

/// Whether a link on another site leads here: then the browser keeps the session's cookie back (`SameSite=Strict`),
/// and a new session in its place would sign the user out.
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site")
}

/// What signs in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LogInForm {
    csrf: String,
    phone: String,
    pin: String,
    contract: String,
}

/// Signs in with phone and PIN, and goes on to what was asked for.
pub async fn log_in(State(app): State<App>, headers: HeaderMap, Form(fields): Form<LogInForm>) -> Response {
    let session = match session::current(&app, &headers).await {
        Ok(Some(session)) if session::is_genuine(&app, &headers, &session, fields.csrf.as_bytes()) => session,
        Ok(_) => return frame::stale(&app, &headers),
        Err(_) => return internal(&app, &headers),
    };
    let typed: String = fields.phone.chars().take(24).collect();
    let back = |notes: &[(&str, &str)]| to_page(&fields.contract, notes);
    let Some(pin) = inputs::pin(&fields.pin) else { return back(&[("notice", "pin-malformed"), ("phone", &typed)]) };
    match app.wallet.log_in(&session, &inputs::phone(&fields.phone), Pin::Typed(pin)).await {
        Ok((opened, _)) => session::with_cookie(&app, &opened, back(&[])),
        Err(Fault::Refused(Refusal::PinLocked { until })) => {
            back(&[("notice", "locked"), ("until", &until.as_second().to_string()), ("phone", &typed)])
        }
        Err(Fault::Refused(_)) => back(&[("notice", "login-wrong"), ("phone", &typed)]),
        Err(fault) => {
            tracing::error!(error.message = %fault, "pages: signing in failed");
            internal(&app, &headers)
        }
    }
}

/// Back to the page that was asked for, with what it shall say.
fn to_page(contract: &str, notes: &[(&str, &str)]) -> Response {
    let mut target = "/agreements".to_owned();
    if is_plain(contract) {
        target = format!("{target}/{contract}");
    }
    let notes = notes.iter().filter(|(_, value)| !value.is_empty());
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(notes).finish();
    if !query.is_empty() {
        target = format!("{target}?{query}");
    }
    Redirect::to(&target).into_response()
}

/// Whether a text can be the id of a contract: nothing else gets into an address.
fn is_plain(contract: &str) -> bool {
    (1..=CONTRACT_MAX).contains(&contract.len()) && contract.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
