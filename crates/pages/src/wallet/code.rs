//! `/wallet/code`: paying by showing a code, which the PIN makes and a minute ends.

use super::problems::pin_words;
use super::speaker::Speaker;
use crate::{PinProblem, RenderError, plain};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::Money;

/// The page.
#[derive(Clone, Debug)]
pub struct PayCode {
    /// What can be spent now.
    pub balance: Money,
    /// What the user can do.
    pub step: CodeStep,
}

/// What the page lets the user do.
#[derive(Clone, Debug)]
pub enum CodeStep {
    /// The PIN, for a new code (`pin`, `csrf`).
    Ask {
        /// What was wrong with the last attempt.
        problem: Option<PinProblem>,
    },
    /// The PIN was wrong too often: nothing to do until then.
    Locked {
        /// From when it can be tried again.
        until: Timestamp,
    },
    /// The user's wallet is restricted: no code.
    Restricted,
    /// The code, to be shown to the cashier.
    Shown {
        /// Its digits (18 of them, beginning with 28).
        code: String,
        /// From then on it is of no use.
        expires_at: Timestamp,
    },
}

/// Digits in a group, as they are read out.
const GROUP: usize = 4;

impl PayCode {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let step = match &self.step {
            CodeStep::Ask { problem } => {
                let problem = problem.map(|problem| pin_words(problem, speaker)).transpose()?;
                context! { name => "ask", problem }
            }
            CodeStep::Locked { until } => {
                let until = [("time", speaker.time(*until))];
                context! { name => "locked", says => speaker.fill("wallet-pin-locked-text", &until)? }
            }
            CodeStep::Restricted => context! { name => "restricted" },
            CodeStep::Shown { code, expires_at } => {
                let code: String = code.chars().filter(char::is_ascii_digit).collect();
                let seconds = expires_at.duration_since(speaker.now).as_secs().max(0);
                context! {
                    name => "shown",
                    qr => speaker.qr(&code, "code-qr")?,
                    barcode => speaker.barcode(&code, "code-barcode")?,
                    groups => groups(&code),
                    seconds,
                    // One more, so that the page does not ask for a new code while the old one still holds.
                    renew_after => seconds + 1,
                    until => speaker.fill("code-until", &[("time", speaker.clock_with_seconds(*expires_at))])?,
                }
            }
        };
        Ok(context! { balance => speaker.money(self.balance), step })
    }
}

/// The digits in groups: the first is as short as it must be for the others to be of one length.
fn groups(code: &str) -> Vec<String> {
    let digits: Vec<char> = plain::line(code).chars().collect();
    let (first, rest) = digits.split_at(digits.len() % GROUP);
    let head = (!first.is_empty()).then(|| first.iter().collect());
    head.into_iter().chain(rest.chunks(GROUP).map(|group| group.iter().collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn eighteen_digits_are_read_out_in_five_groups() {
        assert_eq!(groups("281234567890123456"), ["28", "1234", "5678", "9012", "3456"]);
        assert_eq!(groups("12345678"), ["1234", "5678"]);
        assert!(groups("").is_empty());
    }
}
