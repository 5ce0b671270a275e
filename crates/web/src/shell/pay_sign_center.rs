//! `my.paySignCenter`: opens the signing page for a Mini Program, or says at once why it cannot
//! (seed alipay-pay-sign-center; spec/jsapi.md 3.4, 7.3 rule 6).

use super::interactions::{Answer, created, final_reply, page_url, refused};
use super::reply::{self, CallApi, Outcome};
use super::sign_str::{self, Wrong};
use super::{sign_record, sign_reply};
use crate::gateway::{Opened, offers};
use crate::state::Shared;
use mithaq_alipay::{GatewayError, SubCode};
use mithaq_domain::{App as MiniProgram, Language, Offer, Session};
use mithaq_types::ClientId;
use mithaq_wallet::NewInteraction;
use serde_json::Value;

/// Opens the page. What is wrong with the signStr is 7002, with the reason in `result`; only a call without one never starts.
pub async fn pay_sign_center(
    app: &Shared,
    session: Session,
    program: MiniProgram,
    args: &Value,
    language: Language,
) -> Answer {
    let Some(sign_str) = args["signStr"].as_str().filter(|text| !text.is_empty()) else {
        return Ok(refused(&reply::failure(CallApi::PaySignCenter, Outcome::BadParameter, language)));
    };
    let offer = match offer(app, sign_str, Some(&program.client_id)).await {
        Ok(offer) => offer,
        Err(wrong) => return Ok(final_reply(true, &sign_reply::failed(app, &wrong.error, wrong.sign_type).await)),
    };
    let opened = app
        .wallet
        .open_interaction(NewInteraction {
            session_id: session.session_id,
            app_id: program.app_id,
            client_id: program.client_id,
            api: CallApi::PaySignCenter.remembered().to_owned(),
            auth_id: Some(offer.auth_id),
            sub_client_id: None,
            payment_id: None,
            scopes: Vec::new(),
        })
        .await?;
    Ok(created(&opened, &page_url(app, &opened).await?))
}

/// The offer that a signStr makes, for a Mini Program of `client_id` or for nobody's.
///
/// # Errors
/// [`Wrong`].
pub async fn offer(app: &Shared, sign_str: &str, client_id: Option<&ClientId>) -> Result<Offer, Wrong> {
    let opened = sign_str::read(app, sign_str).await?;
    let offered = match client_id.filter(|id| **id != opened.app.client_id) {
        Some(_) => Err(other_merchant(&opened)),
        None => offers::offer(app, &opened).await,
    };
    offered.map_err(|error| {
        sign_record::refused(app, "signStr", &opened.call.app_id, &error);
        Wrong { error, sign_type: opened.call.sign_type }
    })
}

fn other_merchant(opened: &Opened) -> GatewayError {
    let message = format!(
        "app_id {} is of another merchant than this Mini Program. Sign with an app of the merchant whose Mini Program calls.",
        opened.call.app_id
    );
    GatewayError::with_message(SubCode::IsvInvalidAppId, message)
}
