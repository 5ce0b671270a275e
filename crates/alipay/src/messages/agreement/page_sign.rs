//! `alipay.user.agreement.page.sign`: a page on which the user signs (spec/alipay-agreement.md 2.1).

use super::AgreementTerms;
use crate::json::{ContentError, Fields};
use mithaq_types::Currency;

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageSign {
    /// What the user is to agree to.
    pub terms: AgreementTerms,
    /// Whether it is in force at once; otherwise the merchant must make it so later.
    pub is_direct: bool,
    /// Who must sign.
    pub identity: Option<Identity>,
    /// How old the signer must be.
    pub ages: Option<Ages>,
}

/// `identity_params`: what the merchant knows of the user. Whatever is given must fit who is logged in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Identity {
    /// The real name.
    pub user_name: Option<String>,
    /// The number of the identity document.
    pub cert_no: Option<String>,
    /// A hash over name and number.
    pub identity_hash: Option<String>,
    /// The wallet's id of the user.
    pub sign_user_id: Option<String>,
}

/// `user_age_range`: whole years, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ages {
    /// At least so old.
    pub min: Option<u32>,
    /// At most so old.
    pub max: Option<u32>,
}

impl PageSign {
    /// Reads `biz_content`; sums are in `currency`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member.
    pub fn parse(biz_content: &str, currency: Currency) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        let effect = fields.text("agreement_effect_type", 32)?;
        Ok(Self {
            terms: AgreementTerms::read(&fields, currency)?,
            is_direct: effect.is_none_or(|effect| effect == "DIRECT"),
            identity: fields.object("identity_params")?.map(|identity| Identity::read(&identity)).transpose()?,
            ages: fields.object("user_age_range")?.map(|ages| Ages::read(&ages)).transpose()?,
        })
    }
}

impl Identity {
    fn read(fields: &Fields) -> Result<Self, ContentError> {
        Ok(Self {
            user_name: fields.text("user_name", 128)?,
            cert_no: fields.text("cert_no", 128)?,
            identity_hash: fields.text("identity_hash", 128)?,
            sign_user_id: fields.text("sign_user_id", 128)?,
        })
    }
}

impl Ages {
    fn read(fields: &Fields) -> Result<Self, ContentError> {
        let ages = Self { min: fields.whole("min")?, max: fields.whole("max")? };
        match (ages.min, ages.max) {
            (Some(min), Some(max)) if min > max => Err(fields.illegal("max", "must not be below min")),
            _ => Ok(ages),
        }
    }
}
