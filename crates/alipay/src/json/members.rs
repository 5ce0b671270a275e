//! The members of one JSON object, each as it was written: numbers stay digits, so that no sum ever passes through a float.

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// Members by name.
#[derive(Debug, Default)]
pub struct Members(BTreeMap<String, Box<RawValue>>);

/// What a member is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Member {
    /// A string or a number, as text.
    Text(String),
    /// `true`, `false`.
    Flag(bool),
    /// An object or a list, as it was written.
    Tree(String),
}

impl Members {
    /// Reads one object; a name that is there twice is an error, what is inside other values is read when it is asked for.
    pub fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// A member. `null` and an empty string are absent.
    pub fn get(&self, name: &str) -> Option<Member> {
        let raw = self.0.get(name)?.get().trim();
        match raw.as_bytes().first()? {
            b'"' => serde_json::from_str::<String>(raw).ok().filter(|text| !text.is_empty()).map(Member::Text),
            b'{' | b'[' => Some(Member::Tree(raw.to_owned())),
            b't' => Some(Member::Flag(true)),
            b'f' => Some(Member::Flag(false)),
            b'n' => None,
            _ => Some(Member::Text(raw.to_owned())),
        }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadMembers)
    }
}

struct ReadMembers;

impl<'de> Visitor<'de> for ReadMembers {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, value)) = access.next_entry::<String, Box<RawValue>>()? {
            if members.contains_key(&name) {
                return Err(A::Error::custom(format_args!("the name {name:?} occurs twice in one object")));
            }
            members.insert(name, value);
        }
        Ok(Members(members))
    }
}
