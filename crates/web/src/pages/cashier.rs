//! The cashier (seed trade-pay-jsapi; spec/jsapi.md 3.3, 6.1): an order in every state that it can be in.

use super::authorize::{form, login_problem};
use super::frame::{Params, accepted, frame, internal, language, not_found, show, to_canonical_host};
use super::order::{self, OrderStanding, Sight};
use super::{pay_and_sign, receipt, record};
use crate::shell::error::ShellError;
use crate::shell::interactions::WALLET_APP;
use crate::shell::{ending, session};
use crate::state::{App, Shared};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use mithaq_domain::{Interaction, InteractionState, Session, User};
use mithaq_pages::{
    CardRefusal, CashierContext, CashierEnd, CashierEndContext, CashierProblem, CashierStep, Checkout, End, Exit,
    Language, Page, Source,
};
use mithaq_store::PaymentView;
use mithaq_types::{InteractionId, OrderId};

pub async fn cashier(State(app): State<App>, uri: Uri, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let target = uri.path_and_query().map_or("/cashier", |target| target.as_str());
    if let Some(elsewhere) = to_canonical_host(&app, &headers, target) {
        return elsewhere;
    }
    let params = Params::of(query.as_deref());
    let Some(order_id) = params.get("orderId") else { return not_found(&app, &headers) };
    build(&app, &headers, &params, OrderId::new(order_id)).await.unwrap_or_else(|_| internal(&app, &headers))
}

async fn build(app: &Shared, headers: &HeaderMap, params: &Params, order_id: OrderId) -> Result<Response, ShellError> {
    let session = session::current(app, headers).await?;
    let view = app.wallet.order_view(&order_id).await?;
    let page = page(app, session.as_ref(), params, view.as_ref()).await?;
    let user = match session.as_ref().and_then(|session| session.user_id.as_ref()) {
        Some(user_id) => app.wallet.user(user_id).await?,
        None => None,
    };
    let spoken = user.as_ref().map_or_else(|| accepted(headers), |user| language(user.language));
    let at = Place { app, params, session: session.as_ref(), page: page.as_ref(), spoken };
    let (context, view) = match order::standing(app, session.as_ref(), page.as_ref(), view).await? {
        OrderStanding::Ended(view, mut end) => {
            if let (Some(view), Some(user), CashierEnd::Paid { just_now: true, agreement, .. }) =
                (&view, &user, &mut end)
            {
                *agreement = pay_and_sign::answer(app, &view.payment, &user.user_id, params).await?;
            }
            return Ok(at.end(view.as_deref(), end));
        }
        OrderStanding::Login => match at.login() {
            Ok(step) => (step, None),
            Err(end) => return Ok(at.end(None, end)),
        },
        OrderStanding::Standalone(sight) => {
            let link = format!("{}/cashier?orderId={order_id}", app.config.wallet_origin);
            let order = sight.map(|sight| Box::new(receipt::order(app, &sight.view, sight.merchant)));
            (CashierStep::Standalone { link, order }, None)
        }
        OrderStanding::Asking(sight) => {
            let Sight { view, merchant } = *sight;
            let order = Box::new(receipt::order(app, &view, merchant));
            let source = receipt::paid_from(app, &view.state).await?;
            (CashierStep::Processing { order, source }, Some(view))
        }
        OrderStanding::Ready(sight, user) => {
            let Sight { view, merchant } = *sight;
            (CashierStep::Ready(Box::new(at.checkout(&view, merchant, &user).await?)), Some(view))
        }
    };
    if let Some(page) = &page {
        record::cashier_shown(app, page);
    }
    let context = CashierContext { frame: frame(app, spoken), exit: at.exit(view.as_ref()), step: context };
    Ok(show(app, StatusCode::OK, &Page::Cashier(context)))
}

/// The page of this session that the address names, if it is this order's, as it stands now.
async fn page(
    app: &Shared,
    session: Option<&Session>,
    params: &Params,
    view: Option<&PaymentView>,
) -> Result<Option<Interaction>, ShellError> {
    let (Some(session), Some(ix), Some(view)) = (session, params.get("ix"), view) else { return Ok(None) };
    let found = app.wallet.interaction(&session.session_id, &InteractionId::new(ix)).await?;
    let Some(page) = found.filter(|page| page.payment_id.as_ref() == Some(&view.payment.payment_id)) else {
        return Ok(None);
    };
    // One that a card's issuer has settled meanwhile has its outcome now. One whose time is up stays for the shell to end:
    // until then a human sees why.
    if page.state == InteractionState::Open && app.wallet.now() < page.expires_at {
        return ending::look(app, session, page).await.map(Some);
    }
    Ok(Some(page))
}

