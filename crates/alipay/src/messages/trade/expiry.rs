//! `timeout_express` and `time_expire`: when an unpaid trade closes (spec/alipay-agreement.md 2.6, 2.12).

use crate::json::{ContentError, Fields};
use crate::time::end_of_day;
use jiff::SignedDuration;
use mithaq_types::Timestamp;

/// Minutes of the longest timeout: 15 days. Also what holds where none is given.
const MINUTES_MAX: u32 = 15 * 24 * 60;

/// How long a trade waits for its payer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Timeout {
    /// So many minutes.
    Minutes(u32),
    /// Until the end of the day in GMT+8: `1c`.
    Today,
}

/// When it closes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expiry {
    /// So long after the call, or on pages after the payer confirms.
    After(Timeout),
    /// Then.
    At(Timestamp),
}

impl Expiry {
    /// When a trade that begins at `from` closes.
    #[must_use]
    pub fn time(self, from: Timestamp) -> Timestamp {
        match self {
            Self::At(time) => time,
            Self::After(Timeout::Today) => end_of_day(from).unwrap_or(from),
            Self::After(Timeout::Minutes(minutes)) => {
                from.checked_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(from)
            }
        }
    }

    /// Reads both members: `time_expire` wins; without either it is 15 days. `least` is the shortest timeout, in minutes.
    pub(super) fn read(fields: &Fields, least: u32) -> Result<Self, ContentError> {
        if let Some(time) = fields.time("time_expire")? {
            return Ok(Self::At(time));
        }
        let Some(text) = fields.text("timeout_express", 6)? else {
            return Ok(Self::After(Timeout::Minutes(MINUTES_MAX)));
        };
        let timeout = if text == "1c" { Some(Timeout::Today) } else { minutes(&text, least).map(Timeout::Minutes) };
        timeout.map(Self::After).ok_or_else(|| {
            let rule = format!("must be a whole number of m, h or d from {least}m to 15d, or 1c");
            fields.illegal("timeout_express", &rule)
        })
    }
}

fn minutes(text: &str, least: u32) -> Option<u32> {
    let unit = text.chars().next_back()?;
    let count = text.strip_suffix(unit)?;
    let scale = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        _ => return None,
    };
    let digits = count.bytes().all(|byte| byte.is_ascii_digit());
    let minutes = count.parse::<u32>().ok().filter(|_| digits)?.checked_mul(scale)?;
    Some(minutes).filter(|minutes| (least..=MINUTES_MAX).contains(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{format_time, parse_time};

    fn end(members: &str, least: u32) -> Option<String> {
        let fields = Fields::of_content(members).unwrap();
        let expiry = Expiry::read(&fields, least).ok()?;
        Some(format_time(expiry.time(parse_time("2026-01-05 10:00:00").unwrap())))
    }

    #[test]
    fn a_trade_closes_after_its_timeout_or_at_its_time_or_in_fifteen_days() {
        let cases = [
            (r#"{"timeout_express":"1m"}"#, "2026-01-05 10:01:00"),
            (r#"{"timeout_express":"2h"}"#, "2026-01-05 12:00:00"),
            (r#"{"timeout_express":"15d"}"#, "2026-01-20 10:00:00"),
            (r#"{"timeout_express":"1c"}"#, "2026-01-05 23:59:59"),
            (r#"{"timeout_express":"1m","time_expire":"2026-02-01 00:00:00"}"#, "2026-02-01 00:00:00"),
            ("{}", "2026-01-20 10:00:00"),
        ];
        for (members, at) in cases {
            assert_eq!(end(members, 1).as_deref(), Some(at), "{members}");
        }
    }

    #[test]
    fn timeouts_are_whole_numbers_within_their_limits() {
        for wrong in ["0m", "1.5h", "16d", "2c", "m", "+1m", "1", "1s", "99999d", "1分"] {
            assert_eq!(end(&format!(r#"{{"timeout_express":"{wrong}"}}"#), 1), None, "{wrong}");
        }
        assert_eq!(end(r#"{"timeout_express":"4m"}"#, 5), None, "a page needs five minutes");
        assert_eq!(end(r#"{"time_expire":"2026-02-01"}"#, 1), None);
    }
}
