//! What a trade is about, whichever method begins it (spec/alipay-agreement.md 2.6).

use super::{AMOUNT_MAX, Expiry, TRADE_MAX};
use crate::SubCode;
use crate::json::{ContentError, Fields};
use mithaq_types::{Currency, Money};

/// The order. `goods_detail`, `extend_params` and the like are taken and ignored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
    /// The merchant's number of it: at most 64 letters, digits and underscores; unique per merchant.
    pub out_trade_no: String,
    /// What the payer reads, at most 256 characters.
    pub subject: String,
    /// How much: 0.01 to 100000000.00 yuan.
    pub total_amount: Money,
    /// More about it, at most 128 characters; comes back in the notification.
    pub body: Option<String>,
    /// Anything, at most 512 characters; comes back in the notification as it was sent.
    pub passback_params: Option<String>,
    /// When it closes unpaid.
    pub expiry: Expiry,
    /// Who is paid, at most 28 characters; none: the merchant itself.
    pub seller_id: Option<String>,
}

impl Order {
    /// Reads the members; sums are in `currency`, `least` is the shortest timeout in minutes.
    pub(super) fn read(fields: &Fields, currency: Currency, least: u32) -> Result<Self, ContentError> {
        Ok(Self {
            out_trade_no: fields
                .number_text("out_trade_no", TRADE_MAX)?
                .ok_or_else(|| fields.missing("out_trade_no"))?,
            subject: fields.required_text("subject", 256)?,
            total_amount: fields.price_within("total_amount", currency, AMOUNT_MAX, SubCode::AcqTotalFeeExceed)?,
            body: fields.text("body", 128)?,
            passback_params: fields.text("passback_params", 512)?,
            expiry: Expiry::read(fields, least)?,
            seller_id: fields.text("seller_id", 28)?,
        })
    }
}
