//! Apps of the Alipay surface: list them, make or change one with a key of one's own.

use super::error::{Body, SandboxError};
use crate::gateway::check_app;
use crate::state::{App, Shared};
use axum::Json;
use axum::extract::State;
use mithaq_domain::{GatewayApp, GatewayKey, Refusal};
use mithaq_types::{ClientId, GatewayAppId};
use mithaq_wallet::Fault;
use serde::Deserialize;
use serde_json::{Value, json};

/// Letters of a certificate or a key, at most.
const PEM_MAX: usize = 64 * 1024;

pub async fn list(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let apps = app.wallet.reader().gateway_apps().await?;
    Ok(Json(apps.iter().map(|found| view(&app, found)).collect()))
}

/// An app to make or to change; what is not named stays as it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wanted {
    app_id: Option<String>,
    client_id: Option<String>,
    public_key: Option<String>,
    certificate: Option<String>,
    root_certificate: Option<String>,
    gateway_url: Option<String>,
    may_use_sha1: Option<bool>,
    wallet_deducts: Option<bool>,
}

pub async fn put(State(app): State<App>, Body(wanted): Body<Wanted>) -> Result<Json<Value>, SandboxError> {
    let app_id = match &wanted.app_id {
        Some(id) => GatewayAppId::new(checked_id(id)?),
        None => GatewayAppId::new(format!("2021{:012}", app.wallet.entropy().number() % 1_000_000_000_000)),
    };
    let known = app.wallet.gateway_app(&app_id).await?;
    let client_id =
        wanted.client_id.clone().map(ClientId::new).or_else(|| known.as_ref().map(|it| it.client_id.clone()));
    let client_id = client_id.ok_or_else(|| SandboxError::bad("clientId is missing: whose app is it?"))?;
    let known = known.unwrap_or(GatewayApp {
        app_id,
        client_id: client_id.clone(),
        key: None,
        may_use_sha1: true,
        gateway_url: None,
        wallet_deducts: false,
    });
    let changed = GatewayApp {
        client_id,
        key: key(&app, &wanted)?.or(known.key),
        may_use_sha1: wanted.may_use_sha1.unwrap_or(known.may_use_sha1),
        gateway_url: wanted.gateway_url.or(known.gateway_url),
        wallet_deducts: wanted.wallet_deducts.unwrap_or(known.wallet_deducts),
        app_id: known.app_id,
    };
    check_app(&changed).map_err(|error| SandboxError::bad(format!("It could not sign: {error}.")))?;
    app.wallet.put_gateway_app(changed.clone()).await.map_err(|fault| match fault {
        Fault::Refused(Refusal::Exists) => {
            SandboxError::bad("appId is another client's; choose another, or leave it out.")
        }
        other => other.into(),
    })?;
    app.directory.forget();
    Ok(Json(view(&app, &changed)))
}

fn checked_id(id: &str) -> Result<&str, SandboxError> {
    let right = (1..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
    if right { Ok(id) } else { Err(SandboxError::bad("appId must be digits, 16 of them as a rule.")) }
}

/// The key that is named, if one is. A certificate comes with the root that the app names in its calls: the wallet's own, unless
/// another is given.
fn key(shared: &Shared, wanted: &Wanted) -> Result<Option<GatewayKey>, SandboxError> {
    let too_long = |text: &Option<String>| text.as_ref().is_some_and(|text| text.len() > PEM_MAX);
    if too_long(&wanted.public_key) || too_long(&wanted.certificate) || too_long(&wanted.root_certificate) {
        return Err(SandboxError::bad("A key or certificate is longer than 64 KiB."));
    }
    let own_root = || shared.config.gateway.certificate.as_ref().map(|own| own.root_pem.clone());
    match (&wanted.public_key, &wanted.certificate, &wanted.root_certificate) {
        (None, None, None) => Ok(None),
        (Some(text), None, None) => Ok(Some(GatewayKey::Public { public_pem: text.clone() })),
        (None, Some(app), root) => {
            let root = root.clone().or_else(own_root);
            let root = root.ok_or_else(|| SandboxError::bad("rootCertificate is missing: the wallet has none."))?;
            Ok(Some(GatewayKey::Certificate { app_pem: app.clone(), root_pem: root }))
        }
        _ => Err(SandboxError::bad(
            "Give publicKey, or certificate and perhaps rootCertificate: keys and certificates exclude each other.",
        )),
    }
}

fn view(shared: &Shared, app: &GatewayApp) -> Value {
    let mode = app.key.as_ref().map(|key| match key {
        GatewayKey::Public { .. } => "PUBLIC_KEY",
        GatewayKey::Certificate { .. } => "CERTIFICATE",
    });
    let (_, wallet_key) = shared.keys.current();
    let certificate = shared.config.gateway.certificate.as_ref();
    json!({
        "appId": app.app_id, "clientId": app.client_id, "mode": mode, "mayUseSha1": app.may_use_sha1,
        "gatewayUrl": app.gateway_url, "walletDeducts": app.wallet_deducts,
        "gateway": format!("{}/gateway.do", shared.config.wallet_origin),
        "walletPublicKey": wallet_key.public().to_pem(),
        "walletCertificate": certificate.map(|own| &own.pem),
        "walletRootCertificate": certificate.map(|own| &own.root_pem),
    })
}
