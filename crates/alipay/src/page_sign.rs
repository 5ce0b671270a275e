//! `alipay.user.agreement.page.sign`: what a merchant wants a user to agree to (spec/alipay-agreement.md 2.1).

use crate::price::parse_price;
use jiff::civil::Date;
use mithaq_types::{Currency, Money};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A member that is missing or wrong, by its path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Member(pub &'static str);

impl std::fmt::Display for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// Why the business content is not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PageSignError {
    /// It is no JSON object, or a member has another type than it must have.
    #[error("biz_content is not a JSON object of the kind alipay.user.agreement.page.sign takes: {0}")]
    Json(String),
    /// A member is missing.
    #[error("{0} is missing")]
    Missing(Member),
    /// A member breaks a rule.
    #[error("{0} {1}")]
    Illegal(Member, &'static str),
}

/// How often is deducted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Period {
    /// Every so many days; at least seven.
    Days(u16),
    /// Every so many calendar months; at least one.
    Months(u16),
}

/// `period_rule_params`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PeriodRule {
    /// How often.
    pub period: Period,
    /// The planned day of the first deduction; may be past.
    pub first: Date,
    /// The most that one deduction takes.
    pub single: Money,
    /// The most that all of them take.
    pub total: Option<Money>,
    /// How many there may be.
    pub payments: Option<u32>,
}

/// `sign_validity_period`: how long the agreement lasts from the request on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Validity {
    /// So many days.
    Days(u16),
    /// So many calendar months.
    Months(u16),
}

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageSign {
    /// `CYCLE_PAY_AUTH_P` or `GENERAL_WITHHOLDING_P`.
    pub personal_product_code: String,
    /// `CYCLE_PAY_AUTH` or `GENERAL_WITHHOLDING`.
    pub product_code: Option<String>,
    /// `ALIPAYAPP`, `QRCODE`, `QRCODEORSMS`.
    pub channel: String,
    /// `INDUSTRY|…`.
    pub sign_scene: Option<String>,
    /// The merchant's own number of it.
    pub external_agreement_no: Option<String>,
    /// The user's name at the merchant.
    pub external_logon_id: Option<String>,
    /// How long it lasts; none: until somebody ends it.
    pub validity: Option<Validity>,
    /// `PARTNER` or `MERCHANT`.
    pub third_party_type: Option<String>,
    /// The plan, where it is a periodic one.
    pub period_rule: Option<PeriodRule>,
}

/// The product that needs a plan.
pub const PERIODIC: &str = "CYCLE_PAY_AUTH_P";
/// The product that has none.
pub const AT_WILL: &str = "GENERAL_WITHHOLDING_P";

#[derive(Deserialize)]
struct Content<'a> {
    personal_product_code: Option<String>,
    product_code: Option<String>,
    access_params: Option<Access>,
    sign_scene: Option<String>,
    external_agreement_no: Option<String>,
    external_logon_id: Option<String>,
    sign_validity_period: Option<String>,
    third_party_type: Option<String>,
    #[serde(borrow)]
    period_rule_params: Option<Rule<'a>>,
}

#[derive(Deserialize)]
struct Access {
    channel: Option<String>,
}

#[derive(Deserialize)]
struct Rule<'a> {
    period_type: Option<String>,
    #[serde(borrow)]
    period: Option<&'a RawValue>,
    execute_time: Option<String>,
    #[serde(borrow)]
    single_amount: Option<&'a RawValue>,
    #[serde(borrow)]
    total_amount: Option<&'a RawValue>,
    #[serde(borrow)]
    total_payments: Option<&'a RawValue>,
}

impl PageSign {
    /// Reads `biz_content`; sums are in `currency`. Unknown members are ignored, an empty text is none.
    ///
    /// # Errors
    /// [`PageSignError`], which names the member.
    pub fn parse(biz_content: &str, currency: Currency) -> Result<Self, PageSignError> {
        let content: Content<'_> =
            serde_json::from_str(biz_content).map_err(|error| PageSignError::Json(error.to_string()))?;
        let personal_product_code = required(content.personal_product_code, "personal_product_code", 64)?;
        let channel = required(content.access_params.and_then(|access| access.channel), "access_params.channel", 20)?;
        let external_agreement_no = optional(content.external_agreement_no, "external_agreement_no", 32)?;
        if external_agreement_no.as_deref().is_some_and(|number| !number.bytes().all(is_number_byte)) {
            return Err(illegal("external_agreement_no", "must be letters, digits and underscores"));
        }
        let sign_scene = optional(content.sign_scene, "sign_scene", 64)?;
        if external_agreement_no.is_some() && sign_scene.as_deref().is_none_or(|scene| scene == "DEFAULT|DEFAULT") {
            return Err(illegal("sign_scene", "must be a scene of its own where external_agreement_no is given"));
        }
        let period_rule = match (personal_product_code.as_str(), content.period_rule_params) {
            (PERIODIC, Some(rule)) => Some(rule.read(currency)?),
            (PERIODIC, None) => return Err(PageSignError::Missing(Member("period_rule_params"))),
            (_, Some(_)) => return Err(illegal("period_rule_params", "is only for CYCLE_PAY_AUTH_P")),
            (_, None) => None,
        };
        Ok(Self {
            personal_product_code,
            product_code: optional(content.product_code, "product_code", 64)?,
            channel,
            sign_scene,
            external_agreement_no,
            external_logon_id: optional(content.external_logon_id, "external_logon_id", 100)?,
            validity: optional(content.sign_validity_period, "sign_validity_period", 8)?
                .map(|text| validity(&text))
                .transpose()?,
            third_party_type: optional(content.third_party_type, "third_party_type", 32)?,
            period_rule,
        })
    }
}

