//! Signing in where an address of "Agreements" was opened and nobody is.

use crate::pages::frame::{Params, accepted, frame, show};
use crate::pages::sign_in::{self, LogInForm};
use crate::shell::error::ShellError;
use crate::shell::session;
use crate::state::{App, Shared};
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use mithaq_pages::{Page, SignInContext};
use mithaq_types::ContractId;

/// The longest id of a contract that is carried along.
const CONTRACT_MAX: usize = 64;

/// The form, or the doorstep.
pub async fn show_form(
    app: &Shared,
    headers: &HeaderMap,
    params: &Params,
    contract_id: Option<ContractId>,
) -> Result<Response, ShellError> {
    let contract_id = contract_id.filter(|id| is_plain(id.as_str()));
    let (step, opened) = sign_in::step(app, headers, params).await?;
    let context = SignInContext { frame: frame(app, accepted(headers)), contract_id, step };
    let form = show(app, StatusCode::OK, &Page::SignIn(context));
    Ok(match opened {
        Some(opened) => session::with_cookie(app, &opened, form),
        None => form,
    })
}

/// Signs in with phone and PIN, and goes on to what was asked for.
pub async fn log_in(State(app): State<App>, headers: HeaderMap, Form(fields): Form<LogInForm>) -> Response {
    let page =
        if is_plain(&fields.contract) { format!("/agreements/{}", fields.contract) } else { "/agreements".to_owned() };
    match sign_in::attempt(&app, &headers, &fields).await {
        Ok(attempt) => sign_in::after(&app, attempt, &page),
        Err(response) => response,
    }
}

/// Whether a text can be the id of a contract: nothing else gets into an address.
fn is_plain(contract: &str) -> bool {
    (1..=CONTRACT_MAX).contains(&contract.len()) && contract.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
