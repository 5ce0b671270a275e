//! Cards of the simulated issuer: list them, link one without its page.

use super::error::{Body, SandboxError};
use super::views;
use crate::state::{App, Shared};
use axum::Json;
use axum::extract::State;
use jiff::ToSpan as _;
use mithaq_domain::Card;
use mithaq_types::UserId;
use mithaq_wallet::{CardRefused, NewCard};
use serde::Deserialize;
use serde_json::Value;

/// For how long a card is good whose last month nobody names.
const GOOD_FOR_YEARS: i64 = 5;

/// Everybody's linked cards.
pub async fn list(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let cards = app.wallet.reader().cards(None).await?;
    Ok(Json(cards.iter().map(|card| views::card(&app, card)).collect()))
}

/// A card to link.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Link {
    user_id: String,
    number: String,
    expires: Option<String>,
}

/// Links a card, as the user does in the wallet.
pub async fn add(State(app): State<App>, Body(body): Body<Link>) -> Result<Json<Value>, SandboxError> {
    let card = link(&app, "number", UserId::new(body.user_id), body.number, body.expires).await?;
    Ok(Json(views::card(&app, &card)))
}

/// Links the card of a number. `member` is what the number is called in the request.
pub async fn link(
    shared: &Shared,
    member: &str,
    user_id: UserId,
    number: String,
    expires: Option<String>,
) -> Result<Card, SandboxError> {
    let user = shared.wallet.user(&user_id).await?;
    let user = user.ok_or_else(|| SandboxError::not_found("userId names no user of this wallet; see GET users."))?;
    let later = || {
        let then = shared.wallet.now().to_zoned(shared.config.zone.clone()).saturating_add(GOOD_FOR_YEARS.years());
        then.strftime("%Y-%m").to_string()
    };
    let new = NewCard { user_id, number, expires: expires.unwrap_or_else(later), name: user.name.full };
    shared.wallet.link_card(new).await?.map_err(|refused| match refused {
        CardRefused::Number => SandboxError::bad(format!(
            "{member} must be a card number: 12 to 19 digits whose check digit fits, such as 4242424242424242."
        )),
        CardRefused::Expiry => SandboxError::bad("expires must be this month or a later one, such as 2030-01."),
        CardRefused::NotOffered | CardRefused::Refused => {
            SandboxError::conflict("The issuer does not vouch for this card.")
        }
    })
}
