//! Why an agreement was not signed, and what came of one that was offered beside a payment.

use crate::deal::Deal;
use crate::words::{Filling, Words};
use crate::{Frame, Merchant, RenderError, dates};
use jiff::Timestamp;
use minijinja::{Value, context};

/// Why an agreement was not signed, as far as somebody can do something about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignProblem {
    /// The merchant's number for it names another agreement that is in force.
    Taken,
    /// The user has as many periodic agreements with this merchant as there may be.
    TooMany {
        /// How many that are.
        most: u32,
    },
    /// The merchant expects somebody else, or somebody of another age.
    OtherSigner,
    /// The offer or its page is over by time.
    Expired,
    /// There is no such offer, or it is another session's.
    Unknown,
    /// The page has its outcome already.
    Answered,
    /// The wallet knows no such app, or it belongs to another Mini Program than the one that opened it.
    App,
    /// The request is not signed with the key that the wallet knows of the app, or was changed on its way.
    Signature,
    /// What the request says cannot be signed.
    Request,
    /// The merchant or its client is suspended, or may not make such agreements.
    Merchant,
    /// The user's account is frozen or not complete.
    Account,
    /// The PIN was wrong too often.
    Locked {
        /// From when it can be tried again.
        until: Timestamp,
    },
    /// Anything else.
    Other,
}

/// What came of an agreement that was offered beside a payment.
#[derive(Clone, Debug)]
pub enum AgreementAnswer {
    /// It is signed.
    Signed(Box<Deal>),
    /// The user has switched it off.
    NotWanted,
    /// It could not be signed.
    Failed(SignProblem),
}

impl SignProblem {
    /// All of them, with samples of what they carry.
    #[must_use]
    pub const fn all(until: Timestamp) -> [Self; 13] {
        [
            Self::Taken,
            Self::TooMany { most: 10 },
            Self::OtherSigner,
            Self::Expired,
            Self::Unknown,
            Self::Answered,
            Self::App,
            Self::Signature,
            Self::Request,
            Self::Merchant,
            Self::Account,
            Self::Locked { until },
            Self::Other,
        ]
    }

    /// The end of its message keys: `sign-failed-taken`, `sign-failed-taken-text`.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Taken => "sign-failed-taken",
            Self::TooMany { .. } => "sign-failed-too-many",
            Self::OtherSigner => "sign-failed-other-signer",
            Self::Expired => "sign-failed-expired",
            Self::Unknown => "sign-failed-unknown",
            Self::Answered => "sign-failed-answered",
            Self::App => "sign-failed-app",
            Self::Signature => "sign-failed-signature",
            Self::Request => "sign-failed-request",
            Self::Merchant => "sign-failed-merchant",
            Self::Account => "sign-failed-account",
            Self::Locked { .. } => "sign-failed-locked",
            Self::Other => "sign-failed-other",
        }
    }

    /// Its tone and its picture.
    pub(crate) const fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Expired => ("wait", "hourglass"),
            Self::Unknown => ("plain", "search-x"),
            Self::Answered => ("plain", "history"),
            Self::OtherSigner => ("plain", "user-round"),
            Self::Merchant => ("wait", "pause"),
            Self::Locked { .. } => ("bad", "lock-keyhole"),
            Self::Signature | Self::App | Self::Request => ("bad", "triangle-alert"),
            Self::Taken | Self::TooMany { .. } => ("wait", "repeat"),
            Self::Account | Self::Other => ("bad", "x"),
        }
    }

    pub(crate) fn fillings(self, frame: &Frame) -> Vec<(&'static str, Filling)> {
        match self {
            Self::TooMany { most } => vec![("most", Filling::Count(most))],
            Self::Locked { until } => {
                vec![("time", Filling::Text(dates::time(frame.language, until, &frame.zone)))]
            }
            _ => Vec::new(),
        }
    }
}

impl AgreementAnswer {
    pub(crate) fn view(&self, merchant: &Merchant, frame: &Frame, words: &Words) -> Result<Value, RenderError> {
        let named = [merchant.filling(words.language())];
        let (tone, picture, key) = match self {
            Self::Signed(_) => ("good", "check", "offered-end-signed"),
            Self::NotWanted => ("plain", "x", "offered-end-not-wanted"),
            Self::Failed(_) => ("wait", "circle-alert", "offered-end-failed"),
        };
        let summary = match self {
            Self::Signed(deal) => Some(deal.line(words)?),
            _ => None,
        };
        let why = match self {
            Self::Failed(why) => Some(words.fill(why.key(), &why.fillings(frame))?),
            _ => None,
        };
        let text = words.fill(&format!("{key}-text"), &named)?;
        Ok(context! { tone, picture, heading => words.say(key)?, text, summary, why })
    }
}
