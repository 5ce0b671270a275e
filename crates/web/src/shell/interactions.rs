//! Wallet pages on behalf of a Mini Program: open, look, cancel (spec/jsapi.md 7.4).

use super::ending::{self, leave};
use super::error::ShellError;
use super::pay_sign_center::pay_sign_center;
use super::reply::{self, CallApi, Outcome};
use super::scopes::Asked;
use super::trade_pay::trade_pay;
use super::{session, sign_reply};
use crate::pages::record;
use crate::state::{App, Shared};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use mithaq_domain::{
    AgreementPay, App as MiniProgram, Interaction, InteractionState, Key, Language, Row, Scope, Session,
};
use mithaq_types::{AppId, AuthId, InteractionId};
use mithaq_wallet::{Fault, GrantRequest, NewInteraction};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

/// The longest authUrl (seed qicard-sign-contract).
const AUTH_URL_MAX: usize = 256;
/// In the place of a Mini Program: the wallet app, which opens the cashier for a code that a user scanned.
pub const WALLET_APP: &str = "wallet";

pub type Answer = Result<(StatusCode, Json<Value>), ShellError>;

/// A call that needs the server.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewCall {
    app_id: String,
    api: String,
    #[serde(default)]
    args: Value,
}

/// Opens a page for a call, or answers at once where none is needed.
pub async fn open(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Answer {
    let session = session::changing(&app, &headers).await?;
    let call: NewCall = serde_json::from_slice(&body).map_err(|_| ShellError::BAD)?;
    let Some(Row::App(program)) = app.wallet.row(Key::App(AppId::new(call.app_id.as_str()))).await? else {
        return Err(ShellError::NOT_FOUND);
    };
    let language = ending::language(&app, &session).await?;
    match CallApi::parse(&call.api).filter(|api| CallApi::spoken(api.remembered()) == call.api) {
        Some(CallApi::GetAuthCode) => auth_code(&app, session, program, &call.args, language).await,
        Some(CallApi::TradePay(_) | CallApi::OrderStr(..)) => {
            trade_pay(&app, session, program, &call.args, language).await
        }
        Some(CallApi::PaySignCenter) => pay_sign_center(&app, session, program, &call.args, language).await,
        Some(api) => sign_contract(&app, session, program, api, &call, language).await,
        None => Ok(refused(&reply::failure(CallApi::QicardSignContract, Outcome::NoSuchCall, language))),
    }
}

async fn sign_contract(
    app: &Shared,
    session: Session,
    program: MiniProgram,
    api: CallApi,
    call: &NewCall,
    language: Language,
) -> Answer {
    let text = match api {
        CallApi::SignContract => call.args["signStr"].as_str().or_else(|| call.args["authUrl"].as_str()),
        _ => call.args["authUrl"].as_str(),
    };
    let Some(auth_id) = text.and_then(|text| auth_id(app, text)) else {
        return Ok(refused(&reply::failure(api, Outcome::BadParameter, language)));
    };
    let known = app.directory.client(app.wallet.reader(), &program.client_id).await?;
    if known.is_none_or(|known| known.client.agreement_pay != AgreementPay::Allowed) {
        return Ok(refused(&reply::failure(api, Outcome::NotAllowed, language)));
    }
    let sub_client_id = call.args["extParams"]["subClientId"].as_str().filter(|id| !id.is_empty());
    let opened = app
        .wallet
        .open_interaction(NewInteraction {
            session_id: session.session_id,
            app_id: program.app_id,
            client_id: program.client_id,
            api: call.api.clone(),
            auth_id: Some(auth_id),
            sub_client_id: sub_client_id.map(|id| id.chars().take(128).collect()),
            payment_id: None,
            scopes: Vec::new(),
        })
        .await?;
    Ok(created(&opened, &page_url(app, &opened).await?))
}

/// The offer behind an authUrl, if it is an authorization page of this wallet and nothing else
/// (spec/jsapi.md 6.2). The shell has looked too; the server does not rely on that.
fn auth_id(app: &Shared, text: &str) -> Option<AuthId> {
    own_page(app, text, AUTH_URL_MAX, &["/authorize", "/"], "authId").map(AuthId::new)
}

/// What an address of this wallet's own origin names, if it is one of `pages` with `member` in it once, and nothing that
/// leads anywhere else (spec/jsapi.md 6.2).
pub fn own_page(app: &Shared, text: &str, length_max: usize, pages: &[&str], member: &str) -> Option<String> {
    let url = Url::parse(text).ok().filter(|_| text.chars().count() <= length_max)?;
    let own = url.origin().ascii_serialization() == app.config.wallet_origin;
    let plain = url.username().is_empty() && url.password().is_none();
    let mut ids = url.query_pairs().filter(|(name, _)| name == member).map(|(_, id)| id.into_owned());
    let (first, second) = (ids.next().filter(|id| !id.is_empty())?, ids.next());
    (own && plain && pages.contains(&url.path()) && second.is_none()).then_some(first)
}

async fn auth_code(app: &Shared, session: Session, program: MiniProgram, args: &Value, language: Language) -> Answer {
    let asked = Asked::of_call(args);
    if asked.possible.is_empty() {
        return Ok(refused(&reply::auth_code_failure(Outcome::Refused, &[], &asked.refused, language)));
    }
    if let Some(user_id) = &session.user_id {
        let granted = app.wallet.granted(user_id, &program.client_id).await?;
        if asked.to_ask(&granted).is_empty() {
            let request = GrantRequest {
                client_id: program.client_id,
                user_id: user_id.clone(),
                scopes: asked.possible.iter().cloned().map(Scope).collect(),
                page: None,
            };
            let granted = app.wallet.grant(request).await;
            record::authorized(app, None, granted.is_ok());
            return Ok(match granted {
                Ok(code) => final_reply(true, &reply::granted(&code, &asked.possible, &asked.refused)),
                Err(Fault::Refused(_)) => {
                    let Asked { possible, refused: unknown } = &asked;
                    refused(&reply::auth_code_failure(Outcome::Refused, possible, unknown, language))
                }
                Err(fault) => return Err(fault.into()),
            });
        }
    }
    let all = asked.possible.into_iter().chain(asked.refused).map(Scope).collect();
    let opened = app
        .wallet
        .open_interaction(NewInteraction {
            session_id: session.session_id,
            app_id: program.app_id,
            client_id: program.client_id,
            api: "getAuthCode".to_owned(),
            auth_id: None,
            sub_client_id: None,
            payment_id: None,
            scopes: all,
        })
        .await?;
    Ok(created(&opened, &page_url(app, &opened).await?))
}

/// The pages this session has open: a shell that was reloaded finds them.
pub async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Json<Value>, ShellError> {
    let session = session::current(&app, &headers).await?.ok_or(ShellError::NO_SESSION)?;
    let mut found = Vec::new();
    for page in app.wallet.reader().open_interactions(session.session_id.clone()).await? {
        // The wallet app's own are no Mini Program's.
        if page.app_id.as_str() == WALLET_APP || app.wallet.now() >= page.expires_at {
            continue;
        }
        let page = ending::look(&app, &session, page).await?;
        if page.state == InteractionState::Open {
            let api = CallApi::spoken(&page.api);
            found.push(json!({
                "ix": page.interaction_id, "appId": page.app_id, "api": api, "pageUrl": page_url(&app, &page).await?,
                "state": "OPEN",
            }));
        }
    }
    Ok(Json(Value::Array(found)))
}

/// How a page stands, with the reply once it is over.
pub async fn read(
    State(app): State<App>,
    headers: HeaderMap,
    Path(ix): Path<String>,
) -> Result<Json<Value>, ShellError> {
    let session = session::current(&app, &headers).await?.ok_or(ShellError::NO_SESSION)?;
    let id = InteractionId::new(ix);
    let page = app.wallet.interaction(&session.session_id, &id).await?.ok_or(ShellError::NOT_FOUND)?;
    let page = ending::look(&app, &session, page).await?;
    let asking = page.state == InteractionState::Open && ending::is_asking(&app, &page).await?;
    Ok(Json(if asking { json!({"state": "CONFIRMING"}) } else { state(&app, &page).await? }))
}

/// The shell closes the page. If it is over already, that outcome is the answer.
pub async fn cancel(
    State(app): State<App>,
    headers: HeaderMap,
    Path(ix): Path<String>,
) -> Result<Json<Value>, ShellError> {
    let session = session::changing(&app, &headers).await?;
    let id = InteractionId::new(ix);
    let page = app.wallet.interaction(&session.session_id, &id).await?.ok_or(ShellError::NOT_FOUND)?;
    let page = leave(&app, &session, &page).await?;
    Ok(Json(state(&app, &page).await?))
}

/// The address of the page's HTML.
pub async fn page_url(app: &Shared, page: &Interaction) -> Result<String, ShellError> {
    let ix = &page.interaction_id;
    if let Some(payment_id) = &page.payment_id {
        let found = app.wallet.row(Key::Payment(payment_id.clone())).await?;
        let Some(Row::Payment(payment)) = found else { return Err(ShellError::NOT_FOUND) };
        return Ok(cashier_url(payment.order.as_deref().map_or("", |order| order.order_id.as_str()), ix));
    }
    Ok(match &page.auth_id {
        Some(auth_id) => {
            let auth_id = percent_encoding::utf8_percent_encode(auth_id.as_str(), percent_encoding::NON_ALPHANUMERIC);
            match CallApi::parse(&page.api) {
                Some(CallApi::PaySignCenter) => format!("/sign?signId={auth_id}&ix={ix}"),
                _ => format!("/authorize?authId={auth_id}&ix={ix}"),
            }
        }
        None => format!("/consent?ix={ix}"),
    })
}

/// The address of an order's page. Order ids are the wallet's own: hexadecimal digits.
pub fn cashier_url(order_id: &str, ix: &InteractionId) -> String {
    format!("/cashier?orderId={order_id}&ix={ix}")
}

async fn state(app: &Shared, page: &Interaction) -> Result<Value, ShellError> {
    if page.state == InteractionState::Open {
        return Ok(json!({"state": "OPEN"}));
    }
    let stored = app.wallet.reply(page).and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let reply = match stored {
        Some(reply) => Some(reply),
        None => sign_reply::of_page(app, page).await?,
    };
    Ok(json!({"state": "FINAL", "reply": reply}))
}

pub fn created(page: &Interaction, page_url: &str) -> (StatusCode, Json<Value>) {
    let body = json!({"ix": page.interaction_id, "state": "OPEN", "pageUrl": page_url});
    (StatusCode::CREATED, Json(body))
}

pub fn refused(ret: &Value) -> (StatusCode, Json<Value>) {
    final_reply(false, ret)
}

pub fn final_reply(ok: bool, ret: &Value) -> (StatusCode, Json<Value>) {
    (StatusCode::OK, Json(json!({"state": "FINAL", "reply": {"ok": ok, "ret": ret}})))
}
