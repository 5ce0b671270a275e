//! The proof that a ledger holds, as `mithaq verify` does it, within a time.

use mithaq_store::Reader;
use serde::{Serialize, Serializer};
use std::time::Duration;

/// What came of proving.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Proof {
    /// Everything holds.
    #[default]
    Holds,
    /// There was no time to find out.
    Unproved,
    /// Something is broken.
    Broken,
}

impl Proof {
    /// Proves what `reader` sees.
    pub async fn of(reader: Reader, patience: Duration) -> anyhow::Result<Self> {
        match tokio::time::timeout(patience, reader.verify()).await {
            Ok(report) => Ok(if report?.ok() { Self::Holds } else { Self::Broken }),
            Err(_) => Ok(Self::Unproved),
        }
    }

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Holds => "the ledgers hold",
            Self::Unproved => "the ledgers could not be proved in time",
            Self::Broken => "THE LEDGERS DO NOT HOLD",
        }
    }
}

impl Serialize for Proof {
    /// `true`, `false`, or `null` where it is not known.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unproved => serializer.serialize_none(),
            known => serializer.serialize_bool(*known == Self::Holds),
        }
    }
}
