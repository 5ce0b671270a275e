//! What a merchant of the Alipay surface has signed, as a code or a link: the URL of `pageExecute`, or a deep link with it or
//! with the string of `sdkExecute` inside (spec/alipay-agreement.md 1.6).

use super::scan::to_cashier;
use crate::gateway::{self, offers, trades};
use crate::pages::frame::{Framing, frame, show_in};
use crate::pages::visit::{Visit, on_to};
use crate::shell::error::ShellError;
use crate::state::Shared;
use axum::http::StatusCode;
use axum::response::Response;
use mithaq_alipay::{GatewayError, Method, Params, SubCode, open_entry};
use mithaq_pages::{GatewayErrorContext, GatewayReport, Page};
use url::Url;

/// How deep links begin.
const DEEP_LINK: &str = "alipays://platformapi/startapp?";

/// The parameters of a text that is such an entry.
pub fn params(app: &Shared, text: &str) -> Option<Params> {
    (text.starts_with(DEEP_LINK) || is_gateway(app, text)).then(|| open_entry(text).ok()).flatten()
}

/// Whether an address is that of this wallet's gateway.
fn is_gateway(app: &Shared, text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        let plain = url.username().is_empty() && url.password().is_none();
        plain && url.origin().ascii_serialization() == app.config.wallet_origin && url.path() == "/gateway.do"
    })
}

/// On to the page that it asks for, or to one that says why there is none.
pub async fn follow(visit: &Visit, params: Params) -> Result<Response, ShellError> {
    let app = &visit.app;
    let app_id = params.ascii("app_id").map(str::to_owned);
    let opened = match gateway::open(app, params).await {
        Ok(opened) => opened,
        Err(refused) => return Ok(refusal(visit, refused.method, app_id, &refused.error)),
    };
    let method = opened.call.method;
    let refuse = |error: &GatewayError| Ok(refusal(visit, Some(method), app_id.clone(), error));
    match method {
        Method::PageSign => match offers::offer(app, &opened).await {
            Ok(offer) => Ok(on_to("/sign", &[("signId", offer.auth_id.as_str())])),
            Err(error) => refuse(&error),
        },
        Method::AppPay => match trades::app_pay(app, &opened).await {
            Ok((payment, _)) => match payment.order {
                Some(order) => to_cashier(visit, &order.order_id).await,
                None => refuse(&method.system_error().into()),
            },
            Err(error) => refuse(&error),
        },
        _ => refuse(&SubCode::IsvInvalidMethod.into()),
    }
}

fn refusal(visit: &Visit, method: Option<Method>, app_id: Option<String>, error: &GatewayError) -> Response {
    let code = error.sub_code.code();
    let report = GatewayReport {
        method: method.map(|method| method.name().to_owned()),
        app_id,
        code: code.wire().to_owned(),
        msg: code.msg().to_owned(),
        sub_code: error.sub_code.wire().to_owned(),
        sub_msg: error.message.clone(),
    };
    let page = Page::GatewayError(GatewayErrorContext { frame: frame(&visit.app, visit.spoken), report });
    show_in(&visit.app, StatusCode::OK, &page, Framing::Never)
}
