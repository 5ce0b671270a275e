//! Playing the user at the cashier and in a shop, without a browser.

use super::error::{Body, SandboxError};
use super::{cards, views};
use crate::pages::order::{Fate, fate};
use crate::shell::pay_reply::PayCode;
use crate::shell::trade_pay::order_id;
use crate::state::{App, Shared};
use axum::Json;
use axum::extract::State;
use mithaq_domain::{PaymentStatus, Source};
use mithaq_types::{CardId, UserId};
use mithaq_wallet::{ConfirmRequest, Fault, Pin};
use serde::Deserialize;
use serde_json::{Value, json};

/// What happens at the page.
#[derive(Deserialize, Default, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum AtCashier {
    /// The user pays.
    #[default]
    Accept,
    /// The user leaves.
    Cancel,
    /// The wallet refuses.
    Fail,
    /// Nothing was sent, and there is no network.
    Network,
    /// The user pays, and the answer gets lost.
    Unknown,
}

/// An order to pay.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pay {
    payment_url: String,
    user_id: String,
    #[serde(default)]
    outcome: AtCashier,
    funding_source: Option<String>,
}

/// What the Mini Program hears of `my.tradePay`, always with HTTP 200 (seed trade-pay-jsapi).
pub async fn pay(State(app): State<App>, Body(body): Body<Pay>) -> Result<Json<Value>, SandboxError> {
    let order_id = order_id(&app, &body.payment_url).ok_or_else(|| {
        SandboxError::bad("paymentUrl must be the redirectUrl that pay answered, with one orderId in it.")
    })?;
    let user_id = UserId::new(body.user_id);
    if app.wallet.user(&user_id).await?.is_none() {
        return Err(SandboxError::not_found("userId names no user of this wallet; see GET users."));
    }
    let code = |code: &str| Ok(Json(json!({"resultCode": code})));
    let heard = |heard: PayCode| code(&heard.text());
    // The page is not reached.
    if body.outcome == AtCashier::Network {
        return code("6002");
    }
    let Some(view) = app.wallet.order_view(&order_id).await? else { return heard(PayCode::Failed) };
    match fate(&view, Some(&user_id), app.wallet.now()) {
        Fate::Payable => {}
        Fate::Asking => return heard(PayCode::Processing),
        Fate::PaidByUser => return heard(PayCode::Paid),
        Fate::PaidBySomebody | Fate::Over => return heard(PayCode::Failed),
    }
    match body.outcome {
        AtCashier::Cancel => return heard(PayCode::Cancelled),
        AtCashier::Fail => return heard(PayCode::Failed),
        AtCashier::Accept | AtCashier::Network | AtCashier::Unknown => {}
    }
    let request = ConfirmRequest {
        payment_id: view.payment.payment_id,
        source: source(&app, &user_id, body.funding_source).await?,
        user_id,
        pin: Pin::NotAsked,
        page: None,
    };
    let confirmed = app.wallet.confirm_order(request).await;
    if body.outcome == AtCashier::Unknown {
        return code("6004");
    }
    match confirmed {
        Ok((_, state)) if state.status == PaymentStatus::Processing => heard(PayCode::Processing),
        Ok(_) => heard(PayCode::Paid),
        Err(Fault::Refused(_)) => heard(PayCode::Failed),
        Err(fault) => Err(fault.into()),
    }
}

/// `balance`, the id of a linked card, or the number of a card that is linked now.
async fn source(shared: &Shared, user_id: &UserId, named: Option<String>) -> Result<Source, SandboxError> {
    let named = match named {
        None => return Ok(Source::Balance),
        Some(named) if named == "balance" => return Ok(Source::Balance),
        Some(named) => named,
    };
    let own = shared.wallet.cards(user_id).await?;
    if let Some(card) = own.into_iter().find(|card| card.card_id.as_str() == named) {
        return Ok(Source::Card(card.card_id));
    }
    if named.bytes().all(|byte| byte.is_ascii_digit()) {
        let card = cards::link(shared, "fundingSource", user_id.clone(), named, None).await?;
        return Ok(Source::Card(card.card_id));
    }
    // A card that was taken out, or another user's: the wallet says no.
    if named.len() == CARD_ID_LENGTH && named.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(Source::Card(CardId::new(named)));
    }
    Err(SandboxError::bad("fundingSource must be balance, the cardId of a linked card, or a card number."))
}

/// Hexadecimal digits.
const CARD_ID_LENGTH: usize = 32;

/// A code to show.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Show {
    user_id: String,
}

/// A code as the user shows it in a shop, without the PIN.
pub async fn payment_code(State(app): State<App>, Body(body): Body<Show>) -> Result<Json<Value>, SandboxError> {
    let shown = app.wallet.payment_code(UserId::new(body.user_id), Pin::NotAsked).await?;
    Ok(Json(json!({"paymentCode": shown.code, "expiresAt": views::instant(&app, shown.expires_at)})))
}
