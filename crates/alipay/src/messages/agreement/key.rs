//! Which agreement a call means (spec/alipay-agreement.md 2.2, 2.3).

use super::{EXTERNAL_MAX, LOGON_MAX, NUMBER_MAX, PRODUCT_MAX, SCENE_MAX};
use crate::json::{ContentError, Fields};

/// The first of these that the call gives; what else it holds is ignored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AgreementKey {
    /// The wallet's number.
    Number(String),
    /// The merchant's own number, with the product and scene that it was signed with.
    External {
        /// `personal_product_code`.
        personal_product_code: String,
        /// `sign_scene`.
        sign_scene: String,
        /// `external_agreement_no`.
        external_agreement_no: String,
    },
    /// The user's agreement for a product.
    User {
        /// `personal_product_code`.
        personal_product_code: String,
        /// `sign_scene`, if it matters.
        sign_scene: Option<String>,
        /// Whose.
        user: UserKey,
    },
}

/// Who a user is; an id wins over a login name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UserKey {
    /// `alipay_user_id`.
    Id(String),
    /// `alipay_open_id`.
    OpenId(String),
    /// `alipay_logon_id`.
    LogonId(String),
}

impl AgreementKey {
    pub(super) fn read(fields: &Fields) -> Result<Self, ContentError> {
        if let Some(number) = fields.text("agreement_no", NUMBER_MAX)? {
            return Ok(Self::Number(number));
        }
        let external = fields.text("external_agreement_no", EXTERNAL_MAX)?;
        let user = UserKey::read(fields)?;
        if external.is_none() && user.is_none() {
            let rule = "is missing: give it, or external_agreement_no, or the user's id, each with what was signed";
            return Err(fields.illegal("agreement_no", rule));
        }
        let personal_product_code = fields.required_text("personal_product_code", PRODUCT_MAX)?;
        let sign_scene = fields.text("sign_scene", SCENE_MAX)?;
        match (external, user) {
            (Some(external_agreement_no), _) => Ok(Self::External {
                personal_product_code,
                sign_scene: sign_scene.ok_or_else(|| fields.missing("sign_scene"))?,
                external_agreement_no,
            }),
            (None, Some(user)) => Ok(Self::User { personal_product_code, sign_scene, user }),
            (None, None) => Err(fields.missing("agreement_no")),
        }
    }
}

impl UserKey {
    fn read(fields: &Fields) -> Result<Option<Self>, ContentError> {
        if let Some(id) = fields.text("alipay_user_id", 32)? {
            return Ok(Some(Self::Id(id)));
        }
        if let Some(id) = fields.text("alipay_open_id", 128)? {
            return Ok(Some(Self::OpenId(id)));
        }
        Ok(fields.text("alipay_logon_id", LOGON_MAX)?.map(Self::LogonId))
    }
}
