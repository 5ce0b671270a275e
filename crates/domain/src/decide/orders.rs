//! Orders of the cashier: a merchant makes one, a user pays it, or its time runs out (spec/qicard.md 7.1, openapi.md 5.4).

use super::booking::{Booking, notify, put_state};
use super::operate::record_release;
use super::pages::{open_order_page, settle};
use super::parties::{known_client, may_act};
use super::people::credit_from_card;
use super::pin;
use super::write::Write;
use crate::{
    AccountId, Answer, Card, ConfirmOrder, Deposit, Done, Event, Flow, Illegal, Interaction, InteractionOutcome, Key,
    Merchant, OperationBy, OrderRequest, Owner, Payment, PaymentOutcome, PaymentState, PaymentStatus, Product, Refusal,
    Row, SettleCard, Source, Status, User, Verdict,
};
use mithaq_types::{Money, PaymentId, Timestamp, UserId};

/// Makes an order; the same again for the same request. What the request wants is not looked at twice: the first wins.
pub fn order(write: &mut Write<'_>, request: &OrderRequest) -> Answer {
    let state = write.state;
    state.ask([Key::Client(request.client_id.clone())]);
    if let Some(seen) = state.payment_by_request(&request.client_id, &request.request_id) {
        return repeat(write, seen, request);
    }
    let (client, merchant) = known_client(write, &request.client_id)?;
    if client.status == Status::Suspended {
        return Err(Refusal::ClientSuspended);
    }
    if merchant.status == Status::Suspended {
        return Err(Refusal::MerchantSuspended);
    }
    if request.amount.minor <= 0 || !request.product.is_order() {
        return Err(Refusal::AmountImpossible);
    }
    if request.amount.minor > write.world.policy.order_ceiling(request.amount.currency).minor {
        return Err(Refusal::OverLimit);
    }
    if request.order.expires_at <= write.now() {
        return Err(Refusal::Payment(Illegal::OrderExpired));
    }
    let payment = Payment {
        payment_id: write.world.mint.payment(write.now(), &write.world.policy.zone),
        client_id: request.client_id.clone(),
        request_id: request.request_id.clone(),
        content: request.content,
        merchant_id: merchant.merchant_id.clone(),
        product: request.product,
        amount: request.amount,
        fee: Money::zero(request.amount.currency),
        user_id: None,
        contract_id: None,
        previous: None,
        outcome: PaymentOutcome::Open,
        order: Some(Box::new(request.order.clone())),
        gateway: request.gateway.clone(),
        description: request.description.clone(),
        notify_url: request.notify_url.clone(),
        created_at: write.now(),
        paid_at: None,
    };
    let standing = PaymentState::of(&payment);
    write.insert(Row::Payment(Box::new(payment.clone())));
    write.insert(Row::PaymentState(Box::new(standing.clone())));
    let (actor, subject) = (format!("client:{}", request.client_id), format!("payment:{}", payment.payment_id));
    write.audit(actor, "order.made", subject, Some(format!("{:?} {}", payment.product, payment.amount)));
    Ok(Done::Standing(Box::new(payment), Box::new(standing)))
}

fn repeat(write: &Write<'_>, seen: &Payment, request: &OrderRequest) -> Answer {
    let standing = standing_of(write, seen);
    if seen.content == request.content || seen.product == Product::Withdrawn {
        return Ok(Done::Standing(Box::new(seen.clone()), Box::new(standing)));
    }
    Err(Refusal::RequestInconsistent)
}

/// How a payment stands, whether or not anything is stored about it.
pub fn standing_of(write: &Write<'_>, payment: &Payment) -> PaymentState {
    write.state.payment_state(&payment.payment_id).cloned().unwrap_or_else(|| PaymentState::of(payment))
}

/// Everything that paying an order looks at.
struct Till<'a> {
    payment: &'a Payment,
    merchant: &'a Merchant,
    standing: PaymentState,
    user: &'a User,
}

fn till<'a>(write: &Write<'a>, payment_id: &PaymentId, user_id: &UserId) -> Result<Till<'a>, Refusal> {
    let state = write.state;
    state.ask([Key::PaymentState(payment_id.clone()), Key::User(user_id.clone())]);
    let payment = state.payment(payment_id).ok_or(Refusal::PaymentUnknown)?;
    state.ask([Key::Account(AccountId::user(user_id.clone(), payment.amount.currency))]);
    if payment.product.holds() {
        let hold = AccountId { owner: Owner::Hold(user_id.clone()), currency: payment.amount.currency };
        state.ask([Key::Account(hold)]);
    }
    state.ask([Key::Merchant(payment.merchant_id.clone())]);
    if payment.gateway.is_some() {
        state.ask([Key::Customer(user_id.clone(), payment.merchant_id.clone())]);
    }
    let user = state.user(user_id).ok_or(Refusal::UserUnknown)?;
    let merchant = state.merchant(&payment.merchant_id).ok_or(Refusal::PaymentUnknown)?;
    Ok(Till { payment, merchant, standing: standing_of(write, payment), user })
}

