//! Money from one user to another, linked cards, and what merchants write to users.

use super::parties::{active_client, active_user};
use super::pin;
use super::tokens::{ask_for_bearer, contract_is_over, mark_used};
use super::write::Write;
use crate::{
    AccountId, Answer, Card, Change, Consent, DayCount, Done, InboxMessage, Key, MerchantMessage, OutboxKind, PinCheck,
    Refusal, Row, Scope, SendMessage, Transaction, Transfer, UserNews, UserStatus,
};
use mithaq_types::{CardId, ClientId, MessageId, Money, UserId};

/// Sends money, once for each id. Whoever is frozen may get money, and send none.
pub fn send(write: &mut Write<'_>, transfer: &Transfer, pin: PinCheck) -> Answer {
    let state = write.state;
    let account = |user: &UserId| AccountId::user(user.clone(), transfer.amount.currency);
    state.ask([Key::User(transfer.from.clone()), Key::User(transfer.to.clone())]);
    state.ask([Key::Account(account(&transfer.from)), Key::Account(account(&transfer.to))]);
    if let Some(seen) = state.transfer(&transfer.transfer_id) {
        let same = (&seen.from, &seen.to, seen.amount) == (&transfer.from, &transfer.to, transfer.amount);
        return if same { Ok(Done::Sent(Box::new(seen.clone()))) } else { Err(Refusal::RequestInconsistent) };
    }
    let from = active_user(write, &transfer.from)?;
    let to = state.user(&transfer.to).ok_or(Refusal::UserUnknown)?;
    if from.user_id == to.user_id {
        return Err(Refusal::SameUser);
    }
    let amount = transfer.amount;
    if amount.minor <= 0 {
        return Err(Refusal::AmountImpossible);
    }
    if amount.minor > write.world.policy.transfer_ceiling(amount.currency).minor {
        return Err(Refusal::OverLimit);
    }
    let [had, gets] = [&transfer.from, &transfer.to].map(|user| state.balance_of(&account(user)).balance);
    if had < amount.minor {
        return Err(Refusal::BalanceShort);
    }
    let left = Money::new(had - amount.minor, amount.currency);
    let there = Money::new(gets, amount.currency).plus(amount).map_err(|_| Refusal::AmountImpossible)?;
    let id = transfer.transfer_id.to_string();
    let [giver, taker] = [&transfer.from, &transfer.to].map(account);
    let posting = Transaction::between(id, write.now(), "transfer", giver, taker, amount);
    let posting = posting.map_err(|_| Refusal::AmountImpossible)?;
    pin::check(write, from, pin)?;
    write.post(posting);
    let transfer = Transfer { at: write.now(), ..transfer.clone() };
    write.insert(Row::Transfer(Box::new(transfer.clone())));
    let (to_name, from_name) = (to.name_in(from.language).to_owned(), from.name_in(to.language).to_owned());
    write.tell(from, UserNews::TransferSent { to_name, amount, note: transfer.note.clone(), balance: left }, None);
    write.tell(to, UserNews::TransferReceived { from_name, amount, note: transfer.note.clone(), balance: there }, None);
    let (actor, subject) = (format!("user:{}", transfer.from), format!("transfer:{}", transfer.transfer_id));
    write.audit(actor, "money.sent", subject, Some(amount.to_string()));
    Ok(Done::Sent(Box::new(transfer)))
}

/// Links a card that its issuer has vouched for.
pub fn link_card(write: &mut Write<'_>, card: &Card) -> Answer {
    let state = write.state;
    state.ask([Key::Card(card.card_id.clone())]);
    let user = state.user(&card.user_id).ok_or(Refusal::UserUnknown)?;
    if state.card(&card.card_id).is_some() {
        return Err(Refusal::Exists);
    }
    let card = Card { linked_at: write.now(), removed_at: None, ..card.clone() };
    write.insert(Row::Card(card.clone()));
    write.tell(user, UserNews::CardLinked { card: card.masked_number.clone() }, None);
    write.audit(format!("user:{}", card.user_id), "card.linked", format!("card:{}", card.card_id), None);
    Ok(Done::Card(Box::new(card)))
}

