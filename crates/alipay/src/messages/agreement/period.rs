//! `period_rule_params`: on which days how much (spec/alipay-agreement.md 2.1.1).

use crate::json::{ContentError, Fields};
use jiff::civil::Date;
use mithaq_types::{Currency, Money};

/// How often is deducted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Period {
    /// Every so many days; at least seven.
    Days(u16),
    /// Every so many calendar months; at least one.
    Months(u16),
}

impl Period {
    /// `period_type`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Days(_) => "DAY",
            Self::Months(_) => "MONTH",
        }
    }

    /// `period`.
    #[must_use]
    pub const fn count(self) -> u16 {
        match self {
            Self::Days(count) | Self::Months(count) => count,
        }
    }
}

/// The plan of a periodic agreement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PeriodRule {
    /// How often.
    pub period: Period,
    /// The planned day of the first deduction; may be past. By the month, a day from 1 to 28.
    pub first: Date,
    /// The most that one deduction takes; above zero.
    pub single: Money,
    /// The most that all of them take; above zero.
    pub total: Option<Money>,
    /// How many there may be; at least one.
    pub payments: Option<u32>,
}

impl PeriodRule {
    /// Reads the members of `period_rule_params`.
    pub(super) fn read(rule: &Fields, currency: Currency) -> Result<Self, ContentError> {
        let kind = rule.required_text("period_type", 20)?;
        let count = rule.whole("period")?.ok_or_else(|| rule.missing("period"))?;
        let count = u16::try_from(count).map_err(|_| rule.illegal("period", "must be at most 65535"))?;
        let first = rule.day("execute_time")?.ok_or_else(|| rule.missing("execute_time"))?;
        let period = match kind.as_str() {
            "DAY" if count < 7 => return Err(rule.illegal("period", "must be at least 7 where period_type is DAY")),
            "DAY" => Period::Days(count),
            "MONTH" if count < 1 => return Err(rule.illegal("period", "must be at least 1")),
            "MONTH" if first.day() > 28 => {
                return Err(rule.illegal("execute_time", "must be on a day from 1 to 28 where period_type is MONTH"));
            }
            "MONTH" => Period::Months(count),
            _ => return Err(rule.illegal("period_type", "must be DAY or MONTH")),
        };
        let payments = rule.whole("total_payments")?;
        if payments == Some(0) {
            return Err(rule.illegal("total_payments", "must be a whole number above zero"));
        }
        Ok(Self {
            period,
            first,
            single: rule.price("single_amount", currency)?.ok_or_else(|| rule.missing("single_amount"))?,
            total: rule.price("total_amount", currency)?,
            payments,
        })
    }
}
