//! Both locales hold the same Fluent messages, so that no page is half translated.

use super::Finding;
use super::files::TextFile;
use std::collections::BTreeSet;

const LOCALES: [&str; 2] = ["en-US", "ar-IQ"];

/// For every Fluent file of one locale there is one of the other, with the same messages and attributes.
pub fn check(files: &[TextFile]) -> Vec<Finding> {
    let fluent: Vec<_> = files.iter().filter(|file| file.extension() == "ftl").collect();
    let mut findings = Vec::new();
    for file in &fluent {
        for (own, other) in [(LOCALES[0], LOCALES[1]), (LOCALES[1], LOCALES[0])] {
            if !file.path.contains(own) {
                continue;
            }
            let twin = file.path.replace(own, other);
            match fluent.iter().find(|candidate| candidate.path == twin) {
                None => findings.push(Finding::new(file, 1, format!("{twin} is missing"))),
                Some(twin) => {
                    let absent = &keys(&file.text) - &keys(&twin.text);
                    findings.extend(absent.iter().map(|key| Finding::new(twin, 0, format!("{key} is missing"))));
                }
            }
        }
    }
    findings
}

/// Message ids, and `id.attribute` for attributes.
fn keys(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut message = "";
    for line in text.lines() {
        let Some((name, _)) = line.split_once('=') else { continue };
        if let Some(attribute) = name.trim().strip_prefix('.') {
            keys.insert(format!("{message}.{}", attribute.trim()));
        } else if line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '-') {
            message = name.trim();
            keys.insert(message.to_owned());
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::super::samples::file;
    use super::check;

    fn messages(files: &[super::TextFile]) -> Vec<String> {
        check(files).into_iter().map(|finding| format!("{}: {}", finding.file, finding.message)).collect()
    }

    #[test]
    fn a_message_that_only_one_locale_has_is_found() {
        let english = "# Words.\nagree = Agree\n    .title = a = b\ndecline = Not now\n";
        let arabic = "agree = أوافق\nclose = إغلاق\n";
        let mut found = messages(&[file("l/en-US/sign.ftl", english), file("l/ar-IQ/sign.ftl", arabic)]);
        found.sort();
        let expected = [
            "l/ar-IQ/sign.ftl: agree.title is missing",
            "l/ar-IQ/sign.ftl: decline is missing",
            "l/en-US/sign.ftl: close is missing",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_file_that_only_one_locale_has_is_found() {
        assert_eq!(messages(&[file("en-US.ftl", "a = A\n")]), ["en-US.ftl: ar-IQ.ftl is missing"]);
    }
}
