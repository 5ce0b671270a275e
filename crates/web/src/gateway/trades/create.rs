//! `alipay.trade.create`: the order behind `my.tradePay({tradeNO})` (spec/alipay-agreement.md 2.13).

use super::super::{Opened, offers};
use super::find::taken;
use super::order::{check, is_own, order_of, reuse, trade_of};
use super::refusals::{About, said};
use super::written;
use crate::state::Shared;
use mithaq_alipay::messages::{Buyer, CreateAnswer, CreateRequest, TradeReference};
use mithaq_alipay::{GatewayError, SubCode};
use mithaq_domain::{Key, Refusal, Row};
use mithaq_types::{AuthId, Currency, CustomerId, GatewayAppId, UserId};
use mithaq_wallet::Fault;

/// The product of Mini Programs, and the one that stands for it where none is named.
const PRODUCTS: [&str; 2] = ["JSAPI_PAY", "FACE_TO_FACE_PAYMENT"];
/// The product of trades with which an agreement is signed.
const PAY_AND_SIGN: &str = "CYCLE_PAY_AUTH";

/// Makes the trade; the same again for the same request, while it waits for its payer.
pub async fn create(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let method = opened.call.method;
    let request = CreateRequest::parse(&opened.call.biz_content, Currency::CNY)
        .map_err(|error| GatewayError::content(method, &error))?;
    let product = product(opened, &request)?;
    check(shared, opened, &request.order).await?;
    is_bound(shared, opened, &request).await?;
    let (buyer, known_as) = buyer(shared, opened, &request.buyer).await?;
    let seen = taken(shared, opened, &TradeReference::Order(request.order.out_trade_no.clone())).await?;
    let offer = match &seen {
        // What is signed with a trade is agreed on once, with the trade.
        Some(_) => None,
        None => offer(shared, opened, &request).await?,
    };
    let trade = trade_of(opened, &request.order, &product, offer);
    let new = order_of(shared, opened, &request.order, trade, Some(known_as.to_string()));
    let made = match shared.wallet.order(new).await {
        Ok(made) => made,
        Err(Fault::Refused(Refusal::RequestInconsistent)) => {
            let seen = taken(shared, opened, &TradeReference::Order(request.order.out_trade_no.clone())).await?;
            let why = seen
                .and_then(|seen| reuse(shared, &request.order, Some(&buyer), &seen.payment, &seen.state))
                .unwrap_or_else(|| SubCode::AcqContextInconsistent.into());
            return Err(why);
        }
        Err(fault) => return Err(said(method, &fault, About::default())),
    };
    let (payment, state) = made;
    match reuse(shared, &request.order, Some(&buyer), &payment, &state) {
        Some(error) => Err(error),
        None => {
            written(opened, CreateAnswer { trade_no: payment.payment_id.to_string(), out_trade_no: payment.request_id })
        }
    }
}

/// The product that the trade is kept under.
fn product(opened: &Opened, request: &CreateRequest) -> Result<String, GatewayError> {
    match request.product_code.as_deref() {
        None => Ok("FACE_TO_FACE_PAYMENT".to_owned()),
        Some(product) if PRODUCTS.contains(&product) => Ok(product.to_owned()),
        Some(PAY_AND_SIGN) if request.sign.is_some() => Ok(PAY_AND_SIGN.to_owned()),
        Some(PAY_AND_SIGN) => {
            let message = "agreement_sign_params is missing: with CYCLE_PAY_AUTH it says what is signed. To deduct under an \
                           agreement that there is, call alipay.trade.pay.";
            Err(GatewayError::with_message(opened.call.method.invalid_parameter(), message))
        }
        Some(_) => Err(SubCode::AcqProductNotSupportInTinyApp.into()),
    }
}

/// Whether the Mini Program is the merchant's: by the number that it has in the wallet, or by that of an app of the gateway.
async fn is_bound(shared: &Shared, opened: &Opened, request: &CreateRequest) -> Result<(), GatewayError> {
    let Some(named) = request.op_app_id.as_deref() else { return Ok(()) };
    let (method, client_id) = (opened.call.method, &opened.app.client_id);
    let fault = |fault: Fault| said(method, &fault, About::default());
    let app = shared.wallet.gateway_app(&GatewayAppId::new(named)).await.map_err(fault)?;
    if app.is_some_and(|app| app.client_id == *client_id) {
        return Ok(());
    }
    let programs = shared.wallet.reader().apps().await.map_err(|error| fault(error.into()))?;
    let own = programs.iter().any(|program| program.app_id.as_str() == named && program.client_id == *client_id);
    if own { Ok(()) } else { Err(SubCode::AcqUnboundApplication.into()) }
}

/// Who must pay: a user whom this merchant knows, by any of the names. Of others the wallet does not even tell whether they are
/// there.
async fn buyer(shared: &Shared, opened: &Opened, named: &Buyer) -> Result<(UserId, CustomerId), GatewayError> {
    let (method, client_id) = (opened.call.method, &opened.app.client_id);
    let fault = |fault: Fault| said(method, &fault, About::default());
    let unknown = || GatewayError::from(SubCode::AcqBuyerNotExist);
    match named {
        Buyer::Id(id) | Buyer::OpenId(id) | Buyer::MiniProgramOpenId(id) => {
            if is_own(shared, opened, id).await? {
                return Err(SubCode::AcqBuyerSellerEqual.into());
            }
            let user = shared.wallet.user_known_as(client_id, id).await.map_err(fault)?.ok_or_else(unknown)?;
            Ok((user, CustomerId::new(id.as_str())))
        }
        Buyer::LogonId(phone) => {
            let user = match shared.wallet.user_by_phone(phone.trim_start_matches('+')).await {
                Ok(user) => user.user_id,
                Err(Fault::Refused(Refusal::UserUnknown)) => return Err(unknown()),
                Err(other) => return Err(fault(other)),
            };
            let Some(client) = shared
                .directory
                .client(shared.wallet.reader(), client_id)
                .await
                .map_err(|error| fault(error.into()))?
            else {
                return Err(unknown());
            };
            let key = Key::Customer(user.clone(), client.merchant.merchant_id.clone());
            match shared.wallet.row(key).await.map_err(fault)? {
                Some(Row::Customer(known)) => Ok((user, known.customer_id)),
                _ => Err(unknown()),
            }
        }
    }
}

/// The offer of the agreement that may be signed with the trade.
async fn offer(shared: &Shared, opened: &Opened, request: &CreateRequest) -> Result<Option<AuthId>, GatewayError> {
    let Some(params) = &request.sign else { return Ok(None) };
    let offer = offers::offer_with_payment(shared, opened, params).await.map_err(as_trade)?;
    Ok(Some(offer.auth_id))
}

/// What is wrong with an agreement in the words of this method, which has none of its own for that.
fn as_trade(error: GatewayError) -> GatewayError {
    let sub_code = match error.sub_code {
        SubCode::InvalidParameter => SubCode::AcqInvalidParameter,
        SubCode::MerchantAgreementIsNotExist | SubCode::ProductCodeNotSupportedError => {
            SubCode::AcqBizProductNotAllowed
        }
        SubCode::MerchantStatusIsNotNormal => SubCode::AcqMerchantStatusNotNormal,
        SubCode::SystemError => SubCode::AcqSystemError,
        other => other,
    };
    GatewayError { sub_code, ..error }
}
