//! The rules of this repository that no compiler checks, each in a file of its own.

mod arrows;
mod files;
mod headers;
mod length;
mod links;
mod locales;
mod words;

use crate::counts::Counts;
use anyhow::Result;
use files::TextFile;
use std::path::Path;

/// Something that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    /// Path from the top of the repository.
    file: String,
    /// Line in it, from 1; 0 for the file as a whole.
    line: usize,
    /// What is wrong and what to do.
    message: String,
    /// Worth a look, but no failure.
    is_warning: bool,
}

impl Finding {
    fn new(file: &TextFile, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.path.clone(), line, message: message.into(), is_warning: false }
    }
}

/// A rule: its name and the function that finds what breaks it.
type Rule = (&'static str, fn(&[TextFile]) -> Vec<Finding>);

const RULES: [Rule; 7] = [
    ("crates depend downwards only", arrows::check),
    ("files begin by saying what they are for", headers::check),
    ("files have one subject", length::check),
    ("nothing unfinished is left", words::unfinished),
    ("no machine's paths or hosts", words::places),
    ("locales say the same things", locales::check),
    ("documents point at what is there", links::check),
];

/// Checks the repository at `root`; each rule counts as one test.
pub fn run(root: &Path) -> Result<Counts> {
    let files = files::text_files(root)?;
    let mut counts = Counts::default();
    for (name, rule) in RULES {
        let findings = rule(&files);
        let ok = findings.iter().all(|finding| finding.is_warning);
        println!("{} {name}", if ok { "ok    " } else { "FAILED" });
        for finding in &findings {
            let kind = if finding.is_warning { "warning" } else { "error" };
            println!("  {kind}: {}:{}: {}", finding.file, finding.line, finding.message);
        }
        counts.add(Counts::of_check(ok));
    }
    Ok(counts)
}

#[cfg(test)]
mod samples {
    use super::{Finding, TextFile};

    /// A file as a check sees it.
    pub fn file(path: &str, text: &str) -> TextFile {
        TextFile { path: path.to_owned(), text: text.to_owned() }
    }

    /// Where a check found something: `path:line`.
    pub fn places(findings: &[Finding]) -> Vec<String> {
        findings.iter().map(|finding| format!("{}:{}", finding.file, finding.line)).collect()
    }
}
