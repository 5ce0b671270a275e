//! What several answers about trades hold (spec/alipay-agreement.md 2.6 to 2.11, 4.3).

use crate::price::Price;
use serde::Serialize;

/// `trade_status`. Paid are [`TradeStatus::Success`] and [`TradeStatus::Finished`]; closed alone does not say never paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum TradeStatus {
    /// Not paid yet.
    #[serde(rename = "WAIT_BUYER_PAY")]
    WaitBuyerPay,
    /// Closed unpaid, or refunded in full.
    #[serde(rename = "TRADE_CLOSED")]
    Closed,
    /// Paid; can be refunded.
    #[serde(rename = "TRADE_SUCCESS")]
    Success,
    /// Paid; can no longer be refunded.
    #[serde(rename = "TRADE_FINISHED")]
    Finished,
}

impl TradeStatus {
    /// The word on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::WaitBuyerPay => "WAIT_BUYER_PAY",
            Self::Closed => "TRADE_CLOSED",
            Self::Success => "TRADE_SUCCESS",
            Self::Finished => "TRADE_FINISHED",
        }
    }
}

/// `Y` or `N`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum YesNo {
    /// Yes.
    Y,
    /// No.
    N,
}

impl From<bool> for YesNo {
    fn from(is_so: bool) -> Self {
        if is_so { Self::Y } else { Self::N }
    }
}

/// One source of a payment's money: the member of `fund_bill_list` in answers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FundBill {
    /// Where from: `ALIPAYACCOUNT` for a balance, `BANKCARD` for a card.
    pub fund_channel: String,
    /// How much.
    pub amount: Price,
    /// How much really, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub real_amount: Option<Price>,
}
