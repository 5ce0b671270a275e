//! What the operator does to a running installation. Every operation leaves a line in the audit trail.

use super::people::credit;
use super::write::Write;
use crate::{Answer, Client, ClientKey, Deposit, Done, Key, Merchant, Operation, Refusal, Row, Status, User};
use mithaq_types::{ClientId, Money, UserId};

pub fn operate(write: &mut Write<'_>, operation: &Operation) -> Answer {
    match operation {
        Operation::Deposit { reference, user_id, amount } => deposit(write, reference, user_id, *amount),
        Operation::AddClientKey { client_id, public_pem } => add_key(write, client_id, public_pem),
        Operation::RetireClientKey { client_id, version } => retire_key(write, client_id, *version),
        Operation::SetClientStatus { client_id, status } => set_status(write, client_id, *status),
        Operation::SetMerchantStatus { client_id, status } => set_merchant_status(write, client_id, *status),
        Operation::ResetPin { user_id, pin_hash } => reset_pin(write, user_id, pin_hash),
    }
}

/// The first answer again for the same reference; another deposit under it is refused. A frozen user may be given
/// money: freezing stops what goes out.
fn deposit(write: &mut Write<'_>, reference: &str, user_id: &UserId, amount: Money) -> Answer {
    let state = write.state;
    state.ask([Key::User(user_id.clone())]);
    if let Some(seen) = state.deposit(reference) {
        let same = seen.user_id == *user_id && seen.amount == amount;
        let deposit = same.then(|| Box::new(seen.clone())).ok_or(Refusal::RequestInconsistent)?;
        return Ok(Done::Deposited { deposit, repeated: true });
    }
    let (transaction_id, balance) = credit(write, user_id, amount, "deposit")?;
    let (reference, user_id) = (reference.to_owned(), user_id.clone());
    let subject = format!("user:{user_id}");
    let deposit = Deposit { reference, user_id, amount, balance, transaction_id, at: write.now() };
    let detail = format!("{amount}, reference {}", deposit.reference);
    write.insert(Row::Deposit(Box::new(deposit.clone())));
    write.audit("operator".into(), "user.deposited", subject, Some(detail));
    Ok(Done::Deposited { deposit: Box::new(deposit), repeated: false })
}

/// The newest key is the one that counts where a call names no version, so the number is always the highest.
fn add_key(write: &mut Write<'_>, client_id: &ClientId, public_pem: &str) -> Answer {
    let client = known(write, client_id)?;
    if client.keys.iter().any(|key| key.public_pem == public_pem) {
        return Err(Refusal::Exists);
    }
    let newest = client.keys.iter().map(|key| key.version).max().unwrap_or(0);
    let version = newest.checked_add(1).ok_or(Refusal::KeyImpossible)?;
    let mut keys = client.keys.clone();
    keys.push(ClientKey { version, public_pem: public_pem.to_owned() });
    put(write, Client { keys, ..client }, "client.key-added", format!("version {version}"))
}

/// A number is not given twice in a row: the newest key is never retired, so the next one counts on from it.
fn retire_key(write: &mut Write<'_>, client_id: &ClientId, version: u32) -> Answer {
    let client = known(write, client_id)?;
    let newest = client.keys.iter().map(|key| key.version).max();
    let is_known = client.keys.iter().any(|key| key.version == version);
    if !is_known || newest == Some(version) {
        return Err(Refusal::KeyImpossible);
    }
    let keys = client.keys.iter().filter(|key| key.version != version).cloned().collect();
    put(write, Client { keys, ..client }, "client.key-retired", format!("version {version}"))
}

fn set_status(write: &mut Write<'_>, client_id: &ClientId, status: Status) -> Answer {
    let client = known(write, client_id)?;
    put(write, Client { status, ..client }, "client.set", format!("{status:?}"))
}

fn set_merchant_status(write: &mut Write<'_>, client_id: &ClientId, status: Status) -> Answer {
    let client = known(write, client_id)?;
    let merchant = write.state.merchant(&client.merchant_id).cloned().ok_or(Refusal::ClientUnknown)?;
    let subject = format!("merchant:{}", merchant.merchant_id);
    write.update(Row::Merchant(Merchant { status, ..merchant }));
    write.audit("operator".into(), "merchant.set", subject, Some(format!("{status:?}")));
    Ok(Done::Client(Box::new(client)))
}

fn reset_pin(write: &mut Write<'_>, user_id: &UserId, pin_hash: &str) -> Answer {
    let user = write.state.user(user_id).ok_or(Refusal::UserUnknown)?;
    let pin_hash = pin_hash.to_owned();
    let changed = User { pin_hash, pin_failures: 0, pin_locked_until: None, ..user.clone() };
    write.update(Row::User(Box::new(changed)));
    write.audit("operator".into(), "user.pin-reset", format!("user:{user_id}"), None);
    Ok(Done::Nothing)
}

fn known(write: &Write<'_>, client_id: &ClientId) -> Result<Client, Refusal> {
    write.state.client(client_id).cloned().ok_or(Refusal::ClientUnknown)
}

fn put(write: &mut Write<'_>, client: Client, action: &str, detail: String) -> Answer {
    let subject = format!("client:{}", client.client_id);
    write.update(Row::Client(client.clone()));
    write.audit("operator".into(), action, subject, Some(detail));
    Ok(Done::Client(Box::new(client)))
}
