//! Node packages: installed from the lock file, and only when they are not there yet.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Brings the `node_modules` of `folder` up to its lock file.
pub fn install(folder: &Path) -> Result<()> {
    if is_current(folder) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder).stdin(Stdio::null());
    let status = command.status().context("cannot start npm")?;
    anyhow::ensure!(status.success(), "npm ci failed in {}", folder.display());
    Ok(())
}

/// npm leaves a copy of the lock file in `node_modules`, written last: older than ours means out of date.
fn is_current(folder: &Path) -> bool {
    let written = |path: &str| fs::metadata(folder.join(path)).and_then(|file| file.modified()).ok();
    match (written("node_modules/.package-lock.json"), written("package-lock.json")) {
        (Some(installed), Some(wanted)) => installed >= wanted,
        _ => false,
    }
}
