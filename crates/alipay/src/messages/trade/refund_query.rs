//! `alipay.trade.fastpay.refund.query`: how a refund stands (spec/alipay-agreement.md 2.9).

use super::{TRADE_MAX, TradeReference};
use crate::json::{ContentError, Fields};
use crate::price::Price;
use crate::time::WireTime;
use serde::Serialize;

/// Which refund.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefundQueryRequest {
    /// Of which trade.
    pub reference: TradeReference,
    /// The merchant's number of the refund; where it had none, the trade's `out_trade_no`.
    pub out_request_no: String,
    /// What else is wanted: `gmt_refund_pay` and others.
    pub query_options: Vec<String>,
}

impl RefundQueryRequest {
    /// Reads `biz_content`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member.
    pub fn parse(biz_content: &str) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        Ok(Self {
            reference: TradeReference::read(&fields)?,
            out_request_no: fields.required_text("out_request_no", TRADE_MAX)?,
            query_options: fields.words("query_options")?,
        })
    }

    /// Whether something is wanted that is only told on request.
    #[must_use]
    pub fn wants(&self, option: &str) -> bool {
        self.query_options.iter().any(|wanted| wanted == option)
    }
}

/// How it stands. A refund that is not there, or not done, has none of the refund's members: absence is the answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RefundQueryAnswer {
    /// The wallet's number of the trade.
    pub trade_no: String,
    /// The merchant's number of the trade.
    pub out_trade_no: String,
    /// The refund, if it is done.
    #[serde(flatten)]
    pub refund: Option<FoundRefund>,
}

/// A refund that is done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FoundRefund {
    /// The merchant's number of it.
    pub out_request_no: String,
    /// What the trade is about.
    pub total_amount: Price,
    /// What this refund gave back.
    pub refund_amount: Price,
    refund_status: &'static str,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_reason: Option<String>,
    /// When; on request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gmt_refund_pay: Option<WireTime>,
    /// What of it the payer has; on request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_back_fee: Option<Price>,
}

impl FoundRefund {
    /// A refund that succeeded, without what is only told on request.
    #[must_use]
    pub const fn new(out_request_no: String, total_amount: Price, refund_amount: Price) -> Self {
        Self {
            out_request_no,
            total_amount,
            refund_amount,
            refund_status: "REFUND_SUCCESS",
            refund_reason: None,
            gmt_refund_pay: None,
            send_back_fee: None,
        }
    }
}
