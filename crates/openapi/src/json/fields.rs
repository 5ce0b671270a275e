//! Members of an object, each read by its rule.

use super::{Language, read_object};
use crate::amount::parse_minor;
use crate::{ApiError, ResultCode, time};
use mithaq_types::{Currency, Money, Timestamp};
use serde_json::{Map, Value};
use std::borrow::Cow;
use url::Url;

/// Longest `extendInfo` (spec/qicard.md 12).
const EXTEND_INFO_MAX: usize = 4096;

/// The members of one object. Absent, `null` and, for texts, `""` all mean "not given"; unknown members are ignored.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    path: String,
    members: Cow<'a, Map<String, Value>>,
}

impl<'a> Fields<'a> {
    /// The members of a body.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, see [`read_object`].
    pub fn of_body(body: &[u8]) -> Result<Fields<'static>, ApiError> {
        Ok(Fields { path: String::new(), members: Cow::Owned(read_object(body)?) })
    }

    /// The full name of a member: `order.buyer.referenceBuyerId`.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }

    /// The refusal of a member by the rule it breaks.
    #[must_use]
    pub fn illegal(&self, name: &str, rule: &str) -> ApiError {
        ApiError::illegal(&self.path(name), rule)
    }

    fn value(&self, name: &str) -> Option<&Value> {
        #[cfg(test)]
        super::seen::note(self.path(name));
        self.members.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// Whether a member is given at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    fn text_by(
        &self,
        name: &str,
        fits: impl Fn(&str) -> bool,
        rule: impl Fn() -> String,
    ) -> Result<Option<String>, ApiError> {
        match self.value(name) {
            None => Ok(None),
            // U+0000 cannot be stored by every database and means nothing in any of these texts.
            Some(Value::String(text)) if fits(text) && !text.contains('\0') => Ok(Some(text.clone())),
            Some(_) => Err(self.illegal(name, &rule())),
        }
    }

    fn required<T>(&self, name: &str, given: Option<T>, rule: impl Fn() -> String) -> Result<T, ApiError> {
        given.ok_or_else(|| self.illegal(name, &rule()))
    }

    /// A text of at most `max` code points.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn text(&self, name: &str, max: usize) -> Result<Option<String>, ApiError> {
        self.text_by(name, |text| text.chars().count() <= max, || text_rule(max))
    }

    /// A text of 1 to `max` code points.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn required_text(&self, name: &str, max: usize) -> Result<String, ApiError> {
        self.required(name, self.text(name, max)?, || text_rule(max))
    }

    /// An id the merchant made: 1 to `max` of `A-Z a-z 0-9 _ . : -`.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn merchant_id(&self, name: &str, max: usize) -> Result<Option<String>, ApiError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte);
        self.text_by(name, |text| text.len() <= max && text.bytes().all(allowed), || id_rule(max))
    }

    /// The same, where it must be given.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn required_merchant_id(&self, name: &str, max: usize) -> Result<String, ApiError> {
        self.required(name, self.merchant_id(name, max)?, || id_rule(max))
    }

    /// A boolean, or the text of one.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(Value::String(text)) if text == "true" => Ok(Some(true)),
            Some(Value::String(text)) if text == "false" => Ok(Some(false)),
            Some(_) => Err(self.illegal(name, "must be true or false")),
        }
    }

    /// An object.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn object(&self, name: &str) -> Result<Option<Fields<'_>>, ApiError> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Object(members)) => Ok(Some(self.inside(name, Cow::Borrowed(members)))),
            Some(_) => Err(self.illegal(name, "must be an object")),
        }
    }

    /// An object, or the JSON text of one.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn object_or_json_text(&self, name: &str, max: usize) -> Result<Option<Fields<'_>>, ApiError> {
        let rule = || self.illegal(name, &format!("must be the JSON text of an object, at most {max} characters"));
        match self.value(name) {
            None => Ok(None),
            Some(Value::Object(members)) if json_length(members) <= max => {
                Ok(Some(self.inside(name, Cow::Borrowed(members))))
            }
            Some(Value::String(text)) if text.chars().count() <= max => {
                let members = read_object(text.as_bytes()).map_err(|_| rule())?;
                Ok(Some(self.inside(name, Cow::Owned(members))))
            }
            Some(_) => Err(rule()),
        }
    }

    /// A list of 1 to `max` objects.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn required_objects(&self, name: &str, max: usize) -> Result<Vec<Fields<'_>>, ApiError> {
        let rule = || self.illegal(name, &format!("must be a list of 1 to {max} objects"));
        let items = match self.value(name) {
            Some(Value::Array(items)) if (1..=max).contains(&items.len()) => items,
            _ => return Err(rule()),
        };
        let mut objects = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let Value::Object(members) = item else { return Err(rule()) };
            objects.push(self.inside(&format!("{name}[{index}]"), Cow::Borrowed(members)));
        }
        Ok(objects)
    }

    fn inside<'b>(&self, name: &str, members: Cow<'b, Map<String, Value>>) -> Fields<'b> {
        Fields { path: format!("{}.", self.path(name)), members }
    }

    /// `extendInfo`: a text, kept verbatim whether it is JSON or not, or an object, kept as its JSON text.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn extend_info(&self) -> Result<Option<String>, ApiError> {
        match self.value("extendInfo") {
            Some(Value::Object(members)) if json_length(members) <= EXTEND_INFO_MAX => {
                Ok(Some(Value::Object(members.clone()).to_string()))
            }
            _ => self.text("extendInfo", EXTEND_INFO_MAX),
        }
    }

    /// An `Amount` of a positive number of minor units in one of the currencies `accepted`.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`; `CURRENCY_NOT_SUPPORT` for a well-formed currency code that is not accepted.
    pub fn amount(&self, name: &str, accepted: &[Currency]) -> Result<Option<Money>, ApiError> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let Value::Object(members) = value else { return Err(self.illegal(name, AMOUNT_RULE)) };
        let amount = self.inside(name, Cow::Borrowed(members));
        let minor = match amount.value("value") {
            Some(Value::String(text)) => parse_minor(text),
            Some(Value::Number(number)) => number.as_u64().and_then(|number| parse_minor(&number.to_string())),
            _ => None,
        };
        let minor = minor.ok_or_else(|| amount.illegal("value", VALUE_RULE))?;
        let code = match amount.value("currency") {
            Some(Value::String(code)) if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => code,
            _ => return Err(amount.illegal("currency", "must be three capital letters of ISO 4217, such as IQD")),
        };
        match Currency::parse(code).filter(|currency| accepted.contains(currency)) {
            Some(currency) => Ok(Some(Money::new(minor, currency))),
            None => Err(currency_error(code, accepted)),
        }
    }

    /// The same, where it must be given.
    ///
    /// # Errors
    /// As [`Fields::amount`].
    pub fn required_amount(&self, name: &str, accepted: &[Currency]) -> Result<Money, ApiError> {
        self.required(name, self.amount(name, accepted)?, || AMOUNT_RULE.to_owned())
    }

    /// A date and time with offset.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn instant(&self, name: &str) -> Result<Option<Timestamp>, ApiError> {
        let rule = "must be a date and time with offset, such as 2026-01-15T10:20:30+03:00";
        match self.value(name) {
            None => Ok(None),
            Some(value) => value.as_str().and_then(time::parse).map(Some).ok_or_else(|| self.illegal(name, rule)),
        }
    }

    /// A date `yyyy-MM-dd`.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn date(&self, name: &str) -> Result<Option<jiff::civil::Date>, ApiError> {
        let read = |text: &str| text.parse().ok().filter(|_| text.len() == 10);
        match self.value(name) {
            None => Ok(None),
            Some(value) => {
                let rule = "must be a date of the form yyyy-MM-dd";
                value.as_str().and_then(read).map(Some).ok_or_else(|| self.illegal(name, rule))
            }
        }
    }

    /// An absolute http or https URL of at most `max` characters, kept verbatim.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL`.
    pub fn http_url(&self, name: &str, max: usize) -> Result<Option<String>, ApiError> {
        let rule = || format!("must be an absolute http or https URL of at most {max} characters");
        self.text_by(name, |text| text.chars().count() <= max && is_http_url(text), rule)
    }

    /// The language of a page.
    ///
    /// # Errors
    /// `PARAM_ILLEGAL` unless it is `en-US` or `ar-IQ`.
    pub fn required_language(&self, name: &str) -> Result<Language, ApiError> {
        let language = self.value(name).and_then(Value::as_str).and_then(Language::parse);
        language.ok_or_else(|| self.illegal(name, "must be en-US or ar-IQ"))
    }
}

const AMOUNT_RULE: &str = "must be an object with currency and value";
const VALUE_RULE: &str = "must be a string of 1 to 16 digits in minor units, without sign, point or leading zero";

fn text_rule(max: usize) -> String {
    format!("must be a string of 1 to {max} characters")
}

fn id_rule(max: usize) -> String {
    format!("must be a string of 1 to {max} characters out of A-Z a-z 0-9 _ . : -")
}

fn currency_error(code: &str, accepted: &[Currency]) -> ApiError {
    let codes: Vec<&str> = accepted.iter().map(Currency::code).collect();
    let message = format!("The currency {code} is not supported. Use {}.", codes.join(", "));
    ApiError::with_message(ResultCode::CurrencyNotSupport, message)
}

fn json_length(members: &Map<String, Value>) -> usize {
    serde_json::to_string(members).map_or(usize::MAX, |text| text.chars().count())
}

/// The URL parser drops line ends and trims spaces; a text with those would be called as something else than it says.
fn is_http_url(text: &str) -> bool {
    let clean = !text.chars().any(|character| character.is_whitespace() || character.is_control());
    clean && Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
