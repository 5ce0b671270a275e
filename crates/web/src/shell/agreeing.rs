//! The signing page's form: the user signs an agreement of the Alipay surface, on a page of the shell or on one that stands
//! alone, or on the page of a payment.

use super::error::ShellError;
use super::forms::Fields;
use super::{ending, inputs};
use crate::pages::sign_standing::{error_of, notice_of, offer, problem_of};
use crate::pages::{self, record};
use crate::state::Shared;
use mithaq_domain::{Contract, Interaction, Payment, Refusal, Session, User};
use mithaq_pages::SignProblem;
use mithaq_types::{InteractionId, UserId};
use mithaq_wallet::{AgreementRequest, Fault, OfferView, Pin};

/// What the page shall say, as members of its address.
pub type Notes = Vec<(&'static str, String)>;

/// What came of an attempt.
pub enum Came {
    /// The agreement is in force; perhaps since before.
    Signed(Box<Contract>),
    /// Something was typed wrong.
    Again(&'static str),
    /// It is over already, or the PIN is locked: the page knows.
    Known,
    /// It cannot be signed.
    Refused(SignProblem),
}

/// Signs with what was typed as PIN.
pub async fn attempt(
    app: &Shared,
    user: &User,
    view: &OfferView,
    typed: &str,
    page: Option<InteractionId>,
) -> Result<Came, ShellError> {
    let Some(pin) = inputs::pin(typed) else { return Ok(Came::Again("pin-malformed")) };
    let request = AgreementRequest {
        auth_id: view.offer.auth_id.clone(),
        client_id: view.offer.client_id.clone(),
        user_id: user.user_id.clone(),
        pin: Pin::Typed(pin),
        evidence: pages::agreement_evidence(app, view, user, pages::Shown::Alone)?,
        page,
    };
    match app.wallet.sign_agreement(request).await {
        Ok((contract, _)) => Ok(Came::Signed(Box::new(contract))),
        Err(Fault::Refused(Refusal::PinWrong { .. })) => Ok(Came::Again("pin-wrong")),
        Err(Fault::Refused(Refusal::PinLocked { .. } | Refusal::InteractionOver)) => Ok(Came::Known),
        Err(Fault::Refused(refusal)) => Ok(Came::Refused(problem_of(app, &refusal))),
        Err(fault) => Err(fault.into()),
    }
}

/// Signs on a page of the shell, and says which words the page goes on with.
pub async fn sign(app: &Shared, session: &Session, page: &Interaction, fields: &Fields) -> Result<Notes, ShellError> {
    let (Some(user_id), Some(auth_id)) = (&session.user_id, &page.auth_id) else { return Ok(Notes::new()) };
    let (user, view) = (app.wallet.user(user_id).await?, offer(app, auth_id).await?);
    let (Some(user), Some(view)) = (user, view) else { return Ok(Notes::new()) };
    let came = attempt(app, &user, &view, &fields.pin, Some(page.interaction_id.clone())).await?;
    let signed = match &came {
        Came::Signed(contract) => Some(contract.as_ref()),
        _ => None,
    };
    record::sign_answered(app, Some(page), auth_id, signed);
    Ok(match came {
        Came::Signed(_) | Came::Known => Notes::new(),
        Came::Again(notice) => note(notice),
        Came::Refused(problem) => {
            ending::close_sign(app, page, Some(&error_of(problem))).await?;
            note(notice_of(problem))
        }
    })
}

/// Signs what was offered with a payment that this user has just made: the PIN that opened for the one opens for the other.
/// Whatever comes of it, the payment stands.
pub async fn sign_with_payment(app: &Shared, user_id: &UserId, payment: &Payment) -> Result<Notes, ShellError> {
    let Some(auth_id) = payment.gateway.as_ref().and_then(|trade| trade.offer.as_ref()) else {
        return Ok(Notes::new());
    };
    let (user, view) = (app.wallet.user(user_id).await?, offer(app, auth_id).await?);
    let (Some(user), Some(view)) = (user, view) else { return Ok(Notes::new()) };
    let request = AgreementRequest {
        auth_id: auth_id.clone(),
        client_id: payment.client_id.clone(),
        user_id: user_id.clone(),
        pin: Pin::NotAsked,
        evidence: pages::agreement_evidence(app, &view, &user, pages::Shown::WithPayment)?,
        page: None,
    };
    let signed = app.wallet.sign_agreement(request).await;
    record::sign_answered(app, None, auth_id, signed.as_ref().ok().map(|(contract, _)| contract));
    Ok(match signed {
        Ok(_) => Notes::new(),
        Err(Fault::Refused(refusal)) => {
            tracing::warn!(auth_id = auth_id.as_str(), error.message = %refusal, "paid, and not signed");
            note(notice_of(problem_of(app, &refusal)))
        }
        Err(fault) => {
            // The money has moved: its page must say so, whatever became of this.
            tracing::error!(auth_id = auth_id.as_str(), error.message = %fault, "paid, and not signed");
            note(notice_of(SignProblem::Other))
        }
    })
}

fn note(notice: &str) -> Notes {
    vec![("notice", notice.to_owned())]
}
