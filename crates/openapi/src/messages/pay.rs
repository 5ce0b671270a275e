//! `POST /v1/payments/pay` (spec/qicard.md 7.1, openapi.md 3.7, 4.3, 4.5, 4.12).

use super::{ID_MAX, TOKEN_MAX, URL_MAX};
use crate::json::Fields;
use crate::time::{self, WireTime};
use crate::{ApiError, Product, ResultBody, ResultCode, WireBody, amount};
use mithaq_types::{Currency, Money, PaymentId, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who buys.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Buyer {
    /// The customerId of applyToken; merchants also send ids of their own here. At most 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_buyer_id: Option<String>,
}

/// What is bought: for display and reporting, no money moves on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The merchant's own order id, at most 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_order_id: Option<String>,
    /// What the user reads, at most 256 characters.
    pub order_description: String,
    /// Who buys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer: Option<Buyer>,
}

/// Asks the wallet to move money. The same `paymentRequestId` with the same content is the same payment.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PayRequest {
    /// Which flow it takes.
    #[serde(rename = "productCode")]
    pub product: Product,
    /// The idempotency key within the client: 1 to 64 of `A-Z a-z 0-9 _ . : -`.
    pub payment_request_id: String,
    /// The access token of an agreement; on other products a hint that is ignored. At most 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_auth_code: Option<String>,
    /// How much, in minor units: fils for IQD.
    #[serde(serialize_with = "amount::serialize")]
    pub payment_amount: Money,
    /// What is bought.
    pub order: Order,
    /// An unpaid order closes then.
    #[serde(serialize_with = "time::serialize_instant", skip_serializing_if = "Option::is_none")]
    pub payment_expiry_time: Option<Timestamp>,
    /// Where the cashier sends the user afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_redirect_url: Option<String>,
    /// Where the final result is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_notify_url: Option<String>,
    /// Where voids are told, at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_notify_url: Option<String>,
    /// A title, at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_order_title: Option<String>,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl fmt::Debug for PayRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The access token is as good as money: logs must not show it.
        f.debug_struct("PayRequest")
            .field("product", &self.product)
            .field("payment_request_id", &self.payment_request_id)
            .field("payment_amount", &self.payment_amount)
            .field("order", &self.order)
            .field("payment_notify_url", &self.payment_notify_url)
            .finish_non_exhaustive()
    }
}

impl PayRequest {
    /// A deduction under a signed contract. Set `payment_notify_url` to be told of the result as well.
    #[must_use]
    pub fn agreement(
        payment_request_id: impl Into<String>,
        access_token: impl Into<String>,
        payment_amount: Money,
        order_description: impl Into<String>,
    ) -> Self {
        let request = Self::bare(Product::AgreementPayment, payment_request_id, payment_amount, order_description);
        Self { payment_auth_code: Some(access_token.into()), ..request }
    }

    /// A purchase that the user confirms in the cashier.
    #[must_use]
    pub fn cashier(
        payment_request_id: impl Into<String>,
        payment_amount: Money,
        order_description: impl Into<String>,
        reference_buyer_id: impl Into<String>,
    ) -> Self {
        let mut request = Self::bare(Product::OnlinePurchase, payment_request_id, payment_amount, order_description);
        request.order.buyer = Some(Buyer { reference_buyer_id: Some(reference_buyer_id.into()) });
        request
    }

    fn bare(
        product: Product,
        payment_request_id: impl Into<String>,
        payment_amount: Money,
        order_description: impl Into<String>,
    ) -> Self {
        Self {
            product,
            payment_request_id: payment_request_id.into(),
            payment_auth_code: None,
            payment_amount,
            order: Order { reference_order_id: None, order_description: order_description.into(), buyer: None },
            payment_expiry_time: None,
            payment_redirect_url: None,
            payment_notify_url: None,
            void_notify_url: None,
            payment_order_title: None,
            extend_info: None,
        }
    }

    /// The buyer as the merchant names them.
    #[must_use]
    pub fn reference_buyer_id(&self) -> Option<&str> {
        self.order.buyer.as_ref()?.reference_buyer_id.as_deref()
    }

