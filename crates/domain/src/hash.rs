//! SHA-256 values: how codes, tokens and request contents are remembered without being stored.

use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};

/// A SHA-256 value; 64 lower-case hex digits as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Reads 64 hex digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // Digits only: the standard library's parser would take a sign too.
        if bytes.len() != 64 || !bytes.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        let mut value = [0; 32];
        for (target, pair) in value.iter_mut().zip(bytes.chunks_exact(2)) {
            *target = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(value))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in &self.0[..4] {
            write!(f, "{byte:02x}")?;
        }
        f.write_char('…')
    }
}

impl Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not 64 hex digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_hash_is_read_as_it_is_written(bytes: [u8; 32]) {
            prop_assert_eq!(Hash::parse(&Hash(bytes).to_string()), Some(Hash(bytes)));
        }
    }

    #[test]
    fn only_sixty_four_hex_digits_are_a_hash() {
        let digits = "0f".repeat(32);
        assert_eq!(Hash::parse(&digits), Some(Hash([15; 32])));
        assert_eq!(Hash::parse(&digits.to_uppercase()), Some(Hash([15; 32])));
        for text in [&digits[1..], &"+f".repeat(32), &"0g".repeat(32), &"\u{661}".repeat(32), ""] {
            assert_eq!(Hash::parse(text), None, "{text}");
        }
    }

    #[test]
    fn little_of_a_hash_gets_into_logs() {
        assert_eq!(format!("{:?}", Hash([171; 32])), "abababab…");
    }
}
