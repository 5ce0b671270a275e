//! The authorization page (seed qicard-sign-contract, steps 6 and 7; spec/jsapi.md 6.1).

use super::evidence::offer_context;
use super::frame::{Params, accepted, frame, internal, language, not_found, show, to_canonical_host};
use super::record;
use super::standing::{self, Standing};
use crate::shell::session;
use crate::state::{App, Shared};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use mithaq_domain::{Interaction, Session};
use mithaq_pages::{
    AuthorizeContext, AuthorizeStep, ConfirmProblem, End, EndContext, Form, Language, LoginProblem, Page,
};
use mithaq_types::{AuthId, Currency, InteractionId, Timestamp};
use mithaq_wallet::{Fault, OfferView};

pub async fn authorize(State(app): State<App>, uri: Uri, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let target = uri.path_and_query().map_or("/authorize", |target| target.as_str());
    if let Some(elsewhere) = to_canonical_host(&app, &headers, target) {
        return elsewhere;
    }
    let params = Params::of(query.as_deref());
    let Some(auth_id) = params.get("authId") else { return not_found(&app, &headers) };
    build(&app, &headers, &params, AuthId::new(auth_id)).await.unwrap_or_else(|fault| {
        tracing::error!(error.message = %fault, "pages: the authorization page could not be built");
        internal(&app, &headers)
    })
}

async fn build(app: &Shared, headers: &HeaderMap, params: &Params, auth_id: AuthId) -> Result<Response, Fault> {
    let session = session::current(app, headers).await.unwrap_or(None);
    let page = match (&session, params.get("ix")) {
        (Some(session), Some(ix)) => app.wallet.interaction(&session.session_id, &InteractionId::new(ix)).await?,
        _ => None,
    };
    // The page of another call is none of this one's.
    let page = page.filter(|page| page.auth_id.as_ref() == Some(&auth_id));
    let standing = standing::of_offer(app, session.as_ref(), page.as_ref(), &auth_id).await?;
    let spoken = match &standing {
        Standing::Standalone(view) | Standing::Login(view) | Standing::Ready(view, _) => {
            language(view.offer.terms.language)
        }
        // An end speaks the offer's language where there is an offer.
        Standing::Ended(_) => match app.wallet.offer(auth_id.clone()).await? {
            Some(view) => language(view.offer.terms.language),
            None => accepted(headers),
        },
    };
    let ix = page.as_ref().map(|page| page.interaction_id.clone());
    let (view, step) = match standing {
        Standing::Ended(end) => {
            let status = if matches!(end, End::Unknown) { StatusCode::NOT_FOUND } else { StatusCode::OK };
            let context = EndContext { frame: frame(app, spoken), ix, end };
            return Ok(show(app, status, &Page::End(context)));
        }
        Standing::Standalone(view) => {
            let link = format!("{}/authorize?authId={auth_id}", app.config.wallet_origin);
            (view, AuthorizeStep::Standalone { link })
        }
        Standing::Login(view) => match login(params, session.as_ref(), page.as_ref()) {
            Ok(step) => (view, step),
            Err(end) => {
                let context = EndContext { frame: frame(app, spoken), ix, end };
                return Ok(show(app, StatusCode::OK, &Page::End(context)));
            }
        },
        Standing::Ready(view, user) => {
            let currency = view.offer.terms.agreed_amount.map_or(Currency::IQD, |agreed| agreed.currency);
            let balance = app.wallet.balance(&user.user_id, currency).await?;
            let tries_left = app.wallet.policy().pin_tries.saturating_sub(user.pin_failures);
            let form = form(session.as_ref(), page.as_ref());
            let monthly_ceiling = params.get("ceiling").unwrap_or_default().chars().take(24).collect();
            (view, AuthorizeStep::Ready { form, balance, monthly_ceiling, problem: problem(params, tries_left) })
        }
    };
    if let Some(page) = &page {
        record::shown(app, page);
    }
    Ok(show(app, StatusCode::OK, &Page::Authorize(context(app, spoken, &view, step))))
}

fn context(app: &Shared, spoken: Language, view: &OfferView, step: AuthorizeStep) -> AuthorizeContext {
    AuthorizeContext { frame: frame(app, spoken), offer: offer_context(app, view), step }
}

/// The sign-in form, or the end that a lock is.
fn login(params: &Params, session: Option<&Session>, page: Option<&Interaction>) -> Result<AuthorizeStep, End> {
    let problem = login_problem(params)?;
    let phone = params.get("phone").unwrap_or_default().chars().take(24).collect();
    Ok(AuthorizeStep::Login { form: form(session, page), phone, problem })
}

/// What was wrong with the last attempt to sign in.
pub fn login_problem(params: &Params) -> Result<Option<LoginProblem>, End> {
    match params.get("notice") {
        Some("login-wrong") => Ok(Some(LoginProblem::Wrong)),
        Some("pin-malformed") => Ok(Some(LoginProblem::PinMalformed)),
        Some("locked") => {
            let until = params.get("until").and_then(|text| text.parse().ok());
            until
                .and_then(|second| Timestamp::from_second(second).ok())
                .map_or(Ok(None), |until| Err(End::Locked { until }))
        }
        _ => Ok(None),
    }
}

fn problem(params: &Params, tries_left: u32) -> Option<ConfirmProblem> {
    match params.get("notice")? {
        "pin-wrong" => Some(ConfirmProblem::PinWrong { tries_left }),
        "pin-malformed" => Some(ConfirmProblem::PinMalformed),
        "ceiling-malformed" => Some(ConfirmProblem::CeilingMalformed),
        _ => None,
    }
}

/// Where the page's forms go.
pub fn form(session: Option<&Session>, page: Option<&Interaction>) -> Form {
    Form {
        ix: page.map_or_else(|| InteractionId::new(""), |page| page.interaction_id.clone()),
        csrf: session.map_or_else(String::new, |session| session.csrf.clone()),
    }
}
