//! How a wallet page ends without its user's yes, and what its call is told: closed, refused, too late, or settled elsewhere.

use super::error::ShellError;
use super::pay_reply::{self, PayCode, Route};
use super::reply::{self, CallApi, Outcome};
use super::scopes::{self, Asked};
use super::{order_str, sign_reply};
use crate::pages::order::{self, Fate, OrderStanding};
use crate::pages::sign_standing;
use crate::pages::standing::{self, Standing};
use crate::state::Shared;
use mithaq_alipay::{GatewayError, SignStatus, SignType};
use mithaq_domain::{Interaction, InteractionOutcome, InteractionState, Language, Session};
use mithaq_pages::CashierEnd;
use mithaq_types::PaymentId;
use serde_json::Value;

/// The page as it stands: one whose order was paid meanwhile, or whose time is up, is over.
pub async fn look(app: &Shared, session: &Session, page: Interaction) -> Result<Interaction, ShellError> {
    if page.state != InteractionState::Open {
        return Ok(page);
    }
    if app.wallet.now() >= page.expires_at {
        return leave(app, session, &page).await;
    }
    match &page.payment_id {
        Some(payment_id) if part_code(app, session, &page, payment_id).await? == PayCode::Paid => {
            close_pay(app, &page, PayCode::Paid, language(app, session).await?).await
        }
        _ => Ok(page),
    }
}

/// Whether the page's order waits for a card's issuer.
pub async fn is_asking(app: &Shared, page: &Interaction) -> Result<bool, ShellError> {
    let Some(payment_id) = &page.payment_id else { return Ok(false) };
    let found = app.wallet.reader().payment(payment_id.clone()).await?;
    Ok(found.is_some_and(|view| order::fate(&view, None, app.wallet.now()) == Fate::Asking))
}

/// Ends a page that the user leaves. One that could not be agreed to anyway ends as refused; one whose order was paid
/// meanwhile, or is being paid, says so.
pub async fn leave(app: &Shared, session: &Session, page: &Interaction) -> Result<Interaction, ShellError> {
    if page.state != InteractionState::Open {
        return Ok(page.clone());
    }
    let spoken = language(app, session).await?;
    if let Some(payment_id) = &page.payment_id {
        let code = part_code(app, session, page, payment_id).await?;
        return close_pay(app, page, code, spoken).await;
    }
    if let (Some(CallApi::PaySignCenter), Some(auth_id)) = (CallApi::parse(&page.api), &page.auth_id) {
        let standing = sign_standing::of_page(app, Some(session), Some(page), auth_id).await?;
        return close_sign(app, page, standing.error().as_ref()).await;
    }
    let blocked = match &page.auth_id {
        Some(auth_id) => {
            let standing = standing::of_offer(app, Some(session), Some(page), auth_id).await?;
            matches!(standing, Standing::Ended(_))
        }
        None => app.wallet.now() >= page.expires_at,
    };
    let outcome = if blocked { Outcome::Refused } else { Outcome::Cancelled };
    close(app, page, outcome, spoken).await
}

/// What the call hears if its page ended now.
async fn part_code(
    app: &Shared,
    session: &Session,
    page: &Interaction,
    payment_id: &PaymentId,
) -> Result<PayCode, ShellError> {
    let Some(view) = app.wallet.reader().payment(payment_id.clone()).await? else { return Ok(PayCode::Failed) };
    Ok(match order::fate(&view, session.user_id.as_ref(), app.wallet.now()) {
        Fate::PaidByUser => PayCode::Paid,
        Fate::Asking => PayCode::Processing,
        Fate::PaidBySomebody | Fate::Over => PayCode::Failed,
        Fate::Payable => match order::standing(app, Some(session), Some(page), Some(view)).await? {
            // The order is as open as it was.
            OrderStanding::Ended(_, CashierEnd::PageOver | CashierEnd::Declined(_)) => PayCode::Cancelled,
            OrderStanding::Ended(..) => PayCode::Failed,
            _ => PayCode::Cancelled,
        },
    })
}

