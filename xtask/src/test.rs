//! `cargo xtask test`: runs the steps one after another, all of them even if one fails, and sums up.

use crate::counts::Counts;
use crate::steps::{Place, STEPS, Step};
use crate::tools::{self, Tool};
use anyhow::{Result, bail};
use std::time::{Duration, Instant};

struct Line {
    step: &'static Step,
    counts: Counts,
    took: Duration,
    note: Option<String>,
}

/// What makes the tests that repeat something at random do so for minutes.
const LONG: &str = "--long";

/// Runs the steps that the arguments select: none for all, `--fast`, or names of suites; `--long` lets them take their
/// time. `Ok(true)` if all passed.
pub fn run(arguments: &[&str]) -> Result<bool> {
    let is_long = arguments.contains(&LONG);
    let names: Vec<&str> = arguments.iter().copied().filter(|argument| *argument != LONG).collect();
    let steps = select(&names)?;
    let root = crate::root();
    let mut wanted: Vec<Tool> = Vec::new();
    for tool in steps.iter().flat_map(|step| step.needs) {
        if !wanted.contains(tool) {
            wanted.push(*tool);
        }
    }
    let missing = tools::missing(&wanted);
    for (_, line) in &missing {
        eprintln!("{line}");
    }

    let mut lines = Vec::new();
    for step in steps {
        println!("\n==> {}: {}", step.suite, step.title);
        let begun = Instant::now();
        let lacking = missing.iter().find(|(tool, _)| step.needs.contains(tool));
        let result = match lacking {
            Some((_, line)) => Err(anyhow::anyhow!("{line}")),
            None => attempt(step, Place { root: &root, is_long }),
        };
        let took = begun.elapsed();
        let (counts, note) = match result {
            Ok(attempted) => attempted,
            Err(error) => (Counts::of_check(false), Some(format!("{error:#}"))),
        };
        if let Some(note) = &note {
            eprintln!("{note}");
        }
        println!("<== {}: {} in {took:.1?}", step.suite, verdict(counts));
        lines.push(Line { step, counts, took, note });
    }
    Ok(sum_up(&lines))
}

/// Runs a step. What drives a browser may fail because the machine is busy: it gets a second attempt, and the summary says
/// so. What is broken fails twice.
fn attempt(step: &Step, place: Place<'_>) -> Result<(Counts, Option<String>)> {
    let first = step.run(place)?;
    if first.failed == 0 || !step.needs.contains(&Tool::Chromium) {
        return Ok((first, None));
    }
    println!("\n==> {}: {} failed; once more", step.suite, first.failed);
    let second = step.run(place)?;
    Ok((second, Some(format!("at the second attempt; at the first {} failed", first.failed))))
}

fn select(arguments: &[&str]) -> Result<Vec<&'static Step>> {
    for name in arguments {
        if *name != "--fast" && !STEPS.iter().any(|step| step.suite == *name) {
            bail!("no suite is called {name}\n\n{}", crate::USAGE);
        }
    }
    let chosen = |step: &&Step| {
        arguments.is_empty() || arguments.contains(&step.suite) || (step.fast && arguments.contains(&"--fast"))
    };
    Ok(STEPS.iter().filter(chosen).collect())
}

fn sum_up(lines: &[Line]) -> bool {
    println!("\n{:<12} {:<42} {:>7} {:>7} {:>9}", "suite", "", "passed", "failed", "time");
    let mut total = Counts::default();
    for line in lines {
        let time = format!("{:.1?}", line.took);
        let Counts { passed, failed } = line.counts;
        println!("{:<12} {:<42} {passed:>7} {failed:>7} {time:>9}", line.step.suite, line.step.title);
        if let Some(note) = &line.note {
            println!("{:<12} {}", "", note.lines().next().unwrap_or_default());
        }
        total.add(line.counts);
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    total.failed == 0
}

const fn verdict(counts: Counts) -> &'static str {
    if counts.failed == 0 { "passed" } else { "FAILED" }
}

#[cfg(test)]
mod tests {
    use super::select;

    fn suites(arguments: &[&str]) -> Vec<&'static str> {
        let mut names: Vec<_> = select(arguments).expect("known").iter().map(|step| step.suite).collect();
        names.dedup();
        names
    }

    #[test]
    fn no_argument_means_everything() {
        let all = ["tidy", "fmt", "clippy", "rust", "miniapp", "conformance", "schemathesis", "browser", "crash"];
        assert_eq!(suites(&[]), all);
    }

    #[test]
    fn fast_leaves_out_what_needs_more_than_rust() {
        assert_eq!(suites(&["--fast"]), ["tidy", "fmt", "clippy", "rust"]);
        assert_eq!(suites(&["crash", "tidy"]), ["tidy", "crash"]);
    }

    #[test]
    fn a_suite_that_does_not_exist_is_an_error() {
        assert!(select(&["browsers"]).is_err());
    }
}
