//! `/wallet/code`: paying by showing a code. The code is in the answer to the form and nowhere else: it is money for a
//! minute, and belongs in no address.

use crate::pages::visit::{Posted, Visit, on_to};
use crate::shell::error::ShellError;
use crate::shell::inputs;
use axum::response::Response;
use mithaq_domain::{Refusal, UserStatus};
use mithaq_pages::wallet::{CodeStep, Door, PayCode, Screen};
use mithaq_wallet::{Fault, Pin};

pub async fn page(visit: Visit) -> Response {
    let step = match (visit.user.status, visit.user.locked_at(visit.app.wallet.now())) {
        (UserStatus::Frozen | UserStatus::Restricted, _) => CodeStep::Restricted,
        (UserStatus::Active, Some(until)) => CodeStep::Locked { until },
        (UserStatus::Active, None) => CodeStep::Ask { problem: visit.pin_problem() },
    };
    let shown = show(&visit, step).await;
    visit.answer(shown)
}

async fn show(visit: &Visit, step: CodeStep) -> Result<Response, ShellError> {
    let (user_id, currency) = (&visit.user.user_id, visit.app.wallet.policy().currency);
    let balance = visit.app.wallet.balance(user_id, currency).await?;
    visit.show(Door::Pay, true, Screen::Code(PayCode { balance, step })).await
}

/// Makes a code, with the PIN.
pub async fn make(Posted { visit, fields }: Posted) -> Response {
    let Some(pin) = inputs::pin(fields.get("pin").unwrap_or_default()) else { return again("pin-malformed") };
    let shown = match visit.app.wallet.payment_code(visit.user.user_id.clone(), Pin::Typed(pin)).await {
        Ok(code) => show(&visit, CodeStep::Shown { code: code.code, expires_at: code.expires_at }).await,
        Err(Fault::Refused(Refusal::PinWrong { .. })) => return again("pin-wrong"),
        // The page says so, from the user's row.
        Err(Fault::Refused(_)) => return again(""),
        Err(fault) => Err(fault.into()),
    };
    visit.answer(shown)
}

fn again(notice: &str) -> Response {
    on_to("/wallet/code", &[("notice", notice)])
}