/// What every step of the page is made from.
struct Place<'a> {
    app: &'a Shared,
    params: &'a Params,
    session: Option<&'a Session>,
    page: Option<&'a Interaction>,
    spoken: Language,
}

impl Place<'_> {
    /// How one leaves the page. The merchant's own address is only for those whom no Mini Program waits for.
    fn exit(&self, view: Option<&PaymentView>) -> Exit {
        match self.page {
            Some(page) if page.app_id.as_str() != WALLET_APP => Exit::Shell(page.interaction_id.clone()),
            _ => {
                let order = view.and_then(|view| view.payment.order.as_ref());
                Exit::Alone { redirect_url: order.and_then(|order| order.redirect_url.clone()) }
            }
        }
    }

    fn end(&self, view: Option<&PaymentView>, end: CashierEnd) -> Response {
        let status = if matches!(end, CashierEnd::Unknown) { StatusCode::NOT_FOUND } else { StatusCode::OK };
        let context = CashierEndContext { frame: frame(self.app, self.spoken), exit: self.exit(view), end };
        show(self.app, status, &Page::CashierEnd(context))
    }

    /// The sign-in form, or the end that a lock is.
    fn login(&self) -> Result<CashierStep, CashierEnd> {
        let problem = login_problem(self.params).map_err(|end| match end {
            End::Locked { until } => CashierEnd::PinLocked { until },
            _ => CashierEnd::PageOver,
        })?;
        let phone = self.params.get("phone").unwrap_or_default().chars().take(24).collect();
        Ok(CashierStep::Login { form: form(self.session, self.page), phone, problem })
    }

    async fn checkout(
        &self,
        view: &PaymentView,
        merchant: mithaq_pages::Merchant,
        user: &User,
    ) -> Result<Checkout, ShellError> {
        let (app, now) = (self.app, self.app.wallet.now());
        let amount = view.payment.amount;
        let balance = app.wallet.balance(&user.user_id, amount.currency).await?;
        let cards = app.wallet.cards(&user.user_id).await?;
        let form = form(self.session, self.page);
        let chosen = self.params.get("source").map_or(Source::Balance, Source::from_field);
        let tries_left = app.wallet.policy().pin_tries.saturating_sub(user.pin_failures);
        let problem = match self.params.get("notice") {
            Some("pin-wrong") if user.pin_failures > 0 => Some(CashierProblem::PinWrong { tries_left }),
            Some("pin-malformed") => Some(CashierProblem::PinMalformed),
            // What was missing may be there by now.
            Some("balance") if balance.minor < amount.minor => Some(CashierProblem::BalanceNotEnough),
            Some("limit") => Some(CashierProblem::AboveLimit(None)),
            Some("source") => Some(CashierProblem::SourceGone),
            Some(notice) => declined(notice, &chosen),
            None => None,
        };
        Ok(Checkout {
            top_up_link: self.top_up(view),
            form,
            order: receipt::order(app, view, merchant),
            user_name: name(user, self.spoken),
            balance,
            cards: cards.iter().map(|card| receipt::card(app, card, now)).collect(),
            chosen,
            offered: pay_and_sign::offered(app, &view.payment, user, self.params).await?,
            problem,
        })
    }
}

impl Place<'_> {
    /// Where money is added, with the way back to this page.
    fn top_up(&self, view: &PaymentView) -> String {
        let order_id = view.payment.order.as_deref().map_or("", |order| order.order_id.as_str());
        let ix = self.page.map_or("", |page| page.interaction_id.as_str());
        format!("/wallet/top-up?for={order_id}&ix={ix}")
    }
}

/// What a card's issuer said. One that was asked and whose order is open again has said no, without a reason that is kept.
fn declined(notice: &str, chosen: &Source) -> Option<CashierProblem> {
    let Source::Card(card_id) = chosen else { return None };
    let reason = match notice {
        "card-not-enough" => CardRefusal::NotEnough,
        "card-expired" => CardRefusal::Expired,
        "card-blocked" => CardRefusal::Blocked,
        "card-limit" => CardRefusal::Limit,
        "card-other" | "asked" => CardRefusal::Other,
        _ => return None,
    };
    Some(CashierProblem::CardDeclined { card_id: card_id.clone(), reason })
}

/// What a user is called in a language.
pub fn name(user: &User, spoken: Language) -> String {
    match spoken {
        Language::ArIq if !user.name_ar.full.is_empty() => user.name_ar.full.clone(),
        _ => user.name.full.clone(),
    }
}
