//! How an authorization page stands at this moment: the one place that decides what it shows, and with
//! which code a user who leaves it is reported.

use super::frame::merchant;
use crate::state::Shared;
use mithaq_domain::{
    AgreementPay, Interaction, InteractionOutcome, InteractionState, Session, Status, User, UserStatus,
};
use mithaq_pages::{About, End, RefusalReason};
use mithaq_types::AuthId;
use mithaq_wallet::{Fault, OfferView};

/// What there is to show.
pub enum Standing {
    /// Nothing to press: it is over, or cannot be done.
    Ended(End),
    /// To read only: not opened by the shell of this session.
    Standalone(Box<OfferView>),
    /// Phone and PIN first.
    Login(Box<OfferView>),
    /// To be agreed to.
    Ready(Box<OfferView>, Box<User>),
}

/// Looks at the offer, the page, the session and the user.
pub async fn of_offer(
    app: &Shared,
    session: Option<&Session>,
    page: Option<&Interaction>,
    auth_id: &AuthId,
) -> Result<Standing, Fault> {
    let now = app.wallet.now();
    let page = page.filter(|page| page.auth_id.as_ref() == Some(auth_id));
    // What is signed on the signing page is no offer of this page.
    let offer = app.wallet.offer(auth_id.clone()).await?.filter(|view| view.offer.terms.agreement.is_none());
    let Some(view) = offer else { return Ok(Standing::Ended(End::Unknown)) };
    let who = merchant(&view.merchant);
    let over = now >= view.offer.expires_at;
    let active = view.client.status == Status::Active && view.merchant.status == Status::Active;
    let blocked = if !active || view.client.agreement_pay != AgreementPay::Allowed {
        Some(End::Unavailable(who.clone()))
    } else if over {
        Some(End::Expired)
    } else {
        None
    };
    let Some((session, page)) = session.zip(page) else {
        return Ok(blocked.map_or(Standing::Standalone(Box::new(view)), Standing::Ended));
    };
    match page.state {
        InteractionState::Final(InteractionOutcome::Done) => {
            return Ok(Standing::Ended(End::Done(About::Agreement, who)));
        }
        InteractionState::Final(InteractionOutcome::Cancelled) => {
            return Ok(Standing::Ended(End::Declined(About::Agreement, who)));
        }
        InteractionState::Final(InteractionOutcome::Failed) | InteractionState::Open => {}
    }
    if page.client_id != view.offer.client_id {
        return Ok(Standing::Ended(End::Refused(RefusalReason::OtherApp)));
    }
    if let Some(end) = blocked {
        return Ok(Standing::Ended(end));
    }
    if now >= page.expires_at {
        return Ok(Standing::Ended(End::Expired));
    }
    if page.sub_client_id.is_some()
        && view.offer.reference_client_id.is_some()
        && page.sub_client_id != view.offer.reference_client_id
    {
        return Ok(Standing::Ended(End::Refused(RefusalReason::Other)));
    }
    let user = match &session.user_id {
        Some(user_id) => app.wallet.user(user_id).await?,
        None => None,
    };
    let failed = page.state != InteractionState::Open;
    Ok(match user {
        Some(user) if user.status != UserStatus::Active => Standing::Ended(End::Refused(RefusalReason::Account)),
        Some(user) => match user.locked_at(now) {
            Some(until) => Standing::Ended(End::Locked { until }),
            None if failed => Standing::Ended(End::Refused(RefusalReason::Other)),
            None => Standing::Ready(Box::new(view), Box::new(user)),
        },
        None if failed => Standing::Ended(End::Answered),
        None => Standing::Login(Box::new(view)),
    })
}
