//! How many tests passed and failed, read from what the test runners print.

/// Tests of one step, or of several added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl Counts {
    /// A check that is not divided into tests counts as one.
    pub fn of_check(ok: bool) -> Self {
        Self { passed: u64::from(ok), failed: u64::from(!ok) }
    }

    /// Adds `other` to these.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Adds what one line of a runner's output says: cargo's `test result:` lines, and the closing lines of
    /// `node --test` in both its formats (`# pass 3`, `ℹ pass 3`). Other lines say nothing.
    pub fn read_line(&mut self, line: &str) {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("test result: ") {
            self.passed += number_before(rest, " passed");
            self.failed += number_before(rest, " failed");
        } else if let Some(rest) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
            self.passed += number_after(rest, "pass ");
            self.failed += number_after(rest, "fail ");
            // A test that ran out of time, or whose file was stopped, did not pass.
            self.failed += number_after(rest, "cancelled ");
        }
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    let Some((before, _)) = text.split_once(word) else { return 0 };
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn number_after(text: &str, word: &str) -> u64 {
    text.strip_prefix(word).and_then(|number| number.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn read(output: &str) -> Counts {
        let mut counts = Counts::default();
        output.lines().for_each(|line| counts.read_line(line));
        counts
    }

    #[test]
    fn cargo_prints_one_line_per_binary() {
        let output = "running 2 tests\ntest a ... ok\ntest b ... FAILED\n\
            test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: ok. 7 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(read(output), Counts { passed: 8, failed: 1 });
    }

    #[test]
    fn node_prints_its_counts_at_the_end_in_both_formats() {
        let expected = Counts { passed: 12, failed: 3 };
        assert_eq!(read("# tests 15\n# suites 2\n# pass 12\n# fail 1\n# cancelled 2\n# skipped 0\n"), expected);
        assert_eq!(read("ℹ tests 15\nℹ suites 2\nℹ pass 12\nℹ fail 1\nℹ cancelled 2\nℹ skipped 0\n"), expected);
    }

    #[test]
    fn what_a_test_prints_itself_is_not_counted() {
        assert_eq!(read("# passing by 5\n3 passed\nok 1 - pass 7\n# pass many\n"), Counts::default());
    }
}
