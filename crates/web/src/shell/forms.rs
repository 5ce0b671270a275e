//! The forms of the wallet's pages: sign in, agree, refuse. Each ends with a redirect back to its page,
//! which shows the truth; so a reload sends nothing twice.

use super::error::ShellError;
use super::interactions::{close, language, leave, page_url};
use super::reply::{self, CallApi, Outcome};
use super::scopes::{self, Asked};
use super::{inputs, session};
use crate::pages::{self, record};
use crate::state::{App, Shared};
use axum::extract::{Form, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use mithaq_domain::{Interaction, Refusal, Scope, Session};
use mithaq_types::{Currency, InteractionId};
use mithaq_wallet::{Fault, GrantRequest, Page, Pin, SignRequest};
use serde::Deserialize;

/// Any of the three forms.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Fields {
    csrf: String,
    phone: String,
    pin: String,
    monthly_ceiling: String,
}

/// The session and the page that a form belongs to, or the page that says why not.
async fn opened(app: &Shared, headers: &HeaderMap, ix: String, csrf: &str) -> Result<(Session, Interaction), Response> {
    let refuse = |error: ShellError| error.into_response();
    let Some(session) = session::current(app, headers).await.map_err(refuse)? else {
        return Err(pages::stale(app, headers));
    };
    if !session::is_genuine(app, headers, &session, csrf.as_bytes()) {
        return Err(pages::stale(app, headers));
    }
    match app.wallet.interaction(&session.session_id, &InteractionId::new(ix)).await {
        Ok(Some(page)) => Ok((session, page)),
        Ok(None) => Err(pages::not_found(app, headers)),
        Err(fault) => Err(ShellError::from(fault).into_response()),
    }
}

/// Signs in with phone and PIN.
pub async fn log_in(
    State(app): State<App>,
    Path(ix): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let (session, page) = match opened(&app, &headers, ix, &fields.csrf).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let typed: String = fields.phone.chars().take(24).collect();
    let back = |notice: &str| to_page(&page, &[("notice", notice), ("phone", &typed)]);
    let Some(pin) = inputs::pin(&fields.pin) else { return back("pin-malformed") };
    match app.wallet.log_in(&session, &inputs::phone(&fields.phone), Pin::Typed(pin)).await {
        Ok((opened, _)) => match grant_unasked(&app, &opened.session, &page).await {
            Ok(()) => session::with_cookie(&app, &opened, to_page(&page, &[])),
            Err(error) => session::with_cookie(&app, &opened, error),
        },
        Err(Fault::Refused(Refusal::PinLocked { until })) => {
            to_page(&page, &[("notice", "locked"), ("until", &until.as_second().to_string())])
        }
        Err(Fault::Refused(_)) => back("login-wrong"),
        Err(fault) => ShellError::from(fault).into_response(),
    }
}

/// A page that only waited for somebody to sign in has nothing to ask: silent scopes, or granted ones
/// (spec/jsapi.md 3.1).
async fn grant_unasked(app: &Shared, session: &Session, page: &Interaction) -> Result<(), ShellError> {
    let Some(user_id) = session.user_id.as_ref().filter(|_| page.auth_id.is_none()) else { return Ok(()) };
    let granted = app.wallet.granted(user_id, &page.client_id).await?;
    if Asked::of_names(scopes::names(&page.scopes)).to_ask(&granted).is_empty() {
        allow(app, session, page).await?;
    }
    Ok(())
}

/// Agrees to an offer, or allows what was asked.
pub async fn confirm(
    State(app): State<App>,
    Path(ix): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let (session, page) = match opened(&app, &headers, ix, &fields.csrf).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let confirmed = match &page.auth_id {
        Some(_) => agree(&app, &session, &page, &fields).await,
        None => allow(&app, &session, &page).await,
    };
    confirmed.unwrap_or_else(ShellError::into_response)
}

