//! Movements of a user's money. Every one is told in their inbox, in the transaction that moved it: so the messages about
//! money are the history, and a message's id names its movement.

use crate::pages::frame::merchant;
use crate::pages::visit::Visit;
use crate::shell::error::ShellError;
use mithaq_domain::{InboxMessage, Key, Payment, UserNews};
use mithaq_pages::wallet::{Movement, MovementKind};
use mithaq_types::{MessageId, Money, PaymentId};
use std::collections::HashMap;

/// Lines on one page; the older ones are a link away.
pub const SHOWN: usize = 20;

/// What a message tells of money: what happened, with whom, how much, what for.
struct Told<'a> {
    kind: MovementKind,
    with: &'a str,
    amount: Money,
    about: &'a str,
}

fn told(news: &UserNews) -> Option<Told<'_>> {
    let told = |kind, with, amount: &Money, about| Some(Told { kind, with, amount: *amount, about });
    match news {
        UserNews::Charged { merchant, amount, description, .. } => {
            told(MovementKind::Charged, merchant, amount, description)
        }
        UserNews::Paid { merchant, amount, description, .. } => told(MovementKind::Paid, merchant, amount, description),
        UserNews::Held { merchant, amount, description, until } => {
            told(MovementKind::Held { until: *until }, merchant, amount, description)
        }
        UserNews::Captured { merchant, amount, released } => {
            told(MovementKind::Captured { released: *released }, merchant, amount, "")
        }
        UserNews::Released { merchant, amount } => told(MovementKind::Released, merchant, amount, ""),
        UserNews::Refunded { merchant, amount, .. } => told(MovementKind::Refunded, merchant, amount, ""),
        UserNews::TransferSent { to_name, amount, note, .. } => {
            told(MovementKind::Sent, to_name, amount, note.as_deref().unwrap_or_default())
        }
        UserNews::TransferReceived { from_name, amount, note, .. } => {
            told(MovementKind::Received, from_name, amount, note.as_deref().unwrap_or_default())
        }
        UserNews::ToppedUp { amount, .. } => told(MovementKind::ToppedUp, "", amount, ""),
        UserNews::ContractSigned { .. }
        | UserNews::ContractEnded { .. }
        | UserNews::ChargeRefused { .. }
        | UserNews::ChargeComing { .. }
        | UserNews::CardLinked { .. }
        | UserNews::PinChanged
        | UserNews::FromMerchant { .. } => None,
    }
}

/// Whether a message tells of a movement.
pub fn is_movement(message: &InboxMessage) -> bool {
    told(&message.news).is_some()
}

/// What could be spent after it, where the message says so.
pub const fn balance_after(news: &UserNews) -> Option<Money> {
    match news {
        UserNews::Charged { balance, .. }
        | UserNews::Paid { balance, .. }
        | UserNews::Refunded { balance, .. }
        | UserNews::TransferSent { balance, .. }
        | UserNews::TransferReceived { balance, .. }
        | UserNews::ToppedUp { balance, .. } => Some(*balance),
        _ => None,
    }
}

/// The messages of one page: those that `keep` takes, from the newest, or from the first that is older than `before`.
/// With them whether the page begins further back, and the last message if there are older ones.
pub fn stretch(
    visit: &Visit,
    letters: Vec<InboxMessage>,
    keep: impl Fn(&InboxMessage) -> bool,
) -> (Vec<InboxMessage>, bool, Option<MessageId>) {
    let before = visit.params.get("before").map(MessageId::new);
    // By place: ids begin with time, but those of one millisecond are in no order.
    let newer = before.as_ref().map_or(0, |before| {
        letters.iter().position(|letter| letter.message_id == *before).map_or(letters.len(), |place| place + 1)
    });
    let mut page: Vec<_> = letters.into_iter().skip(newer).filter(keep).take(SHOWN + 1).collect();
    let there_are_older = page.len() > SHOWN;
    page.truncate(SHOWN);
    let older_than = page.last().filter(|_| there_are_older).map(|letter| letter.message_id.clone());
    (page, before.is_some(), older_than)
}

/// The movements that messages tell of, with merchants' names in the page's language.
pub async fn movements(visit: &Visit, letters: &[InboxMessage]) -> Result<Vec<Movement>, ShellError> {
    let names = merchant_names(visit, letters).await?;
    let movement = |letter: &InboxMessage| {
        let Told { kind, with, amount, about } = told(&letter.news)?;
        let name = letter.payment_id.as_ref().and_then(|payment_id| names.get(payment_id));
        Some(Movement {
            message_id: letter.message_id.clone(),
            kind,
            with: name.cloned().unwrap_or_else(|| with.to_owned()),
            amount,
            about: about.to_owned(),
            at: letter.at,
        })
    };
    Ok(letters.iter().filter_map(movement).collect())
}

/// What the merchants of the messages' payments are called. The message has the name that was in force then, in one
/// language only.
pub async fn merchant_names(visit: &Visit, letters: &[InboxMessage]) -> Result<HashMap<PaymentId, String>, ShellError> {
    let reader = visit.app.wallet.reader();
    let ids: Vec<_> = letters.iter().filter_map(|letter| letter.payment_id.clone()).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let payments = reader.rows(ids.iter().cloned().map(Key::Payment).collect()).await?;
    let known: Vec<&Payment> = ids.iter().filter_map(|id| payments.payment(id)).collect();
    let keys = known.iter().map(|payment| Key::Merchant(payment.merchant_id.clone())).collect();
    let merchants = reader.rows(keys).await?;
    let named = known.into_iter().filter_map(|payment| {
        let found = merchants.merchant(&payment.merchant_id)?;
        Some((payment.payment_id.clone(), merchant(found).name_in(visit.spoken)))
    });
    Ok(named.collect())
}
