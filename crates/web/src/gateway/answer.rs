//! Which method does what.

use super::told::Made;
use super::{Opened, agreements, checks, errors, oauth, offers, trades};
use crate::state::Shared;
use mithaq_alipay::{GatewayError, Method, SubCode, business_object};
use serde::Serialize;
use std::time::Duration;

/// Merchants' clients give up after some 30 s; before that they hear that the outcome is not known.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// What comes of a call.
///
/// # Errors
/// What the method refuses with.
pub(super) async fn answer(shared: &Shared, opened: &Opened) -> Result<Made, GatewayError> {
    let work = async {
        checks::client_may_call(shared, opened).await?;
        dispatch(shared, opened).await
    };
    tokio::time::timeout(ANSWER_WITHIN, work).await.unwrap_or_else(|_| Err(errors::too_late()))
}

async fn dispatch(shared: &Shared, opened: &Opened) -> Result<Made, GatewayError> {
    let object = match opened.call.method {
        // A browser that the merchant sent here, from a page, a form or a QR code.
        Method::PageSign => {
            let offer = offers::offer(shared, opened).await?;
            return Ok(Made::Page(format!("/sign?signId={}", offer.auth_id)));
        }
        Method::AgreementQuery => agreements::query(shared, opened).await,
        Method::AgreementUnsign => agreements::unsign(shared, opened).await,
        Method::ExecutionPlanModify => agreements::modify(shared, opened).await,
        Method::AgreementTransfer => agreements::transfer(opened),
        Method::OauthToken => oauth::token(shared, opened).await,
        Method::TradePay
        | Method::TradeQuery
        | Method::TradeRefund
        | Method::RefundQuery
        | Method::TradeClose
        | Method::TradeCancel
        | Method::TradeCreate => trades::answer(shared, opened).await,
        Method::AppPay => {
            let message = "An order string is opened by the wallet's app. Hand it to my.tradePay as orderStr.";
            Err(GatewayError::with_message(SubCode::IsvForbiddenApi, message))
        }
    };
    object.map(Made::Object)
}

/// An answer as its business object.
///
/// # Errors
/// When it cannot be written, which no answer's shape allows.
pub(super) fn object(method: Method, answer: &impl Serialize) -> Result<String, GatewayError> {
    business_object(answer).ok_or_else(|| method.system_error().into())
}