    /// Reads a body. `currencies` are the ones the wallet takes.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`, `CURRENCY_NOT_SUPPORT`.
    pub fn parse(body: &[u8], currencies: &[Currency]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        let product = parse_product(&fields)?;
        let request = Self {
            product,
            payment_request_id: fields.required_merchant_id("paymentRequestId", ID_MAX)?,
            payment_auth_code: fields.text("paymentAuthCode", TOKEN_MAX)?,
            payment_amount: fields.required_amount("paymentAmount", currencies)?,
            order: parse_order(&fields)?,
            payment_expiry_time: fields.instant("paymentExpiryTime")?,
            payment_redirect_url: match fields.http_url("paymentRedirectUrl", URL_MAX)? {
                None => fields.http_url("paymentReturnUrl", URL_MAX)?,
                given => given,
            },
            payment_notify_url: fields.http_url("paymentNotifyUrl", URL_MAX)?,
            void_notify_url: fields.http_url("voidNotifyUrl", 2048)?,
            payment_order_title: fields.text("paymentOrderTitle", 256)?,
            extend_info: fields.extend_info()?,
        };
        if product == Product::AgreementPayment && request.payment_auth_code.is_none() {
            return Err(fields.illegal("paymentAuthCode", "must be the accessToken of the agreement"));
        }
        if product.is_cashier() && request.reference_buyer_id().is_none() {
            return Err(fields.illegal("order.buyer.referenceBuyerId", "must be the customerId of the buyer"));
        }
        Ok(request)
    }
}

impl WireBody for PayRequest {}

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
    for flag in ["isPaymentEvaluation", "isOrderCode", "isPaymentCode", "isAuthorizationAndPay"] {
        if is_set(flag)? {
            return Err(fields.illegal(&format!("paymentFactor.{flag}"), "must be absent or false: it is not offered"));
        }
    }
    let contradictions = [
        ("isAgreementPay", is_set("isAgreementPay")? && product != Product::AgreementPayment),
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

/// The next step of a cashier payment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RedirectActionForm {
    /// `GET`.
    #[serde(default)]
    pub method: String,
    /// The cashier page, for `my.tradePay({paymentUrl})`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// The same under the name that other documents use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirection_url: Option<String>,
}

/// The answer to pay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PayResponse {
    /// Outcome: `S` paid, `A` go to the cashier, `F` final, `U` repeat or inquire.
    pub result: ResultBody,
    /// The wallet's id, as soon as there is a payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
    /// Echo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_request_id: Option<String>,
    /// When it was paid; with `S` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_time: Option<WireTime>,
    /// The cashier; with `A` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_action_form: Option<RedirectActionForm>,
    /// Until when a held amount can be captured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_expiry_time: Option<WireTime>,
}

impl PayResponse {
    /// Paid at `payment_time`.
    #[must_use]
    pub fn paid(payment_id: PaymentId, payment_request_id: String, payment_time: WireTime) -> Self {
        let response = Self::of(ResultBody::success(), Some(payment_id), payment_request_id);
        Self { payment_time: Some(payment_time), ..response }
    }

    /// Accepted: the user continues at `cashier_url`.
    #[must_use]
    pub fn accepted(payment_id: PaymentId, payment_request_id: String, cashier_url: String) -> Self {
        let form = RedirectActionForm {
            method: "GET".to_owned(),
            redirect_url: Some(cashier_url.clone()),
            redirection_url: Some(cashier_url),
        };
        let response = Self::of(ResultBody::of(ResultCode::Accept), Some(payment_id), payment_request_id);
        Self { redirect_action_form: Some(form), ..response }
    }

    /// Failed or not known yet; with the id of the payment if there is one.
    #[must_use]
    pub fn unpaid(result: ResultBody, payment_id: Option<PaymentId>, payment_request_id: String) -> Self {
        Self::of(result, payment_id, payment_request_id)
    }

    fn of(result: ResultBody, payment_id: Option<PaymentId>, payment_request_id: String) -> Self {
        Self {
            result,
            payment_id,
            payment_request_id: Some(payment_request_id),
            payment_time: None,
            redirect_action_form: None,
            auth_expiry_time: None,
        }
    }
}

super::answer!(PayResponse);
