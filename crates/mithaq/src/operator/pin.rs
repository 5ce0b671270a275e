//! A PIN for a command: from standard input or a file. Never from an argument, which other users of the machine can
//! read and the shell remembers; never printed.

use anyhow::{Context as _, ensure};
use std::fs::File;
use std::io::{IsTerminal as _, Read};
use std::path::{Path, PathBuf};

/// Where the PIN comes from.
#[derive(clap::Args)]
pub struct PinSource {
    /// The file that holds the PIN of six digits; without it, the PIN is read from standard input.
    #[arg(long, value_name = "FILE")]
    pin_file: Option<PathBuf>,
}

impl PinSource {
    /// Reads it.
    ///
    /// # Errors
    /// When there is none, or it is not six digits; the message does not quote it.
    pub fn read(&self) -> anyhow::Result<String> {
        match &self.pin_file {
            Some(path) => from_file(path),
            None => {
                let input = std::io::stdin();
                ensure!(!input.is_terminal(), "a terminal would show the PIN: pipe it in, or give --pin-file FILE");
                parse(&mut input.lock()).context("standard input")
            }
        }
    }
}

fn from_file(path: &Path) -> anyhow::Result<String> {
    let place = || path.display().to_string();
    parse(&mut File::open(path).with_context(place)?).with_context(place)
}

/// Six digits, perhaps with the end of a line; no more is read than shows that it is not so.
fn parse(input: &mut impl Read) -> anyhow::Result<String> {
    let mut text = String::new();
    input.take(64).read_to_string(&mut text).context("the PIN cannot be read")?;
    let pin = text.trim_end_matches(['\r', '\n']);
    ensure!(pin.len() == 6 && pin.bytes().all(|byte| byte.is_ascii_digit()), "the PIN must be 6 digits");
    Ok(pin.to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_pin_is_six_digits_on_a_line() {
        for text in ["123456", "123456\n", "123456\r\n"] {
            assert_eq!(parse(&mut text.as_bytes()).expect("is one"), "123456");
        }
    }

    #[test]
    fn what_is_no_pin_is_refused_and_not_quoted() {
        for text in ["", "\n", "12345", "1234567", "12345a", " 123456", "١٢٣٤٥٦", "123456\n123456\n"] {
            let error = format!("{:#}", parse(&mut text.as_bytes()).expect_err(text));
            assert_eq!(error, "the PIN must be 6 digits");
        }
        assert!(parse(&mut &b"\xff\xff"[..]).is_err());
    }
}
