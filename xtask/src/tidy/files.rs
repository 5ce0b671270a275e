//! The text files of the repository, as the checks see them.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Folders that hold nothing written by hand.
const SKIPPED: [&str; 5] = [".git", ".mithaq", "node_modules", "target", "test-output"];

/// A file that is valid UTF-8.
#[derive(Debug)]
pub struct TextFile {
    /// Path from the top of the repository, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl TextFile {
    /// The file's name without folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// What follows the last dot of the name, or nothing.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The lines with their numbers, from 1.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// All text files below `root`, in the order of their paths. Pictures, fonts and the like are left out.
pub fn text_files(root: &Path) -> Result<Vec<TextFile>> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(root.join(&folder)).with_context(|| format!("cannot read folder {folder}"))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
                folders.push(path);
            } else if kind.is_file()
                && let Ok(text) = String::from_utf8(fs::read(entry.path())?)
            {
                found.push(TextFile { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::text_files;

    #[test]
    fn this_repository_is_seen_without_what_is_built() {
        let files = text_files(&crate::root()).expect("readable");
        assert!(files.iter().any(|file| file.path == "xtask/src/tidy/files.rs"));
        assert!(files.iter().all(|file| !file.path.starts_with("target/") && !file.path.contains("node_modules/")));
    }
}
