//! `alipay.trade.cancel`: a trade of unknown outcome is undone (spec/alipay-agreement.md 2.11).

use super::{TradeReference, YesNo};
use crate::json::{ContentError, Fields};
use serde::Serialize;

/// Which trade.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CancelRequest {
    /// Which.
    pub reference: TradeReference,
}

impl CancelRequest {
    /// Reads `biz_content`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member.
    pub fn parse(biz_content: &str) -> Result<Self, ContentError> {
        Ok(Self { reference: TradeReference::read(&Fields::of_content(biz_content)?)? })
    }
}

/// `action`: what undoing it took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CancelAction {
    /// It was unpaid, and is closed.
    Close,
    /// It was paid, and is refunded in full.
    Refund,
}

/// It is undone, or there never was one: then there is no action, and the code is 10000 all the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CancelAnswer {
    /// The wallet's number, if there is a trade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trade_no: Option<String>,
    /// The merchant's number, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out_trade_no: Option<String>,
    /// Whether to call again.
    pub retry_flag: YesNo,
    /// What was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<CancelAction>,
}