/// The user pays. With a card the issuer is asked next, and [`settle_card`] has the rest.
pub fn confirm(write: &mut Write<'_>, request: &ConfirmOrder) -> Answer {
    let state = write.state;
    state.ask(request.page.as_ref().map(|(id, _)| Key::Interaction(id.clone())));
    if let Source::Card(card_id) = &request.source {
        state.ask([Key::Card(card_id.clone())]);
    }
    let till = till(write, &request.payment_id, &request.user_id)?;
    let order = till.payment.order.as_ref().ok_or(Refusal::PaymentUnknown)?;
    if order.buyer.as_ref().is_some_and(|buyer| *buyer != request.user_id) {
        return Err(Refusal::OrderForeign);
    }
    let page = page_of(write, request.page.as_ref(), till.payment)?;
    let own = |card: &Card| card.user_id == request.user_id && card.removed_at.is_none();
    let event = match &request.source {
        Source::Balance => Event::Confirm,
        Source::Card(card_id) if state.card(card_id).is_some_and(own) => Event::Ask,
        Source::Card(_) => return Err(Refusal::CardUnknown),
    };
    may_pay(till.user, till.merchant)?;
    if till.standing.status == PaymentStatus::Processing {
        return Err(Refusal::Payment(Illegal::Running));
    }
    let step = till.standing.after(till.payment, event, write.now(), &write.world.policy.windows());
    let mut step = step.map_err(Refusal::Payment)?;
    pin::check(write, till.user, request.pin)?;
    (step.state.user_id, step.state.source) = (Some(request.user_id.clone()), Some(request.source.clone()));
    if event == Event::Ask {
        step.state.asked = step.state.asked.saturating_add(1);
        step.state.asked_at = Some(write.now());
        put_state(write, &step.state);
        return Ok(Done::Standing(Box::new(till.payment.clone()), Box::new(step.state)));
    }
    pay(write, &till, step, page.zip(request.page.as_ref()), 0)
}

/// Books a confirmed order and tells everybody.
fn pay(
    write: &mut Write<'_>,
    till: &Till<'_>,
    step: crate::Step,
    page: Option<(Interaction, &(mithaq_types::InteractionId, String))>,
    loaded: i64,
) -> Answer {
    let (payment, merchant, user) = (till.payment, till.merchant, till.user);
    let id = payment.payment_id.as_str();
    let booking = Booking::of(write, payment, merchant, step, &user.user_id, id, loaded)?;
    if payment.gateway.is_some() {
        // Merchants of the Alipay surface are told who paid, also where they have not met before.
        write.customer(&user.user_id, &payment.merchant_id);
    }
    let standing = booking.book(write, payment, merchant, Some(user));
    notify(write, payment, &standing);
    if let Some((page, (_, reply))) = page {
        settle(write, page, InteractionOutcome::Done, reply);
    }
    let (actor, subject) = (format!("user:{}", user.user_id), format!("payment:{}", payment.payment_id));
    write.audit(actor, "order.paid", subject, Some(format!("{:?}", standing.status)));
    Ok(Done::Standing(Box::new(payment.clone()), Box::new(standing)))
}

fn page_of(
    write: &Write<'_>,
    page: Option<&(mithaq_types::InteractionId, String)>,
    payment: &Payment,
) -> Result<Option<Interaction>, Refusal> {
    page.map(|(id, _)| open_order_page(write, id, payment)).transpose()
}

fn may_pay(user: &User, merchant: &Merchant) -> Result<(), Refusal> {
    may_act(user)?;
    if merchant.status == Status::Suspended { Err(Refusal::MerchantSuspended) } else { Ok(()) }
}

