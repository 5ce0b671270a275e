//! Text that others wrote, made fit to stand on a page: merchants' names and contract texts.
//!
//! Escaping is the templates' work. This is about characters that HTML lets through and that can still deceive:
//! controls, and the marks that turn the order of writing (U+202E shows `cba` for `abc`).

/// Starts a run whose direction does not touch its surroundings (FIRST STRONG ISOLATE).
pub(crate) const ISOLATE: char = '\u{2068}';
/// Ends such a run (POP DIRECTIONAL ISOLATE).
pub(crate) const POP_ISOLATE: char = '\u{2069}';

/// A text of one line: runs of white space become one space, deceiving characters go.
#[must_use]
pub fn line(text: &str) -> String {
    block(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of several lines: line breaks stay (as `\n`), deceiving characters go.
#[must_use]
pub fn block(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String =
        unified.chars().filter(|letter| *letter == '\n' || *letter == '\t' || !deceives(*letter)).collect();
    kept.trim().to_owned()
}

/// A text of ours with what others wrote filled in: its isolating marks stay if every one of them is closed again, else
/// they go as from any text. For pages that show what [`crate::news`] worded.
pub(crate) fn worded(text: &str) -> String {
    let mut open = 0_i32;
    let is_balanced = text.chars().all(|letter| {
        open += i32::from(letter == ISOLATE) - i32::from(letter == POP_ISOLATE);
        open >= 0
    });
    if !is_balanced || open != 0 {
        return block(text);
    }
    let isolates = |letter: char| matches!(letter, ISOLATE | POP_ISOLATE);
    let kept = text.chars().filter(|letter| *letter == '\n' || isolates(*letter) || !deceives(*letter));
    kept.collect::<String>().trim().to_owned()
}

/// The text without the isolating marks that [`crate::words`] puts around what it fills in.
pub(crate) fn without_isolates(text: &str) -> String {
    text.replace([ISOLATE, POP_ISOLATE], "")
}

fn deceives(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{block, line, worded};

    #[test]
    fn marks_that_turn_the_order_of_writing_are_taken_out() {
        assert_eq!(line("Zaytoun \u{202E}tekraM\u{202C}"), "Zaytoun tekraM");
        assert_eq!(line("a\u{2069}\u{2068}b\u{0}c"), "abc");
    }

    #[test]
    fn a_name_is_one_line_and_a_contract_keeps_its_lines() {
        assert_eq!(line("  Zaytoun\n Market "), "Zaytoun Market");
        assert_eq!(block("First.\r\n\r\nThen:\n\tmore\n"), "First.\n\nThen:\n\tmore");
    }

    #[test]
    fn isolating_marks_stay_in_a_text_of_ours_only_if_they_are_closed() {
        assert_eq!(worded("To \u{2068}Zaytoun\u{2069}\u{202E}: 5"), "To \u{2068}Zaytoun\u{2069}: 5");
        assert_eq!(worded("To \u{2068}Zaytoun"), "To Zaytoun");
        assert_eq!(worded("\u{2069}To\u{2068}"), "To");
    }

    #[test]
    fn markup_is_left_alone_for_the_template_to_escape() {
        assert_eq!(line("Monthly & <b>"), "Monthly & <b>");
    }
}