impl Rule<'_> {
    fn read(self, currency: Currency) -> Result<PeriodRule, PageSignError> {
        let count = required_scalar(self.period, "period_rule_params.period")?;
        let count = count.parse::<u16>().map_err(|_| illegal("period_rule_params.period", "must be a whole number"))?;
        let first = required(self.execute_time, "period_rule_params.execute_time", 10)?;
        let first: Date =
            first.parse().map_err(|_| illegal("period_rule_params.execute_time", "must be a day, yyyy-MM-dd"))?;
        let period = match required(self.period_type, "period_rule_params.period_type", 20)?.as_str() {
            "DAY" if count < 7 => {
                return Err(illegal("period_rule_params.period", "must be at least 7 where period_type is DAY"));
            }
            "DAY" => Period::Days(count),
            "MONTH" if count < 1 => return Err(illegal("period_rule_params.period", "must be at least 1")),
            "MONTH" if first.day() > 28 => {
                return Err(illegal(
                    "period_rule_params.execute_time",
                    "must be on a day from 1 to 28 where period_type is MONTH",
                ));
            }
            "MONTH" => Period::Months(count),
            _ => return Err(illegal("period_rule_params.period_type", "must be DAY or MONTH")),
        };
        let price = |text: &str, member| {
            parse_price(text, currency)
                .filter(|price| price.minor > 0)
                .ok_or_else(|| illegal(member, "must be a sum above zero with at most two decimals"))
        };
        let single = required_scalar(self.single_amount, "period_rule_params.single_amount")?;
        let total = self.total_amount.and_then(scalar);
        let payments = self.total_payments.and_then(scalar);
        Ok(PeriodRule {
            period,
            first,
            single: price(&single, "period_rule_params.single_amount")?,
            total: total.map(|text| price(&text, "period_rule_params.total_amount")).transpose()?,
            payments: payments
                .map(|text| text.parse::<u32>().ok().filter(|count| *count > 0))
                .map(|count| {
                    count.ok_or_else(|| {
                        illegal("period_rule_params.total_payments", "must be a whole number above zero")
                    })
                })
                .transpose()?,
        })
    }
}

const fn is_number_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

const fn illegal(member: &'static str, rule: &'static str) -> PageSignError {
    PageSignError::Illegal(Member(member), rule)
}

fn required(text: Option<String>, member: &'static str, most: usize) -> Result<String, PageSignError> {
    optional(text, member, most)?.ok_or(PageSignError::Missing(Member(member)))
}

fn optional(text: Option<String>, member: &'static str, most: usize) -> Result<Option<String>, PageSignError> {
    match text.filter(|text| !text.is_empty()) {
        Some(text) if text.chars().count() > most => Err(illegal(member, "is too long")),
        text => Ok(text),
    }
}

/// A JSON string or number as text; nothing for an empty string, null and anything else.
fn scalar(raw: &RawValue) -> Option<String> {
    let raw = raw.get();
    let text = match raw.strip_prefix('"') {
        Some(_) => serde_json::from_str::<String>(raw).ok()?,
        None => raw.to_owned(),
    };
    Some(text).filter(|text| !text.is_empty() && text != "null")
}

fn required_scalar(raw: Option<&RawValue>, member: &'static str) -> Result<String, PageSignError> {
    raw.and_then(scalar).ok_or(PageSignError::Missing(Member(member)))
}

/// `2m`, `30d`.
fn validity(text: &str) -> Result<Validity, PageSignError> {
    let wrong = || illegal("sign_validity_period", "must be a number followed by d or m");
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let count =
        text.get(..text.len() - unit.len_utf8()).and_then(|count| count.parse::<u16>().ok()).filter(|count| *count > 0);
    match (count, unit) {
        (Some(count), 'd') => Ok(Validity::Days(count)),
        (Some(count), 'm') => Ok(Validity::Months(count)),
        _ => Err(wrong()),
    }
}
