//! An agreement that is offered together with an order (spec/alipay-agreement.md 2.12): on the page of the cashier, and what
//! came of it once the order is paid.

use super::deal::{deal, today};
use super::frame::Params;
use super::sign_standing::{self, can_be_signed, problem_named, repeated};
use crate::state::Shared;
use mithaq_domain::{Payment, User};
use mithaq_pages::{AgreementAnswer, Offered, SignProblem};
use mithaq_types::UserId;
use mithaq_wallet::{Fault, OfferView};

/// What is offered with the order, if `user` can sign it and has not yet.
pub async fn offered(
    app: &Shared,
    payment: &Payment,
    user: &User,
    params: &Params,
) -> Result<Option<Box<Offered>>, Fault> {
    let Some(view) = offer_of(app, payment).await?.filter(|view| can_be_signed(app, view)) else { return Ok(None) };
    let Some(terms) = sign_standing::terms(&view) else { return Ok(None) };
    if repeated(app, &user.user_id, &view).await?.is_some() {
        return Ok(None);
    }
    // As the user left the switch, where an attempt failed.
    let wanted = params.get("notice").is_none() || params.get("agreement") == Some("yes");
    Ok(Some(Box::new(Offered { deal: deal(app, terms), wanted, today: today(app) })))
}

/// What came of it, of an order that was paid a moment ago.
pub async fn answer(
    app: &Shared,
    payment: &Payment,
    user_id: &UserId,
    params: &Params,
) -> Result<Option<AgreementAnswer>, Fault> {
    let Some(view) = offer_of(app, payment).await? else { return Ok(None) };
    let signed = repeated(app, user_id, &view).await?;
    if let Some((contract, terms)) = signed.as_ref().and_then(|found| Some((found, found.terms.agreement.as_deref()?)))
    {
        // What the user had before was not offered.
        let is_new = contract.auth_id == view.offer.auth_id;
        return Ok(is_new.then(|| AgreementAnswer::Signed(Box::new(deal(app, terms)))));
    }
    let problem = params.get("notice").and_then(|notice| problem_named(app, notice));
    Ok(Some(match (problem, params.get("agreement")) {
        (Some(problem), _) => AgreementAnswer::Failed(problem),
        // It was wanted, but the order was paid later than its page could wait for.
        (None, Some("yes")) => AgreementAnswer::Failed(SignProblem::Other),
        (None, _) => AgreementAnswer::NotWanted,
    }))
}

async fn offer_of(app: &Shared, payment: &Payment) -> Result<Option<OfferView>, Fault> {
    match payment.gateway.as_ref().and_then(|trade| trade.offer.as_ref()) {
        Some(auth_id) => sign_standing::offer(app, auth_id).await,
        None => Ok(None),
    }
}
