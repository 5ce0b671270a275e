//! Playing the user: signing, refusing, granting, ending, without a browser.

use super::error::{Body, SandboxError};
use super::views;
use crate::shell::reply::{self, CallApi, Outcome};
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use mithaq_domain::{Refusal, Scope};
use mithaq_openapi::Scope as WireScope;
use mithaq_types::{AuthId, ClientId, ContractId, UserId};
use mithaq_wallet::{Fault, GrantRequest, Pin, SignRequest};
use serde::Deserialize;
use serde_json::{Value, json};

/// What the user does with the page.
#[derive(Deserialize, Default, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum UserOutcome {
    #[default]
    Accept,
    Cancel,
    Fail,
}

/// A signature to make.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sign {
    auth_url: String,
    user_id: String,
    #[serde(default)]
    outcome: UserOutcome,
}

/// What the Mini Program would get, always with HTTP 200.
pub async fn sign(State(app): State<App>, Body(body): Body<Sign>) -> Result<Json<Value>, SandboxError> {
    let auth_id = auth_id(&body.auth_url)?;
    let user_id = UserId::new(body.user_id);
    let user = app.wallet.user(&user_id).await?;
    let user = user.ok_or_else(|| SandboxError::not_found("userId names no user of this wallet; see GET users."))?;
    let failed = |outcome: Outcome| {
        let whole = reply::failure(CallApi::QicardSignContract, outcome, user.language);
        Ok(Json(json!({"errorCode": whole["errorCode"], "errMessage": whole["errMessage"]})))
    };
    match body.outcome {
        UserOutcome::Cancel => return failed(Outcome::Cancelled),
        UserOutcome::Fail => return failed(Outcome::Refused),
        UserOutcome::Accept => {}
    }
    let Some(view) = app.wallet.offer(auth_id.clone()).await? else { return failed(Outcome::Refused) };
    let evidence = crate::pages::evidence(&app, &view, &user).await?;
    let signed = app
        .wallet
        .sign(SignRequest {
            auth_id,
            client_id: view.offer.client_id.clone(),
            user_id,
            sub_client_id: None,
            pin: Pin::NotAsked,
            evidence,
            monthly_ceiling: None,
            page: None,
        })
        .await;
    match signed {
        Ok(signed) => Ok(Json(json!({"authCode": signed.code}))),
        Err(Fault::Refused(_)) => failed(Outcome::Refused),
        Err(fault) => Err(fault.into()),
    }
}

/// The `authId` of an authUrl.
fn auth_id(auth_url: &str) -> Result<AuthId, SandboxError> {
    let bad = || SandboxError::bad("authUrl must be the URL that prepare answered, with one authId in it.");
    let url = url::Url::parse(auth_url).map_err(|_| bad())?;
    let mut ids = url.query_pairs().filter(|(name, _)| name == "authId");
    match (ids.next(), ids.next()) {
        (Some((_, id)), None) if !id.is_empty() => Ok(AuthId::new(id)),
        _ => Err(bad()),
    }
}

/// A code to give.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthCodes {
    client_id: String,
    user_id: String,
    scopes: Vec<String>,
}

/// A code as `my.getAuthCode` gives it, without the consent page.
pub async fn auth_codes(State(app): State<App>, Body(body): Body<AuthCodes>) -> Result<Json<Value>, SandboxError> {
    if body.scopes.is_empty() {
        return Err(SandboxError::bad("scopes must name at least one scope, such as [\"auth_base\"]."));
    }
    for name in &body.scopes {
        match WireScope::parse(name) {
            Some(WireScope::AgreementPay) => {
                return Err(SandboxError::bad("scopes must not hold AGREEMENT_PAY: only signing a contract gives it."));
            }
            Some(_) => {}
            None => return Err(SandboxError::bad(format!("scopes holds {name:?}, which is no scope of this wallet."))),
        }
    }
    let client_id = ClientId::new(body.client_id);
    if app.directory.client(app.wallet.reader(), &client_id).await?.is_none() {
        return Err(SandboxError::not_found("clientId names no client of this wallet; see GET clients."));
    }
    let code = app
        .wallet
        .grant(GrantRequest {
            client_id,
            user_id: UserId::new(body.user_id),
            scopes: body.scopes.into_iter().map(Scope).collect(),
            page: None,
        })
        .await?;
    Ok(Json(json!({"authCode": code})))
}

/// Who ends it.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum By {
    User,
    Operator,
}

/// A contract to end.
#[derive(Deserialize)]
pub struct End {
    by: Option<By>,
}

pub async fn end_contract(
    State(app): State<App>,
    Path(contract_id): Path<String>,
    Body(body): Body<End>,
) -> Result<Json<Value>, SandboxError> {
    let contract_id = ContractId::new(contract_id);
    let found = app.wallet.reader().contract(contract_id.clone()).await?;
    let view = found.ok_or(Fault::Refused(Refusal::ContractUnknown))?;
    match body.by.unwrap_or(By::User) {
        By::User => {
            app.wallet.end_contract_as_user(contract_id.clone(), &view.contract.user_id, Pin::NotAsked).await?;
        }
        By::Operator => app.wallet.end_contract_as_operator(contract_id.clone()).await?,
    }
    let view = app.wallet.reader().contract(contract_id).await?.ok_or(Fault::Refused(Refusal::ContractUnknown))?;
    Ok(Json(views::contract(&app, &view)))
}
