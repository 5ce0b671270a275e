//! The proof of the ledger, by the database alone: what must hold is counted, not assumed.

mod rules;

use crate::reader::{Line, Question, Sql};
use crate::{Reader, StoreError};
use rules::{RULES, Rule};

/// One thing that was checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// What must hold, in words.
    pub name: &'static str,
    /// How many rows it was checked over.
    pub count: u64,
    /// How many of them break it.
    pub broken: u64,
    /// One that does.
    pub example: Option<String>,
}

/// Everything that was checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// In the order of [`RULES`].
    pub checks: Vec<Check>,
}

impl Report {
    /// Whether nothing is broken.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.checks.iter().all(|check| check.broken == 0)
    }
}

impl Reader {
    /// Checks every rule over one snapshot.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verify(&self) -> Result<Report, StoreError> {
        report(&self.snapshot(questions()).await?)
    }

    /// The same, here and now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verify_now(&self) -> Result<Report, StoreError> {
        report(&self.snapshot_now(questions())?)
    }
}

/// Two for every rule: over how many rows, and which break it.
fn questions() -> Vec<Question> {
    RULES.iter().flat_map(|rule| [(Sql::Both(rule.over), vec![]), (rule.broken, vec![])]).collect()
}

fn report(answers: &[Vec<Line>]) -> Result<Report, StoreError> {
    let checks = RULES.iter().zip(answers.chunks(2)).map(|(rule, pair)| check(rule, pair));
    Ok(Report { checks: checks.collect::<Result<_, _>>()? })
}

fn check(rule: &Rule, pair: &[Vec<Line>]) -> Result<Check, StoreError> {
    let count = pair.first().and_then(|lines| lines.first()).map_or(Ok(0), |line| line.int(0))?;
    let broken = pair.get(1).map_or(&[][..], Vec::as_slice);
    Ok(Check {
        name: rule.name,
        count: u64::try_from(count).unwrap_or(0),
        broken: broken.len() as u64,
        example: broken.first().map(|line| line.text(0).map(str::to_owned)).transpose()?,
    })
}
