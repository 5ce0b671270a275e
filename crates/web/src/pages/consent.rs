//! The consent page for `my.getAuthCode` (spec/jsapi.md 3.1).

use super::authorize::{form, login_problem};
use super::frame::{Params, accepted, frame, internal, language, merchant, not_found, show, to_canonical_host};
use crate::shell::session;
use crate::state::{App, Shared};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use mithaq_domain::{Interaction, InteractionOutcome, InteractionState, Session, UserStatus};
use mithaq_pages::{About, ConsentContext, ConsentStep, End, EndContext, Language, Page, RefusalReason, Scope};
use mithaq_types::InteractionId;
use mithaq_wallet::Fault;

pub async fn consent(State(app): State<App>, uri: Uri, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let target = uri.path_and_query().map_or("/consent", |target| target.as_str());
    if let Some(elsewhere) = to_canonical_host(&app, &headers, target) {
        return elsewhere;
    }
    let params = Params::of(query.as_deref());
    let Some(ix) = params.get("ix") else { return not_found(&app, &headers) };
    let session = session::current(&app, &headers).await.unwrap_or(None);
    let page = match &session {
        Some(session) => app.wallet.interaction(&session.session_id, &InteractionId::new(ix)).await,
        None => Ok(None),
    };
    let built = match (session, page) {
        (Some(session), Ok(Some(page))) if page.auth_id.is_none() => {
            build(&app, &headers, &params, &session, &page).await
        }
        (_, Ok(_)) => {
            let context = EndContext { frame: frame(&app, accepted(&headers)), ix: None, end: End::Unknown };
            return show(&app, StatusCode::NOT_FOUND, &Page::End(context));
        }
        (_, Err(fault)) => Err(fault),
    };
    built.unwrap_or_else(|fault| {
        tracing::error!(error.message = %fault, "pages: the consent page could not be built");
        internal(&app, &headers)
    })
}

async fn build(
    app: &Shared,
    headers: &HeaderMap,
    params: &Params,
    session: &Session,
    page: &Interaction,
) -> Result<Response, Fault> {
    let user = match &session.user_id {
        Some(user_id) => app.wallet.user(user_id).await?,
        None => None,
    };
    let spoken = user.as_ref().map_or_else(|| accepted(headers), |user| language(user.language));
    let known = app.directory.client(app.wallet.reader(), &page.client_id).await?;
    let end = |end: End| {
        let context = EndContext { frame: frame(app, spoken), ix: Some(page.interaction_id.clone()), end };
        Ok(show(app, StatusCode::OK, &Page::End(context)))
    };
    let Some(known) = known else { return end(End::Unknown) };
    let who = merchant(&known.merchant);
    match page.state {
        InteractionState::Final(InteractionOutcome::Done) => return end(End::Done(About::Details, who)),
        InteractionState::Final(InteractionOutcome::Cancelled) => return end(End::Declined(About::Details, who)),
        InteractionState::Final(InteractionOutcome::Failed) => return end(End::Refused(RefusalReason::Other)),
        InteractionState::Open if app.wallet.now() >= page.expires_at => return end(End::Expired),
        InteractionState::Open => {}
    }
    let step = match user {
        Some(user) if user.status != UserStatus::Active => return end(End::Refused(RefusalReason::Account)),
        Some(user) => {
            let name = if spoken == Language::ArIq { user.name_ar.full } else { user.name.full };
            ConsentStep::Ready { user_name: name }
        }
        None => match login_problem(params) {
            Ok(problem) => {
                let phone = params.get("phone").unwrap_or_default().chars().take(24).collect();
                ConsentStep::Login { phone, problem }
            }
            Err(locked) => return end(locked),
        },
    };
    let scopes = page.scopes.iter().filter_map(|scope| Scope::from_name(&scope.0)).collect();
    let form = form(Some(session), Some(page));
    let context = ConsentContext { frame: frame(app, spoken), merchant: who, scopes, form, step };
    Ok(show(app, StatusCode::OK, &Page::Consent(context)))
}
