//! Statements that both databases run, and what goes into and comes out of them.
//!
//! Parameters are written `$1`, `$2`, … in the order of their first use: both databases number them so.

use crate::StoreError;
use crate::columns::parse;
use serde::de::DeserializeOwned;

/// A statement.
#[derive(Clone, Copy, Debug)]
pub enum Sql {
    /// Both databases understand it.
    Both(&'static str),
    /// Each database has a way of its own to say it.
    Each {
        /// SQLite's.
        sqlite: &'static str,
        /// PostgreSQL's.
        postgres: &'static str,
    },
}

impl Sql {
    /// As SQLite runs it.
    pub const fn sqlite(self) -> &'static str {
        match self {
            Self::Both(sql) | Self::Each { sqlite: sql, .. } => sql,
        }
    }

    /// As PostgreSQL runs it.
    pub const fn postgres(self) -> &'static str {
        match self {
            Self::Both(sql) | Self::Each { postgres: sql, .. } => sql,
        }
    }
}

/// A value in a statement or out of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// Numbers, and instants in milliseconds.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<[u8; 32]> for Value {
    fn from(hash: [u8; 32]) -> Self {
        Self::Bytes(hash.to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

/// A row of an answer.
#[derive(Clone, Debug)]
pub struct Line(pub Vec<Value>);

impl Line {
    /// A text.
    pub fn text(&self, column: usize) -> Result<&str, StoreError> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Ok(text),
            other => Err(unfit(column, other)),
        }
    }

    /// A number.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.maybe_int(column)?.ok_or_else(|| unfit(column, self.0.get(column)))
    }

    /// A number, or nothing.
    pub fn maybe_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.0.get(column) {
            Some(Value::Int(number)) => Ok(Some(*number)),
            Some(Value::Null) => Ok(None),
            other => Err(unfit(column, other)),
        }
    }

    /// Yes or no; SQLite says it in numbers.
    pub fn bool(&self, column: usize) -> Result<bool, StoreError> {
        match self.0.get(column) {
            Some(Value::Bool(yes)) => Ok(*yes),
            Some(Value::Int(number)) => Ok(*number != 0),
            other => Err(unfit(column, other)),
        }
    }

    /// A row stored as JSON, where there may be none.
    pub fn maybe_body<T: DeserializeOwned>(&self, table: &'static str, column: usize) -> Result<Option<T>, StoreError> {
        match self.0.get(column) {
            Some(Value::Null) => Ok(None),
            _ => self.body(table, column).map(Some),
        }
    }

    /// A row stored as JSON.
    pub fn body<T: DeserializeOwned>(&self, table: &'static str, column: usize) -> Result<T, StoreError> {
        parse(table, self.text(column)?)
    }
}

fn unfit(column: usize, value: Option<&Value>) -> StoreError {
    // Its kind alone: the value may be what must not be in a log.
    let kind = match value {
        None => "is missing",
        Some(Value::Null) => "holds nothing",
        Some(Value::Bool(_)) => "holds a yes or no",
        Some(Value::Int(_)) => "holds a number",
        Some(Value::Text(_)) => "holds a text",
        Some(Value::Bytes(_)) => "holds bytes",
    };
    StoreError::Inconsistent { table: "any", detail: format!("column {column} {kind}") }
}
