//! Members of an object, each read by its rule.

use super::members::{Member, Members};
use crate::time::{parse_day, parse_time};
use crate::{SubCode, parse_price};
use jiff::civil::Date;
use mithaq_types::{Currency, Money, Timestamp};

/// Why content is not taken: which member, and the rule it breaks.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{member} {rule}")]
pub struct ContentError {
    /// The member by its path: `period_rule_params.period`.
    pub member: String,
    /// What it must be.
    pub rule: String,
    /// The sub-code, where it is another than the method's own for wrong members.
    pub sub_code: Option<SubCode>,
}

impl ContentError {
    /// The same with a sub-code of its own.
    #[must_use]
    pub fn with_code(self, sub_code: SubCode) -> Self {
        Self { sub_code: Some(sub_code), ..self }
    }
}

/// The members of one object. Absent, `null` and `""` all mean "not given"; unknown members are ignored; a text may come as a
/// number and a number as a text.
#[derive(Debug)]
pub struct Fields {
    path: String,
    members: Members,
}

impl Fields {
    /// The members of a `biz_content`.
    ///
    /// # Errors
    /// When it is not one JSON object, or holds a name twice: `isv.illegal-json`.
    pub fn of_content(biz_content: &str) -> Result<Self, ContentError> {
        let wrong = |why: String| ContentError {
            member: "biz_content".to_owned(),
            rule: format!("must be one JSON object: {why}"),
            sub_code: Some(SubCode::IsvIllegalJson),
        };
        Ok(Self { path: String::new(), members: Members::read(biz_content).map_err(wrong)? })
    }

    /// The refusal of a member by the rule it breaks.
    #[must_use]
    pub fn illegal(&self, name: &str, rule: &str) -> ContentError {
        ContentError { member: format!("{}{name}", self.path), rule: rule.to_owned(), sub_code: None }
    }

    /// The refusal of a member that is not there.
    #[must_use]
    pub fn missing(&self, name: &str) -> ContentError {
        self.illegal(name, "is missing")
    }

