//! "Agreements": a user sees every contract of theirs, what was charged under it, and ends it with the PIN.
//!
//! Needs no interaction, only a session in which somebody is signed in; without one the address shows a form to sign
//! in, and then itself.

mod sign_in;
mod view;

pub use sign_in::log_in;

use super::frame::{Params, internal, show, to_canonical_host};
use super::record;
use super::visit::{Posted, Visit, on_to, signed_in};
use crate::calls::Tone;
use crate::shell::error::ShellError;
use crate::shell::inputs;
use crate::state::{App, Shared};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use mithaq_domain::{Refusal, User};
use mithaq_pages::wallet::Door;
use mithaq_pages::{AgreementContext, AgreementStep, AgreementsContext, Page, Standing};
use mithaq_store::ContractView;
use mithaq_types::{ContractId, PaymentId};
use mithaq_wallet::{Fault, Pin};

/// Charges on one page; the older ones are a link away.
const CHARGES_SHOWN: u16 = 20;

/// The list.
pub async fn list(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    match visit(&app, &headers, &uri, None).await {
        Ok(visit) => visit.answer(show_all(&visit).await),
        Err(response) => response,
    }
}

/// One of them.
pub async fn one(State(app): State<App>, Path(contract_id): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    let contract_id = ContractId::new(contract_id);
    match visit(&app, &headers, &uri, Some(contract_id.clone())).await {
        Ok(visit) => visit.answer(look_at_one(&visit, contract_id).await),
        Err(response) => response,
    }
}

/// Who asks, or the page in the place of what was asked for.
async fn visit(app: &App, headers: &HeaderMap, uri: &Uri, contract_id: Option<ContractId>) -> Result<Visit, Response> {
    let target = uri.path_and_query().map_or("/agreements", |target| target.as_str());
    if let Some(elsewhere) = to_canonical_host(app, headers, target) {
        return Err(elsewhere);
    }
    let params = Params::of(uri.query());
    let shown = match signed_in(app, headers).await {
        Ok(Some((session, user))) => return Ok(Visit::of(app, session, user, params)),
        Ok(None) => sign_in::show_form(app, headers, &params, contract_id).await,
        Err(error) => Err(error),
    };
    Err(shown.unwrap_or_else(|_| internal(app, headers)))
}

async fn show_all(visit: &Visit) -> Result<Response, ShellError> {
    let app = &visit.app;
    let contracts = app.wallet.reader().contracts(Some(visit.user.user_id.clone())).await?;
    let mut agreements = Vec::with_capacity(contracts.len());
    for contract in &contracts {
        agreements.push(view::agreement(app, contract).await?);
    }
    let frame = visit.frame(Door::Agreements, true, visit.unread().await?);
    let page = AgreementsContext { frame, user_name: visit.name(), agreements };
    Ok(show(app, StatusCode::OK, &Page::Agreements(page)))
}

async fn look_at_one(visit: &Visit, contract_id: ContractId) -> Result<Response, ShellError> {
    match own(&visit.app, &visit.user, contract_id).await? {
        Some(contract) => show_one(visit, &contract).await,
        None => Ok(visit.not_found()),
    }
}

async fn show_one(visit: &Visit, contract: &ContractView) -> Result<Response, ShellError> {
    let app = &visit.app;
    let before = visit.params.get("before").map(PaymentId::new);
    let begins_later = before.is_some();
    let contract_id = contract.contract.contract_id.clone();
    let mut payments = app.wallet.reader().payments_of_contract(contract_id, before, CHARGES_SHOWN + 1).await?;
    let there_are_older = payments.len() > usize::from(CHARGES_SHOWN);
    payments.truncate(usize::from(CHARGES_SHOWN));
    let agreement = view::agreement(app, contract).await?;
    let page = AgreementContext {
        frame: visit.frame(Door::Agreements, false, visit.unread().await?),
        wallet_limit: app.wallet.policy().charge_ceiling(agreement.charged.currency),
        accepted: view::accepted(&contract.contract),
        older_than: payments.last().filter(|_| there_are_older).map(|payment| payment.payment_id.clone()),
        charges: payments.into_iter().map(view::charge).collect(),
        begins_later,
        step: step(visit, agreement.standing),
        agreement,
    };
    Ok(show(app, StatusCode::OK, &Page::Agreement(Box::new(page))))
}

/// What the user can do now. The notice of the address says no more than which words to choose.
fn step(visit: &Visit, standing: Standing) -> AgreementStep {
    if standing.is_over() {
        return AgreementStep::Over { just_now: visit.params.get("notice") == Some("ended") };
    }
    if let Some(until) = visit.user.locked_at(visit.app.wallet.now()) {
        return AgreementStep::Locked { until };
    }
    AgreementStep::End { csrf: visit.session.csrf.clone(), problem: visit.pin_problem() }
}

/// Ends one, with the PIN.
pub async fn end(Path(contract_id): Path<String>, Posted { visit, fields }: Posted) -> Response {
    let pin = fields.get("pin").unwrap_or_default();
    visit.answer(end_one(&visit, ContractId::new(contract_id), pin).await)
}

async fn end_one(visit: &Visit, contract_id: ContractId, pin: &str) -> Result<Response, ShellError> {
    let Some(contract) = own(&visit.app, &visit.user, contract_id).await? else { return Ok(visit.not_found()) };
    let rest = end_own(&visit.app, &visit.user, &contract, pin).await?;
    Ok(on_to(&format!("/agreements/{}{rest}", contract.contract.contract_id), &[]))
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

/// The user's own contract. Another's is as unknown as one that does not exist.
async fn own(app: &Shared, user: &User, contract_id: ContractId) -> Result<Option<ContractView>, ShellError> {
    let found = app.wallet.reader().contract(contract_id).await?;
    Ok(found.filter(|found| found.contract.user_id == user.user_id))
}