/// A card's issuer has answered. What it approved is in the wallet, once; if the order was over by then it stays there, for
/// the user to spend.
pub fn settle_card(write: &mut Write<'_>, request: &SettleCard) -> Answer {
    let state = write.state;
    let reference = card_reference(&request.payment_id, request.attempt);
    state.ask([Key::Deposit(reference.clone())]);
    state.ask(request.page.as_ref().map(|(id, _)| Key::Interaction(id.clone())));
    let till = till(write, &request.payment_id, &request.user_id)?;
    if state.deposit(&reference).is_some() {
        return Ok(Done::Standing(Box::new(till.payment.clone()), Box::new(till.standing)));
    }
    let source = Source::Card(request.card_id.clone());
    let standing = &till.standing;
    let is_asking = standing.status == PaymentStatus::Processing
        && standing.asked == request.attempt
        && standing.user_id.as_ref() == Some(&request.user_id)
        && standing.source.as_ref() == Some(&source);
    let declined = standing.after(till.payment, Event::Decline, write.now(), &write.world.policy.windows());
    let reopened = declined.ok().filter(|_| is_asking).map(|step| step.state);
    if request.verdict != Verdict::Approved {
        reopened.iter().for_each(|state| put_state(write, state));
        return Err(Refusal::CardDeclined(request.verdict));
    }
    let amount = till.payment.amount;
    let confirmed = standing.after(till.payment, Event::Confirm, write.now(), &write.world.policy.windows());
    let confirmed = confirmed.ok().filter(|_| is_asking && may_pay(till.user, till.merchant).is_ok());
    let (transaction_id, balance) = credit_from_card(write, till.user, amount, confirmed.is_none())?;
    let user_id = request.user_id.clone();
    let deposit = Deposit { reference, user_id, amount, balance, transaction_id, at: write.now() };
    write.insert(Row::Deposit(Box::new(deposit)));
    match confirmed {
        Some(step) => {
            let page = page_of(write, request.page.as_ref(), till.payment).ok().flatten();
            pay(write, &till, step, page.zip(request.page.as_ref()), amount.minor)
        }
        // Whoever pays may not pay any more: the order waits for somebody else, the money for its owner.
        None => {
            reopened.iter().for_each(|state| put_state(write, state));
            let standing = reopened.unwrap_or(till.standing);
            Ok(Done::Standing(Box::new(till.payment.clone()), Box::new(standing)))
        }
    }
}

/// What a card's payment is called at its issuer, and as a deposit: one for each time it was asked.
fn card_reference(payment_id: &PaymentId, attempt: u32) -> String {
    format!("card:{payment_id}:{attempt}")
}

/// Time is up: an open order is closed, a hold goes back.
pub fn expire(write: &mut Write<'_>, payment_id: &PaymentId) -> Answer {
    let state = write.state;
    state.ask([Key::PaymentState(payment_id.clone())]);
    let payment = state.payment(payment_id).ok_or(Refusal::PaymentUnknown)?;
    state.ask([Key::Merchant(payment.merchant_id.clone())]);
    let standing = standing_of(write, payment);
    let Ok(step) = standing.after(payment, Event::Expire, write.now(), &write.world.policy.windows()) else {
        return Ok(Done::Nothing);
    };
    if let (Flow::Release(_), Some(payer)) = (step.flow, &standing.user_id) {
        ask_for_payer(write, payment, payer);
    }
    let merchant = state.merchant(&payment.merchant_id).ok_or(Refusal::PaymentUnknown)?;
    let standing = match (step.flow, standing.user_id.clone()) {
        (Flow::Release(minor), Some(payer)) => {
            let user = state.user(&payer);
            let id = record_release(write, payment, minor, OperationBy::System);
            Booking::of(write, payment, merchant, step, &payer, id.as_str(), 0)?.book(write, payment, merchant, user)
        }
        _ => {
            put_state(write, &step.state);
            step.state
        }
    };
    notify(write, payment, &standing);
    let subject = format!("payment:{payment_id}");
    write.audit("clock".into(), "payment.expired", subject, Some(format!("{:?}", standing.status)));
    Ok(Done::Standing(Box::new(payment.clone()), Box::new(standing)))
}

/// Names what belongs to whoever pays.
pub fn ask_for_payer(write: &Write<'_>, payment: &Payment, payer: &UserId) {
    let currency = payment.amount.currency;
    let hold = AccountId { owner: Owner::Hold(payer.clone()), currency };
    write.state.ask([Key::User(payer.clone()), Key::Account(AccountId::user(payer.clone(), currency))]);
    write.state.ask([Key::Account(hold)]);
}

/// The operator stops a payment that is in dispute, or lets it go on.
pub fn freeze(write: &mut Write<'_>, payment_id: &PaymentId, frozen: bool) -> Answer {
    write.state.ask([Key::PaymentState(payment_id.clone())]);
    let payment = write.state.payment(payment_id).ok_or(Refusal::PaymentUnknown)?;
    let before = standing_of(write, payment);
    // What was left of its time when the dispute began is left when it ends.
    let stood = before.frozen_at.filter(|_| !frozen).map(|since| write.now().duration_since(since));
    let due_at = match stood {
        Some(stood) if before.due_at != Timestamp::MAX => before.due_at.saturating_add(stood).unwrap_or(Timestamp::MAX),
        _ => before.due_at,
    };
    let frozen_at = frozen.then(|| before.frozen_at.unwrap_or(write.now()));
    let standing = PaymentState { frozen, frozen_at, due_at, ..before };
    put_state(write, &standing);
    let action = if frozen { "payment.frozen" } else { "payment.thawed" };
    write.audit("operator".into(), action, format!("payment:{payment_id}"), None);
    Ok(Done::Standing(Box::new(payment.clone()), Box::new(standing)))
}
