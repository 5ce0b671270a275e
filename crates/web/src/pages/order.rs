//! How an order of the cashier stands at this moment, for whoever looks: the one place that decides what its page shows,
//! and with which code a user who leaves it is reported.

use super::frame::merchant;
use super::receipt::receipt;
use crate::state::Shared;
use mithaq_domain::{
    Interaction, InteractionOutcome, InteractionState, PaymentStatus, Session, Status, User, UserStatus,
};
use mithaq_pages::{CashierEnd, Merchant};
use mithaq_store::PaymentView;
use mithaq_types::{Timestamp, UserId};
use mithaq_wallet::Fault;

/// What has become of an order, as far as somebody's money is concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It can be paid.
    Payable,
    /// A card's issuer is being asked.
    Asking,
    /// This user has paid it, or the wallet holds their money for it.
    PaidByUser,
    /// Somebody else has.
    PaidBySomebody,
    /// Nothing will be paid any more.
    Over,
}

/// What has become of an order for `user`, or for nobody in particular. The clock decides, whether or not the job that
/// closes orders has come by.
#[must_use]
pub fn fate(view: &PaymentView, user: Option<&UserId>, now: Timestamp) -> Fate {
    let late = now >= view.state.wakes_at();
    match view.state.status {
        PaymentStatus::Open if late => Fate::Over,
        PaymentStatus::Processing if late => Fate::Over,
        PaymentStatus::Open => Fate::Payable,
        PaymentStatus::Processing => Fate::Asking,
        PaymentStatus::Authorized | PaymentStatus::Success => {
            let own = user.is_some() && view.state.user_id.as_ref() == user;
            if own { Fate::PaidByUser } else { Fate::PaidBySomebody }
        }
        PaymentStatus::Failed(_) | PaymentStatus::Cancelled(_) => Fate::Over,
    }
}

/// What there is to show.
pub enum OrderStanding {
    /// Nothing to press: it is over, or cannot be paid. With the order, if this user may see it.
    Ended(Option<Box<PaymentView>>, CashierEnd),
    /// To read only: not opened by the shell of this session. With the order, if somebody is signed in who may see it.
    Standalone(Option<Box<Sight>>),
    /// Phone and PIN first.
    Login,
    /// To be paid.
    Ready(Box<Sight>, Box<User>),
    /// A card's issuer is being asked for this user.
    Asking(Box<Sight>),
}

/// An order that somebody may see.
pub struct Sight {
    /// The order.
    pub view: PaymentView,
    /// Whose.
    pub merchant: Merchant,
}

/// Looks at the order, the page, the session and the user.
pub async fn standing(
    app: &Shared,
    session: Option<&Session>,
    page: Option<&Interaction>,
    view: Option<PaymentView>,
) -> Result<OrderStanding, Fault> {
    let Some(view) = view else { return Ok(OrderStanding::Ended(None, CashierEnd::Unknown)) };
    let known = app.directory.client(app.wallet.reader(), &view.payment.client_id).await?;
    let Some(known) = known else { return Ok(OrderStanding::Ended(None, CashierEnd::Unknown)) };
    let shop = merchant(&known.merchant);
    let page = page.filter(|page| page.payment_id.as_ref() == Some(&view.payment.payment_id));
    let user = match session.and_then(|session| session.user_id.as_ref()) {
        Some(user_id) => app.wallet.user(user_id).await?,
        None => None,
    };
    let now = app.wallet.now();
    let Some(user) = user else { return Ok(signed_out(page, shop, now)) };
    let bound = view.payment.order.as_ref().and_then(|order| order.buyer.as_ref());
    if bound.is_some_and(|buyer| *buyer != user.user_id) {
        return Ok(OrderStanding::Ended(None, CashierEnd::NotYours));
    }
    let open = known.client.status == Status::Active && known.merchant.status == Status::Active;
    let end = match fate(&view, Some(&user.user_id), now) {
        Fate::PaidByUser => Some(paid(app, &view, shop.clone(), page).await?),
        Fate::PaidBySomebody => Some(CashierEnd::PaidBySomebody),
        Fate::Over => Some(over(app, &view, shop.clone(), &user, page).await?),
        Fate::Asking if view.state.user_id.as_ref() == Some(&user.user_id) => {
            return Ok(OrderStanding::Asking(Box::new(Sight { view, merchant: shop })));
        }
        // Somebody else's card is being asked; the order may be open again in a moment.
        Fate::Asking => Some(CashierEnd::BeingPaid),
        Fate::Payable => {
            let blocked = page.and_then(|page| page_end(page, &shop, now));
            blocked.or_else(|| in_the_way(&view, &user, open, &shop, now, page.is_some()))
        }
    };
    Ok(match (end, page) {
        (Some(end), _) => OrderStanding::Ended(Some(Box::new(view)), end),
        (None, None) => OrderStanding::Standalone(Some(Box::new(Sight { view, merchant: shop }))),
        (None, Some(_)) => OrderStanding::Ready(Box::new(Sight { view, merchant: shop }), Box::new(user)),
    })
}

