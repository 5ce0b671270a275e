//! Bytes to a JSON object: UTF-8, no duplicate names, no deep nesting.

use crate::{ApiError, ResultCode};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// How deep objects and arrays may nest; the body itself is the first level.
pub const DEPTH_MAX: usize = 16;

/// Reads a body as one JSON object.
///
/// # Errors
/// `MSG_PARSE_ERROR`: not UTF-8, not JSON, not an object, a name twice in one object, nested deeper than
/// [`DEPTH_MAX`], or something after the object. How long a body may be is the server's matter.
pub fn read_object(body: &[u8]) -> Result<Map<String, Value>, ApiError> {
    let refuse =
        |why: &str| ApiError::with_message(ResultCode::MsgParseError, format!("The body cannot be read: {why}."));
    let text = std::str::from_utf8(body).map_err(|_| refuse("it is not UTF-8"))?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Tree { depth: 0 }.deserialize(&mut reader).map_err(|error| refuse(&error.to_string()))?;
    reader.end().map_err(|error| refuse(&error.to_string()))?;
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(refuse("it is not a JSON object")),
    }
}

/// Builds a tree below `depth` levels of nesting.
#[derive(Clone, Copy)]
struct Tree {
    depth: usize,
}

impl Tree {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH_MAX {
            return Err(E::custom(format_args!("nested deeper than {DEPTH_MAX} levels")));
        }
        Ok(Self { depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let inside = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element_seed(inside)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inside = self.deeper()?;
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            let value = access.next_value_seed(inside)?;
            if members.contains_key(&name) {
                return Err(A::Error::custom(format_args!("the name {name:?} occurs twice in one object")));
            }
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}
