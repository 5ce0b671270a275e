//! Python packages: installed from a list of exact versions into an environment under `target/`, and only when that list
//! has changed.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Makes an environment in `folder` with what `requirements` lists, and returns the folder of its programs.
pub fn install(folder: &Path, requirements: &Path) -> Result<PathBuf> {
    let programs = folder.join("bin");
    let wanted = fs::read_to_string(requirements).with_context(|| requirements.display().to_string())?;
    // Written last: an installation that broke off is begun anew.
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(programs);
    }
    python(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    python(Command::new(programs.join("python")).args(pip).arg(requirements))?;
    fs::write(&stamp, wanted).with_context(|| stamp.display().to_string())?;
    Ok(programs)
}

fn python(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).status().context("cannot start Python")?;
    anyhow::ensure!(status.success(), "Python failed: {command:?}");
    Ok(())
}
