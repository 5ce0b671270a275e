//! Where PostgreSQL's programs are, and as whom they run.

use crate::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the server's programs: the newest under `/usr/lib/postgresql`, else the first on the path.
#[must_use]
pub fn programs() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<_> = versions.map(|version| version.path().join("bin")).filter(complete).collect();
    let number = |folder: &PathBuf| folder.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    folders.sort_by_key(number);
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.pop().or_else(|| std::env::split_paths(&path).find(complete))
}

/// A command that runs as somebody the server accepts, to whom `folders` then belong: not as root.
pub fn as_somebody(folders: &[&Path]) -> Result<Command, Error> {
    if says("id", &["-u"]).as_deref() != Some("0") {
        return Ok(Command::new("env"));
    }
    let user = if says("id", &["-u", "postgres"]).is_some() { "postgres" } else { "nobody" };
    let missing = || Error::Broken(format!("PostgreSQL does not run as root, and there is no user {user}"));
    let id = says("id", &["-u", user]).ok_or_else(missing)?;
    let group = says("id", &["-g", user]).ok_or_else(missing)?;
    let given = Command::new("chown").arg("-R").arg(format!("{id}:{group}")).args(folders).status()?;
    if !given.success() {
        return Err(Error::Broken(format!("a folder cannot be given to the user {user}")));
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", &id, "--regid", &group, "--clear-groups", "--"]);
    Ok(command)
}

fn says(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