    /// Whether a member is given at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.members.get(name).is_some()
    }

    fn scalar(&self, name: &str, rule: &str) -> Result<Option<String>, ContentError> {
        match self.members.get(name) {
            None => Ok(None),
            // U+0000 cannot be stored by every database and means nothing in any of these texts.
            Some(Member::Text(text)) if !text.contains('\0') => Ok(Some(text)),
            Some(_) => Err(self.illegal(name, rule)),
        }
    }

    /// A text of at most `max` code points.
    ///
    /// # Errors
    /// [`ContentError`], as all that follow.
    pub fn text(&self, name: &str, max: usize) -> Result<Option<String>, ContentError> {
        let rule = || format!("must be a text of at most {max} characters");
        match self.scalar(name, &rule())? {
            Some(text) if text.chars().count() > max => Err(self.illegal(name, &rule())),
            text => Ok(text),
        }
    }

    /// The same, where it must be given.
    pub fn required_text(&self, name: &str, max: usize) -> Result<String, ContentError> {
        self.text(name, max)?.ok_or_else(|| self.missing(name))
    }

    /// A number that the merchant made: letters, digits and underscores.
    pub fn number_text(&self, name: &str, max: usize) -> Result<Option<String>, ContentError> {
        let plain = |text: &String| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match self.text(name, max)? {
            Some(text) if !plain(&text) => Err(self.illegal(name, "must be letters, digits and underscores")),
            text => Ok(text),
        }
    }

    /// A whole number.
    pub fn whole(&self, name: &str) -> Result<Option<u32>, ContentError> {
        let rule = "must be a whole number";
        match self.scalar(name, rule)? {
            None => Ok(None),
            Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                text.parse().map(Some).map_err(|_| self.illegal(name, rule))
            }
            Some(_) => Err(self.illegal(name, rule)),
        }
    }

    /// A sum above zero with at most two decimals.
    pub fn price(&self, name: &str, currency: Currency) -> Result<Option<Money>, ContentError> {
        let rule = "must be a sum above zero with at most two decimals";
        match self.scalar(name, rule)? {
            None => Ok(None),
            Some(text) => {
                let price = parse_price(&text, currency).filter(|price| price.minor > 0);
                price.map(Some).ok_or_else(|| self.illegal(name, rule))
            }
        }
    }

    /// A sum above zero and of at most `most` minor units; one outside of that, zero and below too, is refused as `outside`.
    pub fn price_within(
        &self,
        name: &str,
        currency: Currency,
        most: i64,
        outside: SubCode,
    ) -> Result<Money, ContentError> {
        let rule = "must be a sum with at most two decimals";
        let text = self.scalar(name, rule)?.ok_or_else(|| self.missing(name))?;
        let (below, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |digits| (true, digits));
        let price = parse_price(digits, currency).ok_or_else(|| self.illegal(name, rule))?;
        if below || price.minor == 0 || price.minor > most {
            let most = crate::format_price(Money::new(most, currency));
            return Err(self.illegal(name, &format!("must be from 0.01 to {most}")).with_code(outside));
        }
        Ok(price)
    }

    /// A boolean, or the text of one.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, ContentError> {
        match self.members.get(name) {
            None => Ok(None),
            Some(Member::Flag(flag)) => Ok(Some(flag)),
            Some(Member::Text(text)) if text == "true" => Ok(Some(true)),
            Some(Member::Text(text)) if text == "false" => Ok(Some(false)),
            Some(_) => Err(self.illegal(name, "must be true or false")),
        }
    }

    /// A day, `yyyy-MM-dd`.
    pub fn day(&self, name: &str) -> Result<Option<Date>, ContentError> {
        let rule = "must be a day, yyyy-MM-dd";
        match self.scalar(name, rule)? {
            None => Ok(None),
            Some(text) => parse_day(&text).map(Some).ok_or_else(|| self.illegal(name, rule)),
        }
    }

    /// A time, `yyyy-MM-dd HH:mm:ss`, in GMT+8.
    pub fn time(&self, name: &str) -> Result<Option<Timestamp>, ContentError> {
        let rule = "must be a time, yyyy-MM-dd HH:mm:ss";
        match self.scalar(name, rule)? {
            None => Ok(None),
            Some(text) => parse_time(&text).map(Some).ok_or_else(|| self.illegal(name, rule)),
        }
    }

    /// An absolute http or https URL of at most `max` characters, kept as it is.
    pub fn http_url(&self, name: &str, max: usize) -> Result<Option<String>, ContentError> {
        match self.text(name, max)? {
            Some(text) if !crate::call::is_http_url(&text) => {
                Err(self.illegal(name, "must be an absolute http or https URL"))
            }
            text => Ok(text),
        }
    }

    /// An object, or the JSON text of one.
    pub fn object(&self, name: &str) -> Result<Option<Self>, ContentError> {
        let members = match self.members.get(name) {
            None => return Ok(None),
            Some(Member::Tree(text) | Member::Text(text)) => Members::read(&text),
            Some(Member::Flag(_)) => Err("it is true or false".to_owned()),
        };
        let members = members.map_err(|why| self.illegal(name, &format!("must be an object: {why}")))?;
        Ok(Some(Self { path: format!("{}{name}.", self.path), members }))
    }

    /// A list of short words, as `query_options` is.
    pub fn words(&self, name: &str) -> Result<Vec<String>, ContentError> {
        match self.members.get(name) {
            None => Ok(Vec::new()),
            Some(Member::Tree(text) | Member::Text(text)) => {
                serde_json::from_str(&text).map_err(|_| self.illegal(name, "must be a list of texts"))
            }
            Some(Member::Flag(_)) => Err(self.illegal(name, "must be a list of texts")),
        }
    }
}
