//! The languages of the wallet's pages.

use serde::{Deserialize, Serialize};

/// The language of the signing page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Language {
    /// English, left to right.
    #[serde(rename = "en-US")]
    EnUs,
    /// Iraqi Arabic, right to left.
    #[serde(rename = "ar-IQ")]
    ArIq,
}

impl Language {
    /// Its tag on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EnUs => "en-US",
            Self::ArIq => "ar-IQ",
        }
    }

    /// The language of a tag, exactly as written on the wire.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        [Self::EnUs, Self::ArIq].into_iter().find(|language| language.as_str() == tag)
    }
}
