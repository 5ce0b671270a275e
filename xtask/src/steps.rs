//! The steps of `cargo xtask test`: what each runs, where, and what it needs.

use crate::counts::Counts;
use crate::tools::{self, Tool};
use crate::{npm, process, tidy};
use anyhow::Result;
use std::path::Path;
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
    run: fn(&Path) -> Result<Counts>,
}

impl Step {
    /// Runs it in the repository at `root`.
    ///
    /// # Errors
    /// When it could not run at all; that something failed is said by the counts.
    pub fn run(&self, root: &Path) -> Result<Counts> {
        (self.run)(root)
    }
}

/// All steps, in the order in which a mistake shows soonest.
pub const STEPS: [Step; 9] = [
    Step { suite: "tidy", title: "this repository's own rules", needs: &[], fast: true, run: tidy::run },
    Step {
        suite: "fmt",
        title: "cargo fmt --check",
        needs: &[],
        fast: true,
        run: |root| cargo(root, &["fmt", "--all", "--check"]),
    },
    Step {
        suite: "clippy",
        title: "cargo clippy, no warnings",
        needs: &[],
        fast: true,
        run: |root| cargo(root, &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
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
        run: |root| scripts(&root.join("miniapp"), &["check", "test"]),
    },
    Step {
        suite: "miniapp",
        title: "bridge and shell in the browser",
        needs: &[Tool::Node, Tool::Chromium],
        fast: false,
        run: |root| scripts(&root.join("miniapp"), &["test:browser"]),
    },
    Step {
        suite: "conformance",
        title: "the program from outside, over HTTP",
        needs: &[Tool::Node],
        fast: false,
        run: |root| program(root, "conformance"),
    },
    Step {
        suite: "browser",
        title: "the whole loop in the browser",
        needs: &[Tool::Node, Tool::Chromium],
        fast: false,
        run: |root| program(root, "browser"),
    },
    Step {
        suite: "crash",
        title: "kill -9 in the middle of charges",
        needs: &[Tool::Node],
        fast: false,
        run: |root| program(root, "crash"),
    },
];

fn cargo(root: &Path, arguments: &[&str]) -> Result<Counts> {
    process::run(Command::new(env!("CARGO")).args(arguments).env("CI", "true").current_dir(root))
}

/// Both databases: without PostgreSQL its half would leave itself out.
fn rust(root: &Path) -> Result<Counts> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["test", "--workspace", "--quiet", "--no-fail-fast"]).current_dir(root);
    process::run(command.env("CI", "true").env("MITHAQ_REQUIRE_POSTGRES", "1"))
}

/// Runs npm scripts of a package, all of them even if one fails.
fn scripts(package: &Path, names: &[&str]) -> Result<Counts> {
    npm::install(package)?;
    let mut counts = Counts::default();
    for name in names {
        let mut command = Command::new("npm");
        command.args(["run", "--silent", name]).current_dir(package);
        counts.add(process::run(with_environment(&mut command))?);
    }
    Ok(counts)
}

/// Builds the program and runs a suite of `tests/` against it.
fn program(root: &Path, suite: &str) -> Result<Counts> {
    let built = cargo(root, &["build", "--quiet", "--package", "mithaq"])?;
    anyhow::ensure!(built.failed == 0, "the program does not build");
    let tests = root.join("tests");
    npm::install(&tests)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
    let mut command = Command::new("npm");
    command.args(["run", "--silent", suite]).current_dir(tests).env("MITHAQ_BIN", target.join("debug/mithaq"));
    process::run(with_environment(&mut command))
}

/// What the tests expect to find in their environment.
fn with_environment(command: &mut Command) -> &mut Command {
    if let Some(path) = tools::chromium() {
        command.env("CHROMIUM", path);
    }
    command.env("CI", "true")
}
