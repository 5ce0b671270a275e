//! "Agreements": a user sees every contract of theirs, what was charged under it, and ends it with the PIN.
//!
//! Needs no interaction, only a session in which somebody is signed in; without one the address shows a form to sign
//! in, and then itself.

mod sign_in;
mod view;

pub use sign_in::log_in;

use super::frame::{self, Params, frame, internal, language, show, to_canonical_host};
use super::record;
use crate::calls::Tone;
use crate::shell::error::ShellError;
use crate::shell::{inputs, session};
use crate::state::{App, Shared};
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};
use mithaq_domain::{Refusal, Session, User};
use mithaq_pages::{
    AgreementContext, AgreementStep, AgreementsContext, ErrorContext, ErrorKind, Language, Page, PinProblem, Standing,
};
use mithaq_store::ContractView;
use mithaq_types::{ContractId, PaymentId};
use mithaq_wallet::{Fault, Pin};
use serde::Deserialize;

/// Charges on one page; the older ones are a link away.
const CHARGES_SHOWN: u16 = 20;

/// The list.
pub async fn list(State(app): State<App>, uri: Uri, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    if let Some(elsewhere) = elsewhere(&app, &headers, &uri) {
        return elsewhere;
    }
    let built = async {
        let Some((_, user)) = signed_in(&app, &headers).await? else {
            return sign_in::show_form(&app, &headers, &Params::of(query.as_deref()), None).await;
        };
        let contracts = app.wallet.reader().contracts(Some(user.user_id.clone())).await?;
        let mut agreements = Vec::with_capacity(contracts.len());
        for contract in &contracts {
            agreements.push(view::agreement(&app, contract).await?);
        }
        let spoken = language(user.language);
        let user_name = if spoken == Language::ArIq { user.name_ar.full } else { user.name.full };
        let page = AgreementsContext { frame: frame(&app, spoken), user_name, agreements };
        Ok(show(&app, StatusCode::OK, &Page::Agreements(page)))
    };
    or_internal(&app, &headers, built.await)
}

/// One of them.
pub async fn one(
    State(app): State<App>,
    Path(contract_id): Path<String>,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Some(elsewhere) = elsewhere(&app, &headers, &uri) {
        return elsewhere;
    }
    let params = Params::of(query.as_deref());
    let contract_id = ContractId::new(contract_id);
    let built = async {
        let Some((session, user)) = signed_in(&app, &headers).await? else {
            return sign_in::show_form(&app, &headers, &params, Some(contract_id)).await;
        };
        match own(&app, &user, contract_id).await? {
            Some(contract) => show_one(&app, &params, session, &user, &contract).await,
            None => Ok(not_found(&app, &user)),
        }
    };
    or_internal(&app, &headers, built.await)
}

async fn show_one(
    app: &Shared,
    params: &Params,
    session: Session,
    user: &User,
    contract: &ContractView,
) -> Result<Response, ShellError> {
    let before = params.get("before").map(PaymentId::new);
    let begins_later = before.is_some();
    let contract_id = contract.contract.contract_id.clone();
    let mut payments = app.wallet.reader().payments_of_contract(contract_id, before, CHARGES_SHOWN + 1).await?;
    let there_are_older = payments.len() > usize::from(CHARGES_SHOWN);
    payments.truncate(usize::from(CHARGES_SHOWN));
    let agreement = view::agreement(app, contract).await?;
    let page = AgreementContext {
        frame: frame(app, language(user.language)),
        wallet_limit: app.wallet.policy().charge_ceiling(agreement.charged.currency),
        accepted: view::accepted(&contract.contract),
        older_than: payments.last().filter(|_| there_are_older).map(|payment| payment.payment_id.clone()),
        charges: payments.into_iter().map(view::charge).collect(),
        begins_later,
        step: step(app, params, session, user, agreement.standing),
        agreement,
    };
    Ok(show(app, StatusCode::OK, &Page::Agreement(Box::new(page))))
}

