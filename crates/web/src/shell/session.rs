//! The browser session: a cookie that no script reads, and a CSRF token for every change (spec/jsapi.md 6.3).

use super::error::ShellError;
use crate::amount;
use crate::state::{App, Shared};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mithaq_crypto::constant_time_eq;
use mithaq_domain::Session;
use mithaq_wallet::OpenedSession;
use serde_json::json;

/// The name of the session's cookie.
pub const COOKIE: &str = "mithaq_session";
const CSRF: &str = "x-csrf";

/// Who is signed in, and the CSRF token. Opens an anonymous session if there is none.
pub async fn read(State(app): State<App>, headers: HeaderMap) -> Result<Response, ShellError> {
    let (session, opened) = current_or_new(&app, &headers).await?;
    let user = match &session.user_id {
        Some(user_id) => app.wallet.user(user_id).await?,
        None => None,
    };
    let mut balances = Vec::new();
    if let Some(user) = &user {
        for currency in app.config.held_currencies() {
            let balance = app.wallet.balance(&user.user_id, currency).await?;
            // Yuan only where there are some: most users of most wallets have none.
            if balance.minor != 0 || app.config.currencies.contains(&currency) {
                balances.push(amount(balance));
            }
        }
    }
    let user = user.map(|user| {
        json!({
            "userId": user.user_id, "name": user.name.full, "nameAr": user.name_ar.full, "phone": user.phone,
            "language": user.language, "balances": balances,
        })
    });
    let body = Json(json!({
        "csrf": session.csrf, "user": user, "walletOrigin": app.config.wallet_origin,
        "tradePayRoute": app.config.trade_pay_route.name(),
    }));
    Ok(match opened {
        Some(opened) => with_cookie(&app, &opened, body),
        None => no_store(body),
    })
}

/// Signs out.
pub async fn log_out(State(app): State<App>, headers: HeaderMap) -> Result<StatusCode, ShellError> {
    let session = changing(&app, &headers).await?;
    app.wallet.log_out(session.session_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The session of the request's cookie.
pub async fn current(app: &Shared, headers: &HeaderMap) -> Result<Option<Session>, ShellError> {
    let Some(token) = cookie(headers) else { return Ok(None) };
    Ok(app.wallet.session(token).await?)
}

/// The session of the request's cookie, or a new one to give it.
pub async fn current_or_new(app: &Shared, headers: &HeaderMap) -> Result<(Session, Option<OpenedSession>), ShellError> {
    if let Some(session) = current(app, headers).await? {
        return Ok((session, None));
    }
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let opened = app.wallet.open_session(agent).await?;
    Ok((opened.session.clone(), Some(opened)))
}

/// The session of a request that changes something: it must carry the CSRF token in its header.
pub async fn changing(app: &Shared, headers: &HeaderMap) -> Result<Session, ShellError> {
    let session = current(app, headers).await?.ok_or(ShellError::NO_SESSION)?;
    let given = headers.get(CSRF).map(HeaderValue::as_bytes).unwrap_or_default();
    if is_genuine(app, headers, &session, given) { Ok(session) } else { Err(ShellError::STALE) }
}

/// Whether `csrf` is the session's and, where the browser says it, the request comes from our own pages.
pub fn is_genuine(app: &Shared, headers: &HeaderMap, session: &Session, csrf: &[u8]) -> bool {
    is_own_page(app, headers) && constant_time_eq(session.csrf.as_bytes(), csrf)
}

/// Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`. The latter is
/// `null` for forms of pages that send no referrer, as ours do, so it only counts where the former is absent.
fn is_own_page(app: &Shared, headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => {
            headers.get(header::ORIGIN).is_none_or(|origin| origin.as_bytes() == app.config.wallet_origin.as_bytes())
        }
    }
}

/// `body` with the session's cookie.
pub fn with_cookie(app: &Shared, opened: &OpenedSession, body: impl IntoResponse) -> Response {
    let secure = if app.config.wallet_origin.starts_with("https:") { "; Secure" } else { "" };
    let value = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict{secure}", opened.token);
    let mut response = no_store(body);
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

fn no_store(body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        (name.trim() == COOKIE).then(|| value.trim())
    })
}
