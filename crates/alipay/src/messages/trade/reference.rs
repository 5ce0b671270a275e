//! Which trade a call means (spec/alipay-agreement.md 2.7 to 2.11).

use super::TRADE_MAX;
use crate::json::{ContentError, Fields};

/// One of its two numbers; where both are given, the wallet's wins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TradeReference {
    /// `trade_no`: the wallet's.
    Trade(String),
    /// `out_trade_no`: the merchant's.
    Order(String),
}

impl TradeReference {
    pub(super) fn read(fields: &Fields) -> Result<Self, ContentError> {
        if let Some(number) = fields.text("trade_no", TRADE_MAX)? {
            return Ok(Self::Trade(number));
        }
        match fields.text("out_trade_no", TRADE_MAX)? {
            Some(number) => Ok(Self::Order(number)),
            None => Err(fields.illegal("out_trade_no", "is missing: give it or trade_no")),
        }
    }
}
