//! `alipay.user.agreement.executionplan.modify`: the next deduction on a later day (spec/alipay-agreement.md 2.4).

use super::NUMBER_MAX;
use crate::json::{ContentError, Fields};
use jiff::civil::Date;
use serde::Serialize;

/// What is changed. Whether the day is possible, the plan says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModifyRequest {
    /// The wallet's number of the agreement.
    pub agreement_no: String,
    /// The new day of the next deduction.
    pub deduct_time: Date,
    /// Why.
    pub memo: Option<String>,
}

impl ModifyRequest {
    /// Reads `biz_content`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member.
    pub fn parse(biz_content: &str) -> Result<Self, ContentError> {
        let fields = Fields::of_content(biz_content)?;
        Ok(Self {
            agreement_no: fields.required_text("agreement_no", NUMBER_MAX)?,
            deduct_time: fields.day("deduct_time")?.ok_or_else(|| fields.missing("deduct_time"))?,
            memo: fields.text("memo", 256)?,
        })
    }
}

/// What it is now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ModifyAnswer {
    /// The wallet's number of the agreement.
    pub agreement_no: String,
    /// The day of the next deduction.
    pub deduct_time: Date,
}
