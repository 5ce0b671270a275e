//! Wallet pages that end without a signature, and deliveries: each has one outcome, the first.

use super::write::Write;
use crate::{
    Answer, Delivery, DeliveryState, Done, Interaction, InteractionOutcome, InteractionState, Payment, Refusal, Row,
    Settled,
};
use mithaq_types::{AuthId, ClientId, InteractionId, OutboxId};

pub fn open(write: &mut Write<'_>, interaction: &Interaction) -> Answer {
    if write.state.interaction(&interaction.interaction_id).is_some() {
        return Err(Refusal::Exists);
    }
    write.insert(Row::Interaction(Box::new(interaction.clone())));
    Ok(Done::Nothing)
}

/// Ends a page that is still open. One that is over keeps its outcome, which is the answer: a page
/// closed in the moment of signing was signed (spec/jsapi.md 5, rule 1).
pub fn close(write: &mut Write<'_>, id: &InteractionId, outcome: InteractionOutcome, reply_sealed: &str) -> Answer {
    let interaction = write.state.interaction(id).ok_or(Refusal::InteractionUnknown)?.clone();
    if interaction.state != InteractionState::Open {
        return Ok(Done::Settled(Box::new(Settled { interaction })));
    }
    Ok(settle(write, interaction, outcome, reply_sealed))
}

/// Gives an open page its outcome.
pub fn settle(write: &mut Write<'_>, open: Interaction, outcome: InteractionOutcome, reply_sealed: &str) -> Done {
    let state = InteractionState::Final(outcome);
    let interaction = Interaction { state, reply_sealed: Some(reply_sealed.to_owned()), ..open };
    write.update(Row::Interaction(Box::new(interaction.clone())));
    Done::Settled(Box::new(Settled { interaction }))
}

/// The page that a signature or a grant comes from: opened for this client and offer, still open, in time.
pub fn open_page(
    write: &Write<'_>,
    id: &InteractionId,
    client_id: &ClientId,
    auth_id: Option<&AuthId>,
) -> Result<Interaction, Refusal> {
    let page = write.state.interaction(id).ok_or(Refusal::InteractionUnknown)?;
    if page.client_id != *client_id || page.auth_id.as_ref() != auth_id || page.payment_id.is_some() {
        return Err(Refusal::InteractionUnknown);
    }
    let open = page.state == InteractionState::Open && write.now() < page.expires_at;
    if open { Ok(page.clone()) } else { Err(Refusal::InteractionOver) }
}

/// The page that an order is paid on: opened for it, still open, in time.
pub fn open_order_page(write: &Write<'_>, id: &InteractionId, payment: &Payment) -> Result<Interaction, Refusal> {
    let page = write.state.interaction(id).ok_or(Refusal::InteractionUnknown)?;
    if page.payment_id.as_ref() != Some(&payment.payment_id) || page.client_id != payment.client_id {
        return Err(Refusal::InteractionUnknown);
    }
    let open = page.state == InteractionState::Open && write.now() < page.expires_at;
    if open { Ok(page.clone()) } else { Err(Refusal::InteractionOver) }
}

/// Notes how an attempt went, once. What arrived counts whenever it is told, until then; a failure counts only if the row
/// is as it was when the attempt began: a process that was stopped in the middle, and whose rows another took over, tells
/// it too late.
pub fn delivered(write: &mut Write<'_>, id: &OutboxId, delivery: &Delivery) -> Answer {
    let row = write.state.outbox(id).ok_or(Refusal::OutboxUnknown)?;
    let is_stale = row.state != DeliveryState::Pending || row.attempts != delivery.after_attempts;
    if row.state == DeliveryState::Delivered || (is_stale && delivery.error.is_some()) {
        return Ok(Done::Outbox(Box::new(row.clone())));
    }
    let row = Box::new(row.after(delivery, write.now()));
    write.update(Row::Outbox(row.clone()));
    Ok(Done::Outbox(row))
}

pub fn resend(write: &mut Write<'_>, id: &OutboxId) -> Answer {
    let row = write.state.outbox(id).ok_or(Refusal::OutboxUnknown)?;
    let row = Box::new(row.again(write.now()));
    write.update(Row::Outbox(row.clone()));
    write.audit("operator".into(), "outbox.resent", format!("outbox:{id}"), None);
    Ok(Done::Outbox(row))
}
