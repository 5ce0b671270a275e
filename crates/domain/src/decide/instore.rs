//! Paying by showing a code: a user gets one, a merchant scans and sends it (spec/openapi.md 3.7, In-store rules).

use super::booking::Booking;
use super::parties::{active_user, known_client, may_be_charged};
use super::pin;
use super::write::Write;
use crate::{
    AccountId, Answer, CodePay, Done, Event, FailReason, Hash, Key, Merchant, OutboxKind, Payment, PaymentCode,
    PaymentOutcome, PaymentState, PinCheck, Product, Refusal, Row, Status, User,
};
use mithaq_types::{Money, UserId};

/// A code to show: for a minute, for one payment.
pub fn issue(write: &mut Write<'_>, user_id: &UserId, pin: PinCheck, hash: Hash) -> Answer {
    let state = write.state;
    state.ask([Key::User(user_id.clone()), Key::PaymentCode(hash)]);
    let user = active_user(write, user_id)?;
    if state.payment_code(hash).is_some() {
        return Err(Refusal::Exists);
    }
    pin::check(write, user, pin)?;
    let expires_at = write.after(write.world.policy.payment_code_life);
    let code = PaymentCode { hash, user_id: user_id.clone(), expires_at, payment_id: None };
    write.insert(Row::PaymentCode(code.clone()));
    write.audit(format!("user:{user_id}"), "payment-code.shown", format!("user:{user_id}"), None);
    Ok(Done::Code(code))
}

/// Deducts with a code. As for every payment that is decided at once, a refusal by a rule is a payment too, failed for good.
pub fn pay(write: &mut Write<'_>, request: &CodePay) -> Answer {
    let state = write.state;
    state.ask([Key::Client(request.client_id.clone()), Key::PaymentCode(request.code)]);
    if let Some(seen) = state.payment_by_request(&request.client_id, &request.request_id) {
        let same = seen.content == request.content || seen.product == Product::Withdrawn;
        return if same { Ok(Done::Paid(Box::new(seen.clone()))) } else { Err(Refusal::RequestInconsistent) };
    }
    let code = state.payment_code(request.code);
    if let Some(code) = code {
        let account = AccountId::user(code.user_id.clone(), request.amount.currency);
        state.ask([Key::User(code.user_id.clone()), Key::Account(account)]);
    }
    let (client, merchant) = known_client(write, &request.client_id)?;
    if client.status == Status::Suspended {
        return Err(Refusal::ClientSuspended);
    }
    if request.amount.minor <= 0 {
        return Err(Refusal::AmountImpossible);
    }
    let payment = Payment {
        payment_id: write.world.mint.payment(write.now(), &write.world.policy.zone),
        client_id: request.client_id.clone(),
        request_id: request.request_id.clone(),
        content: request.content,
        merchant_id: merchant.merchant_id.clone(),
        product: Product::InStore,
        amount: request.amount,
        fee: Money::zero(request.amount.currency),
        user_id: code.map(|code| code.user_id.clone()),
        contract_id: None,
        previous: None,
        outcome: PaymentOutcome::Open,
        order: None,
        gateway: None,
        description: request.description.clone(),
        notify_url: request.notify_url.clone(),
        created_at: write.now(),
        paid_at: None,
    };
    let decided = check(write, code, merchant, request.amount)
        .and_then(|user| Ok((booking(write, &payment, merchant, user)?, user)));
    let payment = match decided {
        Ok((booking, user)) => {
            if let Some(code) = code {
                let payment_id = Some(payment.payment_id.clone());
                write.update(Row::PaymentCode(PaymentCode { payment_id, ..code.clone() }));
            }
            let state = booking.book(write, &payment, merchant, Some(user));
            let fee = Money::new(state.fee, request.amount.currency);
            Payment { fee, outcome: PaymentOutcome::Success, paid_at: Some(write.now()), ..payment }
        }
        Err(reason) => Payment { outcome: PaymentOutcome::Fail(reason), ..payment },
    };
    write.insert(Row::Payment(Box::new(payment.clone())));
    if let Some(url) = &payment.notify_url {
        let kind = OutboxKind::PaymentNotice { payment_id: payment.payment_id.clone(), step: None };
        write.send(kind, url.clone(), Some(&payment.client_id), Some(&payment.payment_id));
    }
    let (actor, subject) = (format!("client:{}", request.client_id), format!("payment:{}", payment.payment_id));
    write.audit(actor, "payment.decided", subject, Some(format!("{:?}", payment.outcome)));
    Ok(Done::Paid(Box::new(payment)))
}

/// Every rule of it, in the order in which a merchant is told.
fn check<'a>(
    write: &Write<'a>,
    code: Option<&'a PaymentCode>,
    merchant: &Merchant,
    amount: Money,
) -> Result<&'a User, FailReason> {
    let code = code.ok_or(FailReason::CodeUnknown)?;
    if code.payment_id.is_some() {
        return Err(FailReason::CodeUsed);
    }
    if write.now() >= code.expires_at {
        return Err(FailReason::CodeUnknown);
    }
    if merchant.status == Status::Suspended {
        return Err(FailReason::MerchantSuspended);
    }
    let user = write.state.user(&code.user_id).ok_or(FailReason::UserUnknown)?;
    may_be_charged(user)?;
    if amount.minor > write.world.policy.code_ceiling(amount.currency).minor {
        return Err(FailReason::OverLimit);
    }
    Ok(user)
}

fn booking(write: &Write<'_>, payment: &Payment, merchant: &Merchant, user: &User) -> Result<Booking, FailReason> {
    let open = PaymentState { due_at: mithaq_types::Timestamp::MAX, ..PaymentState::of(payment) };
    let step = open.after(payment, Event::Confirm, write.now(), &write.world.policy.windows());
    let step = step.map_err(|_| FailReason::Overflow)?;
    let id = payment.payment_id.as_str();
    Booking::of(write, payment, merchant, step, &user.user_id, id, 0).map_err(|refusal| match refusal {
        Refusal::BalanceShort => FailReason::Balance,
        _ => FailReason::Overflow,
    })
}
