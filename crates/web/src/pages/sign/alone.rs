//! The forms of a signing page that stands alone. Each ends with a redirect to the page, which shows the truth.

use crate::pages::frame::{self, internal};
use crate::pages::record;
use crate::pages::sign_in::{self, LogInForm};
use crate::pages::sign_standing::{self, notice_of, repeated};
use crate::pages::visit::{Posted, on_to};
use crate::shell::agreeing::{Came, attempt};
use crate::shell::error::ShellError;
use crate::state::App;
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::Response;
use mithaq_types::AuthId;

/// The longest id of an offer that is carried along.
const SIGN_ID_MAX: usize = 64;

/// Signs in with phone and PIN.
pub async fn log_in(State(app): State<App>, headers: HeaderMap, Form(fields): Form<LogInForm>) -> Response {
    let Some(page) = address(&fields.sign_id) else { return frame::not_found(&app, &headers) };
    match sign_in::attempt(&app, &headers, &fields).await {
        Ok(attempt) => sign_in::after(&app, attempt, &page),
        Err(response) => response,
    }
}

/// Signs, with the PIN.
pub async fn confirm(headers: HeaderMap, posted: Posted) -> Response {
    let app = App::clone(&posted.visit.app);
    sign(&posted).await.unwrap_or_else(|_| internal(&app, &headers))
}

/// Refuses. Nothing is kept of it: the request can be opened again.
pub async fn decline(State(app): State<App>, headers: HeaderMap, Form(fields): Form<LogInForm>) -> Response {
    let Some(page) = address(&fields.sign_id) else { return frame::not_found(&app, &headers) };
    match sign_in::sender(&app, &headers, &fields).await {
        Ok(_) => {
            record::sign_answered(&app, None, &AuthId::new(fields.sign_id), None);
            on_to(&page, &[("notice", "declined")])
        }
        Err(response) => response,
    }
}

async fn sign(posted: &Posted) -> Result<Response, ShellError> {
    let visit = &posted.visit;
    let (app, user) = (&visit.app, &visit.user);
    let sign_id = posted.typed("signId", SIGN_ID_MAX);
    let Some(page) = address(&sign_id) else { return Ok(visit.not_found()) };
    let auth_id = AuthId::new(sign_id);
    let Some(view) = sign_standing::offer(app, &auth_id).await? else { return Ok(visit.not_found()) };
    let came = attempt(app, user, &view, posted.fields.get("pin").unwrap_or_default(), None).await?;
    let signed = match &came {
        Came::Signed(contract) => Some(contract.as_ref()),
        _ => None,
    };
    record::sign_answered(app, None, &auth_id, signed);
    let notice = match &came {
        Came::Signed(contract)
            if contract.auth_id != auth_id && repeated(app, &user.user_id, &view).await?.is_some() =>
        {
            "before"
        }
        Came::Signed(_) | Came::Known => "",
        Came::Again(notice) => notice,
        Came::Refused(problem) => notice_of(*problem),
    };
    Ok(on_to(&page, &[("notice", notice)]))
}

/// The page's own address. Ids are the wallet's own: hexadecimal digits; nothing else gets into an address.
fn address(sign_id: &str) -> Option<String> {
    let is_plain =
        (1..=SIGN_ID_MAX).contains(&sign_id.len()) && sign_id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_plain.then(|| format!("/sign?signId={sign_id}"))
}
