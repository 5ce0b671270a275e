//! What attempts need, read for many rows at once: the row, what it is about, whom it goes to.

use crate::news::Way;
use crate::{alipay, notice};
use mithaq_alipay::notices::Notice;
use mithaq_domain::{Client, DeliveryState, Outbox, OutboxKind, State, User, UserNews};
use mithaq_types::{OutboxId, Timestamp, UserId};
use mithaq_wallet::{Fault, Wallet};

/// A row that is due, and what it takes to send it.
pub struct Parcel {
    pub row: Outbox,
    pub contents: Contents,
}

/// What is sent.
pub enum Contents {
    /// A notice to a merchant, or why there is no body.
    Notice { client: Option<Client>, body: Result<Vec<u8>, &'static str> },
    /// A notice to a merchant of the Alipay surface, or why there is none.
    Form(Result<Notice, &'static str>),
    /// News to a user.
    News { user: Option<Box<User>>, news: UserNews, way: Way },
}

/// The parcels of those among `ids` that are due at `now`.
pub async fn load(wallet: &Wallet, ids: &[OutboxId], now: Timestamp) -> Result<Vec<Parcel>, Fault> {
    let mut state = State::default();
    loop {
        let parcels: Vec<_> = ids.iter().filter_map(|id| parcel(wallet, &state, id, now)).collect();
        if !complete(wallet, &mut state).await? {
            return Ok(parcels);
        }
    }
}

/// Reads what `state` was asked for in vain. Answers whether there was anything.
pub async fn complete(wallet: &Wallet, state: &mut State) -> Result<bool, Fault> {
    let missing = state.take_missing();
    if missing.is_empty() {
        return Ok(false);
    }
    let found = wallet.reader().rows(missing.clone()).await?;
    for key in missing {
        let row = found.peek(&key).cloned();
        state.load(key, row);
    }
    Ok(true)
}

/// The parcel of a row, as far as `state` knows; it notes what it lacks.
fn parcel(wallet: &Wallet, state: &State, outbox_id: &OutboxId, now: Timestamp) -> Option<Parcel> {
    // The database orders rows by milliseconds.
    let is_due =
        |row: &&Outbox| row.state == DeliveryState::Pending && row.next_at.as_millisecond() <= now.as_millisecond();
    let row = state.outbox(outbox_id).filter(is_due)?;
    let contents = match &row.kind {
        OutboxKind::UserNews { user_id, news } => told(state, user_id, news, Way::Letters),
        OutboxKind::Push { user_id, news } => told(state, user_id, news, Way::Push),
        OutboxKind::GatewayNotice { app_id, news } => Contents::Form(alipay::notice(state, row, app_id, news)),
        OutboxKind::PaymentNotice { .. } | OutboxKind::OperationNotice { .. } | OutboxKind::ContractNotice { .. } => {
            let client = row.client_id.as_ref().and_then(|id| state.client(id)).cloned();
            Contents::Notice { client, body: notice::body(wallet, state, row).map(Option::unwrap_or_default) }
        }
    };
    Some(Parcel { row: row.clone(), contents })
}

fn told(state: &State, user_id: &UserId, news: &UserNews, way: Way) -> Contents {
    Contents::News { user: state.user(user_id).cloned().map(Box::new), news: news.clone(), way }
}
