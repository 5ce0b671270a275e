//! `result` of a page: JSON text that holds the signed answer (spec/alipay-agreement.md 1.7).

use crate::messages::AgreementStatus;
use crate::{Method, SignType, WireTime, root_of};
use serde::Serialize;

/// `alipay_user_agreement_page_sign_response` of an agreement that is signed, in the order of the seed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PageSignAnswer {
    /// The merchant's app.
    pub app_id: String,
    /// The app for which that one acts; the same where it acts for itself.
    pub auth_app_id: String,
    /// As the request said.
    pub charset: String,
    /// When this was written.
    pub timestamp: WireTime,
    /// The scene.
    pub sign_scene: String,
    /// Since when it is in force.
    pub valid_time: WireTime,
    /// Whether it is.
    pub status: AgreementStatus,
    /// The merchant's own number, if it gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_agreement_no: Option<String>,
    /// The wallet's number.
    pub agreement_no: String,
    /// The user's name at the merchant, if it gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_logon_id: Option<String>,
    /// The user's login name, masked.
    pub alipay_logon_id: String,
    /// When it runs out.
    pub invalid_time: WireTime,
    /// The product.
    pub personal_product_code: String,
    /// When the user signed.
    pub sign_time: WireTime,
    /// The user's id for this merchant; not in the seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alipay_user_id: Option<String>,
}

/// `result`: the answer under its method's name, its signature, and how it was signed. `object` is what
/// [`business_object`](crate::business_object) made, and `sign` is over exactly that, as in 1.4.
#[must_use]
pub fn page_result(method: Method, object: &str, sign: &str, sign_type: SignType) -> String {
    let root = root_of(Some(method), false);
    format!("{{\"{root}\":{object},\"sign\":\"{sign}\",\"sign_type\":\"{}\"}}", sign_type.wire())
}
