//! Finding what the tests need besides Rust: PostgreSQL, Node with npm, Chromium, and Python. As root on Debian they
//! are installed.

use crate::process;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The oldest Node whose test runner has what the tests use.
const NODE_MAJOR: u32 = 20;
/// Names under which Chromium, or a browser that does as well, is installed.
const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Fails unless Python is new enough and can make an environment with pip.
const PYTHON_FITS: &str = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

/// A tool that a step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The programs of a PostgreSQL server; nothing needs to run.
    Postgres,
    /// Node and npm.
    Node,
    /// A browser of the Chromium family.
    Chromium,
    /// Python with venv and pip.
    Python,
}

/// Makes sure that `tools` are here, installing with apt-get what is missing where that is possible. Returns one
/// line for each that is still missing: what, and how to get it.
pub fn missing(tools: &[Tool]) -> Vec<(Tool, String)> {
    let absent = |tool: &Tool| problem(*tool).map(|line| (*tool, line));
    let before: Vec<_> = tools.iter().filter_map(absent).collect();
    if before.is_empty() || !can_install() {
        return before;
    }
    let packages: Vec<&str> = before.iter().flat_map(|(tool, _)| packages(*tool)).copied().collect();
    println!("installing with apt-get: {}", packages.join(" "));
    if apt_get(&["update"]) {
        let _ = apt_get(&[&["install", "-y", "--no-install-recommends"], packages.as_slice()].concat());
    }
    tools.iter().filter_map(absent).collect()
}

/// Where Chromium is: `CHROMIUM` if it is set, else the first of its names on the path.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    match named {
        Some(path) => path.is_file().then_some(path),
        None => CHROMIUM_NAMES.iter().find_map(|name| on_path(name)),
    }
}

/// Where a PostgreSQL server's programs are: a version of Debian's packages, or a folder on the path.
fn postgres() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let packaged = versions.map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let complete = |folder: &PathBuf| ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file());
    packaged.chain(std::env::split_paths(&path)).find(complete)
}

fn problem(tool: Tool) -> Option<String> {
    match tool {
        Tool::Postgres => postgres().is_none().then(|| {
            "missing: PostgreSQL (initdb and postgres, not a running server); as root: apt-get install postgresql"
                .to_owned()
        }),
        Tool::Node => {
            let version = process::output("node", &["--version"]);
            let fits = version.as_deref().and_then(major).is_some_and(|major| major >= NODE_MAJOR);
            let npm = process::output("npm", &["--version"]).is_some();
            (!fits || !npm).then(|| {
                let found = version.map_or("none found".to_owned(), |version| format!("found {version}"));
                let npm = if npm { "" } else { ", npm not found" };
                format!(
                    "missing: Node {NODE_MAJOR} or newer with npm ({found}{npm}); as root: apt-get install nodejs npm"
                )
            })
        }
        Tool::Chromium => chromium().is_none().then(|| {
            "missing: Chromium; as root: apt-get install chromium, or set CHROMIUM to the path of a browser".to_owned()
        }),
        Tool::Python => process::output("python3", &["-c", PYTHON_FITS]).is_none().then(|| {
            "missing: Python 3.10 or newer with venv and pip; as root: apt-get install python3 python3-venv".to_owned()
        }),
    }
}

const fn packages(tool: Tool) -> &'static [&'static str] {
    match tool {
        Tool::Postgres => &["postgresql"],
        Tool::Node => &["nodejs", "npm"],
        Tool::Chromium => &["chromium"],
        Tool::Python => &["python3", "python3-venv"],
    }
}

/// The 20 of `v20.1.2`.
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn can_install() -> bool {
    is_root() && on_path("apt-get").is_some()
}

/// Whether this runs as root: then apt-get works, and Chromium's own sandbox does not.
pub fn is_root() -> bool {
    process::output("id", &["-u"]).as_deref() == Some("0")
}

fn apt_get(arguments: &[&str]) -> bool {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-q"]).args(arguments).stdin(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file: &PathBuf| Path::is_file(file))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_read_as_node_prints_it() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major("nonsense"), None);
    }
}
