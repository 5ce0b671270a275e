//! `/wallet/scan`: what a QR code says, read by the camera or pasted.

use super::speaker::Speaker;
use crate::{RenderError, plain};
use minijinja::{Value, context};

/// The page.
#[derive(Clone, Debug)]
pub struct Scan {
    /// What was typed, or nothing.
    pub typed: String,
    /// What was wrong with it.
    pub problem: Option<ScanProblem>,
}

/// Why a text leads nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScanProblem {
    /// There is none.
    Empty,
    /// It is none of the wallet's codes.
    Foreign,
    /// A Mini Program that this wallet does not have.
    UnknownApp,
}

/// Letters of what is read; `maxlength` of its field.
const TEXT_MAX: u32 = 8192;

impl Scan {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let problem = self.problem.map(|problem| speaker.say(problem.key())).transpose()?;
        Ok(context! { typed => plain::line(&self.typed), text_max => TEXT_MAX, problem })
    }
}

impl ScanProblem {
    const fn key(self) -> &'static str {
        match self {
            Self::Empty => "problem-scan-empty",
            Self::Foreign => "problem-scan-foreign",
            Self::UnknownApp => "problem-scan-app",
        }
    }
}
