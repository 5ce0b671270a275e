//! `trade_status_sync`: a trade was paid, refunded or closed (spec/alipay-agreement.md 2.15).

use super::{Notice, NoticeHead};
use crate::messages::{FundBill, TradeStatus};
use crate::{Price, format_price, format_time};
use mithaq_types::{Money, Timestamp};
use serde::Serialize;

/// How a trade stands now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TradeNotice {
    /// The wallet's number.
    pub trade_no: String,
    /// The merchant's number.
    pub out_trade_no: String,
    /// How it stands.
    pub trade_status: TradeStatus,
    /// What it is about.
    pub total_amount: Money,
    /// What the merchant got, before fees.
    pub receipt_amount: Option<Money>,
    /// What the payer paid.
    pub buyer_pay_amount: Option<Money>,
    /// What an invoice may be over.
    pub invoice_amount: Option<Money>,
    /// What was paid in points.
    pub point_amount: Option<Money>,
    /// The payer's id.
    pub buyer_id: Option<String>,
    /// The payer's login name, masked.
    pub buyer_logon_id: Option<String>,
    /// The payer's id for newer apps.
    pub buyer_open_id: Option<String>,
    /// Who is paid.
    pub seller_id: Option<String>,
    /// As the order said.
    pub subject: String,
    /// As the order said.
    pub body: Option<String>,
    /// When it was made.
    pub gmt_create: Timestamp,
    /// When it was paid.
    pub gmt_payment: Option<Timestamp>,
    /// When the last refund was made.
    pub gmt_refund: Option<Timestamp>,
    /// When it was closed.
    pub gmt_close: Option<Timestamp>,
    /// What was given back so far.
    pub refund_fee: Option<Money>,
    /// The merchant's number of the refund that this tells of.
    pub out_biz_no: Option<String>,
    /// From what it was paid.
    pub fund_bill_list: Vec<FundBill>,
    /// As the order said.
    pub passback_params: Option<String>,
    /// The agreement that it was deducted under.
    pub agreement_no: Option<String>,
    /// The merchant's own number of that.
    pub external_agreement_no: Option<String>,
}

/// A source of money as notices name it: unlike answers, in camel case.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NoticeBill<'a> {
    amount: Price,
    fund_channel: &'a str,
}

impl TradeNotice {
    /// The parameters.
    #[must_use]
    pub fn notice(&self, head: &NoticeHead) -> Notice {
        let mut notice = Notice::new("trade_status_sync", head);
        let price = |money: Option<Money>| money.map(format_price);
        let time = |time: Option<Timestamp>| time.map(format_time);
        notice.put("trade_no", &*self.trade_no);
        notice.put("out_trade_no", &*self.out_trade_no);
        notice.put("trade_status", self.trade_status.wire());
        notice.put("total_amount", format_price(self.total_amount));
        notice.put_if("receipt_amount", price(self.receipt_amount));
        notice.put_if("buyer_pay_amount", price(self.buyer_pay_amount));
        notice.put_if("invoice_amount", price(self.invoice_amount));
        notice.put_if("point_amount", price(self.point_amount));
        notice.put_if("buyer_id", self.buyer_id.as_deref());
        notice.put_if("buyer_logon_id", self.buyer_logon_id.as_deref());
        notice.put_if("buyer_open_id", self.buyer_open_id.as_deref());
        notice.put_if("seller_id", self.seller_id.as_deref());
        notice.put("subject", &*self.subject);
        notice.put_if("body", self.body.as_deref());
        notice.put("gmt_create", format_time(self.gmt_create));
        notice.put_if("gmt_payment", time(self.gmt_payment));
        notice.put_if("gmt_refund", time(self.gmt_refund));
        notice.put_if("gmt_close", time(self.gmt_close));
        notice.put_if("refund_fee", price(self.refund_fee));
        notice.put_if("out_biz_no", self.out_biz_no.as_deref());
        notice.put_if("fund_bill_list", self.fund_bills());
        notice.put_if("passback_params", self.passback_params.as_deref());
        notice.put_if("agreement_no", self.agreement_no.as_deref());
        notice.put_if("external_agreement_no", self.external_agreement_no.as_deref());
        notice
    }

    fn fund_bills(&self) -> Option<String> {
        let bill = |bill: &FundBill| {
            serde_json::to_string(&NoticeBill { amount: bill.amount, fund_channel: &bill.fund_channel }).ok()
        };
        let bills: Vec<String> = self.fund_bill_list.iter().filter_map(bill).collect();
        if bills.is_empty() { None } else { Some(format!("[{}]", bills.join(","))) }
    }
}
