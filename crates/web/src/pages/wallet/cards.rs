//! `/wallet/cards`: the cards that load the wallet in the moment of paying. A card's number comes back only in the answer to
//! the form that it was typed into, never in an address.

use crate::pages::frame::Framing;
use crate::pages::receipt;
use crate::pages::visit::{Posted, Visit, on_to};
use crate::shell::error::ShellError;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use mithaq_domain::{Card, Refusal};
use mithaq_pages::typed_digits;
use mithaq_pages::wallet::{CardForm, CardProblem, Cards, CardsNotice, Door, LinkedCard, Screen};
use mithaq_types::CardId;
use mithaq_wallet::{CardRefused, Fault, NewCard};

/// Cards that one user can link.
const CARDS_MAX: usize = 8;
/// Letters of the fields.
const NUMBER_MAX: usize = 32;
const EXPIRY_MAX: usize = 7;
const NAME_MAX: usize = 64;

pub async fn page(visit: Visit) -> Response {
    let away = !visit.app.wallet.sources().issuer.is_offered();
    let form = CardForm { problem: away.then_some(CardProblem::IssuerAway), ..CardForm::default() };
    let notice = match visit.params.get("notice") {
        Some("linked") => Some(CardsNotice::Linked),
        Some("removed") => Some(CardsNotice::Removed),
        _ => None,
    };
    let shown = show(&visit, StatusCode::OK, form, notice).await;
    visit.answer(shown)
}

async fn show(
    visit: &Visit,
    status: StatusCode,
    form: CardForm,
    notice: Option<CardsNotice>,
) -> Result<Response, ShellError> {
    let mut cards = visit.app.wallet.cards(&visit.user.user_id).await?;
    cards.sort_by_key(|card| std::cmp::Reverse(card.linked_at));
    let form = (cards.len() < CARDS_MAX).then_some(form);
    let cards = cards.iter().map(|card| linked(visit, card)).collect();
    let frame = visit.frame(Door::More, false, visit.unread().await?);
    Ok(visit.render(status, frame, Screen::Cards(Cards { cards, form, notice }), Framing::Never))
}

fn linked(visit: &Visit, card: &Card) -> LinkedCard {
    let expiry = match card.expires.split_once('-') {
        Some((year, month)) => format!("{month}/{}", year.get(2..).unwrap_or(year)),
        None => String::new(),
    };
    // The wallet keeps no name: it is the issuer's to know.
    LinkedCard { card: receipt::card(&visit.app, card, visit.app.wallet.now()), expiry, holder: String::new() }
}

/// Links a card.
pub async fn link(posted: Posted) -> Response {
    let linked = try_to_link(&posted).await;
    posted.visit.answer(linked)
}

async fn try_to_link(posted: &Posted) -> Result<Response, ShellError> {
    let visit = &posted.visit;
    let (number, expiry) = (posted.typed("number", NUMBER_MAX), posted.typed("expiry", EXPIRY_MAX));
    let name = posted.typed("name", NAME_MAX).trim().to_owned();
    let cards = visit.app.wallet.cards(&visit.user.user_id).await?;
    if cards.len() >= CARDS_MAX {
        return Ok(on_to("/wallet/cards", &[]));
    }
    let typed = CardForm { number: number.clone(), expiry: expiry.clone(), name: name.clone(), problem: None };
    let refuse = async |problem| {
        let form = CardForm { problem: Some(problem), ..typed };
        show(visit, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
    };
    let Some(expires) = month(&expiry) else { return refuse(CardProblem::ExpiryMalformed).await };
    if name.is_empty() {
        return refuse(CardProblem::NameMissing).await;
    }
    let number = typed_digits(&number);
    let last = number.get(number.len().saturating_sub(4)..).unwrap_or_default();
    if cards.iter().any(|card| card.expires == expires && card.masked_number.ends_with(last)) {
        return refuse(CardProblem::NumberKnown).await;
    }
    let card = NewCard { user_id: visit.user.user_id.clone(), number, expires, name };
    match visit.app.wallet.link_card(card).await? {
        Ok(_) => Ok(on_to("/wallet/cards", &[("notice", "linked")])),
        Err(CardRefused::Number) => refuse(CardProblem::NumberMalformed).await,
        Err(CardRefused::Expiry) => refuse(CardProblem::ExpiryPast).await,
        Err(CardRefused::Refused) => refuse(CardProblem::Refused).await,
        Err(CardRefused::NotOffered) => refuse(CardProblem::IssuerAway).await,
    }
}

/// `MM/YY` or `MM/YYYY`, with or without the slash, as `yyyy-MM`.
fn month(typed: &str) -> Option<String> {
    let digits: String = typed_digits(typed).chars().filter(|letter| *letter != '/').collect();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let (month, year) = digits.split_at_checked(2).filter(|_| is_number)?;
    let year = match year.len() {
        2 => format!("20{year}"),
        4 => year.to_owned(),
        _ => return None,
    };
    (1..=12).contains(&month.parse::<u8>().ok()?).then(|| format!("{year}-{month}"))
}

/// Takes a card out.
pub async fn remove(Path(card_id): Path<String>, Posted { visit, .. }: Posted) -> Response {
    match visit.app.wallet.remove_card(CardId::new(card_id), visit.user.user_id.clone()).await {
        Ok(()) => on_to("/wallet/cards", &[("notice", "removed")]),
        // Another user's is as unknown as one that does not exist.
        Err(Fault::Refused(Refusal::CardUnknown)) => visit.not_found(),
        Err(fault) => visit.answer(Err(fault.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn a_month_is_read_in_every_form_that_people_type() {
        for typed in ["12/30", "1230", "12/2030", "12 / 30", "12-30", "١٢/٣٠"] {
            assert_eq!(month(typed).as_deref(), Some("2030-12"), "{typed}");
        }
        for typed in ["", "1/30", "13/30", "00/30", "12/3", "ab/cd", "12/203", "é2/30"] {
            assert_eq!(month(typed), None, "{typed}");
        }
    }
}