/// Takes a card out of the wallet. What it paid stays paid.
pub fn remove_card(write: &mut Write<'_>, card_id: &CardId, user_id: &UserId) -> Answer {
    let card = write.state.card(card_id).filter(|card| card.user_id == *user_id).ok_or(Refusal::CardUnknown)?;
    if card.removed_at.is_some() {
        return Ok(Done::Card(Box::new(card.clone())));
    }
    let removed = Card { removed_at: Some(write.now()), ..card.clone() };
    write.update(Row::Card(removed.clone()));
    write.audit(format!("user:{user_id}"), "card.removed", format!("card:{card_id}"), None);
    Ok(Done::Card(Box::new(removed)))
}

/// One more message of the client's to the user today, if there may be one; counted with what the user granted it.
fn count_message(write: &Write<'_>, user_id: &UserId, client_id: &ClientId) -> Result<Change, Refusal> {
    let (known, day) = (write.state.consent(user_id, client_id), write.today());
    let count = known.map_or(0, |consent| consent.messages_on(day));
    if count >= write.world.policy.messages_in_day {
        return Err(Refusal::TooManyMessages);
    }
    let messages = Some(DayCount { day, count: count.saturating_add(1) });
    Ok(match known {
        Some(consent) => Change::Update(Row::Consent(Consent { messages, ..consent.clone() })),
        None => {
            let (user_id, client_id) = (user_id.clone(), client_id.clone());
            Change::Insert(Row::Consent(Consent { user_id, client_id, scopes: Vec::new(), at: write.now(), messages }))
        }
    })
}

/// Puts a merchant's message into the inbox, once for each request; what may push is sent to the user's devices too.
pub fn message(write: &mut Write<'_>, request: &SendMessage) -> Answer {
    let state = write.state;
    state.ask([Key::Client(request.client_id.clone()), Key::TokenByAccess(request.access)]);
    if let Some(seen) = state.merchant_message(&request.client_id, &request.request_id) {
        let same = seen.content == request.content;
        return if same { Ok(Done::Message(seen.message_id.clone())) } else { Err(Refusal::RequestInconsistent) };
    }
    let (_, merchant) = active_client(write, &request.client_id)?;
    let token = state.token_by_access(request.access).filter(|token| token.client_id == request.client_id);
    let token = token.ok_or(Refusal::TokenUnknown)?;
    ask_for_bearer(state, &token.user_id, token.contract_id.as_ref());
    state.ask([Key::Consent(token.user_id.clone(), request.client_id.clone())]);
    state.ask(token.predecessor.clone().map(Key::Token));
    if !token.access_lives(write.now()) || contract_is_over(write, token.contract_id.as_ref()) {
        return Err(Refusal::TokenDead);
    }
    if !token.allows(request.scope) {
        return Err(Refusal::ScopeMissing);
    }
    let user = state.user(&token.user_id).ok_or(Refusal::UserUnknown)?;
    if user.status == UserStatus::Frozen {
        return Err(Refusal::UserFrozen);
    }
    let counted = count_message(write, &token.user_id, &request.client_id)?;
    mark_used(write, token);
    write.note(counted);
    let message_id = MessageId::new(write.world.mint.row(write.now()));
    let news = UserNews::FromMerchant {
        merchant: merchant.name_in(user.language).to_owned(),
        title: request.title.clone(),
        content: request.body.clone(),
        url: request.url.clone(),
    };
    write.insert(Row::MerchantMessage(Box::new(MerchantMessage {
        client_id: request.client_id.clone(),
        request_id: request.request_id.clone(),
        content: request.content,
        user_id: user.user_id.clone(),
        message_id: message_id.clone(),
        at: write.now(),
    })));
    write.note(Change::Inbox(InboxMessage {
        message_id: message_id.clone(),
        user_id: user.user_id.clone(),
        at: write.now(),
        news: news.clone(),
        payment_id: None,
        read: false,
    }));
    if request.scope == Scope::NOTIFICATION_PUSH {
        let target = format!("user:{}", user.user_id);
        write.send(OutboxKind::Push { user_id: user.user_id.clone(), news }, target, None, None);
    }
    Ok(Done::Message(message_id))
}
