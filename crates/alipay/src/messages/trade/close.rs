//! `alipay.trade.close`: an unpaid trade is closed (spec/alipay-agreement.md 2.10).

use super::TradeReference;
use crate::json::{ContentError, Fields};
use serde::Serialize;

/// Which trade.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CloseRequest {
    /// Which.
    pub reference: TradeReference,
    /// Who at the merchant closed it, at most 28 characters.
    pub operator_id: Option<String>,
}

impl CloseRequest {
    /// Reads `biz_content`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member.
    pub fn parse(biz_content: &str) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        Ok(Self { reference: TradeReference::read(&fields)?, operator_id: fields.text("operator_id", 28)? })
    }
}

/// The trade that is closed now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CloseAnswer {
    /// The wallet's number.
    pub trade_no: String,
    /// The merchant's number.
    pub out_trade_no: String,
}
