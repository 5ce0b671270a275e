//! The steps of `cargo xtask test`: what each runs, where, and what it needs.

use crate::counts::Counts;
use crate::tools::{self, Tool};
use crate::{npm, process, python, tidy};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One line of the summary.
pub struct Step {
    /// The name it is selected by.
    pub suite: &'static str,
    /// What it does, for people.
    pub title: &'static str,
    /// What it cannot run without.
    pub needs: &'static [Tool],
    /// Part of `--fast`.
    pub fast: bool,
    run: fn(Place<'_>) -> Result<Counts>,
}

/// Where a step runs, and how.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The top folder of the repository.
    pub root: &'a Path,
    /// Whether tests that repeat something at random run in their long form.
    pub is_long: bool,
}

impl Step {
    /// Runs it.
    ///
    /// # Errors
    /// When it could not run at all; that something failed is said by the counts.
    pub fn run(&self, place: Place<'_>) -> Result<Counts> {
        (self.run)(place)
    }
}

/// All steps, in the order in which a mistake shows soonest.
pub const STEPS: [Step; 10] = [
    Step {
        suite: "tidy",
        title: "this repository's own rules",
        needs: &[],
        fast: true,
        run: |place| tidy::run(place.root),
    },
    Step {
        suite: "fmt",
        title: "cargo fmt --check",
        needs: &[],
        fast: true,
        run: |place| cargo(place, &["fmt", "--all", "--check"]),
    },
    Step {
        suite: "clippy",
        title: "cargo clippy, no warnings",
        needs: &[],
        fast: true,
        run: |place| cargo(place, &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
    },
    Step {
        suite: "rust",
        title: "cargo test, on SQLite and PostgreSQL",
        needs: &[Tool::Postgres],
        fast: true,
        run: rust,
    },
    Step {
        suite: "miniapp",
        title: "bridge and shell: types and unit tests",
        needs: &[Tool::Node],
        fast: false,
        run: |place| scripts(place, "miniapp", &["check", "test"]),
    },
    Step {
        suite: "miniapp",
        title: "bridge and shell in the browser",
        needs: &[Tool::Node, Tool::Chromium],
        fast: false,
        run: |place| scripts(place, "miniapp", &["test:browser"]),
    },
    Step {
        suite: "conformance",
        title: "the program from outside, over HTTP",
        needs: &[Tool::Node],
        fast: false,
        run: |place| program(place, "conformance", &[]),
    },
    Step {
        suite: "schemathesis",
        title: "the OpenAPI document, fuzzed",
        needs: &[Tool::Node, Tool::Python],
        fast: false,
        run: schemathesis,
    },
    Step {
        suite: "browser",
        title: "the whole loop in the browser",
        needs: &[Tool::Node, Tool::Chromium],
        fast: false,
        run: |place| program(place, "browser", &[]),
    },
    Step {
        suite: "crash",
        title: "kill -9, failover, full disks, on both databases",
        needs: &[Tool::Node, Tool::Postgres],
        fast: false,
        run: |place| program(place, "crash", &[]),
    },
];

fn cargo(place: Place<'_>, arguments: &[&str]) -> Result<Counts> {
    process::run(with_environment(Command::new(env!("CARGO")).args(arguments).current_dir(place.root), place))
}

/// Both databases: without PostgreSQL its half would leave itself out.
fn rust(place: Place<'_>) -> Result<Counts> {
    cargo(place, &["test", "--workspace", "--quiet", "--no-fail-fast"])
}

/// Runs npm scripts of a package, all of them even if one fails.
fn scripts(place: Place<'_>, package: &str, names: &[&str]) -> Result<Counts> {
    let package = place.root.join(package);
    npm::install(&package)?;
    let mut counts = Counts::default();
    for name in names {
        let mut command = Command::new("npm");
        command.args(["run", "--silent", name]).current_dir(&package);
        counts.add(process::run(with_environment(&mut command, place))?);
    }
    Ok(counts)
}

/// Builds the program and runs a suite of `tests/` against it, with more in its environment.
fn program(place: Place<'_>, suite: &str, environment: &[(&str, &Path)]) -> Result<Counts> {
    let built = cargo(place, &["build", "--quiet", "--package", "mithaq"])?;
    anyhow::ensure!(built.failed == 0, "the program does not build");
    let tests = place.root.join("tests");
    npm::install(&tests)?;
    let mut command = Command::new("npm");
    command.args(["run", "--silent", suite]).current_dir(tests);
    command.env("MITHAQ_BIN", target(place).join("debug/mithaq")).envs(environment.iter().copied());
    process::run(with_environment(&mut command, place))
}

/// Installs schemathesis, then as any suite. Where it cannot be had (no network, no index of Python packages) nothing is
/// fuzzed, and a line says so: what the document says is held against the parsers by the Rust tests too.
fn schemathesis(place: Place<'_>) -> Result<Counts> {
    let requirements = place.root.join("tests/fuzz/requirements.txt");
    match python::install(&target(place).join("schemathesis"), &requirements) {
        Ok(programs) => program(place, "fuzz", &[("SCHEMATHESIS", &programs.join("schemathesis"))]),
        Err(error) => {
            eprintln!(
                "NOT RUN: schemathesis cannot be installed here, which takes python3 with venv and PyPI: {error:#}"
            );
            Ok(Counts::default())
        }
    }
}

/// Where cargo builds.
fn target(place: Place<'_>) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| place.root.join("target"), |folder| place.root.join(folder))
}

/// What the tests expect to find in their environment.
fn with_environment<'a>(command: &'a mut Command, place: Place<'_>) -> &'a mut Command {
    if let Some(path) = tools::chromium() {
        command.env("CHROMIUM", path);
    }
    if place.is_long {
        command.env("MITHAQ_LONG", "1");
    }
    command.env("CI", "true").env("MITHAQ_REQUIRE_POSTGRES", "1")
}