/// A signed-out user cannot see an order, nor what became of it.
fn signed_out(page: Option<&Interaction>, shop: Merchant, now: Timestamp) -> OrderStanding {
    let Some(page) = page else { return OrderStanding::Standalone(None) };
    // The merchant is the Mini Program's own, which is what is on the screen.
    match page_end(page, &shop, now) {
        Some(end) => OrderStanding::Ended(None, end),
        None => OrderStanding::Login,
    }
}

/// How the page ended, while the order goes on.
fn page_end(page: &Interaction, shop: &Merchant, now: Timestamp) -> Option<CashierEnd> {
    match page.state {
        InteractionState::Final(InteractionOutcome::Cancelled) => Some(CashierEnd::Declined(shop.clone())),
        InteractionState::Final(_) => Some(CashierEnd::PageOver),
        InteractionState::Open => (now >= page.expires_at).then_some(CashierEnd::PageOver),
    }
}

/// Why an open order cannot be paid by this user now. What is theirs alone counts only where they could pay.
fn in_the_way(
    view: &PaymentView,
    user: &User,
    open: bool,
    shop: &Merchant,
    now: Timestamp,
    can_pay: bool,
) -> Option<CashierEnd> {
    if !open {
        return Some(CashierEnd::Unavailable(shop.clone()));
    }
    if view.state.frozen {
        return Some(CashierEnd::InDispute(shop.clone()));
    }
    if !can_pay {
        return None;
    }
    match user.status {
        UserStatus::Frozen => Some(CashierEnd::AccountFrozen),
        UserStatus::Restricted => Some(CashierEnd::Refused),
        UserStatus::Active => user.locked_at(now).map(|until| CashierEnd::PinLocked { until }),
    }
}

async fn paid(
    app: &Shared,
    view: &PaymentView,
    shop: Merchant,
    page: Option<&Interaction>,
) -> Result<CashierEnd, Fault> {
    let just_now = page.is_some_and(|page| page.state == InteractionState::Final(InteractionOutcome::Done));
    let balance_left = match (&view.state.user_id, just_now) {
        (Some(user_id), true) => Some(app.wallet.balance(user_id, view.payment.amount.currency).await?),
        _ => None,
    };
    Ok(CashierEnd::Paid { receipt: Box::new(receipt(app, view, shop).await?), balance_left, just_now, agreement: None })
}

/// What is said of an order of which nothing comes any more. Whoever's money was held is shown that it came back.
async fn over(
    app: &Shared,
    view: &PaymentView,
    shop: Merchant,
    user: &User,
    page: Option<&Interaction>,
) -> Result<CashierEnd, Fault> {
    let was_held = view.state.authorized_at.is_some() && view.state.user_id.as_ref() == Some(&user.user_id);
    if was_held {
        return paid(app, view, shop, page.filter(|_| false)).await;
    }
    Ok(match view.state.status {
        PaymentStatus::Cancelled(_) => CashierEnd::Cancelled(shop),
        _ => CashierEnd::Expired(shop),
    })
}
