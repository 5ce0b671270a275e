//! Amounts on the wire: `{"currency":"IQD","value":"150000"}`, minor units (spec/qicard.md 2, openapi.md 4.1).

use mithaq_types::{Currency, Money};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A [`Money`] as it is written in messages: the value always a string of minor units, fils for IQD.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Amount(pub Money);

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self(money)
    }
}

#[derive(Serialize)]
struct Written<'a> {
    currency: &'a str,
    value: String,
}

#[derive(Deserialize)]
struct Read {
    currency: Currency,
    value: Value,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Number(i64),
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { currency: self.0.currency.code(), value: self.0.minor.to_string() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Read::deserialize(deserializer)?;
        let minor = match read.value {
            Value::Text(text) => text.parse().map_err(|_| D::Error::custom("the value is not an integer"))?,
            Value::Number(number) => number,
        };
        Ok(Self(Money::new(minor, read.currency)))
    }
}

/// The digits of a positive amount (`^[1-9][0-9]{0,15}$`) as minor units.
pub(crate) fn parse_minor(text: &str) -> Option<i64> {
    let shaped = (1..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if shaped && !text.starts_with('0') { text.parse().ok() } else { None }
}

/// For `#[serde(serialize_with)]` on a [`Money`] of a request.
pub(crate) fn serialize<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    Amount(*money).serialize(serializer)
}

/// The same where it may be absent.
pub(crate) fn serialize_option<S: Serializer>(money: &Option<Money>, serializer: S) -> Result<S::Ok, S::Error> {
    money.map(Amount).serialize(serializer)
}
