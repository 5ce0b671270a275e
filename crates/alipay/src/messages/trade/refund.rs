//! `alipay.trade.refund`: money goes back, all or a part (spec/alipay-agreement.md 2.8).

use super::{AMOUNT_MAX, TRADE_MAX, TradeReference, YesNo};
use crate::SubCode;
use crate::json::{ContentError, Fields};
use crate::price::Price;
use crate::time::WireTime;
use mithaq_types::{Currency, Money};
use serde::Serialize;

/// What is given back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefundRequest {
    /// Of which trade.
    pub reference: TradeReference,
    /// How much.
    pub refund_amount: Money,
    /// The merchant's number of the refund, unique within the trade; none: the trade's `out_trade_no` takes its place.
    pub out_request_no: Option<String>,
    /// Why, at most 256 characters.
    pub refund_reason: Option<String>,
    /// What else is wanted.
    pub query_options: Vec<String>,
}

impl RefundRequest {
    /// Reads `biz_content`; sums are in `currency`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member; `ACQ.REFUND_FEE_ERROR` for a sum outside the limits, and
    /// `ACQ.CURRENCY_NOT_SUPPORT` for another currency than the trade's.
    pub fn parse(biz_content: &str, currency: Currency) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        let reference = TradeReference::read(&fields)?;
        if fields.text("refund_currency", 8)?.is_some_and(|code| code != currency.code()) {
            let error = fields.illegal("refund_currency", &format!("must be {currency} or be left out"));
            return Err(error.with_code(SubCode::AcqCurrencyNotSupport));
        }
        Ok(Self {
            reference,
            refund_amount: fields.price_within("refund_amount", currency, AMOUNT_MAX, SubCode::AcqRefundFeeError)?,
            out_request_no: fields.text("out_request_no", TRADE_MAX)?,
            refund_reason: fields.text("refund_reason", 256)?,
            query_options: fields.words("query_options")?,
        })
    }
}

/// What was given back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RefundAnswer {
    /// The wallet's number of the trade.
    pub trade_no: String,
    /// The merchant's number of the trade.
    pub out_trade_no: String,
    /// The payer's login name, masked.
    pub buyer_logon_id: String,
    /// The payer's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_user_id: Option<String>,
    /// The same for newer apps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_open_id: Option<String>,
    /// Whether this very call moved money; no on a repeat.
    pub fund_change: YesNo,
    /// What was given back of this trade so far, all refunds together.
    pub refund_fee: Price,
    /// What of it the payer has, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_back_fee: Option<Price>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gmt_refund_pay: Option<WireTime>,
}
