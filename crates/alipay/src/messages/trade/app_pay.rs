//! `alipay.trade.app.pay`: the payer pays on a page of the wallet, and signs on the same page if asked
//! (spec/alipay-agreement.md 2.12).

use super::{Order, SignParams};
use crate::json::{ContentError, Fields};
use crate::messages::agreement::PRODUCT_MAX;
use crate::price::Price;
use crate::time::WireTime;
use mithaq_types::Currency;
use serde::Serialize;

/// The shortest timeout of a page, in minutes.
const TIMEOUT_MIN: u32 = 5;

/// What is paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AppPayRequest {
    /// What for, and how much.
    pub order: Order,
    /// What is signed with it; always there with `CYCLE_PAY_AUTH`.
    pub sign: Option<SignParams>,
}

impl AppPayRequest {
    /// Reads `biz_content`; sums are in `currency`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member; `ACQ.TOTAL_FEE_EXCEED` for a sum outside the limits.
    pub fn parse(biz_content: &str, currency: Currency) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        let order = Order::read(&fields, currency, TIMEOUT_MIN)?;
        let sign = SignParams::read(&fields, currency)?;
        match fields.text("product_code", PRODUCT_MAX)?.as_deref() {
            Some("CYCLE_PAY_AUTH") if sign.is_none() => Err(fields.missing("agreement_sign_params")),
            None | Some("QUICK_MSECURITY_PAY" | "CYCLE_PAY_AUTH") => Ok(Self { order, sign }),
            Some(_) => Err(fields.illegal("product_code", "must be QUICK_MSECURITY_PAY or CYCLE_PAY_AUTH")),
        }
    }
}

/// What the page hands back: `alipay_trade_app_pay_response`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AppPayAnswer {
    /// The merchant's app.
    pub app_id: String,
    /// The merchant's number.
    pub out_trade_no: String,
    /// The wallet's number.
    pub trade_no: String,
    /// How much.
    pub total_amount: Price,
    /// Who was paid.
    pub seller_id: String,
    /// `utf-8`.
    pub charset: String,
    /// When this was written.
    pub timestamp: WireTime,
}
