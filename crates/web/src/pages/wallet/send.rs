//! `/wallet/send`: money to another user. First to whom, so that a name is seen; then how much, with the PIN.

use crate::pages::cashier::name;
use crate::pages::frame::{Params, to_canonical_host};
use crate::pages::visit::{Posted, Visit, on_to};
use crate::shell::error::ShellError;
use crate::shell::inputs;
use crate::state::App;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use mithaq_domain::{InboxMessage, Key, Refusal, Row, User, UserNews};
use mithaq_pages::wallet::{AmountProblem, Door, PayeeProblem, Screen, SendMoney, SendProblem, SendStep};
use mithaq_types::{Currency, TransferId};
use mithaq_wallet::{Fault, NewTransfer, Pin};

use super::top_up::is_id;

/// Letters of a phone number, an amount, a note.
const PHONE_MAX: usize = 32;
const AMOUNT_MAX: usize = 16;
const NOTE_MAX: usize = 140;

/// The address in a user's own code leads to the form.
pub async fn pay_to(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let target = uri.path_and_query().map_or("/pay-to", |target| target.as_str());
    if let Some(elsewhere) = to_canonical_host(&app, &headers, target) {
        return elsewhere;
    }
    on_to("/wallet/send", &[("to", Params::of(uri.query()).get("to").unwrap_or_default())])
}

pub async fn page(visit: Visit) -> Response {
    visit.answer(build(&visit).await)
}

async fn build(visit: &Visit) -> Result<Response, ShellError> {
    let wallet = &visit.app.wallet;
    let done = match visit.params.get("done").filter(|once| is_id(once)) {
        Some(once) => done(visit, TransferId::new(once)).await?,
        None => None,
    };
    let step = match (done, visit.user.locked_at(wallet.now())) {
        (Some(done), _) => done,
        (None, Some(until)) => SendStep::Locked { until },
        (None, None) => ask(visit).await?,
    };
    let balance = wallet.balance(&visit.user.user_id, wallet.policy().currency).await?;
    visit.show(Door::Home, false, Screen::Send(SendMoney { balance, step })).await
}

/// Asks to whom; and once that is known, how much.
async fn ask(visit: &Visit) -> Result<SendStep, ShellError> {
    let typed: String = visit.params.get("to").unwrap_or_default().chars().take(PHONE_MAX).collect();
    let to = match payee(visit, &typed).await? {
        Ok(to) => to,
        Err(problem) => return Ok(SendStep::To { typed, problem }),
    };
    let text = |name: &str, most: usize| visit.params.get(name).unwrap_or_default().chars().take(most).collect();
    Ok(SendStep::Amount {
        to: to.phone.clone(),
        to_name: short_name(visit, &to),
        amount: text("amount", AMOUNT_MAX),
        note: text("note", NOTE_MAX),
        // A form that was refused has moved nothing; the next one is another.
        once: TransferId::new(visit.app.wallet.entropy().hex(16)),
        problem: problem(visit),
    })
}

/// The user of a phone number that was typed, or what is wrong with it; nothing if none was.
async fn payee(visit: &Visit, typed: &str) -> Result<Result<User, Option<PayeeProblem>>, ShellError> {
    if typed.is_empty() {
        return Ok(Err(None));
    }
    let phone = inputs::phone(typed);
    if !(8..=15).contains(&phone.len()) {
        return Ok(Err(Some(PayeeProblem::Malformed)));
    }
    if phone == visit.user.phone {
        return Ok(Err(Some(PayeeProblem::Own)));
    }
    match visit.app.wallet.user_by_phone(&phone).await {
        Ok(user) => Ok(Ok(user)),
        Err(Fault::Refused(_)) => Ok(Err(Some(PayeeProblem::Unknown))),
        Err(fault) => Err(fault.into()),
    }
}

/// What a user tells others of their name before money has changed hands: the first of it, and a letter of the last.
fn short_name(visit: &Visit, user: &User) -> String {
    let whole = name(user, visit.spoken);
    let parts: Vec<&str> = whole.split_whitespace().collect();
    match parts.as_slice() {
        [first, .., last] => format!("{first} {}.", last.chars().take(1).collect::<String>()),
        _ => whole,
    }
}

