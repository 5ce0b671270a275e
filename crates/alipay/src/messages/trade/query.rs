//! `alipay.trade.query`: how a trade stands (spec/alipay-agreement.md 2.7).

use super::{FundBill, TradeReference, TradeStatus};
use crate::json::{ContentError, Fields};
use crate::price::Price;
use crate::time::WireTime;
use serde::Serialize;

/// Which trade.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryTradeRequest {
    /// Which.
    pub reference: TradeReference,
    /// What else is wanted: `fund_bill_list` and others.
    pub query_options: Vec<String>,
}

impl QueryTradeRequest {
    /// Reads `biz_content`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member.
    pub fn parse(biz_content: &str) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        Ok(Self { reference: TradeReference::read(&fields)?, query_options: fields.words("query_options")? })
    }
}

/// How it stands. Code 10000 says that the query worked, not that the trade was paid.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct QueryTradeAnswer {
    /// The wallet's number.
    pub trade_no: String,
    /// The merchant's number.
    pub out_trade_no: String,
    /// How it stands.
    pub trade_status: TradeStatus,
    /// What it is about.
    pub total_amount: Price,
    /// The payer's login name, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_logon_id: Option<String>,
    /// The payer's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_user_id: Option<String>,
    /// The same for newer apps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_open_id: Option<String>,
    /// `PRIVATE` or `CORPORATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_user_type: Option<&'static str>,
    /// What the payer paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_pay_amount: Option<Price>,
    /// What the merchant got, before fees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt_amount: Option<Price>,
    /// What was paid in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point_amount: Option<Price>,
    /// What an invoice may be over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_amount: Option<Price>,
    /// When it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_pay_date: Option<WireTime>,
    /// From what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fund_bill_list: Vec<FundBill>,
    /// As the order said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passback_params: Option<String>,
}
