//! Every source file begins with a comment that says what it is for.

use super::Finding;
use super::files::TextFile;

/// Which comments may begin a file, by its extension.
const OPENINGS: [(&str, &[&str]); 6] = [
    ("rs", &["//", "#![doc = include_str!"]),
    ("js", &["//", "/*"]),
    ("mjs", &["//", "/*"]),
    ("css", &["/*"]),
    ("sql", &["--"]),
    ("sh", &["#"]),
];

/// The first line, after a `#!` line if there is one, is a comment with words in it.
pub fn check(files: &[TextFile]) -> Vec<Finding> {
    files.iter().filter(|file| !begins_well(file)).map(|file| Finding::new(file, 1, MESSAGE)).collect()
}

const MESSAGE: &str = "begin with a comment that says what this file is for";

fn begins_well(file: &TextFile) -> bool {
    let Some((_, openings)) = OPENINGS.iter().find(|(extension, _)| *extension == file.extension()) else {
        return true;
    };
    let mut lines = file.text.lines().filter(|line| !line.starts_with("#!/")).map(str::trim);
    let first = lines.next().unwrap_or_default();
    let second = lines.next().unwrap_or_default();
    let says_something = |line: &str| line.chars().filter(|letter| letter.is_alphabetic()).count() >= 8;
    openings.iter().any(|opening| first.starts_with(opening)) && (says_something(first) || says_something(second))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{file, places};
    use super::check;

    #[test]
    fn a_file_without_a_first_word_is_found() {
        let files = [
            file("a.rs", "use std::fs;\n"),
            file("b.rs", "//! Reads the table of accounts.\nuse std::fs;\n"),
            file("c.mjs", "#!/usr/bin/env node\n/*\n * Signs a request.\n */\n"),
            file("d.css", "body {}\n"),
            file("e.js", "//\n\nlet x;\n"),
            file("f.md", "# Anything\n"),
            file("g.sh", "#!/usr/bin/env bash\nset -e\n"),
        ];
        assert_eq!(places(&check(&files)), ["a.rs:1", "d.css:1", "e.js:1", "g.sh:1"]);
    }
}