fn problem(visit: &Visit) -> Option<SendProblem> {
    if let Some(problem) = visit.pin_problem() {
        return Some(SendProblem::Pin(problem));
    }
    let wallet = &visit.app.wallet;
    Some(match visit.params.get("notice")? {
        "amount" => SendProblem::Amount(AmountProblem::Malformed),
        "too-much" => {
            let most = wallet.policy().transfer_ceiling(wallet.policy().currency);
            SendProblem::Amount(AmountProblem::TooHigh { most })
        }
        "balance" => SendProblem::Amount(AmountProblem::Balance),
        "note" => SendProblem::NoteTooLong,
        "account" => SendProblem::Account,
        _ => return None,
    })
}

/// What was sent, if it was, by this user: the transfer says so.
async fn done(visit: &Visit, id: TransferId) -> Result<Option<SendStep>, ShellError> {
    let wallet = &visit.app.wallet;
    let Some(Row::Transfer(transfer)) = wallet.row(Key::Transfer(id)).await? else { return Ok(None) };
    if transfer.from != visit.user.user_id {
        return Ok(None);
    }
    let to_name = wallet.user(&transfer.to).await?.map(|to| name(&to, visit.spoken)).unwrap_or_default();
    let tells = |letter: &&InboxMessage| {
        letter.at == transfer.at
            && matches!(&letter.news, UserNews::TransferSent { amount, .. } if *amount == transfer.amount)
    };
    let message_id = visit.letters().await?.iter().find(tells).map(|letter| letter.message_id.clone());
    Ok(Some(SendStep::Done { to_name, amount: transfer.amount, message_id }))
}

/// Sends it.
pub async fn send(posted: Posted) -> Response {
    let sent = try_to_send(&posted).await;
    posted.visit.answer(sent)
}

async fn try_to_send(posted: &Posted) -> Result<Response, ShellError> {
    let Posted { visit, fields } = posted;
    let (to, amount) = (posted.typed("to", PHONE_MAX), posted.typed("amount", AMOUNT_MAX));
    let note = posted.typed("note", NOTE_MAX + 1);
    let again = |notice: &str| {
        Ok(on_to("/wallet/send", &[("to", &to), ("amount", &amount), ("note", &note), ("notice", notice)]))
    };
    let Some(once) = fields.get("once").filter(|once| is_id(once)) else { return again("") };
    let currency: Currency = visit.app.wallet.policy().currency;
    let Ok(Some(money)) = inputs::whole_amount(&amount, currency) else { return again("amount") };
    if note.chars().count() > NOTE_MAX {
        return again("note");
    }
    let Some(pin) = inputs::pin(fields.get("pin").unwrap_or_default()) else { return again("pin-malformed") };
    let transfer = NewTransfer {
        transfer_id: TransferId::new(once),
        from: visit.user.user_id.clone(),
        to_phone: inputs::phone(&to),
        amount: money,
        note: Some(note.trim().to_owned()).filter(|note| !note.is_empty()),
        pin: Pin::Typed(pin),
    };
    match visit.app.wallet.send_money(transfer).await {
        Ok(sent) => Ok(on_to("/wallet/send", &[("done", sent.transfer_id.as_str())])),
        Err(Fault::Refused(refusal)) => match refusal {
            Refusal::PinWrong { .. } => again("pin-wrong"),
            Refusal::BalanceShort => again("balance"),
            Refusal::OverLimit => again("too-much"),
            Refusal::AmountImpossible => again("amount"),
            Refusal::UserFrozen | Refusal::UserRestricted => again("account"),
            // This form has sent money before, and something else was typed into it since.
            Refusal::RequestInconsistent => Ok(on_to("/wallet/send", &[("done", once)])),
            // Locked, or nobody to send to: the page says so.
            _ => again(""),
        },
        Err(fault) => Err(fault.into()),
    }
}
