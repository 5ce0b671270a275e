//! `cargo xtask year`: a year of a monthly plan with one failed and retried month, reproduced in seconds
//! (docs/periodic-deduction.md).

use crate::npm;
use crate::tools::{self, Tool};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the program, fetches the official SDK, and lets the example live through a year.
///
/// # Errors
/// When something that it needs is missing or cannot be started.
pub fn run(root: &Path) -> Result<bool> {
    if let Some((_, line)) = tools::missing(&[Tool::Node]).first() {
        anyhow::bail!("{line}");
    }
    let built = Command::new(env!("CARGO")).args(["build", "--quiet", "-p", "mithaq"]).current_dir(root).status()?;
    anyhow::ensure!(built.success(), "cargo build failed");
    let folder = root.join("examples/alipay-subscription");
    npm::install(&folder)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let mut year = Command::new("node");
    year.arg("year.mjs").current_dir(&folder).env("MITHAQ_BIN", root.join(target).join("debug/mithaq"));
    Ok(year.status().context("cannot start node")?.success())
}
