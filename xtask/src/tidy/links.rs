//! What the documents point at is there: relative links of every Markdown file, and the files that ARCHITECTURE.md names.

use super::Finding;
use super::files::TextFile;

/// Folders below which a path in ARCHITECTURE.md may begin.
const BEGINNINGS: [&str; 2] = ["", "crates/"];

/// Follows the links.
pub fn check(files: &[TextFile]) -> Vec<Finding> {
    let root = crate::root();
    check_against(files, &|path| root.join(path).exists())
}

fn check_against(files: &[TextFile], exists: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.extension() == "md") {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (number, line) in file.numbered() {
            for target in links(line).filter(|target| !exists(&resolve(folder, target))) {
                findings.push(Finding::new(file, number, format!("the link to {target} leads nowhere")));
            }
            let named = if file.path == "ARCHITECTURE.md" { paths(line) } else { Vec::new() };
            for path in named.iter().filter(|path| !BEGINNINGS.iter().any(|begin| exists(&format!("{begin}{path}")))) {
                findings.push(Finding::new(file, number, format!("there is no {path}")));
            }
        }
    }
    findings
}

/// The targets of a line's links that lead to files of this repository.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next());
    targets.filter(|target| !target.is_empty() && !target.contains(':'))
}

/// Paths in backticks: a folder and a file with an ending. A folder's name alone is prose.
fn paths(line: &str) -> Vec<&str> {
    let quoted = line.split('`').skip(1).step_by(2);
    let is_word = |path: &str| path.chars().all(|letter| letter.is_ascii_alphanumeric() || "/._-".contains(letter));
    let is_file = |path: &str| path.rsplit_once('/').is_some_and(|(_, name)| name.contains('.'));
    quoted.filter(|path| is_word(path) && is_file(path) && !path.starts_with('/')).collect()
}

/// `target` as seen from `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::samples::{file, places};
    use super::check_against;

    fn found(path: &str, text: &str) -> Vec<String> {
        let exists = |path: &str| ["LICENSE-MIT", "docs/adr", "crates/web/src/lib.rs"].contains(&path);
        places(&check_against(&[file(path, text)], &exists))
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        assert_eq!(found("README.md", "[a](LICENSE-MIT), [b](docs/adr#top)\n![c](docs/gone.png)\n"), ["README.md:2"]);
        assert_eq!(found("docs/x/y.md", "[a](../../LICENSE-MIT) [b](../LICENSE-MIT)\n"), ["docs/x/y.md:1"]);
        assert!(found("README.md", "[a](https://example.com/x) [b](#here)\n").is_empty());
    }

    #[test]
    fn the_map_names_only_files_that_are_there() {
        assert_eq!(found("ARCHITECTURE.md", "`web/src/lib.rs`\n`web/src/gone.rs`\n"), ["ARCHITECTURE.md:2"]);
        assert!(found("ARCHITECTURE.md", "`POST /v1/payments/pay`, `Store`, `/app/v1/x.y`, `qicard-v1`\n").is_empty());
    }
}
