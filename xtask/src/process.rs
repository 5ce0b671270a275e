//! Running another program: its output is shown as it comes, and read for test counts on the way.

use crate::counts::Counts;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// Runs `command` to its end without input, its output shown, and returns what it counted. A program that fails
/// without naming a failed test (it did not compile, say) counts as one failure; one that names no tests at all as
/// one check.
pub fn run(command: &mut Command) -> Result<Counts> {
    run_into(command, &mut std::io::stdout())
}

fn run_into(command: &mut Command, shown: &mut impl Write) -> Result<Counts> {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            shown.write_all(&line)?;
            counts.read_line(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    let ok = child.wait()?.success();
    if (!ok && counts.failed == 0) || counts == Counts::default() {
        counts.add(Counts::of_check(ok));
    }
    Ok(counts)
}

/// What a short command prints, trimmed; `None` if it cannot be started or fails.
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let done = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Counts, run_into};
    use std::process::Command;

    fn shell(script: &str) -> Counts {
        run_into(Command::new("sh").args(["-c", script]), &mut Vec::new()).expect("sh starts")
    }

    #[test]
    fn a_program_that_names_no_tests_is_one_check() {
        assert_eq!(shell("exit 0"), Counts { passed: 1, failed: 0 });
        assert_eq!(shell("exit 3"), Counts { passed: 0, failed: 1 });
    }

    #[test]
    fn a_failure_is_never_lost_behind_the_tests_that_passed() {
        assert_eq!(shell("echo '# pass 4'; exit 1"), Counts { passed: 4, failed: 1 });
        assert_eq!(shell("echo '# pass 4'; echo '# fail 2'; exit 1"), Counts { passed: 4, failed: 2 });
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error() {
        assert!(run_into(&mut Command::new("no-such-program-anywhere"), &mut Vec::new()).is_err());
    }
}
