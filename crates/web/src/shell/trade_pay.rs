//! `my.tradePay`: opens the cashier for a Mini Program, or answers at once (seed trade-pay-jsapi; spec/jsapi.md 3.3, 6.2).

use super::error::ShellError;
use super::interactions::{Answer, cashier_url, created, final_reply, own_page, refused};
use super::order_str;
use super::pay_reply::{self, PayCode};
use super::reply::{self, CallApi, Outcome};
use crate::pages::order::{self, Fate};
use crate::state::Shared;
use mithaq_domain::{App as MiniProgram, Language, Session};
use mithaq_store::PaymentView;
use mithaq_types::{OrderId, PaymentId, UserId};
use mithaq_wallet::NewInteraction;
use serde_json::Value;

/// The longest address of a cashier (seed trade-pay-jsapi).
const PAYMENT_URL_MAX: usize = 1024;
/// The longest trade number.
const TRADE_NUMBER_MAX: usize = 64;
/// The ways in which a call can name its order.
const NAMES: [&str; 3] = ["paymentUrl", "tradeNO", "orderStr"];

/// How a call names its order.
enum Named {
    /// By the cashier's address.
    Address(OrderId),
    /// By the payment's id.
    Number(PaymentId),
    /// By an order that the merchant's server signed as a string.
    Signed(String),
}

impl Named {
    /// What a call names, if it names exactly one order in a way that can be read.
    fn of_call(app: &Shared, args: &Value) -> Option<Self> {
        let mut given = NAMES.iter().filter(|name| !matches!(&args[**name], Value::Null) && args[**name] != "");
        let (name, None) = (given.next()?, given.next()) else { return None };
        let value = args[*name].as_str()?;
        match *name {
            "paymentUrl" => order_id(app, value).map(Self::Address),
            "tradeNO" => (value.chars().count() <= TRADE_NUMBER_MAX).then(|| Self::Number(PaymentId::new(value))),
            _ => Some(Self::Signed(value.to_owned())),
        }
    }
}

/// The order behind a paymentUrl, if it is a cashier of this wallet and nothing else. The shell has looked too; the server
/// does not rely on that.
pub fn order_id(app: &Shared, text: &str) -> Option<OrderId> {
    own_page(app, text, PAYMENT_URL_MAX, &["/cashier"], "orderId").map(OrderId::new)
}

/// Opens the cashier, or answers where there is nothing to pay.
pub async fn trade_pay(
    app: &Shared,
    session: Session,
    program: MiniProgram,
    args: &Value,
    language: Language,
) -> Answer {
    let Some(named) = Named::of_call(app, args) else {
        let api = CallApi::TradePay(app.config.trade_pay_route.of_call(true));
        return Ok(refused(&reply::failure(api, Outcome::BadParameter, language)));
    };
    let route = app.config.trade_pay_route.of_call(matches!(named, Named::Address(_)));
    if let Named::Signed(order_str) = &named {
        return order_str::pay(app, session, program, order_str, route, language).await;
    }
    let now = |code| {
        let (ok, ret) = pay_reply::reply(code, route, language);
        Ok(final_reply(ok, &ret))
    };
    // Another merchant's order is as unknown as one that does not exist.
    let found = find(app, &named, &program, session.user_id.as_ref()).await?;
    let Some((view, order_id)) = found else { return now(PayCode::Failed) };
    match order::fate(&view, session.user_id.as_ref(), app.wallet.now()) {
        Fate::Payable | Fate::Asking => {}
        Fate::PaidByUser => return now(PayCode::Paid),
        Fate::PaidBySomebody | Fate::Over => return now(PayCode::Failed),
    }
    let opened = app
        .wallet
        .open_interaction(NewInteraction {
            session_id: session.session_id,
            app_id: program.app_id,
            client_id: view.payment.client_id,
            api: CallApi::TradePay(route).remembered().to_owned(),
            auth_id: None,
            sub_client_id: None,
            payment_id: Some(view.payment.payment_id),
            scopes: Vec::new(),
        })
        .await?;
    Ok(created(&opened, &cashier_url(order_id.as_str(), &opened.interaction_id)))
}

/// The order that a call names, if it is one of the Mini Program's own client, or a trade of the Alipay surface whose buyer
/// this is: any trade number works there, whatever app made it (spec/alipay-agreement.md 2.13).
async fn find(
    app: &Shared,
    named: &Named,
    program: &MiniProgram,
    user: Option<&UserId>,
) -> Result<Option<(PaymentView, OrderId)>, ShellError> {
    let found = match named {
        Named::Address(order_id) => app.wallet.order_view(order_id).await?,
        Named::Number(payment_id) => app.wallet.reader().payment(payment_id.clone()).await?,
        Named::Signed(_) => None,
    };
    let is_for = |view: &PaymentView| {
        let buyer = view.payment.order.as_ref().and_then(|order| order.buyer.as_ref());
        view.payment.gateway.is_some() && buyer.is_some() && user.is_none_or(|user| buyer == Some(user))
    };
    let own = found.filter(|view| view.payment.client_id == program.client_id || is_for(view));
    Ok(own.and_then(|view| {
        let order_id = view.payment.order.as_ref()?.order_id.clone();
        Some((view, order_id))
    }))
}
