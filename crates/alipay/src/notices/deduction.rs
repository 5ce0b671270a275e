//! `dut_deduct_fail`: the wallet could not make a deduction of a plan that it runs. Our own: where merchants make every deduction
//! themselves they know without being told. Its members are called as the query of an agreement calls them
//! (spec/alipay-agreement.md 2.2), and why it failed as a deduction by the merchant would be answered (2.6).

use super::{Notice, NoticeHead, Signer};
use crate::{SubCode, format_time};
use jiff::civil::Date;
use mithaq_types::Timestamp;

/// A deduction that was not made. The agreement is in force all the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeductionNotice {
    /// Under which agreement, and whose.
    pub signer: Signer,
    /// Which deduction of the plan, from 1.
    pub period_id: u32,
    /// The day for which it was planned first.
    pub execute_time: Date,
    /// When it was tried.
    pub fail_time: Timestamp,
    /// Why it failed: what `alipay.trade.pay` would have answered.
    pub sub_code: SubCode,
    /// The day on which it is tried again; none: the period is left out.
    pub next_deduct_time: Option<Date>,
}

impl DeductionNotice {
    /// The parameters.
    #[must_use]
    pub fn notice(&self, head: &NoticeHead) -> Notice {
        let mut notice = Notice::new("dut_deduct_fail", head);
        self.signer.put(&mut notice);
        notice.put("period_id", self.period_id.to_string());
        notice.put("execute_time", self.execute_time.to_string());
        notice.put("fail_time", format_time(self.fail_time));
        notice.put("sub_code", self.sub_code.wire());
        notice.put("sub_msg", self.sub_code.message());
        notice.put_if("next_deduct_time", self.next_deduct_time.map(|day| day.to_string()));
        notice
    }
}
