//! What can be wrong with what was typed, where several pages say it.

use super::speaker::Speaker;
use crate::words::flat;
use crate::{PinProblem, RenderError};
use mithaq_types::Money;

/// What is wrong with an amount that was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AmountProblem {
    /// Not a whole number of currency units above zero.
    Malformed,
    /// Less than can be moved at once.
    TooLow {
        /// The least.
        least: Money,
    },
    /// More than can be moved at once.
    TooHigh {
        /// The most.
        most: Money,
    },
    /// More than the user has.
    Balance,
    /// One of the wallet's limits for a day or a month stands against it.
    Limit,
}

impl AmountProblem {
    pub(super) fn words(self, speaker: &Speaker<'_>) -> Result<String, RenderError> {
        let message = match self {
            Self::Malformed => speaker.say("problem-amount-form"),
            Self::TooLow { least } => speaker.fill("problem-amount-low", &[("amount", speaker.money(least))]),
            Self::TooHigh { most } => speaker.fill("problem-amount-high", &[("amount", speaker.money(most))]),
            Self::Balance => speaker.say("problem-amount-balance"),
            Self::Limit => speaker.say("problem-amount-limit"),
        };
        Ok(flat(&message?))
    }
}

/// What is said about a PIN that was typed.
pub(super) fn pin_words(problem: PinProblem, speaker: &Speaker<'_>) -> Result<String, RenderError> {
    problem.words(speaker.words)
}
