//! Users: list, add, give money, act as one of them in the browser.

use super::error::{Body, SandboxError};
use super::views;
use crate::state::{App, Shared};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use mithaq_domain::{Language, PersonName, Refusal, User, UserStatus};
use mithaq_types::{Currency, Money, UserId};
use mithaq_wallet::{Fault, NewUser};
use serde::Deserialize;
use serde_json::{Value, json};

/// Balances of a user, one per currency the installation takes.
async fn balances(shared: &Shared, user: &User) -> Result<Vec<Money>, SandboxError> {
    let mut all = Vec::new();
    for currency in shared.config.held_currencies() {
        all.push(shared.wallet.balance(&user.user_id, currency).await?);
    }
    Ok(all)
}

pub async fn list(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let mut all = Vec::new();
    for user in app.wallet.reader().users().await? {
        let balances = balances(&app, &user).await?;
        all.push(views::user(&app, &user, &balances));
    }
    Ok(Json(Value::Array(all)))
}

/// A user to add.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewPerson {
    name: String,
    name_ar: Option<String>,
    phone: String,
    pin: String,
    language: Option<Language>,
    email: Option<String>,
}

pub async fn add(State(app): State<App>, Body(new): Body<NewPerson>) -> Result<Json<Value>, SandboxError> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&new.phone) || new.phone.len() > 15 {
        return Err(SandboxError::bad("phone must be 1 to 15 digits with country code, such as 9647700000009."));
    }
    if !digits(&new.pin) || new.pin.len() != 6 {
        return Err(SandboxError::bad("pin must be 6 digits."));
    }
    if new.name.trim().is_empty() || new.name.chars().count() > 128 {
        return Err(SandboxError::bad("name must have 1 to 128 characters."));
    }
    let name_ar = new.name_ar.unwrap_or_else(|| new.name.clone());
    let user = app
        .wallet
        .add_user(NewUser {
            user_id: None,
            phone: new.phone,
            name: PersonName { full: new.name, ..PersonName::default() },
            name_ar: PersonName { full: name_ar, ..PersonName::default() },
            email: new.email,
            gender: None,
            birth_date: None,
            nationality: None,
            language: new.language.unwrap_or(Language::EnUs),
            pin: new.pin,
        })
        .await?;
    Ok(Json(views::user(&app, &user, &[])))
}

/// Money from outside.
#[derive(Deserialize)]
pub struct TopUp {
    amount: TopUpAmount,
}

#[derive(Deserialize)]
struct TopUpAmount {
    currency: String,
    value: Value,
}

pub async fn top_up(
    State(app): State<App>,
    Path(user_id): Path<String>,
    Body(body): Body<TopUp>,
) -> Result<Json<Value>, SandboxError> {
    let currency =
        Currency::parse(&body.amount.currency).filter(|currency| app.config.held_currencies().contains(currency));
    let currency =
        currency.ok_or_else(|| SandboxError::bad("amount.currency is not one that this wallet takes; use IQD."))?;
    let minor = match &body.amount.value {
        Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 16 => text.parse().ok(),
        Value::Number(number) => number.as_i64(),
        _ => None,
    };
    let minor = minor.filter(|minor| *minor > 0).ok_or_else(|| {
        SandboxError::bad(
            "amount.value must be a whole number of minor units above 0, as text: \"5000000\" is 5,000 IQD.",
        )
    })?;
    let user_id = UserId::new(user_id);
    app.wallet.top_up(user_id.clone(), Money::new(minor, currency)).await?;
    read(&app, &user_id).await
}

/// Whether a user may act.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    status: WireUserStatus,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum WireUserStatus {
    #[serde(alias = "Active")]
    Active,
    #[serde(alias = "Frozen")]
    Frozen,
    #[serde(alias = "Restricted")]
    Restricted,
}

/// The operator lets a user act, freezes them, or lets them pay nothing for now.
pub async fn set_status(
    State(app): State<App>,
    Path(user_id): Path<String>,
    Body(body): Body<Standing>,
) -> Result<Json<Value>, SandboxError> {
    let user_id = UserId::new(user_id);
    let status = match body.status {
        WireUserStatus::Active => UserStatus::Active,
        WireUserStatus::Frozen => UserStatus::Frozen,
        WireUserStatus::Restricted => UserStatus::Restricted,
    };
    app.wallet.set_user(user_id.clone(), status).await?;
    read(&app, &user_id).await
}

/// A user as lists show them.
async fn read(shared: &Shared, user_id: &UserId) -> Result<Json<Value>, SandboxError> {
    let user = shared.wallet.user(user_id).await?.ok_or(Fault::Refused(Refusal::UserUnknown))?;
    let balances = balances(shared, &user).await?;
    Ok(Json(views::user(shared, &user, &balances)))
}

/// Whom to act as.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActAs {
    user_id: String,
}

/// Signs the calling browser in as one of the users, without a PIN.
pub async fn session(
    State(app): State<App>,
    headers: HeaderMap,
    Body(body): Body<ActAs>,
) -> Result<Response, SandboxError> {
    let (session, _) = crate::shell::session::current_or_new(&app, &headers).await?;
    let opened = app.wallet.act_as(&session, &UserId::new(body.user_id)).await?;
    let body = Json(json!({"userId": opened.session.user_id, "csrf": opened.session.csrf}));
    Ok(crate::shell::session::with_cookie(&app, &opened, body))
}
