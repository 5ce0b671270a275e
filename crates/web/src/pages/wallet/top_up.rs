//! `/wallet/top-up`: money from the user's bank; also for somebody who comes from an order that needs it.

use crate::pages::frame::{Framing, frame};
use crate::pages::visit::{Posted, Visit, on_to};
use crate::shell::error::ShellError;
use crate::shell::inputs;
use axum::http::StatusCode;
use axum::response::Response;
use mithaq_domain::{InboxMessage, Key, Refusal, Row, UserNews};
use mithaq_pages::Language;
use mithaq_pages::wallet::{AmountProblem, Bank, Door, Screen, TopUp, TopUpProblem, TopUpStep, WaitingOrder};
use mithaq_types::{InteractionId, OrderId};
use mithaq_wallet::{BankVerdict, Fault, TopUpRequest};

/// How the field `bank` begins. After it comes the form's own id, so that a form sent twice fetches money once.
const BANK: &str = "bank-";
/// Letters of an amount.
const AMOUNT_MAX: usize = 16;

pub async fn page(visit: Visit) -> Response {
    visit.answer(build(&visit).await)
}

async fn build(visit: &Visit) -> Result<Response, ShellError> {
    let app = &visit.app;
    let letters = visit.letters().await?;
    let step = match visit.params.get("done").filter(|once| is_id(once)) {
        Some(once) => done(visit, once, &letters).await?,
        None => None,
    };
    let once = visit.params.get("once").filter(|once| is_id(once)).map(str::to_owned);
    let bank_id = format!("{BANK}{}", once.unwrap_or_else(|| app.wallet.entropy().hex(16)));
    let step = step.unwrap_or_else(|| TopUpStep::Ask {
        amount: visit.params.get("amount").unwrap_or_default().chars().take(AMOUNT_MAX).collect(),
        bank: bank_id.clone(),
        problem: problem(visit),
    });
    let order = waiting(|name| visit.params.get(name));
    let name = match visit.spoken {
        Language::EnUs => "My bank account",
        Language::ArIq => "حسابي المصرفي",
    };
    // The cashier that the shell has opened is where it is gone back to: there the app's doors would lead nowhere.
    let in_shell = order.as_ref().is_some_and(|order| order.ix.is_some());
    let (frame, framing) = if in_shell {
        (frame(app, visit.spoken), Framing::ByShell)
    } else {
        (visit.frame(Door::Home, false, visit.unread().await?), Framing::Never)
    };
    let screen = Screen::TopUp(TopUp {
        balance: app.wallet.balance(&visit.user.user_id, app.wallet.policy().currency).await?,
        banks: vec![Bank { bank_id, name: name.to_owned() }],
        order,
        step,
    });
    Ok(visit.render(StatusCode::OK, frame, screen, framing))
}

fn problem(visit: &Visit) -> Option<TopUpProblem> {
    if !visit.app.wallet.sources().bank.is_offered() {
        return Some(TopUpProblem::BankAway);
    }
    Some(match visit.params.get("notice")? {
        "amount" => TopUpProblem::Amount(AmountProblem::Malformed),
        "refused" => TopUpProblem::BankRefused,
        "away" => TopUpProblem::BankAway,
        "account" => TopUpProblem::Account,
        _ => return None,
    })
}

/// What came, if it did: the deposit says so.
async fn done(visit: &Visit, once: &str, letters: &[InboxMessage]) -> Result<Option<TopUpStep>, ShellError> {
    let reference = TopUpRequest::reference(&visit.user.user_id, once);
    let Some(Row::Deposit(deposit)) = visit.app.wallet.row(Key::Deposit(reference)).await? else { return Ok(None) };
    let tells = |letter: &&InboxMessage| {
        letter.at == deposit.at
            && matches!(&letter.news, UserNews::ToppedUp { amount, balance }
                if (*amount, *balance) == (deposit.amount, deposit.balance))
    };
    let message_id = letters.iter().find(tells).map(|letter| letter.message_id.clone());
    Ok(Some(TopUpStep::Done { amount: deposit.amount, message_id }))
}

/// The order that somebody came from. Both ids are only ever part of an address of this wallet.
fn waiting<'a>(given: impl Fn(&str) -> Option<&'a str>) -> Option<WaitingOrder> {
    let order_id = given("for").filter(|id| is_id(id)).map(OrderId::new)?;
    Some(WaitingOrder { order_id, ix: given("ix").filter(|id| is_id(id)).map(InteractionId::new) })
}

/// Whether a text is an id of this wallet's making: 32 hexadecimal digits.
pub fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Fetches the money.
pub async fn fetch(posted: Posted) -> Response {
    let fetched = try_to_fetch(&posted).await;
    posted.visit.answer(fetched)
}

async fn try_to_fetch(posted: &Posted) -> Result<Response, ShellError> {
    let Posted { visit, fields } = posted;
    let wallet = &visit.app.wallet;
    let typed = posted.typed("amount", AMOUNT_MAX);
    let given = fields.get("bank").and_then(|bank| bank.strip_prefix(BANK)).filter(|once| is_id(once));
    let once = given.map_or_else(|| wallet.entropy().hex(16), str::to_owned);
    let order = waiting(|name| fields.get(name));
    let go_on = |notes: &[(&str, &str)]| {
        let (back, ix) = order
            .as_ref()
            .map_or(("", ""), |order| (order.order_id.as_str(), order.ix.as_ref().map_or("", |ix| ix.as_str())));
        let all: Vec<_> = notes.iter().copied().chain([("for", back), ("ix", ix)]).collect();
        Ok(on_to("/wallet/top-up", &all))
    };
    let again = |notice: &str| go_on(&[("notice", notice), ("amount", &typed), ("once", &once)]);
    let Ok(Some(amount)) = inputs::whole_amount(&typed, wallet.policy().currency) else { return again("amount") };
    let request = TopUpRequest { once: once.clone(), user_id: visit.user.user_id.clone(), amount };
    match wallet.fetch_from_bank(request).await {
        Ok(BankVerdict::Approved) => go_on(&[("done", &once)]),
        Ok(BankVerdict::Refused) => again("refused"),
        // What the bank did is not known: the same request may be sent again.
        Ok(BankVerdict::NotOffered) | Err(Fault::Internal(_)) => again("away"),
        // This form has brought money before, and another amount was typed into it since.
        Err(Fault::Refused(Refusal::RequestInconsistent)) => go_on(&[("done", &once)]),
        Err(Fault::Refused(_)) => again("amount"),
        Err(fault) => Err(fault.into()),
    }
}
