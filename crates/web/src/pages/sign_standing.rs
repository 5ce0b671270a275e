//! How a signing page stands at this moment: the one place that decides what it shows, and with which code a user who leaves
//! it is reported (spec/alipay-agreement.md 2.1.2, jsapi.md 5).

use crate::gateway::offers::said_of;
use crate::state::Shared;
use mithaq_alipay::{GatewayError, SignOutcome, SubCode};
use mithaq_domain::{
    AgreementPay, AgreementTerms, Contract, Interaction, InteractionOutcome, InteractionState, Refusal, Session,
    Status, User, UserStatus,
};
use mithaq_pages::SignProblem;
use mithaq_types::{AuthId, UserId};
use mithaq_wallet::{Fault, OfferView};

/// What there is to show.
pub enum SignStanding {
    /// The agreement is in force; whether it was before this page.
    Signed(Box<OfferView>, Box<Contract>, bool),
    /// The user refused.
    Declined(Box<OfferView>),
    /// Nothing to press: it is over, or cannot be done. With the offer, if there is one.
    Failed(Option<Box<OfferView>>, SignProblem),
    /// Phone and PIN first.
    Login(Box<OfferView>),
    /// To be signed.
    Ready(Box<OfferView>, Box<User>),
}

impl SignStanding {
    /// Why a page that is left could not be signed; nothing where it could.
    pub fn error(&self) -> Option<GatewayError> {
        match self {
            Self::Failed(_, problem) => Some(error_of(*problem)),
            _ => None,
        }
    }
}

/// An offer of an agreement. What merchants of the other surface offer is none.
pub async fn offer(app: &Shared, auth_id: &AuthId) -> Result<Option<OfferView>, Fault> {
    Ok(app.wallet.offer(auth_id.clone()).await?.filter(|view| view.offer.terms.agreement.is_some()))
}

/// The terms of such an offer.
pub fn terms(view: &OfferView) -> Option<&AgreementTerms> {
    view.offer.terms.agreement.as_deref()
}

/// A page that the shell has opened for this session.
pub async fn of_page(
    app: &Shared,
    session: Option<&Session>,
    page: Option<&Interaction>,
    auth_id: &AuthId,
) -> Result<SignStanding, Fault> {
    let page = page.filter(|page| page.auth_id.as_ref() == Some(auth_id));
    let view = offer(app, auth_id).await?.map(Box::new);
    let (Some(view), Some(page)) = (view, page) else { return Ok(SignStanding::Failed(None, SignProblem::Unknown)) };
    match page.state {
        InteractionState::Final(InteractionOutcome::Done) => {
            let contract = match &page.contract_id {
                Some(contract_id) => app.wallet.reader().contract(contract_id.clone()).await?,
                None => None,
            };
            return Ok(match contract {
                Some(found) => {
                    let before = found.contract.auth_id != *auth_id;
                    SignStanding::Signed(view, Box::new(found.contract), before)
                }
                None => SignStanding::Failed(Some(view), SignProblem::Answered),
            });
        }
        InteractionState::Final(InteractionOutcome::Cancelled) => return Ok(SignStanding::Declined(view)),
        // Its address says why.
        InteractionState::Final(InteractionOutcome::Failed) => {
            return Ok(SignStanding::Failed(Some(view), SignProblem::Answered));
        }
        InteractionState::Open => {}
    }
    if page.client_id != view.offer.client_id {
        return Ok(SignStanding::Failed(None, SignProblem::App));
    }
    let is_late = app.wallet.now() >= page.expires_at;
    let problem = in_the_way(app, &view).or(is_late.then_some(SignProblem::Expired));
    ask(app, session.and_then(|session| session.user_id.as_ref()), view, problem).await
}

/// A page that stands alone, for whoever is signed in.
pub async fn alone(app: &Shared, user_id: Option<&UserId>, auth_id: &AuthId) -> Result<SignStanding, Fault> {
    let Some(view) = offer(app, auth_id).await?.map(Box::new) else {
        return Ok(SignStanding::Failed(None, SignProblem::Unknown));
    };
    if let Some(user_id) = user_id {
        let live = app.wallet.agreements_in_force(user_id.clone(), view.offer.client_id.clone()).await?;
        if let Some(found) = live.into_iter().find(|found| found.contract.auth_id == *auth_id) {
            return Ok(SignStanding::Signed(view, Box::new(found.contract), false));
        }
    }
    let problem = in_the_way(app, &view);
    ask(app, user_id, view, problem).await
}

/// The agreement of this user that an offer would repeat, where it is in force.
pub async fn repeated(app: &Shared, user_id: &UserId, view: &OfferView) -> Result<Option<Contract>, Fault> {
    let Some(asked) = terms(view) else { return Ok(None) };
    let live = app.wallet.agreements_in_force(user_id.clone(), view.offer.client_id.clone()).await?;
    let same = |contract: &Contract| contract.terms.agreement.as_deref().is_some_and(|agreed| agreed.same_deal(asked));
    Ok(live.into_iter().map(|found| found.contract).find(same))
}

