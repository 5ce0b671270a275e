//! `alipay.trade.pay` with an agreement: a deduction (spec/alipay-agreement.md 2.6).

use super::{FundBill, Order};
use crate::json::{ContentError, Fields};
use crate::messages::agreement::{NUMBER_MAX, PRODUCT_MAX};
use crate::price::Price;
use crate::time::WireTime;
use mithaq_types::Currency;
use serde::Serialize;

/// What is deducted. `scene` and `auth_code` belong to payments in shops and are not asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PayRequest {
    /// What for, and how much.
    pub order: Order,
    /// `CYCLE_PAY_AUTH` or `GENERAL_WITHHOLDING`. Whether it fits the agreement, the agreement says.
    pub product_code: String,
    /// The wallet's number of the agreement.
    pub agreement_no: String,
    /// Whether the merchant waits for the result by notification or query instead of in the answer.
    pub is_async_pay: bool,
}

impl PayRequest {
    /// Reads `biz_content`; sums are in `currency`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member; `ACQ.TOTAL_FEE_EXCEED` for a sum outside the limits.
    pub fn parse(biz_content: &str, currency: Currency) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        let order = Order::read(&fields, currency, 1)?;
        let product_code = fields.required_text("product_code", PRODUCT_MAX)?;
        if !matches!(product_code.as_str(), "CYCLE_PAY_AUTH" | "GENERAL_WITHHOLDING") {
            let rule = "must be CYCLE_PAY_AUTH or GENERAL_WITHHOLDING: only deductions are paid by this method here";
            return Err(fields.illegal("product_code", rule));
        }
        let agreement = fields.object("agreement_params")?.ok_or_else(|| fields.missing("agreement_params"))?;
        Ok(Self {
            order,
            product_code,
            agreement_no: agreement.required_text("agreement_no", NUMBER_MAX)?,
            is_async_pay: fields.flag("is_async_pay")?.unwrap_or(false),
        })
    }
}

/// `async_payment_mode`: whether the money moved before the answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AsyncMode {
    /// It did.
    SyncDirectPay,
    /// It will, at a time that the wallet chooses.
    AsyncDelayPay,
    /// It will, at once.
    AsyncRealtimePay,
    /// It will.
    NormalAsyncPay,
}

/// The trade that was paid, or with code 10003 one whose result comes later.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PayAnswer {
    /// The wallet's number.
    pub trade_no: String,
    /// The merchant's number.
    pub out_trade_no: String,
    /// The payer's login name, masked.
    pub buyer_logon_id: String,
    /// The payer's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_user_id: Option<String>,
    /// The same for newer apps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_open_id: Option<String>,
    /// What the trade is about.
    pub total_amount: Price,
    /// What the merchant gets, before fees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt_amount: Option<Price>,
    /// What the payer pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_pay_amount: Option<Price>,
    /// What an invoice may be over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_amount: Option<Price>,
    /// What was paid in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point_amount: Option<Price>,
    /// When it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gmt_payment: Option<WireTime>,
    /// From what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fund_bill_list: Vec<FundBill>,
    /// Whether it was paid before the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub async_payment_mode: Option<AsyncMode>,
}
