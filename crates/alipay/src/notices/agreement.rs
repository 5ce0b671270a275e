//! Notices of agreements: signed, ended (spec/alipay-agreement.md 2.1.3, 2.1.4).

use super::{Notice, NoticeHead};
use crate::format_time;
use mithaq_types::Timestamp;

/// Which agreement, and whose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signer {
    /// The wallet's number of the agreement.
    pub agreement_no: String,
    /// The merchant's own number, if it gave one.
    pub external_agreement_no: Option<String>,
    /// The product.
    pub personal_product_code: String,
    /// The scene.
    pub sign_scene: String,
    /// The user's id: 16 digits.
    pub alipay_user_id: Option<String>,
    /// The same for newer apps.
    pub alipay_open_id: Option<String>,
    /// The user's login name, masked.
    pub alipay_logon_id: String,
}

impl Signer {
    pub(super) fn put(&self, notice: &mut Notice) {
        notice.put("agreement_no", &*self.agreement_no);
        notice.put_if("external_agreement_no", self.external_agreement_no.as_deref());
        notice.put("personal_product_code", &*self.personal_product_code);
        notice.put("sign_scene", &*self.sign_scene);
        notice.put_if("alipay_user_id", self.alipay_user_id.as_deref());
        notice.put_if("alipay_open_id", self.alipay_open_id.as_deref());
        notice.put("alipay_logon_id", &*self.alipay_logon_id);
    }
}

/// `dut_user_sign`: an agreement is in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignNotice {
    /// Which, and whose.
    pub signer: Signer,
    /// The user's name at the merchant, if it gave one.
    pub external_logon_id: Option<String>,
    /// When the user signed.
    pub sign_time: Timestamp,
    /// Since when it is in force.
    pub valid_time: Timestamp,
    /// When it runs out.
    pub invalid_time: Timestamp,
}

impl SignNotice {
    /// The parameters.
    #[must_use]
    pub fn notice(&self, head: &NoticeHead) -> Notice {
        let mut notice = Notice::new("dut_user_sign", head);
        notice.put("status", "NORMAL");
        self.signer.put(&mut notice);
        notice.put_if("external_logon_id", self.external_logon_id.as_deref());
        notice.put("sign_time", format_time(self.sign_time));
        notice.put("valid_time", format_time(self.valid_time));
        notice.put("invalid_time", format_time(self.invalid_time));
        notice
    }
}

/// `dut_user_unsign`: an agreement was ended, by the merchant or the user. One that ran out is not told of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnsignNotice {
    /// Which, and whose.
    pub signer: Signer,
    /// When it ended.
    pub unsign_time: Timestamp,
}

impl UnsignNotice {
    /// The parameters.
    #[must_use]
    pub fn notice(&self, head: &NoticeHead) -> Notice {
        let mut notice = Notice::new("dut_user_unsign", head);
        notice.put("status", "UNSIGN");
        self.signer.put(&mut notice);
        notice.put("unsign_time", format_time(self.unsign_time));
        notice
    }
}
