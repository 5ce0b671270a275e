//! `alipay.user.agreement.transfer`: an agreement at will gets a plan (spec/alipay-agreement.md 2.5).

use super::{NUMBER_MAX, PERIODIC, PRODUCT_MAX, PeriodRule};
use crate::json::{ContentError, Fields};
use crate::{Price, SubCode};
use jiff::civil::Date;
use mithaq_types::Currency;
use serde::Serialize;

/// What is changed: the merchant's rights become narrower.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TransferRequest {
    /// The wallet's number of the agreement.
    pub agreement_no: String,
    /// The plan that it gets.
    pub period_rule: PeriodRule,
}

impl TransferRequest {
    /// Reads `biz_content`; sums are in `currency`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member; `PRODUCT_CODE_IS_INVALID` for any target but the periodic product.
    pub fn parse(biz_content: &str, currency: Currency) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        let agreement_no = fields.required_text("agreement_no", NUMBER_MAX)?;
        if fields.required_text("target_product_code", PRODUCT_MAX)? != PERIODIC {
            let error = fields.illegal("target_product_code", "must be CYCLE_PAY_AUTH_P");
            return Err(error.with_code(SubCode::ProductCodeIsInvalid));
        }
        let rule = fields.object("period_rule_params")?.ok_or_else(|| fields.missing("period_rule_params"))?;
        Ok(Self { agreement_no, period_rule: PeriodRule::read(&rule, currency)? })
    }
}

/// The plan that it has now; all members are strings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TransferAnswer {
    execute_time: Date,
    period: String,
    period_type: &'static str,
    amount: Price,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_amount: Option<Price>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_payments: Option<String>,
}

impl TransferAnswer {
    /// The answer for a plan.
    #[must_use]
    pub fn of(rule: &PeriodRule) -> Self {
        Self {
            execute_time: rule.first,
            period: rule.period.count().to_string(),
            period_type: rule.period.kind(),
            amount: Price(rule.single),
            total_amount: rule.total.map(Price),
            total_payments: rule.payments.map(|count| count.to_string()),
        }
    }
}
