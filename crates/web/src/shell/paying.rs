//! The cashier's form: the user pays, with what is in the wallet or with a card.

use super::agreeing::Notes;
use super::error::ShellError;
use super::forms::Fields;
use super::pay_reply::PayCode;
use super::reply;
use super::{agreeing, ending, inputs};
use crate::pages::record;
use crate::state::Shared;
use mithaq_domain::{Interaction, PaymentStatus, Refusal, Session, Source, Verdict};
use mithaq_pages::Source as TypedSource;
use mithaq_wallet::{ConfirmRequest, Fault, OrderPage, Pin};

/// The longest name of a source that is carried back.
const SOURCE_MAX: usize = 64;

/// Pays, and says which words the page goes on with. Where there are none, the page knows: from the order, and from the
/// user's row.
pub async fn pay(app: &Shared, session: &Session, page: &Interaction, fields: &Fields) -> Result<Notes, ShellError> {
    let (Some(user_id), Some(payment_id)) = (&session.user_id, &page.payment_id) else { return Ok(Notes::new()) };
    let typed: String = fields.source.chars().take(SOURCE_MAX).collect();
    let notes = |notice: &str| {
        let mut notes = vec![("notice", notice.to_owned()), ("source", typed.clone())];
        if fields.agreement == "yes" {
            notes.push(("agreement", "yes".to_owned()));
        }
        notes
    };
    let Some(pin) = inputs::pin(&fields.pin) else { return Ok(notes("pin-malformed")) };
    let source = match TypedSource::from_field(&typed) {
        TypedSource::Balance => Source::Balance,
        TypedSource::Card(card_id) => Source::Card(card_id),
    };
    let (ok, ret) = ending::pay_reply(app, page, PayCode::Paid, ending::language(app, session).await?).await?;
    let request = ConfirmRequest {
        payment_id: payment_id.clone(),
        user_id: user_id.clone(),
        pin: Pin::Typed(pin),
        source,
        page: Some(OrderPage { interaction_id: page.interaction_id.clone(), reply: reply::envelope(ok, &ret) }),
    };
    let confirmed = app.wallet.confirm_order(request).await;
    record::confirmed(app, page, confirmed.as_ref().ok().map(|(_, state)| state.status));
    match confirmed {
        Ok((_, state)) if state.status == PaymentStatus::Processing => Ok(notes("asked")),
        Ok((payment, _)) if fields.agreement == "yes" => agreeing::sign_with_payment(app, user_id, &payment).await,
        Ok(_) => Ok(Notes::new()),
        Err(Fault::Refused(refusal)) => Ok(notice(&refusal).map_or_else(Notes::new, notes)),
        Err(fault) => Err(fault.into()),
    }
}

/// What is in the way of paying just now, where something else can be tried.
const fn notice(refusal: &Refusal) -> Option<&'static str> {
    Some(match refusal {
        Refusal::PinWrong { .. } => "pin-wrong",
        Refusal::BalanceShort => "balance",
        Refusal::OverLimit => "limit",
        Refusal::CardUnknown => "source",
        Refusal::CardDeclined(Verdict::NotEnough) => "card-not-enough",
        Refusal::CardDeclined(Verdict::CardExpired) => "card-expired",
        Refusal::CardDeclined(Verdict::Blocked) => "card-blocked",
        Refusal::CardDeclined(Verdict::OverLimit) => "card-limit",
        Refusal::CardDeclined(Verdict::Approved) => "card-other",
        _ => return None,
    })
}
