//! Reading a request to pay: members, the products' own rules, the spellings of sibling wallets.

use super::{Buyer, Order, PayRequest};
use crate::json::Fields;
use crate::messages::{ID_MAX, TOKEN_MAX, URL_MAX};
use crate::{ApiError, Product};
use mithaq_types::Currency;

impl PayRequest {
    /// Reads a body. `currencies` are the ones the wallet takes.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`, `CURRENCY_NOT_SUPPORT`.
    pub fn parse(body: &[u8], currencies: &[Currency]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        let product = parse_product(&fields)?;
        let return_url = fields.http_url("paymentReturnUrl", URL_MAX)?;
        let request = Self {
            product,
            payment_request_id: fields.required_merchant_id("paymentRequestId", ID_MAX)?,
            payment_auth_code: fields.text("paymentAuthCode", TOKEN_MAX)?,
            payment_amount: fields.required_amount("paymentAmount", currencies)?,
            order: parse_order(&fields)?,
            payment_expiry_time: fields.instant("paymentExpiryTime")?,
            payment_redirect_url: fields.http_url("paymentRedirectUrl", URL_MAX)?.or(return_url),
            payment_notify_url: fields.http_url("paymentNotifyUrl", URL_MAX)?,
            void_notify_url: fields.http_url("voidNotifyUrl", 2048)?,
            payment_order_title: fields.text("paymentOrderTitle", 256)?,
            extend_info: fields.extend_info()?,
        };
        match product {
            Product::AgreementPayment if request.payment_auth_code.is_none() => {
                return Err(fields.illegal("paymentAuthCode", "must be the accessToken of the agreement"));
            }
            Product::InStore if request.payment_auth_code.is_none() => {
                return Err(fields.illegal("paymentAuthCode", "must be the code that the user shows"));
            }
            _ => {}
        }
        if product.is_cashier() && request.reference_buyer_id().is_none() {
            return Err(fields.illegal("order.buyer.referenceBuyerId", "must be the customerId of the buyer"));
        }
        Ok(request)
    }
}

/// `productCode` decides; the flags of `paymentFactor` may only agree with it.
fn parse_product(fields: &Fields<'_>) -> Result<Product, ApiError> {
    let code = fields.required_text("productCode", 32)?;
    let factor = fields.object("paymentFactor")?;
    let is_set = |name: &str| -> Result<bool, ApiError> {
        Ok(factor.as_ref().map(|factor| factor.flag(name)).transpose()?.flatten().unwrap_or(false))
    };
    let authorization = is_set("isAuthorizationPayment")?;
    let product = match code.as_str() {
        "CASHIER_PAYMENT" if authorization => Some(Product::AuthCapture),
        "CASHIER_PAYMENT" => Some(Product::OnlinePurchase),
        "AGREEMENT_PAYMENT" => Some(Product::AgreementPayment),
        code => Product::from_code(code),
    };
    let product = product.ok_or_else(|| fields.illegal("productCode", PRODUCT_RULE))?;
    for flag in ["isPaymentEvaluation", "isOrderCode", "isAuthorizationAndPay"] {
        if is_set(flag)? {
            return Err(fields.illegal(&format!("paymentFactor.{flag}"), "must be absent or false: it is not offered"));
        }
    }
    let contradictions = [
        ("isAgreementPay", is_set("isAgreementPay")? && product != Product::AgreementPayment),
        ("isPaymentCode", is_set("isPaymentCode")? && product != Product::InStore),
        ("isCashierPayment", is_set("isCashierPayment")? && !product.is_cashier()),
        ("isAuthorizationPayment", authorization && product != Product::AuthCapture),
    ];
    match contradictions.iter().find(|(_, contradicts)| *contradicts) {
        Some((flag, _)) => Err(fields.illegal(&format!("paymentFactor.{flag}"), "must not contradict productCode")),
        None => Ok(product),
    }
}

const PRODUCT_RULE: &str = "must be a product code of this wallet, such as 51051000101000100031 (agreement payment)";

/// The member `order`, or `extraParams.ORDER` of the generic v1 family when it is absent.
fn parse_order(fields: &Fields<'_>) -> Result<Order, ApiError> {
    const ORDER_MAX: usize = 16_384;
    if let Some(order) = fields.object("order")? {
        return read_order(&order);
    }
    if let Some(extra) = fields.object_or_json_text("extraParams", ORDER_MAX)?
        && let Some(order) = extra.object_or_json_text("ORDER", ORDER_MAX)?
    {
        return read_order(&order);
    }
    Err(fields.illegal("order", "must be an object with orderDescription"))
}

fn read_order(order: &Fields<'_>) -> Result<Order, ApiError> {
    let buyer = match order.object("buyer")? {
        Some(buyer) => Some(Buyer { reference_buyer_id: buyer.text("referenceBuyerId", ID_MAX)? }),
        None => None,
    };
    Ok(Order {
        reference_order_id: order.text("referenceOrderId", ID_MAX)?,
        order_description: order.required_text("orderDescription", 256)?,
        buyer,
    })
}
