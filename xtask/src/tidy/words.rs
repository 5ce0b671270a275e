//! Words that have no business in a commit: traces of unfinished work, and places that exist on one machine only.

use super::Finding;
use super::files::TextFile;

/// Written in two halves, so that this file does not find itself.
const UNFINISHED: [&str; 7] = [
    concat!("to", "do!("),
    concat!("un", "implemented!("),
    concat!("db", "g!("),
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
    concat!("XX", "X:"),
    concat!("console", ".log("),
];
const PLACES: [&str; 8] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("registry", ".npmjs"),
    concat!("\"resolved\": ", "\"http"),
    concat!("index.crates", ".io"),
    concat!("pypi", ".org"),
    concat!("proxy.golang", ".org"),
];
/// The only name of a registry that Cargo itself writes into its lock file.
const CARGO_SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Markers of unfinished work in code.
pub fn unfinished(files: &[TextFile]) -> Vec<Finding> {
    let code = files.iter().filter(|file| ["rs", "js", "mjs", "css", "sql", "sh", "html"].contains(&file.extension()));
    code.flat_map(|file| find(file, &UNFINISHED, "finish it or leave it out")).collect()
}

/// Paths and hosts of one machine in any text, and packages from other places than the public registry.
pub fn places(files: &[TextFile]) -> Vec<Finding> {
    let mut findings: Vec<_> =
        files.iter().flat_map(|file| find(file, &PLACES, "this place exists on one machine only")).collect();
    for file in files.iter().filter(|file| file.name() == "Cargo.lock") {
        let foreign = |(_, line): &(usize, &str)| line.starts_with("source = ") && !line.contains(CARGO_SOURCE);
        findings.extend(
            file.numbered()
                .filter(foreign)
                .map(|(line, _)| Finding::new(file, line, "a package from another place than crates.io")),
        );
    }
    findings
}

fn find(file: &TextFile, words: &[&str], message: &str) -> Vec<Finding> {
    let hit = |(number, line): (usize, &str)| {
        let word = words.iter().find(|word| line.contains(**word))?;
        Some(Finding::new(file, number, format!("{word} … {message}")))
    };
    file.numbered().filter_map(hit).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{file, places as at};
    use super::{places, unfinished};

    #[test]
    fn traces_of_unfinished_work_are_found() {
        let files = [
            file("a.rs", concat!("//! Fine.\nfn f() { to", "do!() }\n")),
            file("b.js", concat!("// Fine.\nconsole", ".log(1)\n// FIX", "ME later\n")),
            file("c.md", concat!("A list of TO", "DO items in prose is prose.\n")),
        ];
        assert_eq!(at(&unfinished(&files)), ["a.rs:2", "b.js:2", "b.js:3"]);
    }

    #[test]
    fn places_of_one_machine_are_found() {
        let files = [
            file("a.md", concat!("See /wo", "rk/notes.\n")),
            file("package-lock.json", concat!("{\n\"resolved\": ", "\"https://mirror.example/x.tgz\"\n}\n")),
            file("Cargo.lock", "source = \"registry+https://mirror.example/index\"\n"),
            file("b/Cargo.lock", &format!("source = \"{}\"\n", super::CARGO_SOURCE)),
        ];
        assert_eq!(at(&places(&files)), ["a.md:1", "package-lock.json:2", "Cargo.lock:1"]);
    }
}
