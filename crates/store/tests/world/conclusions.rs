//! What follows from what is stored: contracts' stories, and what the jobs would find to do.

use crate::model::Model;
use mithaq_domain::DeliveryState;
use mithaq_store::{Reader, StoreError};
use mithaq_types::{ContractId, PaymentId, Timestamp, UserId};
use std::collections::BTreeSet;

/// Each contract's payments, newest first, must be those that were asked for.
pub async fn stories(reader: &Reader, model: &Model) -> Result<(), String> {
    for (name, contract) in &model.contracts {
        let Some(id) = &contract.id else { continue };
        let found = reader.payments_of_contract(id.clone(), None, 1_000).await;
        let found = found.map_err(|error| format!("the store: {error}"))?;
        let found = found.iter().map(|own| (own.client_id.as_str().to_owned(), own.request_id.clone()));
        let found: Vec<_> = found.collect();
        if !contract.story.iter().rev().eq(&found) {
            return Err(format!("contract {name}: payments expected (reversed) {:?}, found {found:?}", contract.story));
        }
    }
    Ok(())
}

/// Each user's inbox must hold each of their messages, once.
pub async fn inboxes(reader: &Reader, model: &Model) -> Result<(), String> {
    for user in model.users.keys() {
        let found = reader.inbox(Some(UserId::new(user))).await.map_err(|error| format!("the store: {error}"))?;
        let mut found: Vec<_> = found.into_iter().map(|message| (message.message_id, message.read)).collect();
        found.sort_unstable();
        let expected = model.messages.iter().filter(|own| own.user == *user);
        let mut expected: Vec<_> = expected.filter_map(|own| Some((own.id.clone()?, own.read))).collect();
        expected.sort_unstable();
        if expected != found {
            return Err(format!("inbox of {user}: expected {expected:?}, found {found:?}"));
        }
    }
    Ok(())
}

/// What the jobs of all processes would find to do must be what the model says there is to do, once.
pub async fn due(readers: &[Reader], model: &Model, now: Timestamp) -> Result<(), String> {
    let said = |error: StoreError| format!("the store: {error}");
    let ids = |names: Vec<String>| names.iter().filter_map(|name| model.contracts.get(name)?.id.clone()).collect();
    let expected: BTreeSet<ContractId> = ids(model.due(now));
    let found: BTreeSet<_> = readers[0].contracts_due(now).await.map_err(said)?.into_iter().collect();
    if expected != found {
        return Err(format!("contracts due: expected {expected:?}, found {found:?}"));
    }
    let ids = |keys: Vec<(String, String)>| keys.iter().filter_map(|key| model.payments.get(key)?.id.clone()).collect();
    let expected: BTreeSet<PaymentId> = ids(model.orders_due(now));
    let found: BTreeSet<_> = readers[0].payments_due(now).await.map_err(said)?.into_iter().collect();
    if expected != found {
        return Err(format!("payments due: expected {expected:?}, found {found:?}"));
    }
    let pending = || model.notices.iter().filter(|notice| notice.state == DeliveryState::Pending);
    let expected: BTreeSet<_> =
        pending().filter(|notice| notice.next <= now).filter_map(|own| own.id.clone()).collect();
    let (mut found, mut next) = (Vec::new(), None);
    for reader in readers {
        let due = reader.due_deliveries(now, (0, String::new()), 1_000).await.map_err(said)?;
        found.extend(due.into_iter().map(|due| due.outbox_id));
        let after = reader.next_delivery(now).await.map_err(said)?;
        next = next.into_iter().chain(after).min();
    }
    found.sort_unstable();
    if !expected.iter().eq(&found) {
        return Err(format!("deliveries due: expected {expected:?}, found {found:?}"));
    }
    let expected = pending().map(|notice| notice.next).filter(|next| *next > now).min();
    if expected == next { Ok(()) } else { Err(format!("next delivery: expected {expected:?}, found {next:?}")) }
}
