//! Playing the user at the signing page of the Alipay surface, without a browser.

use super::error::{Body, SandboxError};
use crate::pages::sign_standing::{self, error_of, problem_of};
use crate::pages::{Shown, agreement_evidence};
use crate::shell::{pay_sign_center, sign_reply};
use crate::state::App;
use axum::Json;
use axum::extract::State;
use mithaq_alipay::{SignStatus, SignType};
use mithaq_domain::Refusal;
use mithaq_pages::SignProblem;
use mithaq_types::UserId;
use mithaq_wallet::{AgreementRequest, Fault, Pin};
use serde::Deserialize;
use serde_json::{Value, json};

/// What happens at the page.
#[derive(Deserialize, Default, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "UPPERCASE")]
enum AtPage {
    /// The user signs.
    #[default]
    Signed,
    /// The user leaves.
    Cancelled,
    /// The wallet refuses.
    Failed,
    /// The user signs, and the answer gets lost.
    Unknown,
    /// Nothing was sent, and there is no network.
    Network,
}

/// A request to sign.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sign {
    sign_str: String,
    user_id: String,
    #[serde(default)]
    outcome: AtPage,
}

/// What the Mini Program hears of `my.paySignCenter`, always with HTTP 200 (seed alipay-pay-sign-center).
pub async fn sign(State(app): State<App>, Body(body): Body<Sign>) -> Result<Json<Value>, SandboxError> {
    if body.sign_str.is_empty() {
        return Err(SandboxError::bad("signStr must be what sdkExecute gives, percent-encoded once more."));
    }
    let user_id = UserId::new(body.user_id);
    let user = app.wallet.user(&user_id).await?;
    let user = user.ok_or_else(|| SandboxError::not_found("userId names no user of this wallet; see GET users."))?;
    let bare = |status| Ok(Json(sign_reply::ret(status, "")));
    // The page is not reached.
    if body.outcome == AtPage::Network {
        return bare(SignStatus::Network);
    }
    let offer = match pay_sign_center::offer(&app, &body.sign_str, None).await {
        Ok(offer) => offer,
        Err(wrong) => return Ok(Json(sign_reply::failed(&app, &wrong.error, wrong.sign_type).await)),
    };
    let sign_type = offer.terms.agreement.as_deref().map_or(SignType::Rsa2, sign_reply::sign_type);
    let failed = async |problem: SignProblem| Ok(Json(sign_reply::failed(&app, &error_of(problem), sign_type).await));
    match body.outcome {
        AtPage::Cancelled => return bare(SignStatus::Cancelled),
        AtPage::Failed => return failed(SignProblem::Other).await,
        AtPage::Signed | AtPage::Unknown | AtPage::Network => {}
    }
    let found = sign_standing::offer(&app, &offer.auth_id).await?;
    let Some(view) = found else { return failed(SignProblem::Unknown).await };
    let request = AgreementRequest {
        auth_id: offer.auth_id,
        client_id: offer.client_id,
        user_id,
        pin: Pin::NotAsked,
        evidence: agreement_evidence(&app, &view, &user, Shown::Alone)?,
        page: None,
    };
    let contract = match app.wallet.sign_agreement(request).await {
        Ok((contract, _)) => contract,
        Err(Fault::Refused(refusal)) => return failed(problem_of(&app, &refusal)).await,
        Err(fault) => return Err(fault.into()),
    };
    if body.outcome == AtPage::Unknown {
        return bare(SignStatus::Unknown);
    }
    let asked = sign_standing::terms(&view).ok_or(Fault::Refused(Refusal::OfferUnknown))?;
    let mut ret = sign_reply::signed(&app, &contract, asked).await?;
    ret["agreementNo"] = json!(contract.contract_id);
    Ok(Json(ret))
}
