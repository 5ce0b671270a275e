//! `/wallet/security`: the PIN, where one is signed in, the language, and the way out.

use super::device;
use crate::pages::visit::{Posted, Visit, on_to};
use crate::shell::inputs;
use axum::extract::Path;
use axum::response::Response;
use mithaq_domain::{Language, Refusal};
use mithaq_pages::PinProblem;
use mithaq_pages::wallet::{Device, Door, PinChange, PinChangeProblem, Screen, Security, SecurityNotice};
use mithaq_types::SessionId;
use mithaq_wallet::{Fault, Pin};

const PAGE: &str = "/wallet/security";

pub async fn page(visit: Visit) -> Response {
    let sessions = match visit.app.wallet.sessions(&visit.user.user_id).await {
        Ok(sessions) => sessions,
        Err(fault) => return visit.answer(Err(fault.into())),
    };
    let device = |session: &mithaq_domain::Session| Device {
        session_id: session.session_id.clone(),
        here: session.session_id == visit.session.session_id,
        name: device::name(session.agent.as_deref()),
        // Where a browser is, the wallet neither knows nor keeps.
        place: String::new(),
        since: session.created_at,
        seen_at: None,
    };
    let mut devices: Vec<_> = sessions.iter().map(device).collect();
    devices.sort_by_key(|device| !device.here);
    let pin = match visit.user.locked_at(visit.app.wallet.now()) {
        Some(until) => PinChange::Locked { until },
        None => PinChange::Ask { problem: problem(&visit) },
    };
    let notice = match visit.params.get("notice") {
        Some("pin-changed") => Some(SecurityNotice::PinChanged),
        Some("session-ended") => Some(SecurityNotice::SessionEnded),
        Some("language") => Some(SecurityNotice::LanguageChanged),
        _ => None,
    };
    let screen = Security { user_name: visit.name(), phone: visit.user.phone.clone(), pin, devices, notice };
    let shown = visit.show(Door::More, true, Screen::Security(Box::new(screen))).await;
    visit.answer(shown)
}

fn problem(visit: &Visit) -> Option<PinChangeProblem> {
    if let Some(problem) = visit.pin_problem() {
        return Some(PinChangeProblem::Old(problem));
    }
    Some(match visit.params.get("notice")? {
        "old-malformed" => PinChangeProblem::Old(PinProblem::Malformed),
        "new-malformed" => PinChangeProblem::NewMalformed,
        "new-weak" => PinChangeProblem::NewWeak,
        "new-same" => PinChangeProblem::NewSame,
        "again-differs" => PinChangeProblem::AgainDiffers,
        _ => return None,
    })
}

/// Another PIN, for whoever knows the old one.
pub async fn change_pin(Posted { visit, fields }: Posted) -> Response {
    let typed = |field: &str| inputs::pin(fields.get(field).unwrap_or_default());
    let say = |notice: &str| on_to(PAGE, &[("notice", notice)]);
    let Some(old) = typed("old") else { return say("old-malformed") };
    let Some(new) = typed("new") else { return say("new-malformed") };
    if typed("again").as_ref() != Some(&new) {
        return say("again-differs");
    }
    if inputs::is_weak_pin(&new) {
        return say("new-weak");
    }
    if old == new {
        return say("new-same");
    }
    match visit.app.wallet.change_pin(&visit.user.user_id, Pin::Typed(old), new).await {
        Ok(()) => say("pin-changed"),
        Err(Fault::Refused(Refusal::PinWrong { .. })) => say("pin-wrong"),
        // The page says so, from the user's row.
        Err(Fault::Refused(_)) => say(""),
        Err(fault) => visit.answer(Err(fault.into())),
    }
}

/// Signs another browser out.
pub async fn end_session(Path(session_id): Path<String>, Posted { visit, .. }: Posted) -> Response {
    match visit.app.wallet.end_session(SessionId::new(session_id), &visit.user.user_id).await {
        Ok(()) => on_to(PAGE, &[("notice", "session-ended")]),
        // Another user's is as unknown as one that does not exist.
        Err(Fault::Refused(_)) => visit.not_found(),
        Err(fault) => visit.answer(Err(fault.into())),
    }
}

/// What the user reads from now on.
pub async fn set_language(Posted { visit, fields }: Posted) -> Response {
    let language = match fields.get("language") {
        Some("en-US") => Language::EnUs,
        Some("ar-IQ") => Language::ArIq,
        _ => return on_to(PAGE, &[]),
    };
    match visit.app.wallet.set_language(&visit.user.user_id, language).await {
        Ok(()) => on_to(PAGE, &[("notice", "language")]),
        Err(fault) => visit.answer(Err(fault.into())),
    }
}

/// Signs this browser out.
pub async fn sign_out(Posted { visit, .. }: Posted) -> Response {
    match visit.app.wallet.log_out(visit.session.session_id.clone()).await {
        Ok(()) => on_to("/wallet", &[]),
        Err(fault) => visit.answer(Err(fault.into())),
    }
}
