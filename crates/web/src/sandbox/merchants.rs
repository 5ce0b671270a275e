//! Merchants: list them, make one with a key of one's own.

use super::error::{Body, SandboxError};
use super::views;
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use mithaq_crypto::PublicKey;
use mithaq_domain::{AgreementPay, Client, ClientKey, Command, Merchant, Refusal, Status};
use mithaq_types::{ClientId, MerchantId};
use mithaq_wallet::Fault;
use serde::Deserialize;
use serde_json::{Value, json};

/// What the wallet keeps of a sandbox merchant's payments: 1 %.
const FEE_BASIS_POINTS: u32 = 100;

pub async fn list(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let clients = app.wallet.reader().clients().await?;
    Ok(Json(clients.iter().map(|(client, merchant)| views::client(client, merchant)).collect()))
}

/// A merchant to make.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewMerchant {
    name: String,
    public_key_pem: String,
}

pub async fn add(State(app): State<App>, Body(new): Body<NewMerchant>) -> Result<Json<Value>, SandboxError> {
    if new.name.trim().is_empty() || new.name.chars().count() > 128 {
        return Err(SandboxError::bad("name must have 1 to 128 characters."));
    }
    let key = PublicKey::from_pem(&new.public_key_pem)
        .map_err(|error| SandboxError::bad(format!("publicKeyPem must be an RSA public key in PEM: {error}.")))?;
    let number = app.wallet.entropy().number() % 1_000_000_000_000;
    let client_id = ClientId::new(format!("2188{number:012}"));
    let merchant = Merchant {
        merchant_id: MerchantId::new(format!("2166{number:012}")),
        name: new.name,
        name_ar: None,
        verified: false,
        status: Status::Active,
        fee_basis_points: FEE_BASIS_POINTS,
    };
    let client = Client {
        client_id: client_id.clone(),
        merchant_id: merchant.merchant_id.clone(),
        status: Status::Active,
        agreement_pay: AgreementPay::Allowed,
        keys: vec![ClientKey { version: 1, public_pem: key.to_pem() }],
        percent_signatures: false,
    };
    let command = Command::AddClient { merchant: Box::new(merchant), client: Box::new(client), app: None };
    app.wallet.submit(command).await?;
    app.directory.forget();
    let (version, wallet_key) = app.keys.current();
    Ok(Json(json!({
        "clientId": client_id, "keyVersion": 1,
        "walletPublicKeyPem": wallet_key.public().to_pem(), "walletKeyVersion": version,
    })))
}

/// What a client and its merchant may do; what is not named stays as it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Standing {
    status: Option<WireStatus>,
    merchant_status: Option<WireStatus>,
    agreement_pay: Option<WireAgreementPay>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "UPPERCASE")]
enum WireStatus {
    #[serde(alias = "Active")]
    Active,
    #[serde(alias = "Suspended")]
    Suspended,
}

impl From<WireStatus> for Status {
    fn from(status: WireStatus) -> Self {
        match status {
            WireStatus::Active => Self::Active,
            WireStatus::Suspended => Self::Suspended,
        }
    }
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum WireAgreementPay {
    #[serde(alias = "Allowed")]
    Allowed,
    #[serde(alias = "Suspended")]
    Suspended,
    #[serde(alias = "NotAgreed")]
    NotAgreed,
}

impl From<WireAgreementPay> for AgreementPay {
    fn from(standing: WireAgreementPay) -> Self {
        match standing {
            WireAgreementPay::Allowed => Self::Allowed,
            WireAgreementPay::Suspended => Self::Suspended,
            WireAgreementPay::NotAgreed => Self::NotAgreed,
        }
    }
}

/// The operator lets a client call, its merchant be paid, and agreement payment be used, or not.
pub async fn set_status(
    State(app): State<App>,
    Path(client_id): Path<String>,
    Body(body): Body<Standing>,
) -> Result<Json<Value>, SandboxError> {
    let client_id = ClientId::new(client_id);
    let known = async || app.directory.client(app.wallet.reader(), &client_id).await;
    let client = known().await?.ok_or(Fault::Refused(Refusal::ClientUnknown))?.client.clone();
    let status = body.status.map_or(client.status, Into::into);
    let agreement_pay = body.agreement_pay.map_or(client.agreement_pay, Into::into);
    app.wallet.submit(Command::SetClient { client_id: client_id.clone(), status, agreement_pay }).await?;
    if let Some(status) = body.merchant_status {
        app.wallet.set_merchant_status(client_id.clone(), status.into()).await?;
    }
    app.directory.forget();
    let known = known().await?.ok_or(Fault::Refused(Refusal::ClientUnknown))?;
    Ok(Json(views::client(&known.client, &known.merchant)))
}