/// Settles `page` without a signature; the first outcome stays.
pub async fn close(
    app: &Shared,
    page: &Interaction,
    outcome: Outcome,
    language: Language,
) -> Result<Interaction, ShellError> {
    let api = CallApi::parse(&page.api).unwrap_or(CallApi::QicardSignContract);
    let ret = match api {
        CallApi::GetAuthCode => {
            let asked = Asked::of_names(scopes::names(&page.scopes));
            reply::auth_code_failure(outcome, &asked.possible, &asked.refused, language)
        }
        api => reply::failure(api, outcome, language),
    };
    let settled =
        if outcome == Outcome::Cancelled { InteractionOutcome::Cancelled } else { InteractionOutcome::Failed };
    let id = page.interaction_id.clone();
    Ok(app.wallet.close_interaction(id, settled, &reply::envelope(false, &ret)).await?)
}

/// Settles a page of the cashier with `code`; the first outcome stays.
async fn close_pay(
    app: &Shared,
    page: &Interaction,
    code: PayCode,
    language: Language,
) -> Result<Interaction, ShellError> {
    let settled = match code {
        PayCode::Paid | PayCode::Processing => InteractionOutcome::Done,
        PayCode::Cancelled => InteractionOutcome::Cancelled,
        PayCode::Failed => InteractionOutcome::Failed,
    };
    let (ok, ret) = pay_reply(app, page, code, language).await?;
    let id = page.interaction_id.clone();
    Ok(app.wallet.close_interaction(id, settled, &reply::envelope(ok, &ret)).await?)
}

/// What the Mini Program of a page of the cashier hears.
pub async fn pay_reply(
    app: &Shared,
    page: &Interaction,
    code: PayCode,
    language: Language,
) -> Result<(bool, Value), ShellError> {
    let (ok, ret) = pay_reply::reply(code, route(page), language);
    match (CallApi::parse(&page.api), &page.payment_id, code) {
        (Some(CallApi::OrderStr(_, sign_type)), Some(payment_id), PayCode::Paid) => {
            Ok((ok, order_str::paid(app, payment_id, sign_type, ret).await?))
        }
        _ => Ok((ok, ret)),
    }
}

/// Settles a page of an agreement of the Alipay surface without a signature: because of `error`, or because the user left.
/// The first outcome stays.
pub async fn close_sign(
    app: &Shared,
    page: &Interaction,
    error: Option<&GatewayError>,
) -> Result<Interaction, ShellError> {
    let (settled, ret) = match error {
        Some(error) => {
            let sign_type = match &page.auth_id {
                Some(auth_id) => app.wallet.offer(auth_id.clone()).await?.and_then(|view| view.offer.terms.agreement),
                None => None,
            };
            let sign_type = sign_type.map_or(SignType::Rsa2, |asked| sign_reply::sign_type(&asked));
            (InteractionOutcome::Failed, sign_reply::failed(app, error, sign_type).await)
        }
        None => (InteractionOutcome::Cancelled, sign_reply::ret(SignStatus::Cancelled, "")),
    };
    let id = page.interaction_id.clone();
    Ok(app.wallet.close_interaction(id, settled, &reply::envelope(true, &ret)).await?)
}

/// How the codes of a page of the cashier reach its Mini Program.
pub fn route(page: &Interaction) -> Route {
    match CallApi::parse(&page.api) {
        Some(CallApi::TradePay(route) | CallApi::OrderStr(route, _)) => route,
        _ => Route::Split,
    }
}

/// The language of the session's user; English for nobody.
pub async fn language(app: &Shared, session: &Session) -> Result<Language, ShellError> {
    let Some(user_id) = &session.user_id else { return Ok(Language::EnUs) };
    Ok(app.wallet.user(user_id).await?.map_or(Language::EnUs, |user| user.language))
}
