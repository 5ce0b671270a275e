//! What a Mini Program hears of `my.paySignCenter` (seed alipay-pay-sign-center; spec/alipay-agreement.md 1.7, jsapi.md 3.4, 5).
//! All codes reach `success`. 6002, and 7001 of a server that is silent, are the shell's to say.
//!
//! The reply of a signature is not stored: it is made out of the contract whenever it is read, and comes out the same.

use super::SignStrRule;
use super::error::ShellError;
use crate::gateway::{people, sign_text};
use crate::state::Shared;
use mithaq_alipay::messages::AgreementStatus;
use mithaq_alipay::{
    Answered, GatewayError, Method, PageSignAnswer, SignStatus, SignType, WireTime, business_object, page_result,
};
use mithaq_domain::{AgreementTerms, Contract, Interaction};
use mithaq_types::AuthId;
use mithaq_wallet::Fault;
use serde::Serialize;
use serde_json::{Value, json};

/// What `success` gets: a status, and the signed answer where there is one.
#[must_use]
pub fn ret(status: SignStatus, result: &str) -> Value {
    json!({"resultStatus": status.wire(), "result": result})
}

/// 7002 with the reason.
pub async fn failed(app: &Shared, error: &GatewayError, sign_type: SignType) -> Value {
    ret(SignStatus::Failed, &result(app, Method::PageSign, error, sign_type).await)
}

/// 7000 with the agreement, for whoever asked for these terms. Where a sandbox is as strict as phones are, a `return_url` has led
/// the user away meanwhile: 6001, although the agreement is in force.
pub async fn signed(app: &Shared, contract: &Contract, asked: &AgreementTerms) -> Result<Value, Fault> {
    if app.sign_str_rule() == SignStrRule::Strict && asked.return_url.is_some() {
        return Ok(ret(SignStatus::Cancelled, ""));
    }
    let answer = Answered::success(answer(app, contract, asked).await?);
    let result = result(app, Method::PageSign, &answer, sign_type(asked)).await;
    Ok(ret(SignStatus::Signed, &result))
}

/// The reply of a page that ended with a signature. Nothing where it ended otherwise: then it is stored.
pub async fn of_page(app: &Shared, page: &Interaction) -> Result<Option<Value>, ShellError> {
    let Some(contract_id) = &page.contract_id else { return Ok(None) };
    let Some(view) = app.wallet.reader().contract(contract_id.clone()).await? else { return Ok(None) };
    let auth_id = page.auth_id.as_ref().unwrap_or(&view.contract.auth_id);
    let Some(asked) = asked(app, &view.contract, auth_id).await? else { return Ok(None) };
    let ret = signed(app, &view.contract, &asked).await?;
    Ok(Some(json!({"ok": true, "ret": ret})))
}

/// What the request that was opened asked for: the same deal as the agreement's, but perhaps through another app of the
/// merchant's, or signed in another way.
async fn asked(app: &Shared, contract: &Contract, auth_id: &AuthId) -> Result<Option<AgreementTerms>, Fault> {
    let offer = app.wallet.offer(auth_id.clone()).await?;
    let asked = offer.and_then(|view| view.offer.terms.agreement);
    Ok(asked.or_else(|| contract.terms.agreement.clone()).map(|terms| *terms))
}

/// How a request's result is signed: as the request was.
#[must_use]
pub const fn sign_type(asked: &AgreementTerms) -> SignType {
    if asked.sha1 { SignType::Rsa } else { SignType::Rsa2 }
}

/// The members of a signature's result.
pub async fn answer(app: &Shared, contract: &Contract, asked: &AgreementTerms) -> Result<PageSignAnswer, Fault> {
    let agreed = contract.terms.agreement.as_deref().unwrap_or(asked);
    let user = app.wallet.user(&contract.user_id).await?;
    Ok(PageSignAnswer {
        app_id: asked.app_id.to_string(),
        auth_app_id: asked.app_id.to_string(),
        charset: "utf-8".to_owned(),
        timestamp: WireTime(contract.accepted_at),
        sign_scene: agreed.scene.clone(),
        valid_time: WireTime(contract.accepted_at),
        status: AgreementStatus::Normal,
        external_agreement_no: agreed.external_no.clone(),
        agreement_no: contract.contract_id.to_string(),
        external_logon_id: agreed.logon_id.clone(),
        alipay_logon_id: user.as_ref().map(people::logon_id).unwrap_or_default(),
        invalid_time: WireTime(agreed.ends_at),
        personal_product_code: agreed.personal_product.clone(),
        sign_time: WireTime(contract.accepted_at),
        alipay_user_id: Some(contract.customer_id.to_string()),
    })
}

/// `result`: an answer with the wallet's signature over exactly its bytes.
pub async fn result(app: &Shared, method: Method, answer: &impl Serialize, sign_type: SignType) -> String {
    let Some(object) = business_object(answer) else { return String::new() };
    let sign = sign_text(app, sign_type, object.as_bytes()).await;
    page_result(method, &object, &sign, sign_type)
}
