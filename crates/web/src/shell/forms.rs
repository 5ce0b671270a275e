//! The forms of the wallet's pages: sign in, agree or pay, refuse. Each ends with a redirect back to its page, which shows
//! the truth; so a reload sends nothing twice.

use super::ending::{close, language, leave};
use super::error::ShellError;
use super::interactions::page_url;
use super::reply::{self, CallApi, Outcome};
use super::scopes::{self, Asked};
use super::{agreeing, inputs, paying, session};
use crate::pages::{self, record};
use crate::state::{App, Shared};
use axum::RequestExt as _;
use axum::extract::{Form, FromRequest, Path, Request, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use mithaq_domain::{Interaction, Refusal, Scope, Session};
use mithaq_types::{Currency, InteractionId};
use mithaq_wallet::{Fault, GrantRequest, Page, Pin, SignRequest};
use serde::Deserialize;

/// Any of the forms.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Fields {
    csrf: String,
    phone: String,
    pub pin: String,
    pub source: String,
    /// `yes`: what is offered with the order is to be signed.
    pub agreement: String,
    monthly_ceiling: String,
}

/// A form of a page that this session opened, sent from that page. Anything else is answered with a page that says why not.
pub struct Opened {
    session: Session,
    page: Interaction,
    fields: Fields,
}

impl FromRequest<App> for Opened {
    type Rejection = Response;

    async fn from_request(mut request: Request, app: &App) -> Result<Self, Response> {
        let refuse = |error: ShellError| error.into_response();
        let path = request.extract_parts::<Path<String>>().await;
        let Path(ix) = path.map_err(axum::response::IntoResponse::into_response)?;
        let headers = request.headers().clone();
        let Form(fields) = Form::<Fields>::from_request(request, app).await.map_err(|_| pages::stale(app, &headers))?;
        let session = session::current(app, &headers).await.map_err(refuse)?;
        let genuine = session.filter(|session| session::is_genuine(app, &headers, session, fields.csrf.as_bytes()));
        let Some(session) = genuine else { return Err(pages::stale(app, &headers)) };
        match app.wallet.interaction(&session.session_id, &InteractionId::new(ix)).await {
            Ok(Some(page)) => Ok(Self { session, page, fields }),
            Ok(None) => Err(pages::not_found(app, &headers)),
            Err(fault) => Err(refuse(fault.into())),
        }
    }
}

/// Signs in with phone and PIN.
pub async fn log_in(State(app): State<App>, Opened { session, page, fields }: Opened) -> Result<Response, ShellError> {
    let typed: String = fields.phone.chars().take(24).collect();
    let Some(pin) = inputs::pin(&fields.pin) else {
        return to_page(&app, &page, &[("notice", "pin-malformed"), ("phone", &typed)]).await;
    };
    match app.wallet.log_in(&session, &inputs::phone(&fields.phone), Pin::Typed(pin)).await {
        Ok((opened, _)) => match grant_unasked(&app, &opened.session, &page).await {
            Ok(()) => Ok(session::with_cookie(&app, &opened, to_page(&app, &page, &[]).await?)),
            Err(error) => Ok(session::with_cookie(&app, &opened, error)),
        },
        Err(Fault::Refused(Refusal::PinLocked { until })) => {
            to_page(&app, &page, &[("notice", "locked"), ("until", &until.as_second().to_string())]).await
        }
        Err(Fault::Refused(_)) => to_page(&app, &page, &[("notice", "login-wrong"), ("phone", &typed)]).await,
        Err(fault) => Err(fault.into()),
    }
}

/// A page that only waited for somebody to sign in has nothing to ask: silent scopes, or granted ones
/// (spec/jsapi.md 3.1).
async fn grant_unasked(app: &Shared, session: &Session, page: &Interaction) -> Result<(), ShellError> {
    if CallApi::parse(&page.api) != Some(CallApi::GetAuthCode) {
        return Ok(());
    }
    let Some(user_id) = &session.user_id else { return Ok(()) };
    let granted = app.wallet.granted(user_id, &page.client_id).await?;
    if Asked::of_names(scopes::names(&page.scopes)).to_ask(&granted).is_empty() {
        allow(app, session, page).await?;
    }
    Ok(())
}

