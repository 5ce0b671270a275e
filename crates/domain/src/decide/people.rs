//! Users, their money from outside, and their browser sessions.

use super::pin;
use super::write::Write;
use crate::{
    AccountId, Answer, Done, Hash, Key, Language, Owner, PinCheck, Refusal, Row, Session, Transaction, User, UserNews,
    UserStatus,
};
use mithaq_types::{Money, SessionId, UserId};

pub fn add_user(write: &mut Write<'_>, user: &User) -> Answer {
    write.state.ask([Key::User(user.user_id.clone()), Key::UserByPhone(user.phone.clone())]);
    if write.state.user(&user.user_id).is_some() || write.state.user_by_phone(&user.phone).is_some() {
        return Err(Refusal::Exists);
    }
    write.insert(Row::User(Box::new(user.clone())));
    write.audit("operator".into(), "user.added", format!("user:{}", user.user_id), None);
    Ok(Done::Nothing)
}

pub fn set_user(write: &mut Write<'_>, user_id: &UserId, status: UserStatus) -> Answer {
    let user = write.state.user(user_id).ok_or(Refusal::UserUnknown)?;
    write.update(Row::User(Box::new(User { status, ..user.clone() })));
    write.audit("operator".into(), "user.set", format!("user:{user_id}"), Some(format!("{status:?}")));
    Ok(Done::Nothing)
}

pub fn top_up(write: &mut Write<'_>, user_id: &UserId, amount: Money) -> Answer {
    let (_, balance) = credit(write, user_id, amount, "top-up")?;
    write.audit("operator".into(), "user.topped-up", format!("user:{user_id}"), Some(amount.to_string()));
    Ok(Done::Balance(balance))
}

/// Money from outside, told to the user: the transaction's id, and what the user has then.
pub fn credit(write: &mut Write<'_>, user_id: &UserId, amount: Money, cause: &str) -> Result<(String, Money), Refusal> {
    let state = write.state;
    state.ask([Key::Account(AccountId::user(user_id.clone(), amount.currency))]);
    let user = state.user(user_id).ok_or(Refusal::UserUnknown)?;
    let (id, balance) = bring_in(write, user, amount, cause)?;
    write.tell(user, UserNews::ToppedUp { amount, balance }, None);
    Ok((id, balance))
}

/// Money from a card, a deposit like any other. Where it is spent at once, the user hears of that instead.
pub fn credit_from_card(
    write: &mut Write<'_>,
    user: &User,
    amount: Money,
    is_news: bool,
) -> Result<(String, Money), Refusal> {
    let (id, balance) = bring_in(write, user, amount, "deposit")?;
    if is_news {
        write.tell(user, UserNews::ToppedUp { amount, balance }, None);
    }
    Ok((id, balance))
}

fn bring_in(write: &mut Write<'_>, user: &User, amount: Money, cause: &str) -> Result<(String, Money), Refusal> {
    let state = write.state;
    let to = AccountId::user(user.user_id.clone(), amount.currency);
    let from = AccountId { owner: Owner::World, currency: amount.currency };
    if amount.minor <= 0 {
        return Err(Refusal::AmountImpossible);
    }
    let before = Money::new(state.balance_of(&to).balance, amount.currency);
    let balance = before.plus(amount).map_err(|_| Refusal::AmountImpossible)?;
    let id = write.world.mint.row(write.now());
    let transaction = Transaction::between(id.clone(), write.now(), cause, from, to, amount);
    let transaction = transaction.ok().filter(|transaction| write.can_post(transaction));
    write.post(transaction.ok_or(Refusal::AmountImpossible)?);
    Ok((id, balance))
}

pub fn open_session(write: &mut Write<'_>, session: &Session) -> Answer {
    if write.state.session(&session.session_id).is_some() {
        return Err(Refusal::Exists);
    }
    write.insert(Row::Session(session.clone()));
    Ok(Done::Nothing)
}

/// Signs in. The session keeps its id, so that open pages stay its own, and gets a new secret.
pub fn log_in(
    write: &mut Write<'_>,
    session_id: &SessionId,
    user_id: &UserId,
    pin: PinCheck,
    token_hash: Hash,
    csrf: &str,
) -> Answer {
    let state = write.state;
    state.ask([Key::Session(session_id.clone())]);
    let user = state.user(user_id).ok_or(Refusal::UserUnknown)?;
    let session = state.session(session_id).ok_or(Refusal::InteractionUnknown)?;
    pin::check(write, user, pin)?;
    let csrf = csrf.to_owned();
    write.update(Row::Session(Session { token_hash, csrf, user_id: Some(user_id.clone()), ..session.clone() }));
    Ok(Done::Nothing)
}

pub fn log_out(write: &mut Write<'_>, session_id: &SessionId) -> Answer {
    let session = write.state.session(session_id).ok_or(Refusal::InteractionUnknown)?;
    write.update(Row::Session(Session { user_id: None, ..session.clone() }));
    Ok(Done::Nothing)
}

/// Another PIN, for whoever knows the old one.
pub fn change_pin(write: &mut Write<'_>, user_id: &UserId, pin: PinCheck, pin_hash: &str) -> Answer {
    let user = write.state.user(user_id).ok_or(Refusal::UserUnknown)?;
    pin::open(write, user, pin)?;
    let pin_hash = pin_hash.to_owned();
    let changed = User { pin_hash, pin_failures: 0, pin_locked_until: None, ..user.clone() };
    write.update(Row::User(Box::new(changed)));
    write.tell(user, UserNews::PinChanged, None);
    let actor = format!("user:{user_id}");
    write.audit(actor.clone(), "pin.changed", actor, None);
    Ok(Done::Nothing)
}

pub fn set_language(write: &mut Write<'_>, user_id: &UserId, language: Language) -> Answer {
    let user = write.state.user(user_id).ok_or(Refusal::UserUnknown)?;
    write.update(Row::User(Box::new(User { language, ..user.clone() })));
    Ok(Done::Nothing)
}

/// Signs a session of the user's out, wherever it is.
pub fn end_session(write: &mut Write<'_>, session_id: &SessionId, user_id: &UserId) -> Answer {
    let session = write.state.session(session_id).ok_or(Refusal::SessionUnknown)?;
    if session.user_id.as_ref() != Some(user_id) {
        return Err(Refusal::SessionUnknown);
    }
    write.update(Row::Session(Session { user_id: None, ..session.clone() }));
    let actor = format!("user:{user_id}");
    write.audit(actor, "session.ended", format!("session:{session_id}"), None);
    Ok(Done::Nothing)
}
