//! What a user is asked to agree to, whether on a page of its own or together with a payment (spec/alipay-agreement.md 2.1, 2.12).

use super::{EXTERNAL_MAX, LOGON_MAX, PRODUCT_MAX, PeriodRule, SCENE_MAX, Validity};
use crate::json::{ContentError, Fields};
use jiff::SignedDuration;
use mithaq_types::{Currency, Timestamp};

/// The personal product with a plan.
pub const PERIODIC: &str = "CYCLE_PAY_AUTH_P";
/// The personal product without one.
pub const AT_WILL: &str = "GENERAL_WITHHOLDING_P";
/// The scene of those who name none.
const NO_SCENE: &str = "DEFAULT|DEFAULT";
/// Seconds of `effect_time`, at most: a day.
const EFFECT_MAX: u32 = 86_400;

/// The terms of an agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgreementTerms {
    /// [`PERIODIC`], [`AT_WILL`] or another that the wallet may not offer.
    pub personal_product_code: String,
    /// `CYCLE_PAY_AUTH` or `GENERAL_WITHHOLDING`; either goes with a periodic agreement.
    pub product_code: Option<String>,
    /// `ALIPAYAPP`, `QRCODE`, `QRCODEORSMS`.
    pub channel: String,
    /// `INDUSTRY|…`; never the default scene where there is a number of the merchant's own.
    pub sign_scene: Option<String>,
    /// The merchant's own number of it, at most 32 letters, digits and underscores.
    pub external_agreement_no: Option<String>,
    /// The user's name at the merchant, shown on the page.
    pub external_logon_id: Option<String>,
    /// How long it lasts; none: until somebody ends it.
    pub validity: Option<Validity>,
    /// `PARTNER` or `MERCHANT`.
    pub third_party_type: Option<String>,
    /// The plan; there for [`PERIODIC`] and only there.
    pub period_rule: Option<PeriodRule>,
    /// How many seconds after its timestamp the request may still be opened, at most a day; none: at any time.
    pub effect_time: Option<u32>,
}

impl AgreementTerms {
    /// Whether a request made at `made` may still be opened at `now`.
    #[must_use]
    pub fn may_open(&self, made: Timestamp, now: Timestamp) -> bool {
        self.effect_time.is_none_or(|seconds| now.duration_since(made) <= SignedDuration::from_secs(seconds.into()))
    }

    /// Reads the members that both kinds of signing share; sums are in `currency`.
    pub(in crate::messages) fn read(fields: &Fields, currency: Currency) -> Result<Self, ContentError> {
        let personal_product_code = fields.required_text("personal_product_code", PRODUCT_MAX)?;
        let access = fields.object("access_params")?.ok_or_else(|| fields.missing("access_params"))?;
        let external_agreement_no = fields.number_text("external_agreement_no", EXTERNAL_MAX)?;
        let sign_scene = fields.text("sign_scene", SCENE_MAX)?;
        if external_agreement_no.is_some() && sign_scene.as_deref().is_none_or(|scene| scene == NO_SCENE) {
            let rule = "must be a scene of its own where external_agreement_no is given";
            return Err(fields.illegal("sign_scene", rule));
        }
        let third_party_type = fields.text("third_party_type", 32)?;
        if third_party_type.as_deref().is_some_and(|kind| !matches!(kind, "PARTNER" | "MERCHANT")) {
            return Err(fields.illegal("third_party_type", "must be PARTNER or MERCHANT"));
        }
        let effect_time = fields.whole("effect_time")?;
        if effect_time.is_some_and(|seconds| seconds > EFFECT_MAX) {
            return Err(fields.illegal("effect_time", "must be from 0 to 86400 seconds"));
        }
        Ok(Self {
            period_rule: period_rule(fields, &personal_product_code, currency)?,
            personal_product_code,
            product_code: fields.text("product_code", PRODUCT_MAX)?,
            channel: access.required_text("channel", 20)?,
            sign_scene,
            external_agreement_no,
            external_logon_id: fields.text("external_logon_id", LOGON_MAX)?,
            validity: Validity::read(fields, "sign_validity_period")?,
            third_party_type,
            effect_time,
        })
    }
}

/// The plan, required for the periodic product and forbidden elsewhere.
fn period_rule(fields: &Fields, product: &str, currency: Currency) -> Result<Option<PeriodRule>, ContentError> {
    match (product, fields.object("period_rule_params")?) {
        (PERIODIC, Some(rule)) => PeriodRule::read(&rule, currency).map(Some),
        (PERIODIC, None) => Err(fields.missing("period_rule_params")),
        (_, Some(_)) => Err(fields.illegal("period_rule_params", "is only for CYCLE_PAY_AUTH_P")),
        (_, None) => Ok(None),
    }
}
