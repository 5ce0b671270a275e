//! Repository chores: `cargo xtask test` is the README's test command, `cargo xtask tidy` its first step alone,
//! `cargo xtask year` shows periodic deduction.

mod counts;
mod npm;
mod process;
mod python;
mod steps;
mod test;
mod tidy;
mod tools;
mod year;

use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <chore>

  test                 everything: tidy, format, clippy, Rust tests, Mini Program tests, and the tests that run the program
  test --fast          tidy, format, clippy and Rust tests
  test <suite>...      only these: tidy fmt clippy rust miniapp conformance schemathesis browser crash
  test --long [...]    the same, and what repeats something at random does so for minutes: crash with 260 kills
  year                 a year of a monthly plan with one failed and retried month, by a merchant with the official SDK
  tidy                 the checks of this repository's own rules";

fn main() -> ExitCode {
    match chore(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs what the arguments ask for. `Ok(false)` means that it ran and found something wrong.
fn chore(arguments: &[String]) -> Result<bool> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["test", suites @ ..] => test::run(suites),
        ["year"] => year::run(&root()),
        ["tidy"] => Ok(tidy::run(&root())?.failed == 0),
        _ => bail!(USAGE),
    }
}

/// The top folder of the repository.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}