/// Pays an order, agrees to an offer, or allows what was asked.
pub async fn confirm(State(app): State<App>, Opened { session, page, fields }: Opened) -> Result<Response, ShellError> {
    if page.payment_id.is_some() {
        let notes = paying::pay(&app, &session, &page, &fields).await?;
        let notes: Vec<_> = notes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        return to_page(&app, &page, &notes).await;
    }
    match &page.auth_id {
        Some(_) if CallApi::parse(&page.api) == Some(CallApi::PaySignCenter) => {
            let notes = agreeing::sign(&app, &session, &page, &fields).await?;
            let notes: Vec<_> = notes.iter().map(|(name, value)| (*name, value.as_str())).collect();
            to_page(&app, &page, &notes).await
        }
        Some(_) => agree(&app, &session, &page, &fields).await,
        None => allow(&app, &session, &page).await,
    }
}

async fn agree(app: &Shared, session: &Session, page: &Interaction, fields: &Fields) -> Result<Response, ShellError> {
    let (Some(user_id), Some(auth_id)) = (&session.user_id, &page.auth_id) else {
        return to_page(app, page, &[]).await;
    };
    let (user, view) = (app.wallet.user(user_id).await?, app.wallet.offer(auth_id.clone()).await?);
    let (Some(user), Some(view)) = (user, view) else { return to_page(app, page, &[]).await };
    let typed: String = fields.monthly_ceiling.chars().take(24).collect();
    let currency = view.offer.terms.agreed_amount.map_or(Currency::IQD, |agreed| agreed.currency);
    let Ok(monthly_ceiling) = inputs::whole_amount(&typed, currency) else {
        return to_page(app, page, &[("notice", "ceiling-malformed"), ("ceiling", &typed)]).await;
    };
    let Some(pin) = inputs::pin(&fields.pin) else {
        return to_page(app, page, &[("notice", "pin-malformed"), ("ceiling", &typed)]).await;
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
        Ok(_) | Err(Fault::Refused(Refusal::InteractionOver | Refusal::PinLocked { .. })) => {}
        Err(Fault::Refused(Refusal::PinWrong { .. })) => {
            return to_page(app, page, &[("notice", "pin-wrong"), ("ceiling", &typed)]).await;
        }
        Err(Fault::Refused(_)) => {
            close(app, page, Outcome::Refused, user.language).await?;
        }
        Err(fault) => return Err(fault.into()),
    }
    to_page(app, page, &[]).await
}

async fn allow(app: &Shared, session: &Session, page: &Interaction) -> Result<Response, ShellError> {
    let Some(user_id) = &session.user_id else { return to_page(app, page, &[]).await };
    let asked = Asked::of_names(scopes::names(&page.scopes));
    let reply = |code: &str| reply::envelope(true, &reply::granted(code, &asked.possible, &asked.refused));
    let request = GrantRequest {
        client_id: page.client_id.clone(),
        user_id: user_id.clone(),
        scopes: asked.possible.iter().cloned().map(Scope).collect(),
        page: Some(Page { interaction_id: page.interaction_id.clone(), reply: &reply }),
    };
    let granted = app.wallet.grant(request).await;
    record::authorized(app, Some(page), granted.is_ok());
    match granted {
        Ok(_) | Err(Fault::Refused(Refusal::InteractionOver)) => {}
        Err(Fault::Refused(_)) => {
            close(app, page, Outcome::Refused, language(app, session).await?).await?;
        }
        Err(fault) => return Err(fault.into()),
    }
    to_page(app, page, &[]).await
}

/// Refuses.
pub async fn decline(State(app): State<App>, Opened { session, page, .. }: Opened) -> Result<Response, ShellError> {
    let page = leave(&app, &session, &page).await?;
    if CallApi::parse(&page.api) != Some(CallApi::GetAuthCode) {
        record::declined(&app, &page);
    }
    to_page(&app, &page, &[]).await
}

/// Back to the page, with what it shall say.
async fn to_page(app: &Shared, page: &Interaction, notes: &[(&str, &str)]) -> Result<Response, ShellError> {
    let mut target = page_url(app, page).await?;
    for (name, value) in notes.iter().filter(|(_, value)| !value.is_empty()) {
        let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
        target = format!("{target}&{name}={value}");
    }
    Ok(Redirect::to(&target).into_response())
}
