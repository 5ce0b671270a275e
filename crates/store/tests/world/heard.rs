//! An answer in the model's words.

use crate::model::Outcome;
use mithaq_domain::{Answer, Done, InteractionState};

/// What the caller heard.
pub fn heard(answer: &Answer) -> Outcome {
    Ok(match answer.as_ref().map_err(Clone::clone)? {
        Done::Nothing => "done".to_owned(),
        Done::Offered(offer) => format!("offered {}", offer.auth_id),
        Done::Signed(_) => "signed".to_owned(),
        Done::Granted(_) => "granted".to_owned(),
        Done::Tokens(grant) => format!("tokens {}", grant.token.token_id),
        Done::Cancelled(cancelled) => format!("cancelled, contract: {}", cancelled.contract_id.is_some()),
        Done::Client(_) => "done".to_owned(),
        Done::Deposited { deposit, repeated } => {
            format!("deposited{}, {}", if *repeated { " before" } else { "" }, deposit.balance.minor)
        }
        Done::Paid(payment) => format!(
            "paid {}/{} {} fee {} {:?} {}",
            payment.client_id,
            payment.request_id,
            payment.amount,
            payment.fee.minor,
            payment.outcome,
            payment.created_at
        ),
        Done::Standing(payment, state) => crate::facts::standing(payment, state),
        Done::Operated(operation) | Done::OperatedBefore(operation) => {
            let (kind, request) = (operation.kind.name(), operation.request_id.as_str());
            crate::facts::operated(kind, request, operation.amount, operation.outcome)
        }
        Done::Card(card) => card.masked_number.clone(),
        Done::Sent(_)
        | Done::Code(_)
        | Done::Message(_)
        | Done::Agreed(..)
        | Done::ContractStanding(_)
        | Done::Ran(_) => "nothing of this world".to_owned(),
        Done::Balance(balance) => format!("balance {}", balance.minor),
        Done::Settled(settled) => {
            let page = &settled.interaction;
            match page.state {
                InteractionState::Open => "page open".to_owned(),
                InteractionState::Final(outcome) => {
                    format!("page {:?}", (outcome, page.reply_sealed.as_deref().unwrap_or_default()))
                }
            }
        }
        Done::Outbox(row) => {
            format!("delivery {:?} {} {} {:?}", row.state, row.attempts, row.next_at, row.last_error)
        }
        Done::Ended(reason, at) => format!("ended {reason:?} {at}"),
    })
}