async fn agree(app: &Shared, session: &Session, page: &Interaction, fields: &Fields) -> Result<Response, ShellError> {
    let (Some(user_id), Some(auth_id)) = (&session.user_id, &page.auth_id) else { return Ok(to_page(page, &[])) };
    let (user, view) = (app.wallet.user(user_id).await?, app.wallet.offer(auth_id.clone()).await?);
    let (Some(user), Some(view)) = (user, view) else { return Ok(to_page(page, &[])) };
    let typed: String = fields.monthly_ceiling.chars().take(24).collect();
    let currency = view.offer.terms.agreed_amount.map_or(Currency::IQD, |agreed| agreed.currency);
    let Ok(monthly_ceiling) = inputs::whole_amount(&typed, currency) else {
        return Ok(to_page(page, &[("notice", "ceiling-malformed"), ("ceiling", &typed)]));
    };
    let Some(pin) = inputs::pin(&fields.pin) else {
        return Ok(to_page(page, &[("notice", "pin-malformed"), ("ceiling", &typed)]));
    };
    let reply = |code: &str| reply::envelope(true, &reply::signed(code));
    let request = SignRequest {
        auth_id: auth_id.clone(),
        client_id: page.client_id.clone(),
        user_id: user_id.clone(),
        sub_client_id: page.sub_client_id.clone(),
        pin: Pin::Typed(pin),
        evidence: pages::evidence(app, &view, &user).await?,
        monthly_ceiling,
        page: Some(Page { interaction_id: page.interaction_id.clone(), reply: &reply }),
    };
    let signed = app.wallet.sign(request).await;
    record::agreed(app, page, signed.as_ref().ok().map(|signed| &signed.contract));
    match signed {
        // Settled one way or the other: the page knows. A locked PIN is read from the user's row.
        Ok(_) | Err(Fault::Refused(Refusal::InteractionOver | Refusal::PinLocked { .. })) => Ok(to_page(page, &[])),
        Err(Fault::Refused(Refusal::PinWrong { .. })) => {
            Ok(to_page(page, &[("notice", "pin-wrong"), ("ceiling", &typed)]))
        }
        Err(Fault::Refused(_)) => {
            close(app, page, Outcome::Refused, user.language).await?;
            Ok(to_page(page, &[]))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn allow(app: &Shared, session: &Session, page: &Interaction) -> Result<Response, ShellError> {
    let Some(user_id) = &session.user_id else { return Ok(to_page(page, &[])) };
    let asked = Asked::of_names(scopes::names(&page.scopes));
    let reply = |code: &str| reply::envelope(true, &reply::granted(code, &asked.possible, &asked.refused));
    let request = GrantRequest {
        client_id: page.client_id.clone(),
        user_id: user_id.clone(),
        scopes: asked.possible.iter().cloned().map(Scope).collect(),
        page: Some(Page { interaction_id: page.interaction_id.clone(), reply: &reply }),
    };
    match app.wallet.grant(request).await {
        Ok(_) | Err(Fault::Refused(Refusal::InteractionOver)) => {}
        Err(Fault::Refused(_)) => {
            close(app, page, Outcome::Refused, language(app, session).await?).await?;
        }
        Err(fault) => return Err(fault.into()),
    }
    Ok(to_page(page, &[]))
}

/// Refuses.
pub async fn decline(
    State(app): State<App>,
    Path(ix): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let (session, page) = match opened(&app, &headers, ix, &fields.csrf).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    match leave(&app, &session, &page).await {
        Ok(page) => {
            if CallApi::parse(&page.api) != Some(CallApi::GetAuthCode) {
                record::declined(&app, &page);
            }
            to_page(&page, &[])
        }
        Err(error) => error.into_response(),
    }
}

/// Back to the page, with what it shall say.
fn to_page(page: &Interaction, notes: &[(&str, &str)]) -> Response {
    let mut target = page_url(page);
    for (name, value) in notes.iter().filter(|(_, value)| !value.is_empty()) {
        let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
        target = format!("{target}&{name}={value}");
    }
    Redirect::to(&target).into_response()
}
