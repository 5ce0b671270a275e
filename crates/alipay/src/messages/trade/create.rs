//! `alipay.trade.create`: a trade for `my.tradePay({tradeNO})` (spec/alipay-agreement.md 2.13).

use super::{Order, SignParams};
use crate::json::{ContentError, Fields};
use crate::messages::agreement::{LOGON_MAX, PRODUCT_MAX};
use mithaq_types::Currency;
use serde::Serialize;

/// Characters of a payer's id, at most.
const ID_MAX: usize = 128;

/// Who must pay: one of these is required, and an id wins over a login name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Buyer {
    /// `buyer_id`: the wallet's id of the user.
    Id(String),
    /// `buyer_open_id`: the id for this app.
    OpenId(String),
    /// `op_buyer_open_id`: the id for the Mini Program.
    MiniProgramOpenId(String),
    /// `buyer_logon_id`.
    LogonId(String),
}

/// What is to be paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CreateRequest {
    /// What for, and how much.
    pub order: Order,
    /// `JSAPI_PAY` for Mini Programs; none means `FACE_TO_FACE_PAYMENT`.
    pub product_code: Option<String>,
    /// The Mini Program's app; always there with `JSAPI_PAY`.
    pub op_app_id: Option<String>,
    /// Who must pay.
    pub buyer: Buyer,
    /// What is signed with it.
    pub sign: Option<SignParams>,
}

impl CreateRequest {
    /// Reads `biz_content`; sums are in `currency`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member; `ACQ.TOTAL_FEE_EXCEED` for a sum outside the limits.
    pub fn parse(biz_content: &str, currency: Currency) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        let order = Order::read(&fields, currency, 1)?;
        let product_code = fields.text("product_code", PRODUCT_MAX)?;
        let op_app_id = fields.text("op_app_id", 32)?;
        if product_code.as_deref() == Some("JSAPI_PAY") && op_app_id.is_none() {
            return Err(fields.illegal("op_app_id", "is missing: with JSAPI_PAY it names the Mini Program"));
        }
        let buyer = Buyer::read(&fields)?;
        Ok(Self { order, product_code, op_app_id, buyer, sign: SignParams::read(&fields, currency)? })
    }
}

impl Buyer {
    fn read(fields: &Fields) -> Result<Self, ContentError> {
        if let Some(id) = fields.text("buyer_id", ID_MAX)? {
            return Ok(Self::Id(id));
        }
        if let Some(id) = fields.text("buyer_open_id", ID_MAX)? {
            return Ok(Self::OpenId(id));
        }
        if let Some(id) = fields.text("op_buyer_open_id", ID_MAX)? {
            return Ok(Self::MiniProgramOpenId(id));
        }
        if let Some(id) = fields.text("buyer_logon_id", LOGON_MAX)? {
            return Ok(Self::LogonId(id));
        }
        let rule = "is missing: give it, buyer_open_id, op_buyer_open_id or buyer_logon_id";
        Err(fields.illegal("buyer_id", rule))
    }
}

/// The trade, which waits for its payer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CreateAnswer {
    /// The wallet's number: `tradeNO`.
    pub trade_no: String,
    /// The merchant's number.
    pub out_trade_no: String,
}
