//! A merchant deducts under an agreement of the Alipay surface (spec/alipay-agreement.md 2.6).
//!
//! What is refused keeps nothing: the same `out_trade_no` may succeed later. What succeeded is final, and a repeat of it is told so.

use super::charge;
use super::gateway;
use super::orders::standing_of;
use super::parties::{known_client, may_use_agreements};
use super::write::Write;
use crate::{
    AccountId, Answer, Contract, ContractState, ContractStatus, Deduct, Done, EndReason, Illegal, Key, Merchant,
    Payment, PaymentOutcome, PaymentState, Product, Refusal, Row, Status, User,
};

/// The product of deductions by a plan; the other one is for deductions at will and, in newer texts, for both.
const PERIODIC: &str = "CYCLE_PAY_AUTH";

/// The checks in the order of spec/alipay-agreement.md 2.6.1.
pub fn deduct(write: &mut Write<'_>, request: &Deduct) -> Answer {
    let state = write.state;
    state.ask([
        Key::Client(request.client_id.clone()),
        Key::Contract(request.contract_id.clone()),
        Key::ContractState(request.contract_id.clone()),
    ]);
    if let Some(seen) = state.payment_by_request(&request.client_id, &request.request_id) {
        return Err(repeat(write, seen, request));
    }
    let found = state.contract(&request.contract_id);
    if let Some(contract) = found {
        let account = AccountId::user(contract.user_id.clone(), request.amount.currency);
        state.ask([Key::User(contract.user_id.clone()), Key::Account(account)]);
    }
    let (client, merchant) = known_client(write, &request.client_id)?;
    if client.status == Status::Suspended {
        return Err(Refusal::ClientSuspended);
    }
    may_use_agreements(client)?;
    if request.amount.minor <= 0 {
        return Err(Refusal::AmountImpossible);
    }
    let contract = found.filter(|contract| contract.client_id == request.client_id).ok_or(Refusal::ContractUnknown)?;
    let terms = contract.terms.agreement.as_deref().ok_or(Refusal::ContractUnknown)?;
    let standing = state.contract_state(&request.contract_id).ok_or(Refusal::ContractUnknown)?;
    is_in_force(write, standing)?;
    if request.gateway.product == PERIODIC && terms.plan.is_none() {
        return Err(Refusal::OtherProduct);
    }
    let user = state.user(&contract.user_id).ok_or(Refusal::UserUnknown)?;
    let payment = take(write, request, contract, standing.clone(), user, merchant)?;
    let standing = PaymentState::of(&payment);
    Ok(Done::Standing(Box::new(payment), Box::new(standing)))
}

/// Whether an agreement can be used now; otherwise whether it ran out or was ended.
pub fn is_in_force(write: &Write<'_>, standing: &ContractState) -> Result<(), Refusal> {
    match standing.status {
        ContractStatus::Ended { reason: EndReason::Expired, .. } => Err(Refusal::ContractExpired),
        ContractStatus::Ended { .. } => Err(Refusal::ContractOver),
        ContractStatus::Signed | ContractStatus::Active if write.now() >= standing.expires_at => {
            Err(Refusal::ContractExpired)
        }
        ContractStatus::Signed | ContractStatus::Active => Ok(()),
    }
}

/// Makes the deduction if every rule allows it. `standing` is how the contract stands, or would.
pub fn take(
    write: &mut Write<'_>,
    request: &Deduct,
    contract: &Contract,
    standing: ContractState,
    user: &User,
    merchant: &Merchant,
) -> Result<Payment, Refusal> {
    if merchant.status == Status::Suspended {
        return Err(Refusal::MerchantSuspended);
    }
    let amount = request.amount;
    let previous = standing.last_payment.clone();
    let payment_id = write.world.mint.payment(write.now(), &write.world.policy.zone);
    let fee = amount.share(merchant.fee_basis_points).map_err(|_| Refusal::AmountImpossible)?;
    let charge = charge::under(write, contract, standing, user, amount).map_err(Refusal::Charge)?;
    let booking = charge.booking(write, &payment_id, amount, fee, merchant).ok_or(Refusal::AmountImpossible)?;
    let payment = Payment {
        payment_id,
        client_id: request.client_id.clone(),
        request_id: request.request_id.clone(),
        content: request.content,
        merchant_id: merchant.merchant_id.clone(),
        product: Product::Agreement,
        amount,
        fee: booking.fee,
        user_id: Some(user.user_id.clone()),
        contract_id: Some(contract.contract_id.clone()),
        previous,
        outcome: PaymentOutcome::Success,
        order: None,
        gateway: Some(Box::new(request.gateway.clone())),
        description: request.description.clone(),
        notify_url: request.notify_url.clone(),
        created_at: write.now(),
        paid_at: Some(write.now()),
    };
    booking.book(write, &payment);
    write.insert(Row::Payment(Box::new(payment.clone())));
    gateway::tell_trade(write, &payment, &PaymentState::of(&payment), None);
    let (actor, subject) = (format!("client:{}", request.client_id), format!("payment:{}", payment.payment_id));
    write.audit(actor, "payment.decided", subject, Some(format!("{:?}", payment.outcome)));
    Ok(payment)
}

/// What a number that was used before means: paid, closed, or something else.
fn repeat(write: &Write<'_>, seen: &Payment, request: &Deduct) -> Refusal {
    let standing = standing_of(write, seen);
    if seen.product == Product::Withdrawn {
        return Refusal::Payment(Illegal::OrderCancelled);
    }
    if seen.content != request.content {
        return Refusal::RequestInconsistent;
    }
    let given_back = standing.taken > 0 && standing.refunded >= standing.taken;
    Refusal::Payment(if given_back { Illegal::OrderCancelled } else { Illegal::OrderPaid })
}
