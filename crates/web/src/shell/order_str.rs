//! `my.tradePay({orderStr})`: an order that the merchant's server signed as a string, paid in the cashier
//! (spec/alipay-agreement.md 2.12, jsapi.md 3.3).

use super::error::ShellError;
use super::interactions::{Answer, cashier_url, created, final_reply};
use super::pay_reply::{self, PayCode, Route};
use super::reply::CallApi;
use super::{sign_record, sign_reply};
use crate::gateway::{self, Opened, trades};
use crate::pages::order::{self, Fate};
use crate::state::Shared;
use mithaq_alipay::messages::{AppPayAnswer, AppPayRequest};
use mithaq_alipay::{Answered, EntryError, GatewayError, Method, Price, SignType, SubCode, WireTime, open_entry};
use mithaq_domain::{App as MiniProgram, Language, Payment, Session};
use mithaq_types::{Currency, PaymentId};
use mithaq_wallet::NewInteraction;
use serde_json::{Value, json};

/// Opens the cashier for the order in `order_str`, or answers where there is nothing to pay.
pub async fn pay(
    app: &Shared,
    session: Session,
    program: MiniProgram,
    order_str: &str,
    route: Route,
    language: Language,
) -> Answer {
    let opened = match open(app, order_str, &program).await {
        Ok(opened) => opened,
        Err((error, sign_type)) => return refused(app, &error, sign_type, route, language).await,
    };
    let sign_type = opened.call.sign_type;
    let payment = match trades::app_pay(app, &opened).await {
        Ok((payment, _)) => payment,
        Err(error) => match paid_before(app, &session, &opened, &error).await? {
            Some(payment) => {
                let ret =
                    paid(app, &payment.payment_id, sign_type, json!({"resultCode": PayCode::Paid.text()})).await?;
                return Ok(final_reply(true, &ret));
            }
            None => return refused(app, &error, sign_type, route, language).await,
        },
    };
    let Some(order) = payment.order else {
        return refused(app, &SubCode::AcqSystemError.into(), sign_type, route, language).await;
    };
    let page = app
        .wallet
        .open_interaction(NewInteraction {
            session_id: session.session_id,
            app_id: program.app_id,
            client_id: payment.client_id,
            api: CallApi::OrderStr(route, sign_type).remembered().to_owned(),
            auth_id: None,
            sub_client_id: None,
            payment_id: Some(payment.payment_id),
            scopes: Vec::new(),
        })
        .await?;
    Ok(created(&page, &cashier_url(order.order_id.as_str(), &page.interaction_id)))
}

/// The call in an order string, which is one of the Mini Program's own merchant.
async fn open(app: &Shared, order_str: &str, program: &MiniProgram) -> Result<Opened, (GatewayError, SignType)> {
    let params = open_entry(order_str).map_err(|error| (unreadable(order_str, &error), SignType::Rsa2))?;
    let opened = gateway::open(app, params).await.map_err(|refused| (refused.error, refused.sign_type))?;
    let sign_type = opened.call.sign_type;
    if opened.call.method != Method::AppPay {
        let message = format!(
            "orderStr holds {}: my.tradePay takes {}. A string to sign goes to my.paySignCenter.",
            opened.call.method.name(),
            Method::AppPay.name()
        );
        return Err((GatewayError::with_message(SubCode::IsvInvalidMethod, message), sign_type));
    }
    if opened.app.client_id != program.client_id {
        let message = format!("app_id {} is of another merchant than this Mini Program.", opened.call.app_id);
        return Err((GatewayError::with_message(SubCode::IsvInvalidAppId, message), sign_type));
    }
    Ok(opened)
}

fn unreadable(order_str: &str, error: &EntryError) -> GatewayError {
    if !order_str.contains('&') && order_str.contains("%26") {
        let message =
            "orderStr is encoded once too often. Unlike signStr it is passed as sdkExecute gives it, unchanged.";
        return GatewayError::with_message(SubCode::IsvInvalidParameter, message);
    }
    let sub_code = match error {
        EntryError::NoMethod => SubCode::IsvMissingMethod,
        _ => SubCode::IsvInvalidParameter,
    };
    GatewayError::with_message(sub_code, format!("orderStr cannot be read: {error}."))
}

/// The trade of a string that was opened before, where this user has paid it.
async fn paid_before(
    app: &Shared,
    session: &Session,
    opened: &Opened,
    error: &GatewayError,
) -> Result<Option<Payment>, ShellError> {
    if error.sub_code != SubCode::AcqTradeHasSuccess {
        return Ok(None);
    }
    let Ok(asked) = AppPayRequest::parse(&opened.call.biz_content, Currency::CNY) else { return Ok(None) };
    let client_id = opened.app.client_id.clone();
    let found = app.wallet.payment(client_id, None, Some(asked.order.out_trade_no)).await?;
    let own = found.filter(|view| order::fate(view, session.user_id.as_ref(), app.wallet.now()) == Fate::PaidByUser);
    Ok(own.map(|view| view.payment))
}

/// 4000 with the reason, signed as every answer is.
async fn refused(app: &Shared, error: &GatewayError, sign_type: SignType, route: Route, language: Language) -> Answer {
    sign_record::refused(app, "orderStr", "", error);
    let (ok, mut ret) = pay_reply::reply(PayCode::Failed, route, language);
    ret["result"] = json!(sign_reply::result(app, Method::AppPay, error, sign_type).await);
    ret["memo"] = json!(error.message);
    Ok(final_reply(ok, &ret))
}

/// `ret` with what the page hands back of a trade that is paid.
pub async fn paid(
    app: &Shared,
    payment_id: &PaymentId,
    sign_type: SignType,
    mut ret: Value,
) -> Result<Value, ShellError> {
    let Some(view) = app.wallet.reader().payment(payment_id.clone()).await? else { return Ok(ret) };
    let payment = view.payment;
    let answer = AppPayAnswer {
        app_id: payment.gateway.as_ref().map(|trade| trade.app_id.to_string()).unwrap_or_default(),
        out_trade_no: payment.request_id,
        trade_no: payment.payment_id.to_string(),
        total_amount: Price(payment.amount),
        seller_id: payment.client_id.to_string(),
        charset: "utf-8".to_owned(),
        timestamp: WireTime(app.wallet.now()),
    };
    ret["result"] = json!(sign_reply::result(app, Method::AppPay, &Answered::success(answer), sign_type).await);
    ret["memo"] = json!("");
    Ok(ret)
}