async fn ask(
    app: &Shared,
    user_id: Option<&UserId>,
    view: Box<OfferView>,
    problem: Option<SignProblem>,
) -> Result<SignStanding, Fault> {
    if let Some(problem) = problem {
        return Ok(SignStanding::Failed(Some(view), problem));
    }
    let user = match user_id {
        Some(user_id) => app.wallet.user(user_id).await?,
        None => None,
    };
    let Some(user) = user else { return Ok(SignStanding::Login(view)) };
    Ok(match (user.status, user.locked_at(app.wallet.now())) {
        (UserStatus::Active, None) => SignStanding::Ready(view, Box::new(user)),
        (UserStatus::Active, Some(until)) => SignStanding::Failed(Some(view), SignProblem::Locked { until }),
        _ => SignStanding::Failed(Some(view), SignProblem::Account),
    })
}

/// Whether there is nothing in the way of signing it, as far as the offer goes.
pub fn can_be_signed(app: &Shared, view: &OfferView) -> bool {
    in_the_way(app, view).is_none()
}

/// Why nobody can sign the offer now.
fn in_the_way(app: &Shared, view: &OfferView) -> Option<SignProblem> {
    let active = view.client.status == Status::Active && view.merchant.status == Status::Active;
    if !active || view.client.agreement_pay != AgreementPay::Allowed {
        return Some(SignProblem::Merchant);
    }
    let now = app.wallet.now();
    let is_over = now >= view.offer.expires_at || terms(view).is_none_or(|terms| now >= terms.ends_at);
    is_over.then_some(SignProblem::Expired)
}

/// What a refused signature is called on the page. Nothing for what is asked for again: a PIN.
pub fn problem_of(app: &Shared, refusal: &Refusal) -> SignProblem {
    match refusal {
        Refusal::AgreementTaken => SignProblem::Taken,
        Refusal::TooManyAgreements => {
            SignProblem::TooMany { most: u32::try_from(app.wallet.policy().agreements_max).unwrap_or(u32::MAX) }
        }
        Refusal::OtherSigner => SignProblem::OtherSigner,
        Refusal::OfferExpired => SignProblem::Expired,
        Refusal::OfferUnknown => SignProblem::Unknown,
        Refusal::InteractionOver | Refusal::InteractionUnknown => SignProblem::Answered,
        Refusal::ClientSuspended
        | Refusal::ClientUnknown
        | Refusal::AgreementPayNotAgreed
        | Refusal::AgreementPaySuspended => SignProblem::Merchant,
        Refusal::UserUnknown | Refusal::UserFrozen | Refusal::UserRestricted => SignProblem::Account,
        _ => SignProblem::Other,
    }
}

/// What the merchant's developer is told of it.
pub fn error_of(problem: SignProblem) -> GatewayError {
    let with = |sub_code, message: &str| GatewayError::with_message(sub_code, message);
    match problem {
        SignProblem::Taken => said_of(SignOutcome::NumberTaken),
        SignProblem::TooMany { .. } => said_of(SignOutcome::TooMany),
        SignProblem::OtherSigner => said_of(SignOutcome::OtherUser),
        SignProblem::Merchant => said_of(SignOutcome::MerchantStopped),
        SignProblem::Expired | SignProblem::Answered | SignProblem::Unknown => with(
            SubCode::InvalidParameter,
            "The page is over: it was open too long, or was answered. Build a new signStr.",
        ),
        SignProblem::Account => with(
            SubCode::NotSupportedBusiness,
            "The user's account may not sign agreements now. Let the user ask the wallet.",
        ),
        SignProblem::Locked { .. } => with(
            SubCode::NotSupportedBusiness,
            "The user's PIN is locked, because it was wrong too often. Try again later.",
        ),
        SignProblem::App | SignProblem::Signature | SignProblem::Request | SignProblem::Other => {
            SubCode::SystemError.into()
        }
    }
}

/// Words that the address of a page carries: which problem it tells of. It selects the words and nothing else.
const NOTICES: [(&str, SignProblem); 6] = [
    ("taken", SignProblem::Taken),
    ("other-signer", SignProblem::OtherSigner),
    ("expired", SignProblem::Expired),
    ("merchant", SignProblem::Merchant),
    ("account", SignProblem::Account),
    ("failed", SignProblem::Other),
];
/// The one that says how many.
const TOO_MANY: &str = "too-many";

/// The word for a problem.
pub fn notice_of(problem: SignProblem) -> &'static str {
    match problem {
        SignProblem::TooMany { .. } => TOO_MANY,
        other => NOTICES.iter().find(|(_, known)| *known == other).map_or("failed", |(word, _)| word),
    }
}

/// The problem of a word.
pub fn problem_named(app: &Shared, notice: &str) -> Option<SignProblem> {
    if notice == TOO_MANY {
        return Some(problem_of(app, &Refusal::TooManyAgreements));
    }
    NOTICES.iter().find(|(word, _)| *word == notice).map(|(_, problem)| *problem)
}
