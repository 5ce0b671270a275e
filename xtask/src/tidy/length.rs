//! Long files hold more than one subject: from 300 lines a question, above 500 an error.

use super::Finding;
use super::files::TextFile;

/// What is code, and so read from top to bottom.
const CODE: [&str; 7] = ["rs", "js", "mjs", "css", "sql", "html", "sh"];
const WARN_LINES: usize = 300;
const MAX_LINES: usize = 500;

/// Files that may be longer, each with the reason.
const ALLOWED: [(&str, &str); 0] = [];

/// Counts lines.
pub fn check(files: &[TextFile]) -> Vec<Finding> {
    let code = files.iter().filter(|file| CODE.contains(&file.extension()));
    let not_allowed = code.filter(|file| !ALLOWED.iter().any(|(path, _)| *path == file.path));
    not_allowed.filter_map(judge).collect()
}

fn judge(file: &TextFile) -> Option<Finding> {
    let lines = file.text.lines().count();
    let message = format!("{lines} lines: split it by subject (aim below {WARN_LINES}, at most {MAX_LINES})");
    let is_warning = lines <= MAX_LINES;
    (lines > WARN_LINES).then(|| Finding { is_warning, ..Finding::new(file, lines, message) })
}

#[cfg(test)]
mod tests {
    use super::super::samples::file;
    use super::check;

    #[test]
    fn a_long_file_is_a_question_and_a_very_long_one_an_error() {
        let lines = |count: usize| "x\n".repeat(count);
        let files = [
            file("short.rs", &lines(300)),
            file("long.rs", &lines(301)),
            file("endless.js", &lines(501)),
            file("prose.md", &lines(900)),
        ];
        let found: Vec<_> = check(&files).into_iter().map(|finding| (finding.file, finding.is_warning)).collect();
        assert_eq!(found, [("long.rs".to_owned(), true), ("endless.js".to_owned(), false)]);
    }
}