/// What the user can do now. The notice of the address says no more than which words to choose.
fn step(app: &Shared, params: &Params, session: Session, user: &User, standing: Standing) -> AgreementStep {
    let notice = params.get("notice");
    if standing.is_over() {
        return AgreementStep::Over { just_now: notice == Some("ended") };
    }
    if let Some(until) = user.locked_at(app.wallet.now()) {
        return AgreementStep::Locked { until };
    }
    let tries_left = app.wallet.policy().pin_tries.saturating_sub(user.pin_failures);
    let problem = match notice {
        Some("pin-wrong") if user.pin_failures > 0 => Some(PinProblem::Wrong { tries_left }),
        Some("pin-malformed") => Some(PinProblem::Malformed),
        _ => None,
    };
    AgreementStep::End { csrf: session.csrf, problem }
}

/// What ends an agreement.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct EndForm {
    csrf: String,
    pin: String,
}

/// Ends one, with the PIN.
pub async fn end(
    State(app): State<App>,
    Path(contract_id): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<EndForm>,
) -> Response {
    let contract_id = ContractId::new(contract_id);
    let ended = async {
        let genuine = |session: &Session| session::is_genuine(&app, &headers, session, fields.csrf.as_bytes());
        let Some((_, user)) = signed_in(&app, &headers).await?.filter(|(session, _)| genuine(session)) else {
            return Ok(frame::stale(&app, &headers));
        };
        let Some(contract) = own(&app, &user, contract_id).await? else { return Ok(not_found(&app, &user)) };
        Ok(to_page(&contract.contract.contract_id, end_own(&app, &user, &contract, &fields.pin).await?))
    };
    or_internal(&app, &headers, ended.await)
}

/// Ends the user's own contract and says with which words its page goes on. One that is over stays as it is.
async fn end_own(app: &Shared, user: &User, contract: &ContractView, pin: &str) -> Result<&'static str, ShellError> {
    if contract.state.has_ended() {
        return Ok("");
    }
    let Some(pin) = inputs::pin(pin) else { return Ok("?notice=pin-malformed") };
    let contract_id = &contract.contract.contract_id;
    let ended = app.wallet.end_contract_as_user(contract_id.clone(), &user.user_id, Pin::Typed(pin)).await;
    let (status, tone, page) = match ended {
        Ok(()) => ("ended", Tone::Good, "?notice=ended"),
        Err(Fault::Refused(Refusal::PinWrong { .. })) => ("PIN wrong", Tone::Bad, "?notice=pin-wrong"),
        // The page says so, further down, from the user's row.
        Err(Fault::Refused(Refusal::PinLocked { .. })) => ("PIN locked", Tone::Bad, "#ending"),
        // Somebody was faster; the page says who.
        Err(Fault::Refused(_)) => ("over already", Tone::Plain, ""),
        Err(fault) => return Err(fault.into()),
    };
    record::ended(app, contract_id, status, tone);
    Ok(page)
}

/// The session and its user, if somebody is signed in.
async fn signed_in(app: &Shared, headers: &HeaderMap) -> Result<Option<(Session, User)>, ShellError> {
    let Some(session) = session::current(app, headers).await? else { return Ok(None) };
    let Some(user_id) = &session.user_id else { return Ok(None) };
    Ok(app.wallet.user(user_id).await?.map(|user| (session, user)))
}

/// The user's own contract. Another's is as unknown as one that does not exist.
async fn own(app: &Shared, user: &User, contract_id: ContractId) -> Result<Option<ContractView>, ShellError> {
    let found = app.wallet.reader().contract(contract_id).await?;
    Ok(found.filter(|found| found.contract.user_id == user.user_id))
}

fn not_found(app: &Shared, user: &User) -> Response {
    let frame = frame(app, language(user.language));
    let page = ErrorContext { frame, ix: None, kind: ErrorKind::NotFound, trace_id: None };
    show(app, StatusCode::NOT_FOUND, &Page::Error(page))
}

fn to_page(contract_id: &ContractId, rest: &str) -> Response {
    Redirect::to(&format!("/agreements/{contract_id}{rest}")).into_response()
}

fn elsewhere(app: &Shared, headers: &HeaderMap, uri: &Uri) -> Option<Response> {
    to_canonical_host(app, headers, uri.path_and_query().map_or("/agreements", |target| target.as_str()))
}

/// The page that was built, or the one for when the wallet itself failed. Why is in the log.
fn or_internal(app: &Shared, headers: &HeaderMap, built: Result<Response, ShellError>) -> Response {
    built.unwrap_or_else(|_| internal(app, headers))
}
